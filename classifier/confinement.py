"""Bounds what the processes that touch strangers' files may use, whatever a file makes them do.

The limits are the kernel's own: they hold even where a clock of ours fails. Linux and macOS know them all, but only
Linux keeps to the one on memory.
"""

from __future__ import annotations

import ctypes
import math
import resource
import signal
import sys
from typing import Final

DECODER_MEMORY_BYTES: Final = 2 << 30
"""Address space of the decoder: an index that claims a billion samples must not take the machine down."""

DECODER_OPEN_FILES: Final = 32
"""Of the decoder; it has the clip, its three pipes and what its threads wake each other with."""

DECODER_STAGES: Final = 4
"""Threads of ffmpeg that work at the same time, when each is told to use one: reading, decoding, filtering, writing."""

WORKER_MEMORY_BYTES: Final = 4 << 30
"""Address space of a worker. Measured: 0.87 GB with the model loaded, 0.95 GB at most in the analysis of 5 minutes and
0.96 GB in that of 2 hours; libraries reserve some more on machines with many cores."""

WORKER_OPEN_FILES: Final = 128
"""Of a worker; it has about a dozen when it works, and some more while it loads libraries."""

WORKER_FILE_BYTES: Final = 64 << 20
"""Largest file that a worker may write. It writes none of its own, but numba and matplotlib write caches of a few
megabytes at most when they are first used."""

PROCESSOR_GRACE_SECONDS: Final = 15.0
"""How much more processor time than wall time a job may take, in seconds: the clock of the pool comes first."""

_PR_SET_PDEATHSIG: Final = 1
"""From Linux's ``sys/prctl.h``."""

_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None

Limits = dict[int, int]
"""Limits by their numbers in `resource`."""


def decoder_limits(timeout: float) -> Limits:
    """Return the limits of one run of the decoder.

    Parameters
    ----------
    timeout
        Most wall time, in seconds.

    Returns
    -------
    dict of int to int
        For `confine_decoder`. It may write to pipes, and to no file.
    """
    limits = {
        resource.RLIMIT_CPU: DECODER_STAGES * math.ceil(timeout),
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: DECODER_OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    return limits | _memory(DECODER_MEMORY_BYTES)


def confine_decoder(limits: Limits) -> None:
    """Bound this process; on Linux, also have it killed when the one that started it ends, however it ends.

    Runs between fork and exec, where only simple system calls are safe if there are threads.

    Parameters
    ----------
    limits
        From `decoder_limits`.
    """
    _apply(limits)
    die_with_parent()


def die_with_parent() -> None:
    """On Linux, have this process killed when the thread that started it ends, however it ends."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def confine_worker() -> None:
    """Bound this process for as long as it lives; its processor time is bounded job by job."""
    limits = {
        resource.RLIMIT_FSIZE: WORKER_FILE_BYTES,
        resource.RLIMIT_NOFILE: WORKER_OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    _apply(limits | _memory(WORKER_MEMORY_BYTES))


def allow_processor_time(seconds: float) -> None:
    """Have the kernel end this process after some more processor time.

    Parameters
    ----------
    seconds
        Wall time that the next job may take; it gets `PROCESSOR_GRACE_SECONDS` more of the processor.
    """
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = used.ru_utime + used.ru_stime + seconds + PROCESSOR_GRACE_SECONDS
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    # Only the soft limit: the next job's is higher.
    resource.setrlimit(resource.RLIMIT_CPU, (_at_most(math.ceil(most), hard), hard))


def _memory(limit: int) -> Limits:
    return {resource.RLIMIT_AS: limit} if sys.platform == "linux" else {}


def _apply(limits: Limits) -> None:
    for kind, limit in limits.items():
        _, hard = resource.getrlimit(kind)
        # An operator's own limit is kept where it is lower.
        most = _at_most(limit, hard)
        # Of processor time, the process is told first, so that it can be seen what it died of.
        resource.setrlimit(kind, (most, _at_most(most + 1, hard) if kind == resource.RLIMIT_CPU else most))


def _at_most(limit: int, hard: int) -> int:
    return limit if hard == resource.RLIM_INFINITY else min(limit, hard)
