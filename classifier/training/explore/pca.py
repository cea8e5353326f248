"""What two principal components keep of the MFCC means, and two of their variances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.decomposition import PCA

from classifier.training.dataset import TABLE_COLUMNS, FeatureTable
from classifier.training.explore.charts import bars, scatter
from classifier.training.explore.document import (
    Column,
    Picture,
    Pictures,
    Section,
    Table,
    cells,
    listing,
    percent,
    share,
)
from classifier.training.explore.models import reduction
from classifier.training.explore.spread import variance_between


@dataclass(frozen=True, slots=True)
class Components:
    """Principal components of one block of columns.

    Parameters
    ----------
    explained
        Share of the block's variance that each component explains, of all clips; all 0 where nothing varies.
    explained_in_training
        The same for the components that are kept, of the training part of the notebook's split only.
    leading_column
        Column that weighs most in the first component.
    leading_weight
        Its share of the first component: the square of its loading; 0 where nothing varies.
    between
        Share of each kept component's variance that lies between the genres.
    points
        The kept components of every clip, by genre.
    """

    explained: tuple[float, ...]
    explained_in_training: tuple[float, ...]
    leading_column: str
    leading_weight: float
    between: tuple[float, ...]
    points: dict[str, tuple[tuple[float, ...], ...]]


def measure_components(table: FeatureTable, train: npt.NDArray[np.intp], *, seed: int) -> dict[str, Components]:
    """Fit the notebook's two PCAs.

    Parameters
    ----------
    table
        All clips.
    train : ndarray of int
        Positions of those that the notebook's split learns from.
    seed
        Of the PCA.

    Returns
    -------
    dict of Components
        By block of columns, such as ``mfcc_means``.
    """
    blocks = {
        name: (transformer, list(columns))
        for name, transformer, columns in reduction(seed).transformers
        if isinstance(transformer, PCA)
    }
    return {
        name: _components(table, columns, transformer.n_components, train, seed)
        for name, (transformer, columns) in blocks.items()
    }


def show_components(blocks: dict[str, Components]) -> Section:
    """Draw the components.

    Parameters
    ----------
    blocks
        What `measure_components` returned.

    Returns
    -------
    Section
    """
    titles = {name: name.replace("_", " ").replace("mfcc", "MFCC") for name in blocks}
    kept = {name: sum(block.explained[: len(block.between)]) for name, block in blocks.items()}
    conclusions = [
        "Two components keep "
        + listing([f"{percent(kept[name])} of the variance of the {titles[name]}" for name in blocks])
        + "; what they drop is gone for every classifier behind them."
    ]
    conclusions += [
        f"The first component of the {titles[name]} is {percent(block.leading_weight)} {block.leading_column}: the "
        "columns are not scaled, so that one alone decides what the PCA looks at."
        for name, block in blocks.items()
        if block.leading_weight > 0.5
    ]
    pictures = tuple(_explained(titles[name], block) for name, block in blocks.items())
    scatters = tuple(_scatter(titles[name], block) for name, block in blocks.items())
    rows = tuple(
        cells(
            f"{titles[name]}, component {number}",
            share(block.explained[number - 1]),
            share(block.explained_in_training[number - 1]),
            share(block.between[number - 1]),
        )
        for name, block in blocks.items()
        for number in range(1, len(block.between) + 1)
    )
    columns = (
        Column("Component", "text"),
        Column("Explained, all clips"),
        Column("Explained, training part"),
        Column("Between genres"),
    )
    return Section(
        intro="The notebook replaces the 20 MFCC means by two principal components, and the 20 MFCC variances by two "
        "more. It fits them before it splits, so that test clips have a say in them: a leak. Everything measured here "
        "fits them on the clips to learn from only; the pictures show all clips.",
        conclusions=tuple(conclusions),
        blocks=(
            Pictures(scatters),
            Table("Share of the variance that each kept component explains", columns, rows),
            Pictures(pictures),
        ),
    )


def _components(
    table: FeatureTable, columns: list[int], kept: int, train: npt.NDArray[np.intp], seed: int
) -> Components:
    rows = table.rows[:, columns]
    everything, pca = (PCA(count, random_state=seed) for count in (min(rows.shape), kept))
    # Where nothing varies, the ratio of explained variance is 0/0; it is not used then.
    with np.errstate(invalid="ignore"):
        points = np.asarray(pca.fit_transform(rows))
    varies = bool(np.ptp(rows, axis=0).any())
    loadings = pca.components_[0] ** 2
    leading = int(loadings.argmax())
    return Components(
        explained=_explained_ratio(everything, rows),
        explained_in_training=_explained_ratio(PCA(kept, random_state=seed), rows[train]),
        leading_column=TABLE_COLUMNS[columns[leading]],
        leading_weight=float(loadings[leading]) if varies else 0.0,
        between=tuple(variance_between(component, table.labels) for component in points.T),
        points={
            genre: tuple(tuple(float(value) for value in point) for point in points[table.labels == genre])
            for genre in table.genres
        },
    )


def _explained_ratio(pca: PCA, rows: npt.NDArray[np.float64]) -> tuple[float, ...]:
    if not np.ptp(rows, axis=0).any():
        return (0.0,) * int(pca.n_components)
    return tuple(float(ratio) for ratio in pca.fit(rows).explained_variance_ratio_)


def _explained(title: str, block: Components) -> Picture:
    shown = block.explained[:10]
    values = {f"component {number}": ratio for number, ratio in enumerate(shown, start=1)}
    alt = f"Bars of the variance of the {title} that each component explains; the first: {percent(shown[0])}."
    svg = bars(values, [share(ratio) for ratio in shown], title="share of the variance", alt=alt)
    return Picture(svg, f"Explained variance of the {title}, all clips")


def _scatter(title: str, block: Components) -> Picture:
    points = {genre: np.asarray(clips) for genre, clips in block.points.items()}
    first, second = block.between[:2]
    alt = (
        f"Scatter of the clips over the first two components of the {title}, coloured by genre. "
        f"{percent(first)} of the variance of the first and {percent(second)} of the second lie between the genres."
    )
    ratios = [f"component {number} ({percent(ratio)})" for number, ratio in enumerate(block.explained[:2], start=1)]
    return Picture(scatter(points, titles=(ratios[0], ratios[1]), alt=alt), f"The two components of the {title}")
