"""Loads what workers need before their first job; imported for that by `classifier.process_server` alone."""

from __future__ import annotations

import contextlib

from classifier.one_process import compute_in_one_thread


def preload() -> None:
    """Import the classifier and its libraries, and load their compiled kernels; takes half a minute the first time."""
    # Libraries read this when they are imported, and start threads that a copy would not have.
    compute_in_one_thread()
    from classifier.analysis import load_kernels  # noqa: PLC0415 - see above

    load_kernels()


# What fails here fails in each worker again, which says so in words.
with contextlib.suppress(Exception):
    preload()
