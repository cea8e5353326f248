"""The legend of pictures in which genres have colours and shapes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from matplotlib.axes import Axes

from bot.cards.genre_signs import SCALES, Sign
from bot.cards.picture_text import shortened, width_of, worded, write
from bot.drawing.pictured import Wording

LEGEND_TEXT: Final = 26
"""Size of the letters in pixels; a phone shows half of it."""

LEGEND_ROW: Final = 42
"""Height of a row, in pixels."""

SIGN_WIDTH: Final = 34
"""Of a sign and the space behind it, in pixels."""

BETWEEN: Final = 30
"""Pixels between two entries."""

SIGN_SIZE: Final = 17.0
"""Of a sign, in pixels."""

LEGEND_COLOUR: Final = "#dbdee1"


def legend_height(legend: Sequence[Wording], width: float) -> float:
    """Return how high a legend is.

    Parameters
    ----------
    legend
        Its entries.
    width
        That it may take, in pixels.

    Returns
    -------
    float
        In pixels.
    """
    return LEGEND_ROW * len(list(_rows(legend, width)))


def draw_legend(
    axes: Axes, legend: Sequence[Wording], signs: Sequence[Sign], *, left: float, top: float, width: float
) -> None:
    """Draw a legend.

    Parameters
    ----------
    axes
        Where.
    legend, signs
        Its entries.
    left, top, width
        Where exactly, in pixels.
    """
    number = 0
    for row, texts in enumerate(_rows(legend, width)):
        x, y = left, top - LEGEND_ROW * (row + 0.5)
        for text in texts:
            sign = signs[number]
            area = (SIGN_SIZE * SCALES[sign.marker]) ** 2
            axes.scatter([x + 11], [y], s=area, marker=sign.marker, color=sign.colour, linewidths=0)
            write(axes, x + SIGN_WIDTH, y, text, size=LEGEND_TEXT, colour=LEGEND_COLOUR, va="center_baseline")
            x += SIGN_WIDTH + width_of(text, LEGEND_TEXT) + BETWEEN
            number += 1


def _rows(legend: Sequence[Wording], width: float) -> Iterator[list[str]]:
    """Fill rows from left to right."""
    row: list[str] = []
    used = 0.0
    for wording in legend:
        text = shortened(worded(wording), width / 2, LEGEND_TEXT)
        needed = SIGN_WIDTH + width_of(text, LEGEND_TEXT)
        if row and used + BETWEEN + needed > width:
            yield row
            row, used = [], 0.0
        used += needed + (BETWEEN if row else 0.0)
        row.append(text)
    if row:
        yield row
