"""Which columns say the same: correlations, and what is redundant."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from scipy.sparse.csgraph import connected_components

from classifier.training.dataset import TABLE_COLUMNS, FeatureTable
from classifier.training.evaluation.intervals import Interval, Z
from classifier.training.explore.document import (
    Block,
    Column,
    Picture,
    Pictures,
    Section,
    Table,
    cells,
    count,
    listing,
)
from classifier.training.explore.heat_map import heat_map

REDUNDANT_AT: Final = 0.9
"""Correlation from which one column stands for another: they then share over four fifths of their variance (0.9²)."""

MOST_PAIRS: Final = 20
"""Pairs that the report lists; the JSON file has all."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Correlations of some columns.

    Parameters
    ----------
    columns
        Those that vary.
    constant
        Those that have one value in all clips, and so no correlation.
    values
        Pearson's r of each pair of `columns`, row by row.
    clips
        That it is taken over.
    """

    columns: tuple[str, ...]
    constant: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    clips: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns and their correlation."""

    first: str
    second: str
    correlation: float


@dataclass(frozen=True, slots=True)
class Correlations:
    """Correlations of the means, of the variances and of all columns."""

    means: Matrix
    variances: Matrix
    all: Matrix


@dataclass(frozen=True, slots=True)
class Redundancy:
    """Columns that repeat others.

    Parameters
    ----------
    at
        Absolute correlation from which a pair counts.
    columns
        Columns that vary.
    pairs
        Pairs of them from there on, strongest first.
    families
        Columns that such pairs connect, largest family first; one of each would nearly do.
    clips
        That the correlations are taken over.
    interval
        Where a correlation of `at` lies on ever more clips, at 95 %, by the transform of Fisher (1921).
    """

    at: float
    columns: int
    pairs: tuple[Pair, ...]
    families: tuple[tuple[str, ...], ...]
    clips: int
    interval: Interval


def measure_correlations(table: FeatureTable) -> Correlations:
    """Correlate the columns over all clips.

    Parameters
    ----------
    table
        All clips.

    Returns
    -------
    Correlations
    """
    return Correlations(
        means=_matrix(table, [name for name in TABLE_COLUMNS if name.endswith("_mean")]),
        variances=_matrix(table, [name for name in TABLE_COLUMNS if name.endswith("_var")]),
        all=_matrix(table, TABLE_COLUMNS),
    )


def find_redundancy(matrix: Matrix) -> Redundancy:
    """Find what repeats other columns.

    Parameters
    ----------
    matrix
        Correlations of all columns.

    Returns
    -------
    Redundancy
    """
    size = len(matrix.columns)
    values = np.asarray(matrix.values).reshape(size, size)
    strong = np.abs(values) >= REDUNDANT_AT
    pairs = [
        Pair(matrix.columns[first], matrix.columns[second], float(values[first, second]))
        for first, second in combinations(range(size), 2)
        if strong[first, second]
    ]
    families: dict[int, list[str]] = {}
    if pairs:
        for name, family in zip(matrix.columns, connected_components(strong, directed=False)[1], strict=True):
            families.setdefault(int(family), []).append(name)
    return Redundancy(
        at=REDUNDANT_AT,
        columns=size,
        pairs=tuple(sorted(pairs, key=lambda pair: -abs(pair.correlation))),
        families=tuple(
            tuple(family) for family in sorted(families.values(), key=lambda family: -len(family)) if len(family) > 1
        ),
        clips=matrix.clips,
        interval=_interval(REDUNDANT_AT, matrix.clips),
    )


def show_correlations(correlations: Correlations) -> Section:
    """Draw the matrices.

    Parameters
    ----------
    correlations
        What `measure_correlations` returned.

    Returns
    -------
    Section
    """
    small = tuple(
        _picture(matrix, title)
        for matrix, title in ((correlations.means, "means"), (correlations.variances, "variances"))
        if matrix.columns
    )
    blocks: list[Block] = [Pictures(small)] if small else []
    if correlations.all.columns:
        blocks.append(_picture(correlations.all, "all columns"))
    return Section(
        intro="Pearson correlation of each pair of columns over all clips: blue where they rise together, orange where "
        "one falls as the other rises, blank where they are unrelated.",
        conclusions=_links(correlations),
        blocks=tuple(blocks),
    )


def show_redundancy(redundancy: Redundancy) -> Section:
    """Say which columns repeat others.

    Parameters
    ----------
    redundancy
        What `find_redundancy` returned.

    Returns
    -------
    Section
    """
    at = f"±{redundancy.at:g}"
    low, high = redundancy.interval.low, redundancy.interval.high
    intro = (
        f"Two columns with a correlation of {at} or beyond share over four fifths of their variance. On "
        f"{count(redundancy.clips, 'clip')}, a correlation of {redundancy.at:g} has the 95\N{NO-BREAK SPACE}% interval "
        f"{low:.2f} to {high:.2f}."
    )
    if not redundancy.pairs:
        nothing = f"No two of the {redundancy.columns} columns that vary are correlated at {at} or beyond."
        return Section(intro, (nothing,), ())
    needed = redundancy.columns - sum(len(family) - 1 for family in redundancy.families)
    first = redundancy.families[0]
    pairs_say = count(len(redundancy.pairs), "pair of columns says", "pairs of columns say")
    families = count(len(redundancy.families), "family", "families")
    conclusions = (
        f"{pairs_say} nearly the same (correlation {at} or beyond, over {count(redundancy.clips, 'clip')}). They form "
        f"{families}; with one column of each, {needed} of {redundancy.columns} columns would do.",
        f"The largest family: {listing(first[:8]) if len(first) <= 8 else ', '.join(first[:8]) + ' and others'}.",
    )
    pairs = redundancy.pairs[:MOST_PAIRS]
    some = len(pairs) < len(redundancy.pairs)
    which = f"The {len(pairs)} strongest of {len(redundancy.pairs)} pairs" if some else "All pairs"
    columns = (Column("Column", "text"), Column("Other column", "text"), Column("Correlation"))
    rows = tuple(cells(pair.first, pair.second, f"{pair.correlation:+.3f}") for pair in pairs)
    return Section(intro, conclusions, (Table(f"{which} with a correlation of {at} or beyond", columns, rows),))


def _interval(correlation: float, clips: int) -> Interval:
    # The transform needs more than three clips; a table that can be split in two has them.
    reach = Z / math.sqrt(clips - 3)
    return Interval(math.tanh(math.atanh(correlation) - reach), math.tanh(math.atanh(correlation) + reach))


def _matrix(table: FeatureTable, names: Sequence[str]) -> Matrix:
    columns = table.columns(names)
    varies = np.ptp(columns, axis=0) > 0.0
    kept = [name for name, moving in zip(names, varies, strict=True) if moving]
    constant = tuple(name for name, moving in zip(names, varies, strict=True) if not moving)
    # Scaled by its range first: squares of the smallest and the largest columns then neither vanish nor overflow.
    values = (columns[:, varies] - columns[:, varies].min(axis=0)) / np.ptp(columns[:, varies], axis=0)
    correlations = np.atleast_2d(np.corrcoef(values, rowvar=False)) if kept else np.empty((0, 0))
    rows = tuple(tuple(float(value) for value in row) for row in correlations.clip(-1.0, 1.0))
    return Matrix(tuple(kept), constant, rows, clips=len(table))


def _strongest(matrix: Matrix) -> Pair | None:
    pairs = [
        Pair(matrix.columns[first], matrix.columns[second], matrix.values[first][second])
        for first, second in combinations(range(len(matrix.columns)), 2)
    ]
    return max(pairs, key=lambda pair: abs(pair.correlation)) if pairs else None


def _picture(matrix: Matrix, title: str) -> Picture:
    strongest = _strongest(matrix)
    words = f" Strongest: {_in_words(strongest)}." if strongest else ""
    alt = f"Heat map of the correlations of {len(matrix.columns)} columns ({title}).{words}"
    return Picture(heat_map(matrix.columns, np.asarray(matrix.values), alt=alt), f"Correlations of {title}", wide=True)


def _in_words(pair: Pair) -> str:
    return f"{pair.first} with {pair.second} ({pair.correlation:+.2f})"


def _links(correlations: Correlations) -> tuple[str, ...]:
    means, variances = _strongest(correlations.means), _strongest(correlations.variances)
    said = [
        f"among the {name} {_in_words(pair)}" for name, pair in (("means", means), ("variances", variances)) if pair
    ]
    sentences = [f"The strongest links: {listing(said)}."] if said else []
    constant = correlations.all.constant
    if constant:
        more = f" and {len(constant) - 8} more" if len(constant) > 8 else ""
        has = "has" if len(constant) == 1 else "have"
        sentences.append(
            f"{', '.join(constant[:8])}{more} {has} one value in all clips, and so no correlation with anything."
        )
    return tuple(sentences)
