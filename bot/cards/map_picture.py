"""Draws the map of a playlist with matplotlib: for the drawing process, never for the bot's own.

Each track is a dot in the colour of its genre, and those that sound alike lie close together. Some are marked by
numbers, which the words beside the picture take up, and by as much of their titles as there is room for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from bot.cards.picture_canvas import BACKGROUND, canvas, png_of
from bot.cards.picture_legend import (
    OTHER_SIGN,
    SCALES,
    SIGNS,
    draw_legend,
    legend_height,
    signs_of,
)
from bot.cards.picture_text import drawable, shortened, width_of, write
from bot.drawing.pictured import Wording

Floats = npt.NDArray[np.float64]

# All lengths are pixels of the picture, of which a phone shows every second one.
WIDTH: Final = 720
MARGIN: Final = 20
SIDE: Final = 660
"""Of the square that the dots lie in."""

LARGEST_DOT: Final = 18.0
SMALLEST_DOT: Final = 5.0
DOTS_OF_ONE_SIZE: Final = 100
"""Tracks from which on dots become smaller, so that they cover no more of the picture."""

TITLE_TEXT: Final = 22
TITLE_WIDTH: Final = 236
PLATE_HEIGHT: Final = 34
PLATE_PADDING: Final = 8
PLATE: Final = "#2b2d33"
PLATE_TEXT: Final = "#f2f3f5"

PLATE_EDGE: Final = "#5d616b"

REACHES: Final = (18.0, 34.0, 60.0, 96.0, 140.0)
"""How far from its dot the nearer edge of a title may be."""

REACH_OF_ONE_DOT: Final = 12.0
"""How much farther from its dot a title may be for hiding one dot less of three hundred."""

CLEAR_OF_MARKED: Final = 14.0
"""Least distance of a title from any dot that has one."""

DIRECTIONS: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))
"""In which a title may lie from its dot: to the side, up."""

RING: Final = 9.0
"""How much wider than a dot the ring around one with a title is."""

EDGE: Final = 0.07
"""Of the line around a dot, in its size."""

PALETTE: Final = 128
"""Colours of the file."""


@dataclass(frozen=True, slots=True, eq=False)
class Dots:
    """Tracks on a map.

    Parameters
    ----------
    points : ndarray of float64, shape (n, 2)
        Where each lies, between 0 and 1.
    kinds : ndarray of int, shape (n,)
        The number of the sign of its genre, negative for others.
    marked
        Those that are numbered, from 1 on: where each stands among the tracks, and its title.
    """

    points: Floats
    kinds: npt.NDArray[np.intp]
    marked: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Plate:
    left: float
    bottom: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def top(self) -> float:
        return self.bottom + PLATE_HEIGHT

    def overlaps(self, other: _Plate) -> bool:
        beside = self.right + 4 <= other.left or other.right + 4 <= self.left
        return not (beside or self.top + 4 <= other.bottom or other.top + 4 <= self.bottom)

    def covered(self, dots: Floats, reach: float) -> npt.NDArray[np.bool_]:
        """Tell which dots it hides."""
        x, y = dots[:, 0], dots[:, 1]
        return np.asarray(
            (x > self.left - reach) & (x < self.right + reach) & (y > self.bottom - reach) & (y < self.top + reach)
        )


def draw(dots: Dots, legend: Sequence[Wording]) -> bytes:
    """Draw a map.

    Parameters
    ----------
    dots
        What lies where.
    legend
        One entry for each genre that has a sign of its own, and one more where there are others.

    Returns
    -------
    bytes
        A PNG file without metadata, `WIDTH` pixels wide; the same for the same map.
    """
    width = WIDTH - 2 * MARGIN
    below = legend_height(legend, width)
    height = round(SIDE + below + 3 * MARGIN)
    base = below + 2 * MARGIN
    places = dots.points * SIDE + np.array([(WIDTH - SIDE) / 2, base])
    named = min(len(SIGNS), int(dots.kinds.max(initial=-1)) + 1)
    with canvas(WIDTH, height) as axes:
        size = _dot_size(len(places))
        _draw_dots(axes, places, dots.kinds, size)
        _draw_titles(axes, dots, places, size, base)
        draw_legend(axes, legend, signs_of(legend, named), left=MARGIN, top=below + MARGIN, width=width)
        return png_of(axes, colours=PALETTE)


def _dot_size(count: int) -> float:
    return float(np.clip(LARGEST_DOT * np.sqrt(DOTS_OF_ONE_SIZE / max(count, 1)), SMALLEST_DOT, LARGEST_DOT))


def _draw_dots(axes: Axes, places: Floats, kinds: npt.NDArray[np.intp], size: float) -> None:
    signs = [SIGNS[kind] if kind >= 0 else OTHER_SIGN for kind in kinds.tolist()]
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


def _draw_titles(axes: Axes, dots: Dots, places: Floats, size: float, base: float) -> None:
    chosen = [place for place, _ in dots.marked]
    marked = places[chosen]
    ring = size + RING
    axes.scatter(marked[:, 0], marked[:, 1], s=ring**2, facecolors="none", edgecolors=PLATE_TEXT, linewidths=2.5)
    room = _Room(places, marked, base)
    for number, ((_, title), place) in enumerate(zip(dots.marked, marked, strict=True), 1):
        # Where there is no room for the title, there may be for its number.
        for text in (_label(number, title), str(number)):
            plate = room.take(place, width_of(text, TITLE_TEXT) + 2 * PLATE_PADDING)
            if plate is not None:
                _draw_title(axes, place, plate, text, ring / 2)
                break


def _label(number: int, title: str) -> str:
    return shortened(f"{number} {drawable(title)}".strip(), TITLE_WIDTH, TITLE_TEXT)


class _Room:
    """The room for titles: none lies on another, or on a dot that has one.

    Parameters
    ----------
    places, marked
        Of all dots, and of those that have titles.
    base
        Where the map begins, from below.
    """

    def __init__(self, places: Floats, marked: Floats, base: float) -> None:
        self._places = places
        self._marked = marked
        self._base = base
        self._taken: list[_Plate] = []

    def take(self, place: Floats, width: float) -> _Plate | None:
        """Take the place around a dot where a title hides the fewest others; None where there is none."""
        free = [(self._cost(reach, plate), plate) for reach, plate in _plates(place, width) if self._is_free(plate)]
        if not free:
            return None
        _, plate = min(free, key=lambda entry: entry[0])
        self._taken.append(plate)
        return plate

    def _is_free(self, plate: _Plate) -> bool:
        edge = MARGIN / 2
        across = edge <= plate.left and plate.right <= WIDTH - edge
        up = self._base - edge <= plate.bottom and plate.top <= self._base + SIDE + edge
        overlaps = any(plate.overlaps(other) for other in self._taken)
        return across and up and not overlaps and not plate.covered(self._marked, CLEAR_OF_MARKED).any()

    def _cost(self, reach: float, plate: _Plate) -> float:
        hidden = float(np.count_nonzero(plate.covered(self._places, 0.0)))
        return reach / REACH_OF_ONE_DOT + hidden / max(1.0, len(self._places) / 300)


def _plates(place: Floats, width: float) -> Iterator[tuple[float, _Plate]]:
    """Yield the places around a dot, with how far they are from it."""
    x, y = place.tolist()
    for reach in REACHES:
        for across, up in DIRECTIONS:
            middle = x + across * (reach + width / 2)
            yield reach, _Plate(middle - width / 2, y + up * (reach + PLATE_HEIGHT / 2) - PLATE_HEIGHT / 2, width)


def _draw_title(axes: Axes, place: Floats, plate: _Plate, text: str, radius: float) -> None:
    x, y = place.tolist()
    end = np.array([np.clip(x, plate.left, plate.right), np.clip(y, plate.bottom, plate.top)])
    way = end - place
    length = float(np.linalg.norm(way))
    start = place + way / max(length, 1.0) * min(length, radius)
    axes.plot((start[0], end[0]), (start[1], end[1]), color=PLATE_TEXT, linewidth=2, solid_capstyle="butt")
    axes.add_patch(
        FancyBboxPatch(
            (plate.left, plate.bottom),
            plate.width,
            PLATE_HEIGHT,
            boxstyle="round,pad=0,rounding_size=8",
            facecolor=PLATE,
            edgecolor=PLATE_EDGE,
            linewidth=1.5,
            alpha=0.92,
            zorder=3,
        )
    )
    middle = plate.left + plate.width / 2, plate.bottom + PLATE_HEIGHT / 2
    write(axes, *middle, text, size=TITLE_TEXT, colour=PLATE_TEXT, ha="center", va="center_baseline", zorder=4)
