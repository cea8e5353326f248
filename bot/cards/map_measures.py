"""How large things are on the map of a playlist, whatever it is drawn with."""

from __future__ import annotations

import math
from typing import Final

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
PLATE_HEIGHT: Final = 34
PLATE_PADDING: Final = 8
PLATE_ROUND: Final = 8
PLATE: Final = "#2b2d33"
PLATE_TEXT: Final = "#f2f3f5"
PLATE_EDGE: Final = "#5d616b"

EDGE: Final = 0.07
"""Of the line around a dot, in its size."""

RING: Final = 9.0
"""How much wider than a dot the ring around one with a title is."""

RING_LINE: Final = 2.5


def dot_size(count: int) -> float:
    """Return how wide the dots of a map are.

    Parameters
    ----------
    count
        Tracks on it.

    Returns
    -------
    float
        In pixels.
    """
    size = LARGEST_DOT * math.sqrt(DOTS_OF_ONE_SIZE / max(count, 1))
    return min(max(size, SMALLEST_DOT), LARGEST_DOT)
