"""Where processes that can be killed come from: copies of one that has loaded what they need.

To import librosa and its kernels takes seconds of a processor. On Linux one process does that once, and each worker is
a copy of it, there within moments, whose memory is shared with the others for as long as it does not change. That
process has neither threads nor an event loop, of which copies would not be safe. Elsewhere system libraries make copies
unsafe, and each process loads everything for itself; so it does where that one process cannot be.
"""

from __future__ import annotations

import contextlib
import errno
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

from classifier.confinement import die_with_parent

log = logging.getLogger(__name__)

PRELOADED: Final = "classifier.preloaded"
"""Imported by the process that others are copies of."""

STARTUP_SECONDS: Final = 180.0
"""Most that a process may take to load, in seconds: compiling librosa's kernels for the first time takes long."""

PATH_TOO_LONG: Final = "AF_UNIX path too long"
"""What Python says of a socket whose path is longer than the kernel takes."""

NO_ROOM: Final = frozenset({errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""Why a process cannot be started now, and may be in a moment."""

Environment = Mapping[str, str]

_copies_failed = threading.Event()


def process_context() -> BaseContext:
    """Return how processes are started.

    Returns
    -------
    multiprocessing.context.BaseContext
        What is started from it may begin without the present environment: pass `begin` what it needs. To start the
        first process takes as long as loading does, `STARTUP_SECONDS` at most. Where it fails, ask `load_separately`.

    Raises
    ------
    OSError
        If there is no room for one more process now.
    """
    if sys.platform == "linux" and not _copies_failed.is_set():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([PRELOADED])
        try:
            forkserver.ensure_running()
        except OSError as error:
            if not load_separately(error):
                raise
        else:
            return context
    return multiprocessing.get_context("spawn")


def load_separately(why: BaseException) -> bool:
    """Have each process that is started from now on load for itself, where there can be none to copy.

    Parameters
    ----------
    why
        What went wrong; it is logged the first time.

    Returns
    -------
    bool
        Whether it is worth another try, then; False where there is no room for one more process now.
    """
    if isinstance(why, OSError) and why.errno in NO_ROOM:
        return False
    if not _copies_failed.is_set():
        _copies_failed.set()
        # Whoever talks to it finds that out a moment earlier or later.
        reason = "it ended while it was loading" if isinstance(why, EOFError | ConnectionError) else str(why)
        # It is talked to over a socket in the folder for temporary files.
        hint = "; set TMPDIR to a short path" if PATH_TOO_LONG in reason else ""
        log.warning("there is no process that workers could be copies of, so each loads for itself: %s%s", reason, hint)
    return True


def begin(environment: Environment, initializer: Callable[..., None], *arguments: object) -> None:
    """Begin a process with the environment of whoever started it, and not with that of an earlier moment.

    Parameters
    ----------
    environment
        All variables.
    initializer, arguments
        What to begin with then, and what it is called with.
    """
    if PRELOADED in sys.modules:
        # This is a copy. Without the process that has made it, nobody would see its end, or could be sure to kill it.
        die_with_parent()
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
