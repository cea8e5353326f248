"""A report, what it was made from, and the same numbers computed without the package."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.decomposition import PCA
from sklearn.model_selection import train_test_split

from classifier.training.dataset import TABLE_COLUMNS
from classifier.training.explore import grid_search, importance, models, vote
from classifier.training.recipes import NOTEBOOK, Boosting, Forest, Vote

GRID = {"learning_rate": [0.2, 0.4], "max_depth": [3], "n_estimators": [5, 10]}
SEED = 1
SMALL = dataclasses.replace(NOTEBOOK, vote=Vote(Boosting(n_estimators=10), Forest(n_estimators=10)))
"""The notebook's recipe with a tenth of its trees, so that whole reports are made in seconds."""


@contextmanager
def small_trees() -> Iterator[pytest.MonkeyPatch]:
    """Have `SMALL` explored in place of the notebook's recipe."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (models, vote, importance, grid_search):
            patch.setattr(module, "NOTEBOOK", SMALL)
        yield patch


@dataclass(frozen=True)
class Made:
    """A report and what it was made from."""

    frame: pd.DataFrame
    features: Path
    artists: Path
    splits: Path
    out: Path

    @property
    def figures(self) -> dict[str, Any]:
        return {slug: part["figures"] for slug, part in self.document["sections"].items()}

    @property
    def document(self) -> dict[str, Any]:
        return json.loads((self.out / "explore.json").read_text())

    @property
    def page(self) -> str:
        return (self.out / "explore.html").read_text()

    @property
    def rows(self) -> np.ndarray:
        return self.frame[list(TABLE_COLUMNS)].to_numpy()

    @property
    def labels(self) -> np.ndarray:
        return self.frame["label"].to_numpy(dtype=str)

    @property
    def fold(self) -> tuple[np.ndarray, np.ndarray]:
        train, test = train_test_split(
            np.arange(len(self.frame)), test_size=0.2, random_state=1, stratify=self.frame["label"]
        )
        return train, test

    def reduced(self) -> np.ndarray:
        """Return the notebook's columns, its PCAs fitted on the training part, computed without the package."""
        train, _ = self.fold
        mfcc = {
            statistic: self.frame[[f"mfcc{number}_{statistic}" for number in range(1, 21)]].to_numpy()
            for statistic in ("mean", "var")
        }
        others = [name for name in TABLE_COLUMNS if not name.startswith("mfcc")]
        blocks = [PCA(2, random_state=SEED).fit(values[train]).transform(values) for values in mfcc.values()]
        return np.hstack([self.frame[others].to_numpy(), *blocks])
