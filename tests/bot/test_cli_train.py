"""``genre-bot train``, as people use it: on a table by ``genre-bot extract``, with lists of their own."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli.exit_status import ExitStatus
from classifier.errors import DatasetError
from classifier.model import load_model
from classifier.training import recipes, sound_kinds
from classifier.training.dataset import TABLE_COLUMNS
from classifier.training.recipes import Boosting, Forest, Vote

GENRES = ("ambient", "drone", "noise", "polka")
CLIPS = 12
"""Of each genre: seven to train on, two to validate, three to test; two an artist."""

FILENAMES = [f"{genre}/{genre[0]}{number:02}.wav" for genre in GENRES for number in range(CLIPS)]


def genre_bot(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


@pytest.fixture(autouse=True)
def _small_recipes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five trees, and two folds of sounds in the place of ten, so that the command is tested in seconds."""
    monkeypatch.setattr(sound_kinds, "FOLDS", 2)
    vote = Vote(Boosting(n_estimators=5), Forest(n_estimators=5))
    for name, recipe in recipes.RECIPES.items():
        monkeypatch.setitem(recipes.RECIPES, name, dataclasses.replace(recipe, vote=vote))


def write_table(path: Path, filenames: Sequence[str] = FILENAMES) -> Path:
    rng = np.random.default_rng(0)
    labels = np.repeat(GENRES, CLIPS)
    rows = rng.gamma(2.0, 1.0, size=(labels.size, len(TABLE_COLUMNS)))
    rows[:, 1:30] += 0.6 * np.repeat(np.arange(len(GENRES)), CLIPS)[:, None]
    table = pd.DataFrame(rows, columns=list(TABLE_COLUMNS)).assign(filename=filenames, label=labels)
    table.to_csv(path, index=False)
    return path


def write_artists(path: Path, filenames: Sequence[str]) -> Path:
    artists = [f"Artist {index // 2}" for index in range(len(filenames))]
    pd.DataFrame({"filename": filenames, "artist": artists}).to_csv(path, index=False)
    return path


def write_splits(folder: Path, filenames: Sequence[str]) -> Path:
    folder.mkdir()
    for part, first, last in (("train", 0, 7), ("valid", 7, 9), ("test", 9, CLIPS)):
        names = [name for index, name in enumerate(filenames) if first <= index % CLIPS < last]
        (folder / f"{part}_filtered.txt").write_text("\n".join(names) + "\n")
    return folder


@pytest.fixture
def train(tmp_path: Path) -> Callable[..., Result]:
    """Run the command on a table, without tags, into a folder of the test's own."""
    table = write_table(tmp_path / "table.csv")
    return lambda *options: genre_bot("train", table, "--out", tmp_path / "model", "--recipe", "features", *options)


def test_it_writes_a_model_and_says_how_good_it_is(train: Callable[..., Result], tmp_path: Path) -> None:
    result = train("--artists", write_artists(tmp_path / "artists.csv", FILENAMES))
    assert result.exit_code == ExitStatus.OK, result.output
    model = load_model(tmp_path / "model")
    assert f"digest {model.manifest.digest[:12]}" in result.stdout
    assert "48 clips of 4 genres: ambient, drone, noise, polka" in result.stdout
    assert "On artists held out: accuracy" in result.stdout
    assert "Music told from other sounds: AUROC" in result.stdout
    assert re.search(
        r"Other sounds named: right in \d+% for noise, \d+% for speech, \d+% for tone; found", result.stdout
    )
    assert "No --artists" not in result.stdout
    assert "Fewer than 30 clips of ambient, drone, noise, polka" in result.stdout


def test_without_artists_it_warns(train: Callable[..., Result]) -> None:
    result = train()
    assert result.exit_code == ExitStatus.OK, result.output
    assert "No --artists" in result.stdout


def bare(name: str) -> str:
    return name.rpartition("/")[2]


SAME_NAMES = [f"{genre}/{number:02}.wav" for genre in GENRES for number in range(CLIPS)]
"""Numbered anew in each folder, as the tracks of albums are."""


@pytest.mark.parametrize(
    ("filenames", "named"),
    [
        pytest.param(FILENAMES, bare, id="without their folders"),
        pytest.param(SAME_NAMES, "/home/me/music/{}".format, id="with more folders, which tell them apart"),
    ],
)
def test_lists_may_name_clips_with_and_without_their_folders(
    filenames: list[str], named: Callable[[str], str], train: Callable[..., Result], tmp_path: Path
) -> None:
    write_table(tmp_path / "table.csv", filenames)
    names = [named(name) for name in filenames]
    artists, splits = write_artists(tmp_path / "artists.csv", names), write_splits(tmp_path / "splits", names)
    result = train("--artists", artists, "--on", "filtered-train", "--splits", splits)
    assert result.exit_code == ExitStatus.OK, result.output
    assert "28 clips of 4 genres" in result.stdout
    training = load_model(tmp_path / "model").manifest.training
    # Seven of a genre are three artists and one whose other clip is not on the list.
    assert (training["grouping"], training["groups"]) == ("artist", 16)


def write_taggrams(path: Path) -> Path:
    np.savez(path, X=np.full((3, 50), 0.1, np.float32), IDS=np.repeat("drone/01.au", 3))
    return path


@pytest.mark.parametrize(
    ("options", "sentences"),
    [
        (
            lambda folder: ["--artists", write_artists(folder / "artists.csv", [*SAME_NAMES[2:], "00.wav", "01.wav"])],
            (
                "artists.csv does not say which clip of table.csv is meant by 00.wav (ambient/00.wav, drone/00.wav, "
                "noise/00.wav and 1 more), 01.wav (ambient/01.wav, drone/01.wav, noise/01.wav and 1 more). ",
                "Write the folder before each of these names, as the table does.",
            ),
        ),
        (
            lambda folder: [
                *("--on", "filtered-train", "--splits"),
                write_splits(folder / "splits", [bare(name) for name in SAME_NAMES[:CLIPS]]),
            ],
            ("train_filtered.txt does not say which clip of table.csv is meant by 00.wav (ambient/00.wav, ",),
        ),
        (
            lambda folder: ["--taggrams", write_taggrams(folder / "tags.npz")],
            (
                "table.csv is meant by 00 (ambient/00.wav, drone/00.wav, noise/00.wav and 1 more), 01 (",
                " and 9 more. Leave `--taggrams` out if the table has tags",
            ),
        ),
        (
            lambda folder: ["--artists", write_artists(folder / "artists.csv", [*SAME_NAMES, "music/drone/03.wav"])],
            ("artists.csv names drone/03.wav in row 16 and again in row 49. Keep one row for each clip.",),
        ),
        (
            lambda folder: ["--artists", write_artists(folder / "artists.csv", ["03.mp3", *SAME_NAMES[1:]])],
            ("no row for 1 of the 48 clips, the first of them ambient/00.wav. Add a row for each;",),
        ),
    ],
    ids=["artists", "splits", "taggrams", "one clip under two names", "another file"],
)
def test_a_list_that_does_not_say_which_clip_it_means_is_refused_in_words(
    options: Callable[[Path], Sequence[object]], sentences: Sequence[str], tmp_path: Path
) -> None:
    table = write_table(tmp_path / "table.csv", SAME_NAMES)
    result = genre_bot("train", table, "--out", tmp_path / "model", "--recipe", "features", *options(tmp_path))
    assert isinstance(result.exception, DatasetError)
    for sentence in sentences:
        assert sentence in str(result.exception)
    assert not (tmp_path / "model").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.csv", "--out", "model"], "nowhere.csv cannot be read"),
        (["nowhere.csv", "--out", "model", "--recipe", "soup"], "There is no recipe 'soup'"),
    ],
)
def test_what_cannot_be_used_is_said(arguments: list[str], sentence: str) -> None:
    result = genre_bot("train", *arguments)
    assert isinstance(result.exception, DatasetError)
    assert sentence in str(result.exception)


def test_help_says_how_lists_name_clips() -> None:
    text = " ".join(genre_bot("train", "--help").stdout.replace("│", " ").split())
    assert "filename, as in the table or without its folders" in text
    for option in ("--out", "--recipe", "--artists", "--splits", "--taggrams", "--on", "--seed"):
        assert option in text
