"""How single columns spread over the genres: box plots, and the mean of every column in every genre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.errors import DatasetError
from classifier.training.dataset import TABLE_COLUMNS, FeatureTable
from classifier.training.explore.charts import Box, box_plots
from classifier.training.explore.document import (
    Cell,
    Column,
    Picture,
    Pictures,
    Section,
    Table,
    listing,
    number,
    percent,
    share,
    shown,
)

NOTEBOOK_COLUMNS: Final = ("tempo", "rms_mean", "spectral_centroid_mean", "chroma_stft_mean")
"""Columns that the notebook draws box plots of."""

WHISKER: Final = 1.5
"""Longest whisker, in interquartile ranges (Tukey, 1977, "Exploratory data analysis")."""

SHADE_AT: Final = 1.5
"""Distance of a genre's mean from the mean of all clips at which its cell is darkest, in standard deviations."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Columns over the genres.

    Parameters
    ----------
    boxes
        By column, then by genre.
    between
        By column of `boxes`: share of the variance that lies between the genres' means (eta squared).
    """

    boxes: dict[str, dict[str, Box]]
    between: dict[str, float]


@dataclass(frozen=True, slots=True)
class Means:
    """Every column's mean in every genre.

    Parameters
    ----------
    means
        By column, then by genre.
    overall, deviation
        By column: mean and standard deviation of all clips.
    between
        By column: share of the variance that lies between the genres' means (eta squared).
    """

    means: dict[str, dict[str, float]]
    overall: dict[str, float]
    deviation: dict[str, float]
    between: dict[str, float]


def chosen_columns(asked: Sequence[str]) -> tuple[str, ...]:
    """Return the columns to draw: the notebook's, then those that are asked for.

    Parameters
    ----------
    asked
        Members of `TABLE_COLUMNS`, in any number.

    Returns
    -------
    tuple of str
        Each once.

    Raises
    ------
    DatasetError
        If a column is none of the table's.
    """
    for name in asked:
        if name not in TABLE_COLUMNS:
            close = get_close_matches(name, TABLE_COLUMNS, n=3)
            hint = f"Did you mean {' or '.join(close)}?" if close else f"There are: {', '.join(TABLE_COLUMNS)}."
            raise DatasetError(f"The table has no column {shown(name)!r} to draw. {hint}")
    return tuple(dict.fromkeys((*NOTEBOOK_COLUMNS, *asked)))


def variance_between(values: npt.NDArray[np.float64], labels: npt.NDArray[np.str_]) -> float:
    """Return how much of a column's variance lies between the genres.

    Parameters
    ----------
    values : ndarray of float64, shape (clips,)
        The column.
    labels : ndarray of str, shape (clips,)
        The genres.

    Returns
    -------
    float
        Eta squared: the squares of the genres' means around the common mean over the squares of all clips. 0 where
        genres do not differ or nothing varies, 1 where clips differ by genre only.
    """
    if np.ptp(values) == 0.0:
        return 0.0
    common = values.mean()
    total = float(((values - common) ** 2).sum())
    parts = (values[labels == genre] for genre in np.unique(labels))
    between = sum(len(part) * float(part.mean() - common) ** 2 for part in parts)
    # Rounding may carry the quotient a little over 1.
    return min(1.0, between / total) if total > 0.0 else 0.0


def measure_spread(table: FeatureTable, columns: Sequence[str]) -> Spread:
    """Take quartiles by genre.

    Parameters
    ----------
    table
        All clips.
    columns
        What `chosen_columns` returned.

    Returns
    -------
    Spread
    """
    values = dict(zip(columns, table.columns(columns).T, strict=True))
    return Spread(
        boxes={
            name: {genre: _box(column[table.labels == genre]) for genre in table.genres}
            for name, column in values.items()
        },
        between={name: variance_between(column, table.labels) for name, column in values.items()},
    )


def measure_means(table: FeatureTable) -> Means:
    """Take the mean of every column in every genre.

    Parameters
    ----------
    table
        All clips.

    Returns
    -------
    Means
    """
    columns = dict(zip(TABLE_COLUMNS, table.columns(TABLE_COLUMNS).T, strict=True))
    return Means(
        means={
            name: {genre: float(column[table.labels == genre].mean()) for genre in table.genres}
            for name, column in columns.items()
        },
        overall={name: float(column.mean()) for name, column in columns.items()},
        deviation={name: float(column.std()) for name, column in columns.items()},
        between={name: variance_between(column, table.labels) for name, column in columns.items()},
    )


def show_spread(spread: Spread) -> Section:
    """Draw the boxes.

    Parameters
    ----------
    spread
        What `measure_spread` returned.

    Returns
    -------
    Section
    """
    best, worst = (choose(spread.between, key=lambda name: spread.between[name]) for choose in (max, min))
    conclusions = [
        f"Of these columns, {best} tells the genres apart best: {percent(spread.between[best])} of its variance lies "
        f"between the genres, the rest within them. {worst} does so least ({percent(spread.between[worst])}); "
        "boxes that overlap cannot be told apart by that column alone."
    ]
    return Section(
        intro="Box: the middle half of a genre's clips, with the median. Whiskers reach the furthest clip within 1.5 "
        "box lengths; dots lie beyond.",
        conclusions=tuple(conclusions),
        blocks=(Pictures(tuple(_picture(name, boxes, spread.between[name]) for name, boxes in spread.boxes.items())),),
    )


def show_means(means: Means) -> Section:
    """Lay out the means.

    Parameters
    ----------
    means
        What `measure_means` returned.

    Returns
    -------
    Section
    """
    genres = list(next(iter(means.means.values())))
    ranked = sorted(means.between, key=lambda name: -means.between[name])
    weak = [name for name in ranked if means.between[name] < 0.05]
    conclusions = [
        "The genres differ most, measured by the share of the variance that lies between them, in "
        f"{listing([f'{name} ({percent(means.between[name])})' for name in ranked[:3]])}."
    ]
    if weak:
        conclusions.append(
            f"{len(weak)} of {len(ranked)} columns say next to nothing by themselves (less than 5 % between genres): "
            f"{listing(weak[:8])}{', among others' if len(weak) > 8 else ''}."
        )
    rows = tuple(
        (
            Cell(name),
            *(_mean_cell(value, means.overall[name], means.deviation[name]) for value in by_genre.values()),
            Cell(share(means.between[name])),
        )
        for name, by_genre in means.means.items()
    )
    columns = (Column("Column", "text"), *(Column(shown(genre)) for genre in genres), Column("Between"))
    caption = (
        "Mean of each column in each genre. Shaded: above (blue) or below (orange) the mean of all clips, darkest from "
        "1.5 standard deviations on. Between: share of the variance that lies between the genres."
    )
    return Section(
        intro="Every column of the table, averaged over the clips of a genre.",
        conclusions=tuple(conclusions),
        blocks=(Table(caption, columns, rows),),
    )


def unit_of(column: str) -> str:
    """Return the unit of a column, in brackets.

    Parameters
    ----------
    column
        Of the table.

    Returns
    -------
    str
        Empty where it has none.
    """
    if column == "tempo":
        return " (beats per minute)"
    if column == "length":
        return " (samples)"
    if column.startswith(("spectral_centroid", "spectral_bandwidth", "rolloff")):
        return " (Hz)" if column.endswith("_mean") else " (Hz²)"
    return ""


def _box(values: npt.NDArray[np.float64]) -> Box:
    q1, median, q3 = (float(value) for value in np.percentile(values, (25, 50, 75)))
    reach = WHISKER * (q3 - q1)
    within = values[(values >= q1 - reach) & (values <= q3 + reach)]
    # A quartile lies between clips: where those are far apart, no clip may lie between box and whisker.
    low, high = min(float(within.min()), q1), max(float(within.max()), q3)
    beyond = np.sort(values[(values < low) | (values > high)])
    return Box(low, q1, median, q3, high, tuple(float(value) for value in beyond))


def _picture(name: str, boxes: dict[str, Box], between: float) -> Picture:
    highest, lowest = (choose(boxes, key=lambda genre: boxes[genre].median) for choose in (max, min))
    alt = (
        f"Box plots of {name} by genre. Highest median: {shown(highest)}, {number(boxes[highest].median)}; "
        f"lowest: {shown(lowest)}, {number(boxes[lowest].median)}."
    )
    svg = box_plots(boxes, title=f"{name}{unit_of(name)}", alt=alt)
    return Picture(svg, f"{name}: {percent(between)} of the variance is between genres")


def _mean_cell(value: float, overall: float, deviation: float) -> Cell:
    distance = (value - overall) / deviation if deviation > 0.0 else 0.0
    return Cell(number(value, digits=3), shade=float(np.clip(distance / SHADE_AT, -1.0, 1.0)))
