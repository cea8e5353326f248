"""Loads what workers need before their first job; imported for that by `classifier.process_server` alone."""

from __future__ import annotations

import contextlib
import gc
import math
import signal

from classifier.one_process import compute_in_one_thread
from classifier.process_server import STARTUP_SECONDS


def preload() -> None:
    """Import the classifier and its libraries, and load their compiled kernels; takes half a minute the first time.

    Whoever waits for the process is waiting for its end, too: one that hangs here is ended by the system.
    """
    signal.alarm(math.ceil(STARTUP_SECONDS))
    # While modules load, nothing is thrown away.
    gc.disable()
    # Libraries read this when they are imported, and start threads that a copy would not have.
    compute_in_one_thread()
    from classifier.analysis import load_kernels  # noqa: PLC0415 - see above

    load_kernels()


# What cannot be imported fails in each worker again, which says so in words.
with contextlib.suppress(Exception):
    preload()
signal.alarm(0)
# What every copy has stays in all of them: none looks through it, and so the memory stays shared.
gc.freeze()
gc.enable()
