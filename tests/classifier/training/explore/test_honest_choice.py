"""What is chosen where there is a test list: without a look at it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from xgboost import XGBClassifier

from classifier.training.dataset import TABLE_COLUMNS, read_artists, read_split, read_table
from classifier.training.explore import base_classifiers, grid_search
from classifier.training.explore.models import reduction
from classifier.training.explore.protocols import PROTOCOLS, TRAINING_FOLDS, protocols_for
from classifier.training.explore.report import Options, explore
from classifier.training.explore.significance import IN_WORDS
from classifier.training.fit import grouped_folds
from tests.classifier.training.explore.made import GRID, SEED, small_trees
from tests.classifier.training.explore.page import Page
from tests.classifier.training.explore.tables import GENRES, small_frame, write_lists, write_split


class World:
    """Lists that learn from two artists of each genre, and predict a third."""

    def __init__(self, frame: pd.DataFrame, folder: Path) -> None:
        self.frame = frame
        self.features, self.artists, self.splits = write_lists(frame, folder)
        self.out = folder / "out"
        position = frame.groupby("label").cumcount()
        self.parts = [np.flatnonzero(position < 6), np.flatnonzero(position == 6), np.flatnonzero(position > 6)]
        write_split(self.splits, frame, *self.parts)

    @property
    def document(self) -> dict[str, Any]:
        return json.loads((self.out / "explore.json").read_text())

    @property
    def words(self) -> str:
        return Page((self.out / "explore.html").read_text()).words

    def protocols(self) -> Any:
        lists = {"artists": read_artists(self.artists), "split": read_split(self.splits)}
        return protocols_for(read_table(self.features), **lists, seed=SEED)


@contextmanager
def small_grid() -> Iterator[pytest.MonkeyPatch]:
    with small_trees() as patch:
        patch.setattr(grid_search, "LEARNING_RATES", tuple(GRID["learning_rate"]))
        patch.setattr(grid_search, "DEPTHS", tuple(GRID["max_depth"]))
        patch.setattr(grid_search, "TREES", tuple(GRID["n_estimators"]))
        yield patch


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(small_frame(), tmp_path_factory.mktemp("honest"))
    with small_grid():
        options = Options(seed=SEED, jobs=2)
        explore(world.features, world.out, artists=world.artists, splits=world.splits, options=options)
    return world


def test_what_is_chosen_does_not_depend_on_the_test_list(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = [recipe for recipe in base_classifiers.base_recipes() if recipe.name in ("decision tree", "naive Bayes")]
    monkeypatch.setattr(base_classifiers, "base_recipes", lambda: quick)
    frame = small_frame()
    noise = np.random.default_rng(1).gamma(2.0, 5.0, (len(world.parts[2]), len(TABLE_COLUMNS)))
    frame.loc[world.parts[2], list(TABLE_COLUMNS)] = noise
    chosen, graded = [], []
    for each in (world, World(frame, tmp_path)):
        base = base_classifiers.measure_base(each.protocols(), say=lambda _: None)
        with small_grid():
            search = grid_search.measure_grid(each.protocols(), jobs=2, say=lambda _: None)
        inside = {name: figures[TRAINING_FOLDS] for name, figures in base.figures.items()}
        chosen.append((inside, search.searches[PROTOCOLS[1]]))
        graded.append([figures[PROTOCOLS[1]] for figures in base.figures.values()])
    assert chosen[0] == chosen[1]
    assert None not in chosen[0][0].values()
    assert graded[0] != graded[1]


def test_the_search_inside_the_train_list_is_scikit_learns(world: World) -> None:
    train = world.frame.iloc[world.parts[0]]
    rows, labels = train[list(TABLE_COLUMNS)].to_numpy(), train["label"].to_numpy(dtype=str)
    artists = world.parts[0] // 3
    points = {f"xgbclassifier__{name}": values for name, values in GRID.items()}
    pipeline = make_pipeline(reduction(SEED), XGBClassifier(n_jobs=1, random_state=SEED))
    folds = list(grouped_folds(labels, artists, SEED))
    search = GridSearchCV(pipeline, points, cv=folds).fit(rows, np.searchsorted(GENRES, labels))
    found = world.document["sections"]["grid-search"]["figures"]["searches"][PROTOCOLS[1]]
    assert found["clips"] == len(train)
    assert [candidate["accuracy"] for candidate in found["candidates"]] == pytest.approx(
        sorted(search.cv_results_["mean_test_score"], reverse=True)
    )


def test_the_page_says_how_often_the_test_list_was_read(world: World) -> None:
    # Eleven base classifiers, the vote, eight of the ablation, and of the grid the best and the notebook's choice.
    assert world.document["test_list_readings"] == 11 + 1 + 8 + 2
    assert "Its 6 clips were predicted by 22 fitted classifiers in this run" in world.words
    assert "Best by the fault-filtered protocol" not in world.words
    assert "Best by folds inside the train list that hold out whole artists: " in world.words


def test_the_page_says_once_how_differences_are_judged(world: World) -> None:
    assert world.words.count(IN_WORDS) == 1
    assert "cannot be told apart:" not in world.words
    assert "no clear difference, p" in world.words


def test_every_accuracy_of_the_summary_says_of_how_many_clips(world: World) -> None:
    loss, advice, *_ = world.document["summary"]
    for sentence in (loss, advice):
        assert "(6 clips of 3 artists, 95\N{NO-BREAK SPACE}% interval " in sentence
        assert ", by artist 0." in sentence
    for sentence in world.document["summary"]:
        assert " clips" in sentence
