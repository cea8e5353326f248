"""Charts of one value a genre, a column or a classifier: bars, boxes, dots and points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from classifier.training.explore.document import shown
from classifier.training.explore.svg import FONT_SIZE, Canvas, Scale, text_width, tick_label

WIDTH: Final = 360.0
"""Of a chart in pixels: a phone shows it whole, and its letters stay readable."""

ROW: Final = 20.0
"""Height of a row, in pixels."""

AXIS: Final = 34.0
"""Height of an axis with its ticks and its title, in pixels."""

COLOURS: Final = 10
"""Colours of the page's style sheet, ``c0`` to ``c9``."""

LABEL_LIMIT: Final = 28
"""Most characters of a name beside a chart: half of its width is left for what it shows."""

MARKS: Final = 5
"""Shapes of the points of a scatter; colour and shape repeat together only after ten genres."""


@dataclass(frozen=True, slots=True)
class Box:
    """Five numbers of a sample and what lies beyond them.

    Parameters
    ----------
    low, high
        Ends of the whiskers: the furthest values within 1.5 interquartile ranges of the box (Tukey, 1977).
    q1, median, q3
        Quartiles.
    outliers
        Values beyond the whiskers, ascending.
    """

    low: float
    q1: float
    median: float
    q3: float
    high: float
    outliers: tuple[float, ...]


def bars(values: Mapping[str, float], labels: Sequence[str], *, title: str, alt: str) -> Markup:
    """Draw one bar a name.

    Parameters
    ----------
    values
        Not negative, by name.
    labels
        What is written at the end of each bar.
    title
        Of the axis.
    alt
        What it shows, in words.

    Returns
    -------
    Markup
    """
    names = [shown(name, LABEL_LIMIT) for name in values]
    left = _margin(names)
    right = WIDTH - 8 - max(text_width(label) for label in labels)
    canvas = Canvas(WIDTH, ROW * len(names) + AXIS)
    scale = Scale(0.0, max(values.values()) or 1.0, left, right)
    bottom = ROW * len(names)
    _axis(canvas, scale, bottom, title)
    for row, (name, value, label) in enumerate(zip(names, values.values(), labels, strict=True)):
        top = row * ROW
        canvas.text(left - 6, top + ROW / 2 + 4, name, anchor="end")
        canvas.box(left, top + 4, scale(value) - left, ROW - 8, style="c0")
        canvas.text(scale(value) + 5, top + ROW / 2 + 4, label)
    return canvas.markup(alt, style="chart")


def box_plots(boxes: Mapping[str, Box], *, title: str, alt: str) -> Markup:
    """Draw one lying box plot a genre.

    Parameters
    ----------
    boxes
        By genre.
    title
        Of the axis, with its unit.
    alt
        What it shows, in words.

    Returns
    -------
    Markup
    """
    names = [shown(name, LABEL_LIMIT) for name in boxes]
    left = _margin(names)
    canvas = Canvas(WIDTH, ROW * len(names) + AXIS)
    lowest = min(min(box.low, *box.outliers[:1]) if box.outliers else box.low for box in boxes.values())
    highest = max(max(box.high, *box.outliers[-1:]) if box.outliers else box.high for box in boxes.values())
    scale = Scale(lowest, highest, left + 6, WIDTH - 10)
    _axis(canvas, scale, ROW * len(names), title)
    for row, (name, box) in enumerate(zip(names, boxes.values(), strict=True)):
        middle = row * ROW + ROW / 2
        canvas.text(left - 6, middle + 4, name, anchor="end")
        canvas.line(scale(box.low), middle, scale(box.q1), middle, style="whisker")
        canvas.line(scale(box.q3), middle, scale(box.high), middle, style="whisker")
        for end in (box.low, box.high):
            canvas.line(scale(end), middle - 3, scale(end), middle + 3, style="whisker")
        canvas.box(scale(box.q1), middle - 6, max(scale(box.q3) - scale(box.q1), 1.0), 12, style="box")
        canvas.line(scale(box.median), middle - 6, scale(box.median), middle + 6, style="median")
        if box.outliers:
            canvas.path("".join(_mark(0, scale(value), middle, 1.6) for value in box.outliers), style="outlier")
    return canvas.markup(alt, style="chart")


def dots(
    rows: Mapping[str, Sequence[float | None]], series: Sequence[str], *, title: str, alt: str, top: float = 1.0
) -> Markup:
    """Draw, for each name, one dot a series on an axis from zero.

    Parameters
    ----------
    rows
        By name, one value for each series; None is not drawn.
    series
        What the colours and shapes mean.
    title
        Of the axis.
    alt
        What it shows, in words.
    top
        Value at the end of the axis.

    Returns
    -------
    Markup
    """
    names = [shown(name, LABEL_LIMIT) for name in rows]
    left = _margin(names)
    canvas = Canvas(WIDTH, ROW * (len(names) + len(series)) + AXIS)
    bottom = ROW * len(names)
    scale = Scale(0.0, top, left + 6, WIDTH - 12)
    _axis(canvas, scale, bottom, title)
    for row, (name, values) in enumerate(zip(names, rows.values(), strict=True)):
        middle = row * ROW + ROW / 2
        canvas.text(left - 6, middle + 4, name, anchor="end")
        known = [value for value in values if value is not None]
        if len(known) > 1:
            canvas.line(scale(min(known)), middle, scale(max(known)), middle, style="rule")
        for index, value in enumerate(values):
            if value is not None:
                canvas.path(_mark(index, scale(value), middle, 4.5), style=f"c{index % COLOURS}")
    for index, name in enumerate(series):
        middle = bottom + AXIS + index * ROW + ROW / 2
        canvas.path(_mark(index, left + 6, middle, 4.5), style=f"c{index % COLOURS}")
        canvas.text(left + 18, middle + 4, name)
    return canvas.markup(alt, style="chart")


def scatter(points: Mapping[str, npt.NDArray[np.float64]], *, titles: tuple[str, str], alt: str) -> Markup:
    """Draw the clips of each genre as points, with a legend below.

    Parameters
    ----------
    points
        By genre, arrays of shape (clips, 2).
    titles
        Of the horizontal and the vertical axis.
    alt
        What it shows, in words.

    Returns
    -------
    Markup
    """
    everything = np.concatenate(list(points.values()))
    names = [shown(name, LABEL_LIMIT) for name in points]
    left, side = 52.0, WIDTH - 64.0
    per_row = max(1, int((WIDTH - 10) // (max(map(text_width, names)) + 26)))
    legend_rows = -(-len(names) // per_row)
    canvas = Canvas(WIDTH, side + AXIS + 12 + legend_rows * ROW)
    (low_x, low_y), (high_x, high_y) = everything.min(axis=0), everything.max(axis=0)
    across, up = Scale(low_x, high_x, left + 6, left + side - 6), Scale(low_y, high_y, side - 6, 6)
    _axis(canvas, across, side, titles[0])
    ticks = up.ticks()
    for tick in ticks:
        canvas.line(left, up(tick), left + side, up(tick), style="grid")
        canvas.text(left - 5, up(tick) + 4, tick_label(float(tick), ticks), anchor="end", style="tick")
    canvas.text(10, side / 2, titles[1], anchor="middle", style="title", turned=True)
    for index, genre in enumerate(points):
        marks = "".join(_mark(_shape(index), across(float(x)), up(float(y)), 2.8) for x, y in points[genre])
        canvas.path(marks, style=f"c{index % COLOURS}", opacity=0.75)
    for index, name in enumerate(names):
        x = 10 + index % per_row * ((WIDTH - 10) / per_row)
        middle = side + AXIS + 12 + index // per_row * ROW + ROW / 2
        canvas.path(_mark(_shape(index), x + 5, middle, 4.5), style=f"c{index % COLOURS}")
        canvas.text(x + 15, middle + 4, name)
    return canvas.markup(alt, style="chart large")


def _axis(canvas: Canvas, scale: Scale, bottom: float, title: str) -> None:
    ticks = scale.ticks()
    for tick in ticks:
        canvas.line(scale(tick), 0, scale(tick), bottom, style="grid")
        canvas.text(scale(tick), bottom + FONT_SIZE + 2, tick_label(float(tick), ticks), anchor="middle", style="tick")
    middle = (scale(scale.low) + scale(scale.high)) / 2
    canvas.text(middle, bottom + AXIS - 5, title, anchor="middle", style="title")


def _margin(names: Sequence[str]) -> float:
    return max(map(text_width, names)) + 12


def _shape(index: int) -> int:
    # The second ten colours come in other shapes than the first.
    return (index + index // COLOURS) % MARKS


def _mark(shape: int, x: float, y: float, size: float) -> str:
    """Return the path of a circle, a square, a triangle, a diamond or a cross around a point."""
    s, d = f"{size:.1f}", f"{2 * size:.1f}"
    match shape % MARKS:
        case 0:
            return f"M{x - size:.1f} {y:.1f}a{s} {s} 0 1 0 {d} 0a{s} {s} 0 1 0 -{d} 0"
        case 1:
            return f"M{x - size:.1f} {y - size:.1f}h{d}v{d}h-{d}z"
        case 2:
            return f"M{x:.1f} {y - size:.1f}l{s} {d}h-{d}z"
        case 3:
            return (
                f"M{x:.1f} {y - size * 1.3:.1f}l{size * 1.3:.1f} {size * 1.3:.1f}l-{size * 1.3:.1f} {size * 1.3:.1f}"
                + (f"l-{size * 1.3:.1f} -{size * 1.3:.1f}z")
            )
        case _:
            third = f"{size * 2 / 3:.1f}"
            return f"M{x - size / 3:.1f} {y - size:.1f}" + (
                f"h{third}v{third}h{third}v{third}h-{third}v{third}h-{third}v-{third}h-{third}v-{third}h{third}z"
            )
