"""The test list grades what is finished and changes nothing that is fitted."""

from __future__ import annotations

import dataclasses
from typing import Any

import joblib
import numpy as np
import pytest

from classifier.calibration import CalibratedVote
from classifier.measure import ROW_NAMES
from classifier.training.evaluate import Inputs, evaluate
from classifier.training.evaluation.intervals import Share
from classifier.training.evaluation.sealed import SealedTestList, open_lists
from classifier.training.evaluation.selection import fit_inside
from classifier.training.fit import Fitted, fit_recipe, predict
from classifier.training.music_detector import SoundTable, fit_detector
from classifier.training.recipes import Recipe


def fit(world: Any, recipe: Recipe) -> tuple[Fitted, SealedTestList]:
    training, sealed = open_lists(world.table, world.split, world.artists, recipe.features)
    return fit_inside(recipe, training, 1), sealed


@pytest.fixture(scope="module")
def spoilt(world: Any) -> Any:
    """The same world with garbage in every row of the test list."""
    rng = np.random.default_rng(9)
    rows, tags = world.table.rows.copy(), world.table.tags.copy()
    rows[world.test_rows] = rng.uniform(1e-3, 1e3, rows[world.test_rows].shape)
    tags[world.test_rows] = rng.uniform(-9, 9, tags[world.test_rows].shape)
    return world.with_rows(rows, tags)


def test_garbage_in_the_test_list_changes_the_grade_and_nothing_else(
    world: Any, spoilt: Any, small_tagged: Recipe
) -> None:
    (fitted, sealed), (other, other_sealed) = fit(world, small_tagged), fit(spoilt, small_tagged)
    # The model to the bit, trees and calibration and all; what was held out for it; and its gate.
    assert joblib.hash(fitted.classifier) == joblib.hash(other.classifier)
    assert joblib.hash(fitted.held_out.probabilities) == joblib.hash(other.held_out.probabilities)
    assert fitted.gate == other.gate
    assert sealed.grade(fitted, seed=1) != other_sealed.grade(other, seed=1)


def test_garbage_in_the_train_list_does_change_the_model(world: Any, small_tagged: Recipe) -> None:
    rows = world.table.rows.copy()
    rows[3] *= 2.0
    fitted, other = (
        fit(each, small_tagged)[0] for each in (world, dataclasses.replace(world.with_rows(rows, world.table.tags)))
    )
    assert joblib.hash(fitted.classifier) != joblib.hash(other.classifier)


def test_figures_that_choices_rest_on_do_not_know_the_test_list(world: Any, spoilt: Any, quick: Recipe) -> None:
    one, two = (
        evaluate(
            [quick], Inputs(each.table, {}, each.artists, each.split), version="1", command="genre-bot evaluate x.csv"
        )
        for each in (world, spoilt)
    )
    assert one.chosen.training_folds is not None
    assert one.chosen.training_folds == two.chosen.training_folds
    assert one.chosen.fault_filtered != two.chosen.fault_filtered


def test_the_order_of_the_test_list_is_of_no_consequence(world: Any, small: Recipe) -> None:
    shuffled = np.arange(len(world.table))
    shuffled[world.test_rows] = np.random.default_rng(0).permutation(world.test_rows)
    moved = dataclasses.replace(world, table=world.table.take(shuffled))
    assert joblib.hash(fit(world, small)[0].classifier) == joblib.hash(fit(moved, small)[0].classifier)


def test_nothing_but_figures_comes_out_of_the_test_list(world: Any, small: Recipe) -> None:
    fitted, sealed = fit(world, small)
    assert {name for name in dir(sealed) if not name.startswith("_")} == {
        *("count_unheard", "grade", "grade_detector", "readings"),
    }
    grade = sealed.grade(fitted, seed=1)
    sealed.grade(fitted, seed=1, fit_seed=2)
    sealed.count_unheard(fitted, "drone")
    sounds = SoundTable(np.repeat(["hum"], 20), np.arange(20).astype(str), np.full((20, len(ROW_NAMES)), 1e3))
    detector, threshold, _ = fit_detector(world.table, np.arange(len(world.table)), sounds, seed=1)
    assert sealed.grade_detector(detector, threshold, "features") == Share(0, 20)
    assert sealed.grade_detector(detector, 2.0, "features") == Share(20, 20)
    assert [(str(each.question), each.about) for each in sealed.readings] == [
        ("grade", "features"),
        ("grade with another seed", "features, 2"),
        ("genre never taught", "features, drone"),
        *[("music refused", "features")] * 2,
    ]
    largest = max(np.size(value) for value in _leaves(dataclasses.asdict(grade)))
    assert largest == 1


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    return [leaf for item in value for leaf in _leaves(item)] if isinstance(value, tuple) else [value]


def test_the_training_clips_are_those_of_the_train_list(world: Any, small: Recipe) -> None:
    training, _ = open_lists(world.table, world.split, world.artists, small.features)
    assert set(training.table.filenames) == world.split.train
    assert set(training.without("drone").table.labels) == {"ambient", "noise", "polka"}
    assert set(training.only("drone").table.labels) == {"drone"}


def test_the_model_is_the_one_that_training_makes(world: Any, small: Recipe, small_notebook: Recipe) -> None:
    for recipe in (small, small_notebook):
        training, _ = open_lists(world.table, world.split, world.artists, recipe.features)
        expected = fit_recipe(recipe, training.table, training.groups, seed=1)
        rows = world.table.columns(recipe.features)
        fitted = fit_inside(recipe, training, 1)
        np.testing.assert_array_equal(fitted.predict(world.table), predict(expected, rows))
        assert isinstance(fitted.classifier, CalibratedVote) == recipe.calibrated


def test_the_gate_is_fitted_on_votes_that_were_held_out(world: Any, small_notebook: Recipe) -> None:
    fitted, _ = fit(world, small_notebook)
    training, _ = open_lists(world.table, world.split, world.artists, small_notebook.features)
    # Trees know their own clips by heart; held-out votes do not.
    own = fitted.predict(training.table).argmax(axis=1) == fitted.held_out.labels
    held_out = fitted.held_out.probabilities.argmax(axis=1) == fitted.held_out.labels
    assert own.mean() > 0.95
    assert held_out.mean() < own.mean() - 0.1
