"""The named ways to turn feature rows into a classifier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import RandomForestClassifier, VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from xgboost import XGBClassifier

from classifier.calibration import Voter
from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES, N_MFCC
from classifier.level import LEVEL_FREE_NAMES, LevelFree
from classifier.measure import ROW_NAMES
from classifier.tag_statistics import TAG_STATISTIC_NAMES, tag_column
from classifier.tags import TAG_NAMES
from classifier.training.dataset import TABLE_COLUMNS

MFCC_COMPONENTS: Final = 2
"""Principal components that the notebook keeps of the MFCC means, and as many of their variances."""


class Classifier(Voter, Protocol):
    """The part of scikit-learn's classifiers that training needs."""

    def fit(self, X: npt.NDArray[np.float64], y: npt.NDArray[np.str_]) -> object:
        """Learn from rows and their genres."""
        ...


@dataclass(frozen=True, slots=True)
class Boosting:
    """Parameters of the XGBoost half, under XGBoost's own names."""

    learning_rate: float = 0.3
    max_depth: int = 3
    n_estimators: int = 100
    subsample: float = 1.0
    colsample_bytree: float = 1.0


@dataclass(frozen=True, slots=True)
class Forest:
    """Parameters of the random forest half, under scikit-learn's own names."""

    n_estimators: int = 100
    max_features: float | str = "sqrt"
    min_samples_leaf: int = 1


@dataclass(frozen=True, slots=True)
class TagVoters:
    """Parameters of the two linear voters on tag statistics, under scikit-learn's own names."""

    discriminant_shrinkage: str = "auto"
    logistic_c: float = 0.1


@dataclass(frozen=True, slots=True)
class Vote:
    """Soft voting: the mean of the voters' probabilities.

    Parameters
    ----------
    boosting, forest
        The trees, which see all columns.
    tag_voters
        Linear voters that see the tags alone; None for a vote of the trees.
    """

    boosting: Boosting = field(default_factory=Boosting)
    forest: Forest = field(default_factory=Forest)
    tag_voters: TagVoters | None = None

    def build(self, seed: int) -> VotingClassifier:
        """Return the unfitted vote.

        Parameters
        ----------
        seed
            Random state of the trees.

        Returns
        -------
        VotingClassifier
            Over level-free features, followed by the tag statistics where tags vote too.
        """
        # One thread each: threads cost more than they save on the one row of a request (112 ms for
        # the forest with two), and XGBoost's sums are only reproducible in a fixed order.
        boosting = XGBClassifier(
            learning_rate=self.boosting.learning_rate,
            max_depth=self.boosting.max_depth,
            n_estimators=self.boosting.n_estimators,
            subsample=self.boosting.subsample,
            colsample_bytree=self.boosting.colsample_bytree,
            n_jobs=1,
            random_state=seed,
        )
        forest = RandomForestClassifier(
            n_estimators=self.forest.n_estimators,
            max_features=self.forest.max_features,
            min_samples_leaf=self.forest.min_samples_leaf,
            n_jobs=1,
            random_state=seed,
        )
        voters = [("xgboost", boosting), ("random_forest", forest)]
        if self.tag_voters is not None:
            discriminant = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=self.tag_voters.discriminant_shrinkage)
            logistic = LogisticRegression(C=self.tag_voters.logistic_c, max_iter=2000)
            voters += [
                ("discriminant", make_pipeline(_tags_only("mean_log"), StandardScaler(), discriminant)),
                ("logistic", make_pipeline(_tags_only("p10", "p50", "p90"), StandardScaler(), logistic)),
            ]
        return VotingClassifier(voters, voting="soft")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A named, reproducible way to a fitted model.

    Parameters
    ----------
    name
        What the command line and the manifest call it.
    features
        Input columns of the classifier, in order; members of `classifier.training.dataset.ALL_COLUMNS`.
    vote
        Parameters of the voters.
    calibrated
        Whether a temperature is fitted on held-out votes, which keeps the vote's order.
    build
        From the vote and the seed to an unfitted classifier over plain float rows.
    """

    name: str
    features: tuple[str, ...]
    vote: Vote
    calibrated: bool
    build: Callable[[Vote, int], Classifier]


def get_recipe(name: str) -> Recipe:
    """Find a recipe by its name.

    Parameters
    ----------
    name
        A key of `RECIPES`.

    Returns
    -------
    Recipe

    Raises
    ------
    DatasetError
        If there is none of that name.
    """
    if name not in RECIPES:
        raise DatasetError(f"There is no recipe {name!r}. Choose one of: {', '.join(RECIPES)}.")
    return RECIPES[name]


def _build_notebook(vote: Vote, seed: int) -> Classifier:
    means, variances = (
        [TABLE_COLUMNS.index(f"mfcc{number}_{statistic}") for number in range(1, N_MFCC + 1)]
        for statistic in ("mean", "var")
    )
    others = [index for index in range(len(TABLE_COLUMNS)) if index not in {*means, *variances}]
    reduction = ColumnTransformer(
        [
            ("others", "passthrough", others),
            ("mfcc_means", PCA(MFCC_COMPONENTS, random_state=seed), means),
            ("mfcc_variances", PCA(MFCC_COMPONENTS, random_state=seed), variances),
        ]
    )
    pipeline: Classifier = Pipeline([("reduction", reduction), ("vote", vote.build(seed))])
    return pipeline


def _tags_only(*statistics: str) -> ColumnTransformer:
    """Pick statistics of all tags out of the rows that the vote is given."""
    columns = (*LEVEL_FREE_NAMES, *TAG_STATISTIC_NAMES)
    picked = [columns.index(tag_column(tag, statistic)) for statistic in statistics for tag in TAG_NAMES]
    return ColumnTransformer([("tags", "passthrough", picked)])


def _build_level_free(vote: Vote, seed: int) -> Classifier:
    features = slice(0, len(FEATURE_NAMES))
    level_free = ColumnTransformer([("features", LevelFree(), features)], remainder="passthrough")
    pipeline: Classifier = Pipeline([("level_free", level_free), ("vote", vote.build(seed))])
    return pipeline


NOTEBOOK: Final = Recipe(
    name="notebook",
    features=TABLE_COLUMNS,
    vote=Vote(),
    calibrated=False,
    build=_build_notebook,
)
"""The original notebook's pipeline to the letter, but fitted after the split and seeded.

Its ``length`` column counts the samples of the file. On GTZAN that gives away which transfer a clip was
cut from, and so helps on both splits; no file that a person sends has such a length, so the model cannot
be served.
"""

FEATURES: Final = Recipe(
    name="features",
    features=FEATURE_NAMES,
    # Chosen by artist-grouped cross-validation within the fault-filtered train list, where they are more
    # accurate than the notebook's, at a lower log loss; `python -m benchmarks.voters` repeats it.
    vote=Vote(boosting=Boosting(learning_rate=0.1, subsample=0.7, colsample_bytree=0.3)),
    calibrated=True,
    build=_build_level_free,
)
"""The notebook's features alone: loudness divided out, all MFCC, probabilities calibrated; for tables without tags."""

DEFAULT: Final = Recipe(
    name="default",
    features=ROW_NAMES,
    # Chosen by artist-grouped cross-validation within the fault-filtered train list;
    # `python -m benchmarks.voters` repeats it.
    vote=Vote(
        boosting=Boosting(learning_rate=0.1, max_depth=2, n_estimators=150, subsample=0.6, colsample_bytree=0.2),
        forest=Forest(n_estimators=250, max_features=0.1, min_samples_leaf=2),
        tag_voters=TagVoters(),
    ),
    calibrated=True,
    build=_build_level_free,
)
"""The one that ships: features without their loudness and the tags, voted on by trees and linear voters."""

RECIPES: Final = {recipe.name: recipe for recipe in (DEFAULT, FEATURES, NOTEBOOK)}
