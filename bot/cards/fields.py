"""Lists in the fields of cards, which hold little."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

FIELD_LIMIT: Final = 1024
"""Characters that Discord takes for a field of a card."""

LEFT_OUT: Final = "…"
"""The last line of a list of which not everything fits."""


def lines_that_fit(lines: Iterable[str], *, limit: int = FIELD_LIMIT) -> str:
    """Put lines below each other, as many as there is room for.

    Parameters
    ----------
    lines
        The most important first.
    limit
        Characters that there is room for.

    Returns
    -------
    str
        Whole lines; `LEFT_OUT` below them where some are missing.
    """
    every = list(lines)
    text = "\n".join(every)
    while every and len(text) > limit:
        every.pop()
        text = "\n".join((*every, LEFT_OUT))
    return text
