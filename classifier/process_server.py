"""Where processes that can be killed come from: copies of one that has loaded what they need.

To import librosa and its kernels takes seconds of a processor. On Linux one process does that once, and each worker is
a copy of it, there within moments, whose memory is shared with the others for as long as it does not change. That
process has neither threads nor an event loop, of which copies would not be safe. Elsewhere system libraries make copies
unsafe, and each process loads everything for itself.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from typing import Final

log = logging.getLogger(__name__)

PRELOADED: Final = "classifier.preloaded"
"""Imported by the process that others are copies of."""

Environment = Mapping[str, str]


def process_context() -> BaseContext:
    """Return how processes are started, with the process that they are copies of running where there is one.

    Returns
    -------
    multiprocessing.context.BaseContext
        What is started from it begins without the present environment: pass `begin` what it needs.
    """
    if sys.platform == "linux":
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([PRELOADED])
        try:
            with interrupts_held():
                forkserver.ensure_running()
        except OSError as error:
            # It is talked to over a socket in the folder for temporary files, whose path the kernel keeps short.
            log.warning("each worker loads for itself what they could share: %s (set TMPDIR to a short path)", error)
        else:
            return context
    return multiprocessing.get_context("spawn")


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
