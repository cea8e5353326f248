"""Draws the map of a playlist with matplotlib: for the drawing process, never for the bot's own.

Each track is a dot in the colour of its genre, and those that sound alike lie close together. Some are marked by
numbers, which the words beside the picture take up, and by as much of their titles as there is room for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from bot.cards.genre_signs import SCALES, sign_of, signs_of
from bot.cards.map_measures import (
    EDGE,
    MARGIN,
    PLATE,
    PLATE_EDGE,
    PLATE_HEIGHT,
    PLATE_PADDING,
    PLATE_ROUND,
    PLATE_TEXT,
    RING,
    RING_LINE,
    SIDE,
    TITLE_TEXT,
    WIDTH,
    dot_size,
)
from bot.cards.map_room import Place, Plate, Room
from bot.cards.picture_canvas import BACKGROUND, canvas, png_of
from bot.cards.picture_legend import draw_legend, legend_height
from bot.cards.picture_text import drawable, shortened, width_of, write
from bot.drawing.findings import PlaylistMap
from bot.drawing.pictured import MapWords

Floats = npt.NDArray[np.float64]

TITLE_WIDTH: Final = 236

PALETTE: Final = 128
"""Colours of the file."""


def draw(laid_out: PlaylistMap, words: MapWords) -> bytes:
    """Draw a map.

    Parameters
    ----------
    laid_out
        What lies where.
    words
        What is written on the picture.

    Returns
    -------
    bytes
        A PNG file without metadata, `WIDTH` pixels wide; the same for the same map.
    """
    width = WIDTH - 2 * MARGIN
    below = legend_height(words.legend, width)
    height = round(SIDE + below + 3 * MARGIN)
    base = below + 2 * MARGIN
    places = np.reshape(laid_out.points, (-1, 2)) * SIDE + np.array([(WIDTH - SIDE) / 2, base])
    named = laid_out.told_apart
    with canvas(WIDTH, height) as axes:
        size = dot_size(len(places))
        _draw_dots(axes, places, laid_out.kinds, size)
        _draw_titles(axes, [(place, words.titles[place]) for place in laid_out.marked], places, size, base)
        draw_legend(axes, words.legend, signs_of(words.legend, named), left=MARGIN, top=below + MARGIN, width=width)
        return png_of(axes, colours=PALETTE)


def _draw_dots(axes: Axes, places: Floats, kinds: Sequence[int], size: float) -> None:
    signs = [sign_of(kind) for kind in kinds]
    for marker, scale in SCALES.items():
        chosen = np.array([sign.marker == marker for sign in signs], dtype=np.bool_)
        # All genres of a shape at once, in the order of the list: none lies on top of all others.
        axes.scatter(
            places[chosen, 0],
            places[chosen, 1],
            s=(size * scale) ** 2,
            c=[sign.colour for sign in signs if sign.marker == marker],
            marker=marker,
            edgecolors=BACKGROUND,
            linewidths=size * EDGE,
        )


def _draw_titles(axes: Axes, titles: Sequence[tuple[int, str]], places: Floats, size: float, base: float) -> None:
    marked = places[[place for place, _ in titles]]
    ring = size + RING
    axes.scatter(marked[:, 0], marked[:, 1], s=ring**2, facecolors="none", edgecolors=PLATE_TEXT, linewidths=RING_LINE)
    around = [_pair(place) for place in marked]
    room = Room(map(_pair, places), around, base)
    for number, ((_, title), place) in enumerate(zip(titles, around, strict=True), 1):
        # Where there is no room for the title, there may be for its number.
        for text in (_label(number, title), str(number)):
            plate = room.take(place, width_of(text, TITLE_TEXT) + 2 * PLATE_PADDING)
            if plate is not None:
                _draw_title(axes, place, plate, text, ring / 2)
                break


def _label(number: int, title: str) -> str:
    return shortened(f"{number} {drawable(title)}".strip(), TITLE_WIDTH, TITLE_TEXT)


def _pair(place: Floats) -> Place:
    x, y = place.tolist()
    return x, y


def _draw_title(axes: Axes, place: Place, plate: Plate, text: str, radius: float) -> None:
    start, end = plate.line(place, radius)
    axes.plot((start[0], end[0]), (start[1], end[1]), color=PLATE_TEXT, linewidth=2, solid_capstyle="butt")
    axes.add_patch(
        FancyBboxPatch(
            (plate.left, plate.bottom),
            plate.width,
            PLATE_HEIGHT,
            boxstyle=f"round,pad=0,rounding_size={PLATE_ROUND}",
            facecolor=PLATE,
            edgecolor=PLATE_EDGE,
            linewidth=1.5,
            alpha=0.92,
            zorder=3,
        )
    )
    write(axes, *plate.middle, text, size=TITLE_TEXT, colour=PLATE_TEXT, ha="center", va="center_baseline", zorder=4)
