"""Fits recipes, and predicts clips whose artists the predicting model never heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import StratifiedGroupKFold

from classifier.errors import DatasetError
from classifier.training.dataset import FeatureTable
from classifier.training.recipes import Classifier, Fold, Recipe

MOST_FOLDS = 5
"""Folds of a cross-validation, where every genre has as many groups."""

Progress = Callable[[str], None]
"""Is told what is being done, in words."""


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """Predictions for clips by models that were fitted without them and their group.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (clips, genres)
        Each row sums to 1.
    labels : ndarray of int, shape (clips,)
        Column of the true genre.
    genres
        Names of the columns.
    clips_train
        Clips that a model learnt from; the rounded mean where there were several.
    """

    probabilities: npt.NDArray[np.float64]
    labels: npt.NDArray[np.intp]
    genres: tuple[str, ...]
    clips_train: int


def grouped_folds(labels: npt.NDArray[np.str_], groups: npt.NDArray[np.intp], seed: int) -> tuple[Fold, ...]:
    """Split clips so that no group stands on both sides and genres are spread evenly.

    Parameters
    ----------
    labels : ndarray of str, shape (clips,)
        The genres.
    groups : ndarray of int, shape (clips,)
        Clips of one number stay together.
    seed
        Of the shuffle.

    Returns
    -------
    tuple of pairs of ndarray of int
        Positions to train on and positions to predict; every clip is predicted once, and every
        genre is in every training part. Five folds, or fewer where a genre has fewer groups.

    Raises
    ------
    DatasetError
        If a genre cannot be held out in part: it has one group, or only groups that belong together.
    """
    genres = np.unique(labels)
    groups_of = {str(genre): np.unique(groups[labels == genre]).size for genre in genres}
    fewest = min(groups_of, key=lambda genre: groups_of[genre])
    if groups_of[fewest] < 2:
        raise DatasetError(_too_few_groups(fewest))
    splitter = StratifiedGroupKFold(min(MOST_FOLDS, groups_of[fewest]), shuffle=True, random_state=seed)
    folds = tuple(splitter.split(labels, labels, groups))
    for train, _ in folds:
        unheard = np.setdiff1d(genres, labels[train])
        if unheard.size:
            raise DatasetError(_too_few_groups(str(unheard[0])))
    return folds


def fit_recipe(
    recipe: Recipe,
    table: FeatureTable,
    groups: npt.NDArray[np.intp],
    *,
    seed: int,
    indices: npt.ArrayLike | None = None,
) -> Classifier:
    """Fit a recipe.

    Parameters
    ----------
    recipe
        What to fit.
    table
        The clips.
    groups : ndarray of int, shape (clips,)
        Clips of one number stay together when the probabilities are calibrated.
    seed
        Of the folds and the trees.
    indices : array of int, optional
        Positions of the clips to learn from; all by default.

    Returns
    -------
    Classifier
        Over plain float rows in the order of ``recipe.features``.

    Raises
    ------
    DatasetError
        If the recipe calibrates and a genre has too few groups for it.
    """
    chosen = np.arange(len(table)) if indices is None else np.asarray(indices, dtype=np.intp)
    labels = table.labels[chosen]
    folds = grouped_folds(labels, groups[chosen], seed) if recipe.calibrated else ()
    classifier = recipe.build(recipe.vote, seed, folds)
    classifier.fit(table.columns(recipe.features)[chosen], labels)
    return classifier


def predict_fold(
    recipe: Recipe, table: FeatureTable, groups: npt.NDArray[np.intp], fold: Fold, *, seed: int
) -> HeldOut:
    """Fit a recipe on one side of a split and predict the other.

    Parameters
    ----------
    recipe, table, groups, seed
        As in `fit_recipe`.
    fold
        Positions to train on and positions to predict; both sides hold the same genres or the
        second fewer.

    Returns
    -------
    HeldOut
        For the clips of the second side, in its order.

    Raises
    ------
    DatasetError
        As in `fit_recipe`, or if a genre to be predicted is in none of the clips to learn from.
    """
    train, test = fold
    unheard = np.setdiff1d(table.labels[test], table.labels[train])
    if unheard.size:
        raise DatasetError(f"No clip of {unheard[0]} is left to learn from, but there are some to predict. Add some.")
    classifier = fit_recipe(recipe, table, groups, seed=seed, indices=train)
    # XGBoost answers in float32, whose rows sum to 1 only within 1e-7.
    probabilities = np.asarray(classifier.predict_proba(table.columns(recipe.features)[test]), dtype=np.float64)
    return HeldOut(
        probabilities=probabilities / probabilities.sum(axis=1, keepdims=True),
        labels=np.searchsorted(classifier.classes_, table.labels[test]),
        genres=tuple(str(genre) for genre in classifier.classes_),
        clips_train=len(train),
    )


def predict_held_out(
    recipe: Recipe, table: FeatureTable, groups: npt.NDArray[np.intp], *, seed: int, progress: Progress = lambda _: None
) -> HeldOut:
    """Predict every clip with a model that was fitted, and calibrated, without its group.

    Parameters
    ----------
    recipe, table, groups, seed
        As in `fit_recipe`.
    progress
        Is told which fold is being fitted.

    Returns
    -------
    HeldOut
        For all clips, in the order of the table.

    Raises
    ------
    DatasetError
        If a genre has too few groups; a recipe that calibrates needs three.
    """
    folds = grouped_folds(table.labels, groups, seed)
    probabilities = np.zeros((len(table), len(table.genres)))
    for number, fold in enumerate(folds, start=1):
        progress(f"{recipe.name}: fold {number} of {len(folds)}")
        probabilities[fold[1]] = predict_fold(recipe, table, groups, fold, seed=seed).probabilities
    return HeldOut(
        probabilities=probabilities,
        labels=np.searchsorted(np.asarray(table.genres), table.labels),
        genres=table.genres,
        clips_train=round(float(np.mean([len(train) for train, _ in folds]))),
    )


def _too_few_groups(genre: str) -> str:
    return (
        f"{genre.capitalize()} has too few artists (or, where those are not given, different clips) "
        "to hold some of them out and still learn from others. Add clips of other artists, or remove the genre."
    )
