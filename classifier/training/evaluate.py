"""Measures recipes by three protocols, from the flattering one to the honest ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.metrics import accuracy_score, f1_score, log_loss, top_k_accuracy_score
from sklearn.model_selection import train_test_split

from classifier.errors import DatasetError
from classifier.training.dataset import FeatureTable, Split
from classifier.training.fit import HeldOut, Progress, predict_fold, predict_held_out
from classifier.training.groups import artist_groups, drop_faults, row_groups
from classifier.training.recipes import Recipe

NOTEBOOK_TEST_SIZE: Final = 0.2
NOTEBOOK_RANDOM_STATE: Final = 1
"""Both as the notebook has them, whatever the seed of the recipe."""

ECE_BINS: Final = 15
"""Equal-width bins of the top probability (Guo et al., 2017, "On calibration of modern neural networks")."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one recipe by one protocol.

    Parameters
    ----------
    accuracy
        Share of clips whose most probable genre is right.
    macro_f1
        Mean over genres of the F1 score.
    top3
        Share of clips whose genre is among the three most probable.
    log_loss
        Mean negative logarithm of the true genre's probability, in nats.
    ece
        Expected calibration error of the top probability.
    clips_train, clips_test
        Clips learnt from (the mean over folds where there are several) and clips predicted.
    """

    accuracy: float
    macro_f1: float
    top3: float
    log_loss: float
    ece: float
    clips_train: int
    clips_test: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one recipe; None where the protocol's lists were not given.

    Parameters
    ----------
    recipe
        Its name.
    notebook_split
        The notebook's random split: it flatters, as clips of one artist are on both sides.
    fault_filtered
        The published artist-disjoint split without GTZAN's faulty clips: the headline.
    artist_grouped
        Cross-validation over all clips that are not faulty, whole artists held out.
    """

    recipe: str
    notebook_split: Scores
    fault_filtered: Scores | None
    artist_grouped: Scores | None


def score(held_out: HeldOut) -> Scores:
    """Score predictions.

    Parameters
    ----------
    held_out
        Predictions and the truth.

    Returns
    -------
    Scores
    """
    predicted = held_out.probabilities.argmax(axis=1)
    columns = np.arange(len(held_out.genres))
    return Scores(
        accuracy=float(accuracy_score(held_out.labels, predicted)),
        macro_f1=float(f1_score(held_out.labels, predicted, average="macro", labels=columns, zero_division=0.0)),
        # Among three genres or fewer the right one is always in the top three.
        top3=float(top_k_accuracy_score(held_out.labels, held_out.probabilities, k=3, labels=columns))
        if columns.size > 3
        else 1.0,
        log_loss=float(log_loss(held_out.labels, held_out.probabilities, labels=columns)),
        ece=expected_calibration_error(held_out.probabilities, held_out.labels),
        clips_train=held_out.clips_train,
        clips_test=len(held_out.labels),
    )


def expected_calibration_error(probabilities: npt.NDArray[np.float64], labels: npt.NDArray[np.intp]) -> float:
    """Return how far confidence and accuracy are apart, over bins of confidence.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (clips, genres)
        Predictions.
    labels : ndarray of int, shape (clips,)
        Column of the true genre.

    Returns
    -------
    float
        Mean over `ECE_BINS` equal bins of |accuracy - mean top probability|, weighted by clips;
        0 is perfect.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    # Bins are open below and closed above, so that 1.0 lies in the last.
    bins = np.clip(np.ceil(confidence * ECE_BINS).astype(np.intp) - 1, 0, ECE_BINS - 1)
    gaps = np.bincount(bins, weights=right.astype(np.float64) - confidence, minlength=ECE_BINS)
    return float(np.abs(gaps).sum() / len(labels))


def notebook_split(
    recipe: Recipe, table: FeatureTable, *, artists: Mapping[str, str] | None = None, seed: int
) -> Scores:
    """Score a recipe on the notebook's own split: stratified, 80 to 20, all rows of the table.

    Parameters
    ----------
    recipe
        What to fit.
    table
        The clips, faults included.
    artists
        For the folds of the calibration only; the split itself mixes artists.
    seed
        Of the recipe; the split's own is `NOTEBOOK_RANDOM_STATE`.

    Returns
    -------
    Scores

    Raises
    ------
    DatasetError
        If the table is too small to be split, or as in `fit_recipe`.
    """
    try:
        train, test = train_test_split(
            np.arange(len(table)),
            test_size=NOTEBOOK_TEST_SIZE,
            random_state=NOTEBOOK_RANDOM_STATE,
            stratify=table.labels,
        )
    except ValueError as error:
        raise DatasetError(f"The table cannot be split as the notebook does it: {error}") from error
    return score(predict_fold(recipe, table, _groups(table, artists), (train, test), seed=seed))


def fault_filtered(
    recipe: Recipe, table: FeatureTable, split: Split, *, artists: Mapping[str, str] | None = None, seed: int
) -> Scores:
    """Score a recipe on the fault-filtered, artist-disjoint split: train list to test list.

    Parameters
    ----------
    recipe
        What to fit.
    table
        Holds all clips of both lists.
    split
        As `read_split` returns it; the valid list is not used.
    artists
        For the folds of the calibration.
    seed
        Of the recipe.

    Returns
    -------
    Scores

    Raises
    ------
    DatasetError
        If the table lacks a clip of the lists, or as in `fit_recipe`.

    References
    ----------
    Kereliuk, Sturm and Larsen (2015), "Deep learning and music adversaries".
    """
    absent = sorted((split.train | split.test) - set(table.filenames))
    if absent:
        raise DatasetError(
            f"The split names {len(absent)} clips that the table does not have, the first of them {absent[0]}. "
            "Give the table that the split was made for."
        )
    train, test = (
        np.flatnonzero([filename in part for filename in table.filenames]) for part in (split.train, split.test)
    )
    return score(predict_fold(recipe, table, _groups(table, artists), (train, test), seed=seed))


def artist_grouped(
    recipe: Recipe,
    table: FeatureTable,
    artists: Mapping[str, str],
    *,
    seed: int,
    progress: Progress = lambda _: None,
) -> Scores:
    """Score a recipe by cross-validation that holds out whole artists, on all clips that are not faulty.

    Parameters
    ----------
    recipe
        What to fit.
    table
        The clips; faults are taken out first.
    artists
        As `read_artists` returns them.
    seed
        Of the folds and the recipe.
    progress
        Is told which fold is being fitted.

    Returns
    -------
    Scores

    Raises
    ------
    DatasetError
        As in `predict_held_out`.
    """
    sound, _ = drop_faults(table)
    return score(predict_held_out(recipe, sound, artist_groups(sound, artists), seed=seed, progress=progress))


def evaluate(
    recipe: Recipe,
    table: FeatureTable,
    *,
    artists: Mapping[str, str] | None = None,
    split: Split | None = None,
    seed: int = 1,
    progress: Progress = lambda _: None,
) -> Evaluation:
    """Score a recipe by every protocol that there are lists for.

    Parameters
    ----------
    recipe, table, artists, split, seed
        As in the protocols.
    progress
        Is told what is being fitted.

    Returns
    -------
    Evaluation

    Raises
    ------
    DatasetError
        As in the protocols.
    """
    progress(f"{recipe.name}: the notebook's split")
    on_notebook_split = notebook_split(recipe, table, artists=artists, seed=seed)
    on_fault_filtered = None
    if split is not None:
        progress(f"{recipe.name}: the fault-filtered split")
        on_fault_filtered = fault_filtered(recipe, table, split, artists=artists, seed=seed)
    on_artist_grouped = None
    if artists is not None:
        on_artist_grouped = artist_grouped(recipe, table, artists, seed=seed, progress=progress)
    return Evaluation(recipe.name, on_notebook_split, on_fault_filtered, on_artist_grouped)


def _groups(table: FeatureTable, artists: Mapping[str, str] | None) -> npt.NDArray[np.intp]:
    return row_groups(table) if artists is None else artist_groups(table, artists)
