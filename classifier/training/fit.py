"""Fits recipes, and predicts clips whose artists the predicting model never heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from sklearn.base import clone
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict

from classifier.calibration import CalibratedVote, Voter, scale
from classifier.errors import DatasetError
from classifier.gate import Gate
from classifier.training.dataset import FeatureTable
from classifier.training.recipes import Recipe

MOST_FOLDS: Final = 5
"""Folds of a cross-validation, where every genre has as many groups."""

TEMPERATURES: Final = (0.5, 4.0)
"""Least and largest temperature: a vote that happens to be right on all of a few clips is not made certain."""

Fold = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]
"""Positions to train on and positions to predict."""

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


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A finished model, and all that is known of it without a further clip.

    Parameters
    ----------
    recipe
        What was fitted.
    classifier
        Of all clips that it was given; calibrated, if the recipe is.
    held_out
        Its predictions for these clips, each by a vote that heard neither the clip nor its group, at the
        temperature of the classifier. That one number was fitted on these same votes.
    gate
        Fitted on them; nothing is not music to it.
    """

    recipe: Recipe
    classifier: Voter
    held_out: HeldOut
    gate: Gate

    def predict(self, table: FeatureTable) -> npt.NDArray[np.float64]:
        """Return the probability of each genre for each clip.

        Parameters
        ----------
        table
            Any clips of which all columns of the recipe are known.

        Returns
        -------
        ndarray of float64, shape (clips, genres)
            Each row sums to 1.
        """
        return predict(self.classifier, table.columns(self.recipe.features))


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


def fit_and_hold_out(recipe: Recipe, table: FeatureTable, groups: npt.NDArray[np.intp], *, seed: int) -> Fitted:
    """Fit a recipe, and predict each of its own clips by votes that were fitted without its group.

    Parameters
    ----------
    recipe
        What to fit.
    table
        The clips.
    groups : ndarray of int, shape (clips,)
        Clips of one number are held out together.
    seed
        Of the folds and the trees.

    Returns
    -------
    Fitted

    Raises
    ------
    DatasetError
        If a genre has too few groups.
    """
    rows, labels = table.columns(recipe.features), table.labels
    folds = grouped_folds(labels, groups, seed)
    vote = recipe.build(recipe.vote, seed)
    votes = cross_val_predict(clone(vote), rows, labels, cv=list(folds), method="predict_proba")
    vote.fit(rows, labels)
    columns = np.searchsorted(vote.classes_, labels)
    temperature = fit_temperature(votes, columns) if recipe.calibrated else None
    held_out = HeldOut(
        probabilities=_normalized(votes) if temperature is None else scale(votes, temperature),
        labels=columns,
        genres=tuple(str(genre) for genre in vote.classes_),
        clips_train=round(float(np.mean([len(train) for train, _ in folds]))),
    )
    return Fitted(
        recipe=recipe,
        classifier=vote if temperature is None else CalibratedVote(vote, temperature),
        held_out=held_out,
        gate=Gate.fit(held_out.probabilities, held_out.labels, music_at=0.0),
    )


def fit_recipe(
    recipe: Recipe,
    table: FeatureTable,
    groups: npt.NDArray[np.intp],
    *,
    seed: int,
    indices: npt.ArrayLike | None = None,
) -> Voter:
    """Fit a recipe, of which nothing is to be known but its answers.

    Parameters
    ----------
    recipe, table, groups, seed
        As in `fit_and_hold_out`.
    indices : array of int, optional
        Positions of the clips to learn from; all by default.

    Returns
    -------
    Voter
        Over plain float rows in the order of ``recipe.features``.

    Raises
    ------
    DatasetError
        If the recipe calibrates and a genre has too few groups for it.
    """
    chosen = np.arange(len(table)) if indices is None else np.asarray(indices, dtype=np.intp)
    some = table.take(chosen)
    if recipe.calibrated:
        return fit_and_hold_out(recipe, some, groups[chosen], seed=seed).classifier
    vote = recipe.build(recipe.vote, seed)
    vote.fit(some.columns(recipe.features), some.labels)
    return vote


def fit_temperature(votes: npt.NDArray[np.floating], labels: npt.NDArray[np.intp]) -> float:
    """Find the temperature at which held-out votes have the least log loss.

    Parameters
    ----------
    votes : ndarray of float, shape (clips, genres)
        Of models that were fitted without the clip.
    labels : ndarray of int, shape (clips,)
        Column of the true genre.

    Returns
    -------
    float
        Within `TEMPERATURES`.
    """

    def log_loss(temperature: float) -> float:
        return float(-np.log(scale(votes, temperature)[np.arange(len(labels)), labels]).mean())

    return float(minimize_scalar(log_loss, bounds=TEMPERATURES, method="bounded").x)


def predict(classifier: Voter, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return probabilities whose rows sum to 1 in double precision.

    Parameters
    ----------
    classifier
        Fitted.
    rows : ndarray of float64, shape (clips, columns)
        In the order that it was fitted with.

    Returns
    -------
    ndarray of float64, shape (clips, genres)
    """
    return _normalized(classifier.predict_proba(rows))


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
    return HeldOut(
        probabilities=predict(classifier, table.columns(recipe.features)[test]),
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


def _normalized(probabilities: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    # XGBoost answers in float32, whose rows sum to 1 only within 1e-7.
    double = np.asarray(probabilities, dtype=np.float64)
    normalized: npt.NDArray[np.float64] = double / double.sum(axis=1, keepdims=True)
    return normalized


def _too_few_groups(genre: str) -> str:
    return (
        f"{genre.capitalize()} has too few artists (or, where those are not given, different clips) "
        "to hold some of them out and still learn from others. Add clips of other artists, or remove the genre."
    )
