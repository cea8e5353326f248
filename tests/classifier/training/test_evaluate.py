"""The figures: their definitions, the published numbers, and the commands that print them."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli.evaluate import evaluate as evaluate_command
from bot.cli.train import train as train_command
from classifier.errors import DatasetError
from classifier.model import load_model
from classifier.training import recipes
from classifier.training.dataset import FeatureTable, Split, read_artists, read_split, read_table
from classifier.training.evaluate import (
    evaluate,
    expected_calibration_error,
    fault_filtered,
    notebook_split,
    score,
)
from classifier.training.fit import HeldOut
from classifier.training.recipes import DEFAULT, NOTEBOOK, Boosting, Forest, Vote

ISSUE_ACCURACY = 0.765
"""Of the notebook on its own split."""


@pytest.fixture(scope="module")
def gtzan(shared_data: Path) -> tuple[FeatureTable, Split, dict[str, str]]:
    folder = shared_data / "gtzan"
    artists = dict(read_artists(folder / "artists.csv"))
    return read_table(folder / "features_30_sec.csv"), read_split(folder / "splits"), artists


def test_notebook_is_reproduced_on_its_own_split(gtzan: tuple[FeatureTable, Split, dict[str, str]]) -> None:
    scores = notebook_split(NOTEBOOK, gtzan[0], seed=1)
    assert scores.accuracy == pytest.approx(ISSUE_ACCURACY, abs=0.02)
    assert (scores.clips_train, scores.clips_test) == (800, 200)


def test_honest_figures(gtzan: tuple[FeatureTable, Split, dict[str, str]]) -> None:
    table, split, artists = gtzan
    notebook = fault_filtered(NOTEBOOK, table, split, artists=artists, seed=1)
    default = fault_filtered(DEFAULT, table, split, artists=artists, seed=1)
    assert (notebook.clips_train, notebook.clips_test) == (443, 290)
    # 0.50 to 0.52 over seeds: a third of what the notebook knew on its own split was the artist.
    assert notebook.accuracy == pytest.approx(0.51, abs=0.03)
    assert default.accuracy > notebook.accuracy
    assert default.macro_f1 > notebook.macro_f1
    assert default.top3 > notebook.top3 + 0.03
    assert default.log_loss < notebook.log_loss - 0.04
    assert default.ece < notebook.ece


def test_notebook_lives_off_the_length_of_the_file(gtzan: tuple[FeatureTable, Split, dict[str, str]]) -> None:
    table, split, _ = gtzan
    blanked = dataclasses.replace(table, rows=np.hstack([np.zeros((len(table), 1)), table.rows[:, 1:]]))
    # What the notebook's pipeline would reach on files that people send, whose length says nothing.
    assert fault_filtered(NOTEBOOK, blanked, split, seed=1).accuracy == pytest.approx(0.46, abs=0.02)


def test_score_by_hand() -> None:
    probabilities = np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.25, 0.4, 0.25, 0.1]])
    scores = score(HeldOut(probabilities, np.array([0, 2, 3, 1]), ("a", "b", "c", "d"), 9))
    assert scores.accuracy == 0.5
    assert scores.top3 == 0.75
    assert scores.macro_f1 == pytest.approx((2 / 3 + 1 + 0 + 0) / 4)
    assert scores.log_loss == pytest.approx(-np.log([0.7, 0.3, 0.1, 0.4]).mean())
    # Two bins: 0.7 alone and right; three at 0.4, of which one is right.
    assert scores.ece == pytest.approx((abs(1 - 0.7) + abs(1 - 1.2)) / 4)
    assert (scores.clips_train, scores.clips_test) == (9, 4)


def test_score_where_a_genre_is_not_tested() -> None:
    scores = score(HeldOut(np.array([[0.9, 0.1], [0.8, 0.2]]), np.array([0, 0]), ("a", "b"), 2))
    assert (scores.accuracy, scores.macro_f1, scores.top3) == (1.0, 0.5, 1.0)


@given(seed=st.integers(0, 2**32 - 1), clips=st.integers(1, 50))
def test_calibration_error_is_bounded(seed: int, clips: int) -> None:
    rng = np.random.default_rng(seed)
    probabilities = rng.dirichlet(np.full(4, 0.3), clips)
    assert 0.0 <= expected_calibration_error(probabilities, rng.integers(0, 4, clips)) <= 1.0


def test_certainty_that_is_right_is_calibrated() -> None:
    assert expected_calibration_error(np.eye(3), np.arange(3)) == 0.0
    assert expected_calibration_error(np.eye(3), np.array([1, 2, 0])) == 1.0


def test_split_of_another_table(table_path: Path) -> None:
    split = Split(frozenset({"x.wav", "ambient.00000.wav"}), frozenset(), frozenset({"y.wav"}))
    with pytest.raises(DatasetError, match=r"names 2 clips that the table does not have, the first of them x\.wav"):
        fault_filtered(NOTEBOOK, read_table(table_path), split, seed=0)


def test_genre_that_only_the_test_list_has(table_path: Path) -> None:
    table = read_table(table_path)
    split = Split(frozenset(table.filenames[:36]), frozenset(), frozenset(table.filenames[36:]))
    with pytest.raises(DatasetError, match="No clip of polka is left to learn from"):
        fault_filtered(NOTEBOOK, table, split, seed=0)


def test_table_too_small_for_the_notebooks_split(table_path: Path) -> None:
    table = read_table(table_path).take([0, 1, 12, 13])
    with pytest.raises(DatasetError, match="cannot be split as the notebook does it"):
        notebook_split(NOTEBOOK, table, seed=0)


def test_protocols_without_lists_are_left_out(table_path: Path, small_recipes: None) -> None:
    evaluation = evaluate(recipes.get_recipe("default"), read_table(table_path))
    assert evaluation.notebook_split.clips_test == 10
    assert evaluation.fault_filtered is None
    assert evaluation.artist_grouped is None


@pytest.fixture
def small_recipes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five trees, so that commands are tested in seconds."""
    vote = Vote(Boosting(n_estimators=5), Forest(n_estimators=5))
    for name, recipe in recipes.RECIPES.items():
        monkeypatch.setitem(recipes.RECIPES, name, dataclasses.replace(recipe, vote=vote))


@pytest.fixture
def app() -> typer.Typer:
    commands = typer.Typer(pretty_exceptions_enable=False)
    commands.command("train")(train_command)
    commands.command("evaluate")(evaluate_command)
    return commands


@pytest.fixture
def lists(artists_path: Path, splits_path: Path) -> list[str]:
    return ["--artists", str(artists_path), "--splits", str(splits_path)]


def test_evaluate_prints_a_table(app: typer.Typer, table_path: Path, lists: list[str], small_recipes: None) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(table_path), *lists])
    assert result.exit_code == 0, result.output
    for expected in ("notebook split", "fault-filtered", "artist-grouped", "Macro-F1", "38/10", "28/12", "it flatters"):
        assert expected in result.stdout
    (beside,) = (line for line in result.stdout.splitlines() if line.startswith("notebook accuracy:"))
    assert [part.split()[1] for part in beside.partition(": ")[2].split(", ")] == [
        "notebook",
        "fault-filtered",
        "artist-grouped",
    ]
    assert "…" not in result.stdout


def test_evaluate_says_what_is_left_out(app: typer.Typer, table_path: Path, small_recipes: None) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(table_path), "--recipe", "notebook"])
    assert result.exit_code == 0
    assert "No --splits: the fault-filtered figures are left out." in result.stdout
    assert "No --artists: the artist-grouped figures are left out." in result.stdout
    assert "default" not in result.stdout


def test_evaluate_json_is_one_document(app: typer.Typer, table_path: Path, small_recipes: None) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(table_path), "--json", "--seed", "3"])
    document = json.loads(result.stdout)
    assert document["table"]["file"] == "features.csv"
    assert document["seed"] == 3
    assert [evaluation["recipe"] for evaluation in document["evaluations"]] == ["default", "notebook"]
    assert document["evaluations"][0]["fault_filtered"] is None
    assert 0 <= document["evaluations"][1]["notebook_split"]["accuracy"] <= 1


def test_train_writes_a_model(
    app: typer.Typer, table_path: Path, lists: list[str], tmp_path: Path, small_recipes: None
) -> None:
    out = tmp_path / "model"
    result = CliRunner().invoke(app, ["train", str(table_path), "--out", str(out), *lists])
    assert result.exit_code == 0, result.output
    model = load_model(out)
    assert f"digest {model.manifest.digest[:12]}" in result.stdout
    assert "48 clips of 4 genres: ambient, drone, noise, polka" in result.stdout
    assert "fault-filtered" in result.stdout


def test_train_without_artists_warns(app: typer.Typer, table_path: Path, tmp_path: Path, small_recipes: None) -> None:
    result = CliRunner().invoke(app, ["train", str(table_path), "--out", str(tmp_path / "model")])
    assert result.exit_code == 0, result.output
    assert "No --artists" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["train", "nowhere.csv", "--out", "model"], "nowhere.csv cannot be read"),
        (["train", "nowhere.csv", "--out", "model", "--recipe", "soup"], "There is no recipe 'soup'"),
        (["evaluate", "nowhere.csv"], "nowhere.csv cannot be read"),
        (["evaluate", "nowhere.csv", "--recipe", "soup"], "There is no recipe 'soup'"),
    ],
)
def test_commands_leave_errors_to_the_wrapper(app: typer.Typer, arguments: list[str], sentence: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, DatasetError)
    assert sentence in str(result.exception)
