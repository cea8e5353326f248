"""Where processes that can be killed come from: copies of one that has loaded what they need.

To import librosa and its kernels takes seconds of a processor. On Linux one process does that once, and each worker is
a copy of it, there within moments, whose memory is shared with the others for as long as it does not change. That
process has neither threads nor an event loop, of which copies would not be safe. Elsewhere system libraries make copies
unsafe, and each process loads everything for itself; so it does where that one process cannot be.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from typing import Final

log = logging.getLogger(__name__)

PRELOADED: Final = "classifier.preloaded"
"""Imported by the process that others are copies of."""

STARTUP_SECONDS: Final = 180.0
"""Most that a process may take to load, in seconds: compiling librosa's kernels for the first time takes long."""

PATH_TOO_LONG: Final = "AF_UNIX path too long"
"""What Python says of a socket whose path is longer than the kernel takes."""

Environment = Mapping[str, str]

_copies_failed = threading.Event()


def process_context() -> BaseContext:
    """Return how processes are started.

    Returns
    -------
    multiprocessing.context.BaseContext
        What is started from it may begin without the present environment: pass `begin` what it needs. To start the
        first process takes as long as loading does, `STARTUP_SECONDS` at most. Where it fails, call `load_separately`.
    """
    if sys.platform == "linux" and not _copies_failed.is_set():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([PRELOADED])
        try:
            forkserver.ensure_running()
        except OSError as error:
            load_separately(error)
        else:
            return context
    return multiprocessing.get_context("spawn")


def load_separately(why: BaseException) -> None:
    """Have each process that is started from now on load for itself, because there is none to copy.

    Parameters
    ----------
    why
        What went wrong; it is logged the first time.
    """
    if _copies_failed.is_set():
        return
    _copies_failed.set()
    reason = "it ended while it was loading" if isinstance(why, EOFError) else str(why)
    # It is talked to over a socket in the folder for temporary files.
    hint = "; set TMPDIR to a short path" if PATH_TOO_LONG in reason else ""
    log.warning("there is no process that workers could be copies of, so each loads for itself: %s%s", reason, hint)


def begin(environment: Environment, initializer: Callable[..., None], *arguments: object) -> None:
    """Begin a process with the environment of whoever started it, and not with that of an earlier moment.

    Parameters
    ----------
    environment
        All variables.
    initializer, arguments
        What to begin with then, and what it is called with.
    """
    os.environ.clear()
    os.environ.update(environment)
    initializer(*arguments)


@contextlib.contextmanager
def interrupts_held() -> Iterator[None]:
    """Block Ctrl-C, which processes that are started meanwhile inherit: only the one that started them stops.

    Yields
    ------
    None
    """
    # The first process that is started starts this one besides, which leaves Ctrl-C unblocked.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
