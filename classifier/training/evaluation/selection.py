"""The clips that everything may be chosen on, and what is fitted on them and nothing else.

Features, parameters, blending, calibration and gate are chosen by artist-grouped folds inside the
training clips. What chooses takes `TrainingClips`, which hold no other clip; the test list is sealed in
`classifier.training.evaluation.sealed`, which takes only what is fitted already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.model_selection import cross_val_predict

from classifier.gate import Gate
from classifier.training.dataset import FeatureTable
from classifier.training.fit import HeldOut, grouped_folds
from classifier.training.recipes import Classifier, Fold, Recipe


@dataclass(frozen=True, slots=True, eq=False)
class TrainingClips:
    """All that may be looked at before a model is finished.

    Parameters
    ----------
    table
        The clips of the train list.
    groups : ndarray of int, shape (clips,)
        Clips of one number share an artist or are copies of each other.
    """

    table: FeatureTable
    groups: npt.NDArray[np.intp]

    def take(self, indices: npt.ArrayLike) -> Self:
        """Return some of the clips.

        Parameters
        ----------
        indices : array of int
            Positions in the table.

        Returns
        -------
        TrainingClips
        """
        chosen = np.asarray(indices, dtype=np.intp)
        return type(self)(self.table.take(chosen), self.groups[chosen])

    def without(self, genre: str) -> Self:
        """Return the clips of all other genres."""
        return self.take(np.flatnonzero(self.table.labels != genre))

    def only(self, genre: str) -> Self:
        """Return the clips of one genre."""
        return self.take(np.flatnonzero(self.table.labels == genre))


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A finished model, and all that is known of it without a further clip.

    Parameters
    ----------
    recipe
        What was fitted.
    classifier
        Of all training clips.
    held_out
        Its predictions for the training clips, each by a vote that heard neither the clip nor its artist; the
        calibration was fitted on these same votes.
    gate
        Fitted on them.
    """

    recipe: Recipe
    classifier: Classifier
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


def fit_inside(recipe: Recipe, clips: TrainingClips, seed: int) -> Fitted:
    """Fit a recipe and its gate, both on the same folds of the training clips.

    `fit_recipe` fits the same classifier, but forgets the votes that it held out to calibrate; for the gate they
    would have to be made a second time, at five times the cost.

    Parameters
    ----------
    recipe
        What to fit.
    clips
        All that it may learn from.
    seed
        Of the folds and the trees.

    Returns
    -------
    Fitted

    Raises
    ------
    DatasetError
        If a genre has too few groups.
    TypeError
        If the recipe calibrates in another way than by one calibration of one vote.
    """
    rows, labels = clips.table.columns(recipe.features), clips.table.labels
    folds = grouped_folds(labels, clips.groups, seed)
    built = recipe.build(recipe.vote, seed, folds)
    if recipe.calibrated and not (isinstance(built, CalibratedClassifierCV) and built.ensemble is False):
        raise TypeError(f"the recipe {recipe.name} is not one vote with one calibration")
    vote = built.estimator if isinstance(built, CalibratedClassifierCV) else built
    votes = cross_val_predict(clone(vote), rows, labels, cv=list(folds), method="predict_proba")
    classifier: Classifier = clone(vote)
    classifier.fit(rows, labels)
    if isinstance(built, CalibratedClassifierCV):
        classifier = CalibratedVote(classifier, _calibration(built.method, votes, labels, folds))
        votes = classifier.calibration.predict_proba(votes)
    held_out = HeldOut(
        probabilities=_normalized(votes),
        labels=np.searchsorted(classifier.classes_, labels),
        genres=tuple(str(genre) for genre in classifier.classes_),
        clips_train=round(float(np.mean([len(train) for train, _ in folds]))),
    )
    return Fitted(recipe, classifier, held_out, Gate.fit(held_out.probabilities, held_out.labels, music_at=0.0))


def predict(classifier: Classifier, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
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


class CalibratedVote(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A fitted vote, and a calibration of its answers.

    Parameters
    ----------
    vote
        From rows to probabilities.
    calibration
        From probabilities to calibrated ones.
    """

    def __init__(self, vote: Classifier, calibration: Classifier) -> None:
        self.vote = vote
        self.calibration = calibration
        self.classes_ = vote.classes_

    def fit(self, X: npt.NDArray[np.float64], y: npt.NDArray[np.str_]) -> Self:
        """Refuse: both parts are fitted already.

        Raises
        ------
        TypeError
            Always.
        """
        raise TypeError(
            f"a calibrated vote is put together from fitted parts, not fitted on {len(X)} rows and {len(y)}"
        )

    def predict_proba(self, X: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return calibrated probabilities.

        Parameters
        ----------
        X : ndarray of float64, shape (clips, columns)
            Rows.

        Returns
        -------
        ndarray of float64, shape (clips, genres)
        """
        return self.calibration.predict_proba(self.vote.predict_proba(X))


class AsGiven(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Takes probabilities and returns them, so that scikit-learn calibrates votes that are there already."""

    def fit(self, X: npt.NDArray[np.float64], y: npt.NDArray[np.str_]) -> Self:
        """Remember the genres.

        Parameters
        ----------
        X : ndarray of float64, shape (clips, genres)
            Probabilities.
        y : ndarray of str, shape (clips,)
            Genres.

        Returns
        -------
        AsGiven
            Itself.
        """
        self.classes_ = np.unique(y)
        self.n_features_in_ = X.shape[1]
        return self

    def predict(self, X: npt.NDArray[np.float64]) -> npt.NDArray[np.str_]:
        """Return the most probable genre; scikit-learn asks that a classifier can.

        Parameters
        ----------
        X : ndarray of float64, shape (clips, genres)
            Probabilities.

        Returns
        -------
        ndarray of str, shape (clips,)
        """
        genres: npt.NDArray[np.str_] = self.classes_[X.argmax(axis=1)]
        return genres

    def predict_proba(self, X: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return what it is given.

        Parameters
        ----------
        X : ndarray of float64, shape (clips, genres)
            Probabilities.

        Returns
        -------
        ndarray of float64, shape (clips, genres)
        """
        return X


def _calibration(
    method: str, votes: npt.NDArray[np.float64], labels: npt.NDArray[np.str_], folds: Sequence[Fold]
) -> Classifier:
    calibration: Classifier = CalibratedClassifierCV(AsGiven(), method=method, ensemble=False, cv=list(folds))
    calibration.fit(votes, labels)
    return calibration


def _normalized(probabilities: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    # XGBoost answers in float32, whose rows sum to 1 only within 1e-7.
    double = np.asarray(probabilities, dtype=np.float64)
    normalized: npt.NDArray[np.float64] = double / double.sum(axis=1, keepdims=True)
    return normalized
