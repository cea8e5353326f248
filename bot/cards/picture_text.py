"""Writes what strangers wrote onto pictures, as far as the font has the characters."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.text import Text

from bot.cards.picture_labels import font
from bot.drawing.pictured import Wording

LEAST_KEPT: Final = 0.6
"""Share of a text's letters and digits that have to be in the font: with fewer, what is left says nothing."""

ELLIPSIS: Final = "…"

SUBPIXELS: Final = 64
"""Of one pixel, in FreeType's measures."""


def drawable(text: str) -> str:
    """Return what the font has of a text, so that there is no box where a character should be.

    Parameters
    ----------
    text
        One line of anything.

    Returns
    -------
    str
        Without emoji and other scripts; empty where that would leave too little.
    """
    composed = unicodedata.normalize("NFC", text)
    kept = " ".join("".join(letter for letter in composed if ord(letter) in _characters()).split())
    letters = sum(map(str.isalnum, composed))
    return kept if letters and sum(map(str.isalnum, kept)) >= LEAST_KEPT * letters else ""


def worded(wording: Wording) -> str:
    """Return the best of a text's wordings that the font has.

    Parameters
    ----------
    wording
        What is to be written.

    Returns
    -------
    str
    """
    return drawable(wording.text) or drawable(wording.plain)


def width_of(text: str, size: float) -> float:
    """Return how wide a line of text is.

    Parameters
    ----------
    text
        One line.
    size
        Of the letters, in pixels.

    Returns
    -------
    float
        In pixels.
    """
    # matplotlib's own measure fails where nothing is drawn, and takes what stands between two dollars for a formula.
    face = _face()
    face.set_size(size, 72)
    face.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, _ = face.get_width_height()
    return float(width) / SUBPIXELS


def shortened(text: str, width: float, size: float) -> str:
    """Return as much of a text as there is room for.

    Parameters
    ----------
    text
        One line.
    width
        Of the room, in pixels.
    size
        Of the letters, in pixels.

    Returns
    -------
    str
        The text itself, or its beginning with an ellipsis.
    """
    if width_of(text, size) <= width:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if width_of(text[:middle].rstrip() + ELLIPSIS, size) <= width:
            fits = middle
        else:
            too_long = middle
    return text[:fits].rstrip() + ELLIPSIS


def write(axes: Axes, x: float, y: float, text: str, *, size: float, colour: str, **how: Any) -> Text:
    """Write a line of text.

    Parameters
    ----------
    axes
        Where.
    x, y
        Where exactly, in pixels.
    text
        What; never taken for a formula.
    size
        Of the letters, in pixels.
    colour
        Of the letters.
    **how
        What else `matplotlib.axes.Axes.text` is told, such as the alignment.

    Returns
    -------
    Text
    """
    return axes.text(x, y, text, size=size, color=colour, fontproperties=font(), parse_math=False, **how)


@cache
def _face() -> FT2Font:
    return FT2Font(str(font().get_file()))


@cache
def _characters() -> frozenset[int]:
    return frozenset(_face().get_charmap())
