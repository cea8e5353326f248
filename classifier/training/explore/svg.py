"""Draws on a plain SVG canvas; colours come from the page, so that a picture follows it into the dark."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

FONT_SIZE: Final = 11.0
"""Of labels, in units of the drawing: pixels where it is shown at its own size."""

CHARACTER_WIDTH: Final = 0.58
"""Mean width of a character as a share of the font size, in the sans-serif fonts of the usual systems."""

MOST_TICKS: Final = 5

LEAST_RANGE: Final = 1e-9
"""Of an axis, as a share of its values: what lies closer together is one place, and ticks could not be told apart."""

LEAST_SIZE: Final = 1e-300
"""Of an axis and its values: just below it, doubles lose their digits, and steps between ticks become zero."""


class Canvas:
    """An SVG image under construction.

    Parameters
    ----------
    width, height
        In pixels.
    """

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._root = ET.Element("svg", {"viewBox": f"0 0 {_short(width)} {_short(height)}"})

    def text(
        self, x: float, y: float, content: str, *, anchor: str = "start", style: str = "", turned: bool = False
    ) -> None:
        """Write a line.

        Parameters
        ----------
        x, y
            Where its base line is anchored.
        content
            Plain text; escaped here.
        anchor
            ``start``, ``middle`` or ``end``.
        style
            A class of the page's style sheet.
        turned
            Whether it reads upwards.
        """
        attributes = {"x": _short(x), "y": _short(y), "text-anchor": anchor}
        if style:
            attributes["class"] = style
        if turned:
            attributes["transform"] = f"rotate(-90 {_short(x)} {_short(y)})"
        ET.SubElement(self._root, "text", attributes).text = content

    def line(self, x1: float, y1: float, x2: float, y2: float, *, style: str) -> None:
        """Draw a line of a class of the page's style sheet."""
        ends = {"x1": _short(x1), "y1": _short(y1), "x2": _short(x2), "y2": _short(y2)}
        ET.SubElement(self._root, "line", ends | {"class": style})

    def box(self, x: float, y: float, width: float, height: float, *, style: str, opacity: float = 1.0) -> None:
        """Draw a rectangle of a class of the page's style sheet."""
        attributes = {"x": _short(x), "y": _short(y), "width": _short(width), "height": _short(height), "class": style}
        if opacity < 1.0:
            attributes["fill-opacity"] = _short(opacity)
        ET.SubElement(self._root, "rect", attributes)

    def path(self, data: str, *, style: str, opacity: float = 1.0) -> None:
        """Draw a path, in SVG's own notation, of a class of the page's style sheet."""
        attributes = {"d": data, "class": style}
        if opacity < 1.0:
            attributes["fill-opacity"] = _short(opacity)
        ET.SubElement(self._root, "path", attributes)

    def markup(self, alt: str, *, style: str) -> Markup:
        """Finish the image.

        Parameters
        ----------
        alt
            What it shows, for those who do not see it.
        style
            A class of the page's style sheet.

        Returns
        -------
        Markup
            An ``svg`` element whose texts are escaped.
        """
        size = {
            "width": _short(self.width),
            "height": _short(self.height),
            "role": "img",
            "aria-label": alt,
            "class": style,
        }
        self._root.attrib.update(size)
        return Markup(ET.tostring(self._root, encoding="unicode"))  # noqa: S704 - ElementTree has escaped every text


class Scale:
    """Maps values to positions.

    Parameters
    ----------
    low, high
        Values at the ends; widened a little where they are equal.
    start, end
        Positions of the ends, in pixels; `end` may be the smaller one.
    """

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        if high - low <= max(LEAST_RANGE * max(abs(low), abs(high)), LEAST_SIZE):
            margin = abs(low) / 10 if abs(low) > LEAST_SIZE else 1.0
            low, high = low - margin, high + margin
        self.low = low
        self.high = high
        self._start = start
        self._length = end - start

    def __call__(self, value: float) -> float:
        """Return the position of a value, in pixels."""
        return self._start + (value - self.low) / (self.high - self.low) * self._length

    def ticks(self) -> npt.NDArray[np.float64]:
        """Return round values between the ends, `MOST_TICKS` at most.

        Returns
        -------
        ndarray of float64
            In steps of 1, 2 or 5 times a power of ten; at least one value.
        """
        rough = (self.high - self.low) / MOST_TICKS
        power = 10.0 ** np.floor(np.log10(rough))
        # Ten powers further there is always a step that is long enough.
        step = next(power * factor for factor in (1.0, 2.0, 5.0, 10.0) if power * factor >= rough * (1 - 1e-9))
        first, last = np.ceil(self.low / step - 1e-9), np.floor(self.high / step + 1e-9)
        # Adding zero turns a negative zero into a plain one.
        ticks: npt.NDArray[np.float64] = np.arange(first, last + 1) * step + 0.0
        return ticks


def tick_label(value: float, ticks: npt.NDArray[np.float64]) -> str:
    """Write a tick as shortly as its neighbours allow.

    Parameters
    ----------
    value
        One of `ticks`.
    ticks
        What `Scale.ticks` returned.

    Returns
    -------
    str
        With an exponent, a thousands separator or decimals, as its size asks for.
    """
    step = abs(float(ticks[1] - ticks[0])) if len(ticks) > 1 else abs(value) or 1.0
    most = float(np.abs(ticks).max())
    if most >= 1e6 or 0 < most < 1e-2:
        return f"{value:.3g}" if value else "0"
    decimals = max(0, -int(np.floor(np.log10(step) + 1e-9)))
    return f"{value:,.{decimals}f}"


def text_width(content: str, size: float = FONT_SIZE) -> float:
    """Estimate how wide a text is drawn, in pixels; there is no font at hand to measure it with."""
    return len(content) * size * CHARACTER_WIDTH


def _short(value: float) -> str:
    # Tenths of a pixel are as fine as anyone sees; hundreds of points in full would be most of the page.
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
