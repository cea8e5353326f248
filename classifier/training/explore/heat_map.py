"""Draws a matrix of correlations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from classifier.training.explore.svg import FONT_SIZE, Canvas, text_width

CELL: Final = 11.0
"""Side of a cell, in pixels."""

STEPS: Final = 20
"""Shades of each sign: 0.05 apart, finer than the eye tells them."""

LABEL_SIZE: Final = 9.0
"""Of row and column names, in pixels, as the style sheet's class ``small`` has it."""


def heat_map(names: Sequence[str], correlations: npt.NDArray[np.float64], *, alt: str) -> Markup:
    """Draw correlations as colours: one for positive, one for negative, none for zero.

    Parameters
    ----------
    names
        Of rows and columns.
    correlations : ndarray of float64, shape (len(names), len(names))
        From -1 to 1.
    alt
        What it shows, in words.

    Returns
    -------
    Markup
    """
    margin = max(text_width(name, LABEL_SIZE) for name in names) + 8
    side = CELL * len(names)
    # Seven marks of the legend need their room even under the smallest matrix.
    canvas = Canvas(max(margin + side, 260.0), margin + side + 34)
    for index, name in enumerate(names):
        middle = margin + (index + 0.5) * CELL
        canvas.text(margin - 4, middle + 3, name, anchor="end", style="small")
        canvas.text(middle + 3, margin - 4, name, style="small", turned=True)
    for sign, style in ((1, "positive"), (-1, "negative")):
        strengths = np.rint(np.clip(correlations * sign, 0.0, 1.0) * STEPS).astype(np.intp)
        for strength in range(1, STEPS + 1):
            # One path a shade: a rectangle for each of 58² cells would weigh ten times as much.
            places = np.argwhere(strengths == strength)
            if len(places):
                data = "".join(
                    f"M{margin + column * CELL:.1f} {margin + row * CELL:.1f}h{CELL:g}v{CELL:g}h-{CELL:g}z"
                    for row, column in places
                )
                canvas.path(data, style=style, opacity=strength / STEPS)
    canvas.box(margin, margin, side, side, style="frame")
    _legend(canvas, margin + side + 10)
    return canvas.markup(alt, style="map")


def _legend(canvas: Canvas, top: float) -> None:
    values = np.array([-1.0, -0.7, -0.4, 0.0, 0.4, 0.7, 1.0])
    width = 34.0
    left = (canvas.width - width * len(values)) / 2
    for index, value in enumerate(values):
        x = left + index * width
        canvas.box(x, top, width, 8, style="positive" if value > 0 else "negative", opacity=abs(float(value)))
        label = f"{value:+.1f}" if value else "0"
        canvas.text(x + width / 2, top + 8 + FONT_SIZE, label, anchor="middle", style="tick")
    canvas.box(left, top, width * len(values), 8, style="frame")
