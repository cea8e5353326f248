"""Where progress is shown on a terminal, and whether somebody sits at it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def status(message: str) -> Iterator[None]:
    """Show a spinner on standard error while the context lasts; nothing where that is no terminal.

    Parameters
    ----------
    message
        What is going on.

    Yields
    ------
    None
    """
    from rich.console import Console

    with Console(stderr=True).status(message):
        yield


def somebody_answers() -> bool:
    """Tell whether standard input is a terminal, so that a question can be answered."""
    return sys.stdin.isatty()
