"""Finds room for the titles on the map of a playlist, whatever it is drawn with."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.cards.map_measures import MARGIN, PLATE_HEIGHT, SIDE, WIDTH

Place = tuple[float, float]
"""In pixels, across and up."""

REACHES: Final = (18.0, 34.0, 60.0, 96.0, 140.0)
"""How far from its dot the nearer edge of a title may be."""

REACH_OF_ONE_DOT: Final = 12.0
"""How much farther from its dot a title may be for hiding one dot less of three hundred."""

CLEAR_OF_MARKED: Final = 14.0
"""Least distance of a title from any dot that has one."""

DIRECTIONS: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))
"""In which a title may lie from its dot: to the side, up."""


@dataclass(frozen=True, slots=True)
class Plate:
    """What a title is written on.

    Parameters
    ----------
    left, bottom, width
        In pixels.
    """

    left: float
    bottom: float
    width: float

    @property
    def right(self) -> float:
        """Its edge, in pixels."""
        return self.left + self.width

    @property
    def top(self) -> float:
        """Its edge, in pixels."""
        return self.bottom + PLATE_HEIGHT

    @property
    def middle(self) -> Place:
        """Where its title is centred."""
        return self.left + self.width / 2, self.bottom + PLATE_HEIGHT / 2

    def line(self, place: Place, radius: float) -> tuple[Place, Place]:
        """Return where the line from the edge of a dot to this begins and ends.

        Parameters
        ----------
        place
            Of the dot.
        radius
            Of the dot, or of the ring around it.

        Returns
        -------
        tuple of two places
        """
        x, y = place
        end = min(max(x, self.left), self.right), min(max(y, self.bottom), self.top)
        length = math.dist(place, end)
        way = min(length, radius) / max(length, 1.0)
        return (x + (end[0] - x) * way, y + (end[1] - y) * way), end

    def overlaps(self, other: Plate) -> bool:
        """Tell whether another is on it, or close to it."""
        beside = self.right + 4 <= other.left or other.right + 4 <= self.left
        return not (beside or self.top + 4 <= other.bottom or other.top + 4 <= self.bottom)

    def covers(self, place: Place, reach: float) -> bool:
        """Tell whether a dot is under it, or that close to it."""
        x, y = place
        return self.left - reach < x < self.right + reach and self.bottom - reach < y < self.top + reach


class Room:
    """The room for titles: none lies on another, or on a dot that has one.

    Parameters
    ----------
    places, marked
        Of all dots, and of those that have titles.
    base
        Where the map begins, from below.
    """

    def __init__(self, places: Iterable[Place], marked: Sequence[Place], base: float) -> None:
        # From left to right: of ten thousand dots, only those that are above or below a title are looked at.
        self._places = sorted(places)
        self._across = [x for x, _ in self._places]
        self._marked = marked
        self._base = base
        self._taken: list[Plate] = []

    def take(self, place: Place, width: float) -> Plate | None:
        """Take the place around a dot where a title hides the fewest others.

        Parameters
        ----------
        place
            Of the dot.
        width
            Of the title, in pixels.

        Returns
        -------
        Plate or None
            None where there is no room.
        """
        free = [(self._cost(reach, plate), plate) for reach, plate in _plates(place, width) if self._is_free(plate)]
        if not free:
            return None
        _, plate = min(free, key=lambda entry: entry[0])
        self._taken.append(plate)
        return plate

    def _is_free(self, plate: Plate) -> bool:
        edge = MARGIN / 2
        across = edge <= plate.left and plate.right <= WIDTH - edge
        up = self._base - edge <= plate.bottom and plate.top <= self._base + SIDE + edge
        overlaps = any(plate.overlaps(other) for other in self._taken)
        return across and up and not overlaps and not any(plate.covers(dot, CLEAR_OF_MARKED) for dot in self._marked)

    def _cost(self, reach: float, plate: Plate) -> float:
        near = self._places[bisect_right(self._across, plate.left) : bisect_left(self._across, plate.right)]
        hidden = sum(plate.bottom < y < plate.top for _, y in near)
        return reach / REACH_OF_ONE_DOT + hidden / max(1.0, len(self._places) / 300)


def _plates(place: Place, width: float) -> Iterator[tuple[float, Plate]]:
    """Yield the places around a dot, with how far they are from it."""
    x, y = place
    for reach in REACHES:
        for across, up in DIRECTIONS:
            middle = x + across * (reach + width / 2)
            yield reach, Plate(middle - width / 2, y + up * (reach + PLATE_HEIGHT / 2) - PLATE_HEIGHT / 2, width)
