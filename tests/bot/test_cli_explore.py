"""``genre-bot explore``, as people use it, on tables that strangers made."""

from __future__ import annotations

import html.parser
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli.exit_status import ExitStatus
from classifier.errors import DatasetError, ReportError
from classifier.training.dataset import TABLE_COLUMNS

HOSTILE = ('<script>alert("1")</script>', "\"' onload=alert(1) x=\u202e\x1b[2J&amp;" + "long " * 30)


def genre_bot(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "100"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a table of two hostile genres with six clips each, with its artists."""
    folder = tmp_path_factory.mktemp("tables")
    rng = np.random.default_rng(3)
    labels = np.repeat(HOSTILE, 6)
    table = pd.DataFrame(rng.gamma(2.0, 1.0, (labels.size, len(TABLE_COLUMNS))), columns=list(TABLE_COLUMNS))
    filenames = [f"<img src=x onerror=alert({index})>.wav" for index in range(labels.size)]
    table.assign(filename=filenames, label=labels).to_csv(folder / "<b>.csv", index=False)
    artists = [f"<i>{index // 2}</i>" for index in range(labels.size)]
    pd.DataFrame({"filename": filenames, "artist": artists}).to_csv(folder / "artists.csv", index=False)
    return folder


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    columns = ["--column", "mfcc1_mean", "--column", "length", "--column", "mfcc1_mean"]
    return genre_bot("explore", folder / "<b>.csv", "--out", folder / "report", "--quick", "--seed", 7, *columns)


class Elements(html.parser.HTMLParser):
    """The elements of a page and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def test_it_writes_a_page_and_its_figures_and_prints_the_conclusions(result: Result, folder: Path) -> None:
    assert result.exit_code == ExitStatus.OK, result.output
    assert {path.name for path in (folder / "report").iterdir()} == {"explore.html", "explore.json"}
    document = json.loads((folder / "report" / "explore.json").read_text())
    assert (document["seed"], document["quick"], document["complete"]) == (7, True, True)
    first, *sentences = result.stdout.splitlines()
    assert first.startswith("Wrote ")
    assert sentences[: len(document["summary"])] == [f"- {sentence}" for sentence in document["summary"]]
    for option in ("--artists", "--splits", "--quick"):
        assert option in result.stdout


def test_columns_that_are_asked_for_follow_the_notebooks_once_each(result: Result, folder: Path) -> None:
    document = json.loads((folder / "report" / "explore.json").read_text())
    assert list(document["sections"]["box-plots"]["figures"]["boxes"]) == [
        *("tempo", "rms_mean", "spectral_centroid_mean", "chroma_stft_mean"),
        *("mfcc1_mean", "length"),
    ]


def test_hostile_names_are_shown_and_do_nothing(result: Result, folder: Path) -> None:
    text = (folder / "report" / "explore.html").read_text()
    page = Elements(text)
    assert not page.tags & {"script", "img", "b", "i"}
    assert not [name for name in page.attributes if name.startswith("on")]
    assert HOSTILE[0] in page.words
    assert "onload=alert(1)" in page.words
    assert not {"\u202e", "\x1b"} & set(text)
    assert not {"\u202e", "\x1b"} & set(result.stdout)
    document = json.loads((folder / "report" / "explore.json").read_text())
    assert set(document["table"]["genres"]) == {name.strip() for name in HOSTILE}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere.csv", "--out", "x"], "nowhere.csv cannot be read"),
        (["nowhere.csv", "--out", "x", "--column", "temppo"], "Did you mean tempo"),
    ],
)
def test_what_cannot_be_read_or_drawn_is_said(arguments: list[str], sentence: str) -> None:
    result = genre_bot("explore", *arguments)
    assert isinstance(result.exception, DatasetError)
    assert sentence in str(result.exception)


def test_out_that_is_a_file_is_refused_and_left_alone(folder: Path) -> None:
    before = (folder / "artists.csv").read_bytes()
    result = genre_bot("explore", folder / "<b>.csv", "--out", folder / "artists.csv")
    assert isinstance(result.exception, ReportError)
    assert "is a file. Give --out a directory" in str(result.exception)
    assert (folder / "artists.csv").read_bytes() == before


def test_lists_of_another_table_are_refused_before_anything_is_fitted(folder: Path, tmp_path: Path) -> None:
    for name, clip in (("train", "a.wav"), ("valid", "b.wav"), ("test", "c.wav")):
        (tmp_path / f"{name}_filtered.txt").write_text(clip)
    pd.DataFrame({"filename": ["a.wav"], "artist": ["Us"]}).to_csv(tmp_path / "artists.csv", index=False)
    for option, path, sentence in (
        ("--splits", tmp_path, "names 2 clips that the table does not have"),
        ("--artists", tmp_path / "artists.csv", "has no row for 12 of the 12 clips"),
    ):
        result = genre_bot("explore", folder / "<b>.csv", "--out", tmp_path / "out", option, path)
        assert isinstance(result.exception, DatasetError)
        assert sentence in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_help_names_every_option() -> None:
    text = genre_bot("explore", "--help").stdout
    for option in ("--out", "--column", "--artists", "--splits", "--seed", "--quick"):
        assert option in text
    assert "explore" in genre_bot("--help").stdout
