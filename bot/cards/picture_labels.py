"""Writes names into the bands of a picture, where there is room for them: instead of a legend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextPath

Floats = npt.NDArray[np.float64]

TEXT_SIZE: Final = 30
"""Pixels; a phone shows half of it."""

LABEL_HEIGHT: Final = 38
"""Of a line of text and the space around it, in pixels."""

PADDING: Final = 8
"""Left and right of a label, in pixels."""

ROOM_ENOUGH: Final = 2.0 * LABEL_HEIGHT
"""Height from which on more room is no better, in pixels."""

DARK_TEXT: Final = "#111214"
LIGHT_TEXT: Final = "#f2f3f5"
LUMINANCE_OF_EQUAL_CONTRAST: Final = 0.18
"""Relative luminance (WCAG 2) at which both kinds of text stand out as well."""

OUTLINE: Final = "#17181c"


@dataclass(frozen=True, slots=True)
class Band:
    """A band between two lines, in pixels.

    Parameters
    ----------
    x : ndarray of float64, shape (n,)
        Where the corners lie, rising.
    bottom, top : ndarray of float64, shape (n,)
        The lines there.
    """

    x: Floats
    bottom: Floats
    top: Floats


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    right: float
    bottom: float
    top: float

    def overlaps(self, other: _Box) -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.top <= other.bottom or other.top <= self.bottom)


class Labels:
    """Places names so that none hides another.

    Parameters
    ----------
    axes
        Where they are written; one unit is one pixel.
    left, right, bottom, top
        What they must not leave.
    """

    def __init__(self, axes: Axes, *, left: float, right: float, bottom: float, top: float) -> None:
        self._axes = axes
        self._frame = _Box(left, right, bottom, top)
        self._boxes: list[_Box] = []

    def write_inside(self, name: str, colour: str, bands: list[Band]) -> bool:
        """Write a name into each band that has room for it.

        Parameters
        ----------
        name
            Of the bands.
        colour
            That they are filled with.
        bands
            One for each stretch of the timeline.

        Returns
        -------
        bool
            Whether it stands anywhere.
        """
        width = text_width(name) + 2 * PADDING
        boxes = [box for band in bands if (box := _roomiest(band, width)) is not None]
        for box in boxes:
            self._write(name, colour, box)
        return bool(boxes)

    def write_across(self, name: str, colour: str, bands: list[Band]) -> None:
        """Write a name on a plate of the bands' own colour, where they are highest: it may reach beyond them.

        Parameters
        ----------
        name
            Of the bands.
        colour
            That they are filled with.
        bands
            One for each stretch of the timeline.
        """
        width = text_width(name) + 2 * PADDING
        places = [place for band in bands for place in self._places(band, width)]
        for _, box in sorted(places, key=lambda place: -place[0]):
            if not any(box.overlaps(taken) for taken in self._boxes):
                corner, size = (box.left + 2, box.bottom + 2), (width - 4, LABEL_HEIGHT - 4)
                self._axes.add_patch(Rectangle(corner, *size, facecolor=colour, edgecolor=OUTLINE, linewidth=2))
                self._write(name, colour, box)
                return

    def _places(self, band: Band, width: float) -> Iterator[tuple[float, _Box]]:
        """Yield how high a band is at each pixel, with the box of a label there."""
        pixels, bottom, top = _at_pixels(band)
        fits = pixels[-1] - pixels[0] >= width
        left, right = (pixels[0], pixels[-1]) if fits else (self._frame.left, self._frame.right)
        lefts = np.clip(pixels - width / 2, left, right - width)
        lows = np.clip((bottom + top - LABEL_HEIGHT) / 2, self._frame.bottom, self._frame.top - LABEL_HEIGHT)
        for height, x, y in zip((top - bottom).tolist(), lefts.tolist(), lows.tolist(), strict=True):
            yield height, _Box(x, x + width, y, y + LABEL_HEIGHT)

    def _write(self, name: str, colour: str, box: _Box) -> None:
        self._boxes.append(box)
        self._axes.text(
            (box.left + box.right) / 2,
            (box.bottom + box.top) / 2,
            name,
            color=ink_on(colour),
            size=TEXT_SIZE,
            font=font(),
            ha="center",
            va="center_baseline",
        )


def ink_on(colour: str) -> str:
    """Return the colour of text that stands out best.

    Parameters
    ----------
    colour
        Of what it is written on.

    Returns
    -------
    str
        `LIGHT_TEXT` or `DARK_TEXT`.
    """
    return LIGHT_TEXT if _luminance(colour) < LUMINANCE_OF_EQUAL_CONTRAST else DARK_TEXT


def text_width(text: str) -> float:
    """Return how wide a line of text is.

    Parameters
    ----------
    text
        Without line breaks.

    Returns
    -------
    float
        In pixels.
    """
    return float(TextPath((0, 0), text, size=TEXT_SIZE, prop=font()).get_extents().width)


@cache
def font() -> FontProperties:
    """Return the font that matplotlib brings; what else the machine has would look different on each."""
    return FontProperties(fname=Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"), size=TEXT_SIZE)


def _roomiest(band: Band, width: float) -> _Box | None:
    """Return where a label fits best: where the band is high enough, as near to its middle as can be."""
    pixels, bottom, top = _at_pixels(band)
    columns = int(np.ceil(width))
    if pixels.size < columns:
        return None
    windows = np.lib.stride_tricks.sliding_window_view
    lower = windows(bottom, columns).max(axis=1)
    upper = windows(top, columns).min(axis=1)
    room = upper - lower
    if room.max() < LABEL_HEIGHT:
        return None
    good = np.flatnonzero(room >= min(room.max(), ROOM_ENOUGH) - 1e-6)
    middle = np.average(pixels, weights=top - bottom) - columns / 2
    place = good[np.argmin(np.abs(pixels[good] - middle))]
    left, centre = float(pixels[place]), float(upper[place] + lower[place]) / 2
    return _Box(left, left + columns, centre - LABEL_HEIGHT / 2, centre + LABEL_HEIGHT / 2)


def _at_pixels(band: Band) -> tuple[Floats, Floats, Floats]:
    pixels = np.arange(np.round(band.x[0]), np.round(band.x[-1]) + 1)
    return pixels, np.interp(pixels, band.x, band.bottom), np.interp(pixels, band.x, band.top)


def _luminance(colour: str) -> float:
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))
