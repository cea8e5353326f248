"""Draws the genres of a playlist with matplotlib: for the drawing process, never for the bot's own.

Above, what each week or month is made of, and below it how much was added then. Under that, what each member added.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from bot.cards.genre_signs import SQUARE, Sign, signs_of
from bot.cards.mix_measures import (
    AMOUNTS_APART,
    AMOUNTS_HEIGHT,
    BAR_HEIGHT,
    COLUMNS_HEIGHT,
    GAP,
    LEAST_AMOUNT,
    LINE,
    MARGIN,
    TEXT,
    TIMES_APART,
    TIMES_HEIGHT,
    WIDTH,
)
from bot.cards.picture_canvas import BACKGROUND, DIM_TEXT, canvas, png_of
from bot.cards.picture_legend import LEGEND_COLOUR, draw_legend, legend_height
from bot.cards.picture_text import shortened, width_of, worded, write
from bot.drawing.pictured import MixWords
from bot.playlists.genre_mix import GenreMix

ROW_HEIGHT: Final = 46
NAME_WIDTH: Final = 190
COUNT_WIDTH: Final = 84
SPACE: Final = 16
"""Between one part of the picture and the next."""

AMOUNT: Final = "#5d616b"
PALETTE: Final = 64
"""Colours of the file."""


def draw(mix: GenreMix, words: MixWords) -> bytes:
    """Draw the genres of a playlist.

    Parameters
    ----------
    mix
        What they are.
    words
        What is written on the picture.

    Returns
    -------
    bytes
        A PNG file without metadata, `WIDTH` pixels wide; the same for the same genres.
    """
    width = WIDTH - 2 * MARGIN
    below = legend_height(words.legend, width)
    over_time = COLUMNS_HEIGHT + AMOUNTS_APART + AMOUNTS_HEIGHT + TIMES_HEIGHT
    height = round(2 * MARGIN + over_time + SPACE + ROW_HEIGHT * len(mix.members) + SPACE + below)
    signs = [replace(sign, marker=SQUARE) for sign in signs_of(words.legend, len(mix.genres))]
    with canvas(WIDTH, height) as axes:
        top = float(height - MARGIN)
        _draw_columns(axes, mix, signs, top)
        top -= over_time + SPACE
        for member, name in zip(mix.members, words.members, strict=True):
            _draw_row(axes, member.counts, worded(name), signs, top)
            top -= ROW_HEIGHT
        draw_legend(axes, words.legend, signs, left=MARGIN, top=top - SPACE, width=width)
        return png_of(axes, colours=PALETTE)


def _draw_columns(axes: Axes, mix: GenreMix, signs: Sequence[Sign], top: float) -> None:
    step = (WIDTH - 2 * MARGIN) / len(mix.parts)
    most = max(sum(part.counts) for part in mix.parts)
    amounts_top = top - COLUMNS_HEIGHT - AMOUNTS_APART
    for number, part in enumerate(mix.parts):
        left, wide = MARGIN + step * (number + GAP / 2), step * (1 - GAP)
        total = sum(part.counts)
        if not total:
            continue
        low = top - COLUMNS_HEIGHT
        for count, sign in zip(part.counts, signs, strict=False):
            high = COLUMNS_HEIGHT * count / total
            _draw_block(axes, (left, low), (wide, high), sign, upwards=True)
            low += high
        amount = max(LEAST_AMOUNT, AMOUNTS_HEIGHT * total / most)
        axes.add_patch(Rectangle((left, amounts_top - amount), wide, amount, facecolor=AMOUNT, linewidth=0))
    _draw_times(axes, [part.name for part in mix.parts], step, amounts_top - AMOUNTS_HEIGHT)


def _draw_times(axes: Axes, names: list[str], step: float, top: float) -> None:
    """Write what the columns are called: as many as there is room for, at equal distances from the first on."""
    widest = max(width_of(name, TEXT) for name in names)
    every = math.ceil((widest + TIMES_APART) / step)
    for place in range(0, len(names), every):
        half = width_of(names[place], TEXT) / 2
        middle = min(max(MARGIN + step * (place + 0.5), MARGIN + half), WIDTH - MARGIN - half)
        y = top - TIMES_HEIGHT / 2 - 4
        write(axes, middle, y, names[place], size=TEXT, colour=DIM_TEXT, ha="center", va="center_baseline")


def _draw_row(axes: Axes, counts: Sequence[int], name: str, signs: Sequence[Sign], top: float) -> None:
    total = sum(counts)
    middle = top - ROW_HEIGHT / 2
    text = shortened(name, NAME_WIDTH - SPACE, TEXT)
    write(axes, MARGIN, middle, text, size=TEXT, colour=LEGEND_COLOUR, va="center_baseline")
    left, wide = float(MARGIN + NAME_WIDTH), WIDTH - 2 * MARGIN - NAME_WIDTH - COUNT_WIDTH
    for count, sign in zip(counts, signs, strict=False):
        length = wide * count / total
        _draw_block(axes, (left, middle - BAR_HEIGHT / 2), (length, BAR_HEIGHT), sign, upwards=False)
        left += length
    write(axes, WIDTH - MARGIN, middle, str(total), size=TEXT, colour=DIM_TEXT, ha="right", va="center_baseline")


def _draw_block(
    axes: Axes, corner: tuple[float, float], size: tuple[float, float], sign: Sign, *, upwards: bool
) -> None:
    (left, low), (wide, high) = corner, size
    if wide <= 0 or high <= 0:
        return
    axes.add_patch(Rectangle(corner, wide, high, facecolor=sign.colour, linewidth=0))
    # A line between two genres, where that leaves something of the smaller one.
    if (high if upwards else wide) > 2 * LINE:
        line = ((left, left + wide), (low, low)) if upwards else ((left, left), (low, low + high))
        axes.plot(*line, color=BACKGROUND, linewidth=LINE, solid_capstyle="butt")
