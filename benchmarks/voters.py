"""What the voters of the recipe `default` were chosen by: how each does alone, and what the vote is without it.

Usage: ``python -m benchmarks.voters FEATURES.csv ARTISTS.csv SPLITS TAGGRAMS...``. Artist-grouped
cross-validation inside the fault-filtered train list, over several shuffles; the test list is not
looked at. Candidates that did not help are in the list, too.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.base import ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import ExtraTreesClassifier, VotingClassifier
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.gaussian_process.kernels import RBF, ConstantKernel
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from classifier.tag_statistics import tag_column
from classifier.tags import TAG_NAMES
from classifier.training.dataset import read_artists, read_split, read_table
from classifier.training.evaluate import score
from classifier.training.fit import predict_held_out
from classifier.training.groups import artist_groups
from classifier.training.recipes import DEFAULT, FEATURES, NOTEBOOK, Classifier, Recipe, Vote
from classifier.training.taggrams import join_taggrams

SHUFFLES = range(1, 4)
VOTERS = ("xgboost", "random_forest", "discriminant", "logistic")
MEAN_LOGS = tuple(tag_column(tag, "mean_log") for tag in TAG_NAMES)

OTHERS: Mapping[str, Callable[[], ClassifierMixin]] = {
    "extra trees": lambda: ExtraTreesClassifier(250, max_features=0.3, random_state=0),
    "support vectors": lambda: CalibratedClassifierCV(SVC(C=2.0), method="sigmoid", ensemble=False, cv=5),
    "Gaussian process": lambda: GaussianProcessClassifier(ConstantKernel(10.0) * RBF(7.0), optimizer=None),
    "25 nearest neighbours": lambda: KNeighborsClassifier(25, weights="distance"),
}
"""Tried on the mean log probabilities of the tags; none of them is in the vote."""


def of_voters(chosen: tuple[str, ...], vote: Vote, seed: int) -> Classifier:
    """Build the recipe's classifier with some of its voters only."""
    pipeline: Any = DEFAULT.build(vote, seed)
    voting: VotingClassifier = pipeline[-1]
    voting.estimators = [(name, voter) for name, voter in voting.estimators if name in chosen]
    return pipeline


def alone(make: Callable[[], ClassifierMixin], vote: Vote, seed: int) -> Classifier:  # noqa: ARG001
    """Build a classifier that is no voter of ours."""
    pipeline: Classifier = make_pipeline(StandardScaler(), make())
    return pipeline


def candidates() -> dict[str, Recipe]:
    """Return what is compared, by the name that the table gives it."""
    return {
        "features, notebook's trees": replace(FEATURES, vote=NOTEBOOK.vote),
        "features (the recipe)": FEATURES,
        **{f"{name} alone": replace(DEFAULT, build=partial(of_voters, (name,))) for name in VOTERS},
        "trees": replace(DEFAULT, build=partial(of_voters, VOTERS[:2])),
        **{
            f"all but {name}": replace(DEFAULT, build=partial(of_voters, tuple(v for v in VOTERS if v != name)))
            for name in VOTERS
        },
        "all four (default)": DEFAULT,
        **{
            f"{name}, tags": replace(DEFAULT, features=MEAN_LOGS, build=partial(alone, make))
            for name, make in OTHERS.items()
        },
    }


def main() -> None:
    """Print accuracy, top-3 and log loss of each candidate, means over shuffles of the folds."""
    features, artists, splits, *taggrams = (Path(argument) for argument in sys.argv[1:])
    table = join_taggrams(read_table(features), taggrams)
    train = table.take(np.flatnonzero([name in read_split(splits).train for name in table.filenames]))
    groups = artist_groups(train, read_artists(artists))
    print(f"{len(train)} clips of the train list, {len(SHUFFLES)} shuffles of artist-grouped folds")
    for name, recipe in candidates().items():
        scores = [score(predict_held_out(recipe, train, groups, seed=seed)) for seed in SHUFFLES]
        mean = {key: statistics.mean(getattr(s, key) for s in scores) for key in ("accuracy", "top3", "log_loss")}
        print(
            f"  {name:28} accuracy {mean['accuracy']:.3f}  top-3 {mean['top3']:.3f}  log loss {mean['log_loss']:.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
