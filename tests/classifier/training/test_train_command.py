"""``genre-bot train`` says what it made, how good it is, and what it was not given."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.train import train as train_command
from classifier.errors import DatasetError
from classifier.model import load_model
from classifier.training import recipes
from classifier.training.recipes import Boosting, Forest, Vote


@pytest.fixture
def app() -> typer.Typer:
    commands = typer.Typer(pretty_exceptions_enable=False)
    commands.command("train")(train_command)
    # With a single command, typer would take its name for an argument.
    commands.command("other")(lambda: None)
    return commands


@pytest.fixture
def small_recipes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five trees, so that the command is tested in seconds."""
    vote = Vote(Boosting(n_estimators=5), Forest(n_estimators=5))
    for name, recipe in recipes.RECIPES.items():
        monkeypatch.setitem(recipes.RECIPES, name, dataclasses.replace(recipe, vote=vote))


def test_it_writes_a_model_and_says_how_good_it_is(
    app: typer.Typer, table_path: Path, artists_path: Path, tmp_path: Path, small_recipes: None
) -> None:
    out = tmp_path / "model"
    arguments = ["train", str(table_path), "--out", str(out), "--recipe", "features", "--artists", str(artists_path)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    model = load_model(out)
    assert f"digest {model.manifest.digest[:12]}" in result.stdout
    assert "48 clips of 4 genres: ambient, drone, noise, polka" in result.stdout
    assert "On artists held out: accuracy" in result.stdout
    assert "Music told from other sounds: AUROC" in result.stdout
    assert "No --artists" not in result.stdout


def test_without_artists_it_warns(app: typer.Typer, table_path: Path, tmp_path: Path, small_recipes: None) -> None:
    arguments = ["train", str(table_path), "--out", str(tmp_path / "model"), "--recipe", "features"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "No --artists" in result.stdout


def test_it_learns_from_the_filtered_train_list_alone_if_told_so(
    app: typer.Typer, table_path: Path, splits_path: Path, tmp_path: Path, small_recipes: None
) -> None:
    arguments = ["train", str(table_path), "--out", str(tmp_path / "model"), "--recipe", "features"]
    result = CliRunner().invoke(app, [*arguments, "--on", "filtered-train", "--splits", str(splits_path)])
    assert result.exit_code == 0, result.output
    assert "28 clips of 4 genres" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["train", "nowhere.csv", "--out", "model"], "nowhere.csv cannot be read"),
        (["train", "nowhere.csv", "--out", "model", "--recipe", "soup"], "There is no recipe 'soup'"),
    ],
)
def test_errors_are_left_to_the_wrapper(app: typer.Typer, arguments: list[str], sentence: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, DatasetError)
    assert sentence in str(result.exception)
