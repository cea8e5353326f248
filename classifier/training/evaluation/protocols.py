"""The three protocols, from the flattering one to the honest ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import train_test_split

from classifier.errors import DatasetError
from classifier.training.dataset import FeatureTable, Split
from classifier.training.evaluation.figures import Figures, figures_of
from classifier.training.evaluation.parallel import Say, each
from classifier.training.evaluation.scores import Scores, score
from classifier.training.evaluation.sealed import open_lists
from classifier.training.evaluation.selection import fit_inside
from classifier.training.fit import Fold, HeldOut, grouped_folds, predict_fold
from classifier.training.groups import artist_groups, drop_faults, row_groups
from classifier.training.recipes import Recipe

NOTEBOOK_TEST_SIZE: Final = 0.2
NOTEBOOK_RANDOM_STATE: Final = 1
"""Both as the notebook has them, whatever the seed of the recipe."""

RANDOM_STATES: Final = (NOTEBOOK_RANDOM_STATE, 2, 3, 4, 5)
"""Of the random splits: the notebook's own first."""


def notebook_split(
    recipe: Recipe, table: FeatureTable, *, artists: Mapping[str, str] | None = None, seed: int
) -> Figures:
    """Measure a recipe on the notebook's own random split: stratified, 80 to 20, copies and all.

    Parameters
    ----------
    recipe
        What to fit.
    table
        The clips, faults included; of those, all whose columns are known take part.
    artists
        For the folds of the calibration only; the split itself mixes artists.
    seed
        Of the recipe and the resampling.

    Returns
    -------
    Figures

    Raises
    ------
    DatasetError
        If the table is too small to be split, or as in `fit_recipe`.
    """
    return figures_of(_predict_at_random(recipe, table, artists, seed, NOTEBOOK_RANDOM_STATE), seed=seed)


def random_splits(
    recipe: Recipe,
    table: FeatureTable,
    *,
    artists: Mapping[str, str] | None = None,
    seed: int,
    jobs: int = 1,
    say: Say = lambda done, total: None,  # noqa: ARG005 - the names say what is passed
) -> tuple[Figures, tuple[Scores, ...]]:
    """Measure a recipe on several random splits.

    Parameters
    ----------
    recipe, table, artists, seed
        As in `notebook_split`.
    jobs, say
        As in `each`.

    Returns
    -------
    figures : Figures
        On the first, which is the notebook's.
    scores : tuple of Scores
        On each, in the order of `RANDOM_STATES`.

    Raises
    ------
    DatasetError
        As in `notebook_split`.
    """
    calls = [(recipe, table, artists, seed, random_state) for random_state in RANDOM_STATES]
    held_out = each(_predict_at_random, calls, jobs=jobs, say=say)
    return figures_of(held_out[0], seed=seed), tuple(score(split) for split in held_out)


def artist_grouped(
    recipe: Recipe,
    table: FeatureTable,
    artists: Mapping[str, str],
    *,
    seed: int,
    jobs: int = 1,
    say: Say = lambda done, total: None,  # noqa: ARG005 - the names say what is passed
) -> Figures:
    """Measure a recipe by cross-validation that holds out whole artists, on all clips that are not faulty.

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
    jobs, say
        As in `each`.

    Returns
    -------
    Figures

    Raises
    ------
    DatasetError
        If a genre has too few artists.
    """
    sound, _ = drop_faults(table.measured(recipe.features))
    groups = artist_groups(sound, artists)
    folds = grouped_folds(sound.labels, groups, seed)
    predictions = each(_predict_fold, [(recipe, sound, groups, fold, seed) for fold in folds], jobs=jobs, say=say)
    probabilities = np.zeros((len(sound), len(sound.genres)))
    for (_, test), predicted in zip(folds, predictions, strict=True):
        probabilities[test] = predicted.probabilities
    held_out = HeldOut(
        probabilities=probabilities,
        labels=np.searchsorted(np.asarray(sound.genres), sound.labels),
        genres=sound.genres,
        clips_train=round(float(np.mean([len(train) for train, _ in folds]))),
    )
    return figures_of(held_out, seed=seed, artists=groups)


def fault_filtered(
    recipe: Recipe, table: FeatureTable, split: Split, *, artists: Mapping[str, str] | None = None, seed: int
) -> Figures:
    """Measure a recipe on the fault-filtered, artist-disjoint split: train list to test list.

    Parameters
    ----------
    recipe
        What to fit.
    table
        Holds all clips of both lists.
    split
        As `read_split` returns it; the valid list is not used.
    artists
        For the folds of the calibration and the intervals.
    seed
        Of the recipe and the resampling.

    Returns
    -------
    Figures
        Figures only: no row, label or prediction of the test list leaves it.

    Raises
    ------
    DatasetError
        If the table lacks a clip of the lists, or a genre has too few artists in the train list.

    References
    ----------
    Kereliuk, Sturm and Larsen (2015), "Deep learning and music adversaries".
    """
    training, sealed = open_lists(table, split, artists, recipe.features)
    (fitted,) = each(fit_inside, [(recipe, training, seed)], jobs=1)
    return sealed.grade(fitted, seed=seed).figures


def _predict_at_random(
    recipe: Recipe, table: FeatureTable, artists: Mapping[str, str] | None, seed: int, random_state: int
) -> HeldOut:
    table = table.measured(recipe.features)
    groups = row_groups(table) if artists is None else artist_groups(table, artists)
    try:
        train, test = train_test_split(
            np.arange(len(table)), test_size=NOTEBOOK_TEST_SIZE, random_state=random_state, stratify=table.labels
        )
    except ValueError as error:
        raise DatasetError(f"The table cannot be split as the notebook does it: {error}") from error
    return predict_fold(recipe, table, groups, (train, test), seed=seed)


def _predict_fold(recipe: Recipe, table: FeatureTable, groups: npt.NDArray[np.intp], fold: Fold, seed: int) -> HeldOut:
    return predict_fold(recipe, table, groups, fold, seed=seed)
