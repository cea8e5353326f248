"""The recipes: their parts, their columns, and what the default one promises about loudness."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES
from classifier.measure import ROW_NAMES
from classifier.training.dataset import TABLE_COLUMNS, read_table
from classifier.training.fit import fit_recipe
from classifier.training.groups import row_groups
from classifier.training.recipes import (
    DEFAULT,
    FEATURES,
    NOTEBOOK,
    RECIPES,
    Boosting,
    Classifier,
    Forest,
    Vote,
    get_recipe,
)


def test_unknown_recipe() -> None:
    with pytest.raises(DatasetError, match=r"There is no recipe 'soup'\. Choose one of: default, features, notebook\."):
        get_recipe("soup")


def test_recipes_are_found_by_their_names() -> None:
    assert {name: get_recipe(name).name for name in RECIPES} == {
        name: name for name in ("default", "features", "notebook")
    }


def test_notebook_to_the_letter(table_path: Path) -> None:
    assert NOTEBOOK.features == ("length", *FEATURE_NAMES)
    pipeline = NOTEBOOK.build(NOTEBOOK.vote, 3)
    (_, reduction), (_, vote) = pipeline.steps
    table = read_table(table_path)
    reduced = reduction.fit_transform(table.rows)
    # 18 columns as they are: length, the 16 statistics and the tempo; then two and two components.
    assert reduced.shape == (len(table), 22)
    np.testing.assert_array_equal(reduced[:, :18], table.rows[:, :18])
    assert TABLE_COLUMNS[17] == "tempo"
    boosting, forest = (estimator for _, estimator in vote.estimators)
    assert vote.voting == "soft"
    assert (boosting.learning_rate, boosting.max_depth, boosting.n_estimators) == (0.3, 3, 100)
    assert forest.n_estimators == 100
    assert boosting.random_state == forest.random_state == 3
    assert boosting.n_jobs == forest.n_jobs == 1


def test_what_ships_reads_what_is_measured() -> None:
    assert DEFAULT.features == ROW_NAMES
    assert FEATURES.features == FEATURE_NAMES
    assert DEFAULT.calibrated
    assert FEATURES.calibrated


@pytest.fixture(scope="module")
def fitted() -> tuple[Classifier, np.ndarray]:
    rng = np.random.default_rng(5)
    labels = np.repeat(["a", "b", "c"], 10)
    rows = rng.gamma(2.0, 1.0, (30, len(FEATURE_NAMES))) + np.repeat([0, 1, 2], 10)[:, None] * 0.5
    recipe = dataclasses.replace(FEATURES, vote=Vote(Boosting(n_estimators=10), Forest(10)))
    classifier = recipe.build(recipe.vote, 0)
    classifier.fit(rows, labels)
    return classifier, rows


@settings(max_examples=25, deadline=None)
@given(decibels=st.floats(-40, 40))
def test_level_free_features_sound_the_same_at_any_volume(
    fitted: tuple[Classifier, np.ndarray], decibels: float
) -> None:
    classifier, rows = fitted
    gain = 10 ** (decibels / 20)
    louder = rows.copy()
    column = {name: index for index, name in enumerate(FEATURE_NAMES)}
    for name in ("rms_mean", "harmony_mean", "perceptr_mean"):
        louder[:, column[name]] *= gain
    for name in ("rms_var", "harmony_var", "perceptr_var"):
        louder[:, column[name]] *= gain**2
    louder[:, column["mfcc1_mean"]] += 20 * np.log10(gain) * np.sqrt(128)
    # A tree asks whether a value is above a threshold; rounding may tip one that lies on it.
    differences = np.abs(classifier.predict_proba(louder) - classifier.predict_proba(rows)).max(axis=1)
    assert (differences < 1e-9).mean() >= 0.9


def test_one_row_answers_as_many_do(table_path: Path) -> None:
    table = read_table(table_path)
    recipe = dataclasses.replace(FEATURES, vote=Vote(Boosting(n_estimators=5), Forest(5)))
    classifier = fit_recipe(recipe, table, row_groups(table), seed=0)
    rows = table.columns(FEATURE_NAMES)
    together = classifier.predict_proba(rows)
    np.testing.assert_allclose(np.vstack([classifier.predict_proba(row[None]) for row in rows]), together, atol=1e-12)
    np.testing.assert_allclose(together.sum(axis=1), 1)
    assert tuple(classifier.classes_) == table.genres
