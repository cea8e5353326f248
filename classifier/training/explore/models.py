"""Recipes over the notebook's columns: any classifier, on all of them or on some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import VotingClassifier
from sklearn.feature_selection import SelectorMixin
from sklearn.pipeline import Pipeline
from xgboost import XGBClassifier

from classifier.training.dataset import TABLE_COLUMNS
from classifier.training.recipes import NOTEBOOK, Boosting, Classifier, Recipe, Vote

TOP_COLUMNS: Final = 15
"""Columns that the notebook keeps in its ablation."""


def reduction(seed: int) -> ColumnTransformer:
    """Return the first step of the recipe ``notebook``, unfitted: 18 columns as they are, and the MFCC in 2 + 2 PCA.

    Parameters
    ----------
    seed
        Of the PCA.

    Returns
    -------
    ColumnTransformer
        Over rows in the order of `TABLE_COLUMNS`.
    """
    pipeline: Any = NOTEBOOK.build(NOTEBOOK.vote, seed)
    return pipeline.named_steps["reduction"]


def reduced_names() -> tuple[str, ...]:
    """Return the names of the columns that `reduction` gives, in order.

    Returns
    -------
    tuple of str
        Of the table where a column is left as it is, else such as ``mfcc_means_pc1``.
    """
    names: list[str] = []
    for block, transformer, columns in reduction(0).transformers:
        if transformer == "passthrough":
            names += [TABLE_COLUMNS[column] for column in columns]
        else:
            names += [f"{block}_pc{number}" for number in range(1, transformer.n_components + 1)]
    return tuple(names)


def boosting(parameters: Boosting, seed: int) -> VotingClassifier:
    """Return XGBoost alone, as a vote of one: the vote turns genres into the numbers that XGBoost wants.

    Parameters
    ----------
    parameters
        Of the trees.
    seed
        Random state.

    Returns
    -------
    VotingClassifier
        Unfitted.
    """
    alone = Vote(boosting=parameters).build(seed)
    alone.estimators = [pair for pair in alone.estimators if isinstance(pair[1], XGBClassifier)]
    return alone


class Decided(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Gives a classifier without probabilities the form of one that has them: all of it for what it decides.

    Parameters
    ----------
    classifier
        Any of scikit-learn's.
    """

    def __init__(self, classifier: Any) -> None:
        self.classifier = classifier

    def fit(self, X: npt.NDArray[np.float64], y: npt.NDArray[np.str_]) -> Self:
        """Fit the classifier.

        Parameters
        ----------
        X : ndarray of float64, shape (clips, columns)
            Rows.
        y : ndarray of str, shape (clips,)
            Genres.

        Returns
        -------
        Decided
            Itself.
        """
        self.classifier.fit(X, y)
        self.classes_ = self.classifier.classes_
        return self

    def predict_proba(self, X: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return 1 for the genre that the classifier decides for and 0 for the others.

        Parameters
        ----------
        X : ndarray of float64, shape (clips, columns)
            Rows.

        Returns
        -------
        ndarray of float64, shape (clips, genres)
        """
        decided = self.classifier.predict(X)
        return np.asarray(decided[:, np.newaxis] == self.classes_, dtype=np.float64)


class ByGain(SelectorMixin, BaseEstimator):  # type: ignore[misc]
    """Keeps the columns that XGBoost gains most by, or the others; learnt in `fit`, so that no test clip has a say.

    Parameters
    ----------
    keep
        ``top`` for the `TOP_COLUMNS` with the highest gain, ``rest`` for those below.
    seed
        Of the trees.
    """

    def __init__(self, keep: Literal["top", "rest"], seed: int) -> None:
        self.keep = keep
        self.seed = seed

    def fit(self, X: npt.NDArray[np.float64], y: npt.NDArray[np.str_]) -> Self:
        """Rank the columns.

        Parameters
        ----------
        X : ndarray of float64, shape (clips, columns)
            Rows.
        y : ndarray of str, shape (clips,)
            Genres.

        Returns
        -------
        ByGain
            Itself.
        """
        self.n_features_in_ = X.shape[1]
        self.top_ = np.argsort(-gains(boosting(NOTEBOOK.vote.boosting, self.seed).fit(X, y)), kind="stable")
        return self

    def _get_support_mask(self) -> npt.NDArray[np.bool_]:
        kept = self.top_[:TOP_COLUMNS] if self.keep == "top" else self.top_[TOP_COLUMNS:]
        return np.isin(np.arange(self.n_features_in_), kept)


def gains(fitted: VotingClassifier) -> npt.NDArray[np.float64]:
    """Return how important each column is to XGBoost.

    Parameters
    ----------
    fitted
        What `boosting` returned, fitted.

    Returns
    -------
    ndarray of float64, shape (columns,)
        Mean gain over the splits at a column, as a share of the sum over columns; all 0 where nothing was split.
    """
    (xgboost,) = fitted.estimators_
    return np.asarray(xgboost.feature_importances_, dtype=np.float64)


def on_notebook_columns(name: str, steps: Callable[[int], Sequence[tuple[str, Any]]]) -> Recipe:
    """Return a recipe that puts steps behind the notebook's PCA.

    Parameters
    ----------
    name
        Of the recipe.
    steps
        From a seed to named, unfitted steps; the last one is a classifier with probabilities.

    Returns
    -------
    Recipe
    """

    def build(vote: Vote, seed: int) -> Classifier:  # noqa: ARG001 - its own steps vote
        pipeline: Classifier = Pipeline([("reduction", reduction(seed)), *steps(seed)])
        return pipeline

    return Recipe(name=name, features=NOTEBOOK.features, vote=NOTEBOOK.vote, calibrated=False, build=build)
