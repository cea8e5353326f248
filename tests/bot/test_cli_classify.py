"""What ``genre-bot classify`` shows of the time, of models and of what is no music, and which files it takes."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli.classify import find_files
from bot.cli.exit_status import ExitStatus
from classifier.location import default_model_dir

Encode = Callable[..., Path]
MakeSong = Callable[..., npt.NDArray[np.float32]]

BLOCKS = re.compile("[█░]")


def classify(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["classify", *(str(argument) for argument in arguments)], env={"COLUMNS": "200"})


@pytest.fixture
def song(encode: Encode, make_song: MakeSong) -> Path:
    return encode(make_song(8), "song.ogg")


@pytest.fixture
def tone(encode: Encode) -> Path:
    sine = 0.5 * np.sin(2 * np.pi * 440 * np.arange(10 * 22_050) / 22_050)
    return encode(sine.astype(np.float32), "tone.wav")


# The timeline


def test_the_timeline_has_a_line_for_every_few_seconds(song: Path) -> None:
    plain, timed = classify(song), classify("--timeline", song)
    assert timed.exit_code == ExitStatus.OK
    lines = [line.strip() for line in timed.stdout.splitlines()]
    segments = [line for line in lines if re.match(r"\d+:\d\d–\d+:\d\d  [a-z-]+ +[█░]+ +\d+%$", line)]
    assert [line.split()[0] for line in segments] == ["0:00–0:04", "0:04–0:08"]
    assert len(BLOCKS.findall(timed.stdout)) > len(BLOCKS.findall(plain.stdout))


def test_a_table_has_no_timeline(song: Path) -> None:
    result = classify("--csv", "--timeline", song)
    assert result.exit_code == ExitStatus.USAGE
    assert "leave out --csv" in " ".join(result.stderr.replace("│", " ").split())


@pytest.mark.parametrize("top", [1, 2])
def test_top_shortens_every_list_of_genres_in_json(song: Path, top: int) -> None:
    record = json.loads(classify("--json", "--top", top, song).stdout)
    assert len(record["genres"]) == top
    assert {len(segment["genres"]) for segment in record["timeline"]} == {top}


def test_json_has_the_tags_over_time(song: Path) -> None:
    spans = json.loads(classify("--json", song).stdout)["tag_timeline"]
    assert [round(span["start"], 1) for span in spans] == [0.0, 2.7, 5.3]
    assert all(set(tag) == {"name", "probability"} for span in spans for tag in span["tags"])


# What is not music


def test_what_is_not_music_has_no_timeline_and_no_reasons(tone: Path) -> None:
    output = classify("--timeline", tone).stdout
    assert output.count("This isn't music") == 1
    assert "Not music" not in output
    assert not BLOCKS.search(output)
    assert "Sounds like" not in output


def test_what_is_not_music_has_no_genre_in_a_table(tone: Path, song: Path) -> None:
    header, of_tone, of_song = csv.reader(io.StringIO(classify("--csv", "--jobs", 1, "--top", 2, tone, song).stdout))
    assert len(of_tone) == len(of_song) == len(header)
    assert of_tone[header.index("verdict")] == "not_music"
    assert of_tone[header.index("genre_1") :] == [""] * 4
    assert of_song[header.index("genre_1")]


def test_json_keeps_the_whole_analysis_of_what_is_not_music(tone: Path) -> None:
    record = json.loads(classify("--json", tone).stdout)
    assert record["verdict"] == "not_music"
    assert len(record["genres"]) == 10
    assert record["timeline"]


# What a person reads


def test_the_line_of_a_file_says_what_was_heard_and_how_long_it_took(encode: Encode, make_song: MakeSong) -> None:
    short, long = encode(make_song(5), "short.ogg"), encode(make_song(66), "long.ogg")
    lines = [line for line in classify("--jobs", 1, short, long).stdout.splitlines() if ".ogg" in line]
    assert re.search(r"short\.ogg  5\.0 s vorbis, all of it heard; took \d+\.\d s$", lines[0])
    assert re.search(r"long\.ogg  1:06 vorbis, heard: 0:0\d–0:3\d, 0:3\d–1:0\d; took \d+\.\d s$", lines[1])


def test_a_file_that_goes_on_is_said_to(encode: Encode, make_song: MakeSong) -> None:
    output = classify("--max-seconds", 30, encode(make_song(40), "long.ogg")).stdout
    assert "30 s or more vorbis, heard: 0:00–0:30;" in output


def test_genres_are_written_as_people_do(song: Path) -> None:
    output = classify("--top", 10, song).stdout
    assert "  hip-hop  " in output
    assert "hiphop" not in output


# Models and limits


def test_another_model_answers_where_one_is_named(song: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(default_model_dir(), mine)
    manifest = json.loads((mine / "manifest.json").read_text())
    (mine / "manifest.json").write_text(json.dumps({**manifest, "name": "mine"}))
    record = json.loads(classify("--json", "--model", mine, song).stdout)
    assert record["model"] == {"name": "mine", "version": manifest["version"], "digest": manifest["digest"]}


def test_the_help_says_that_a_model_is_code() -> None:
    assert "loading a model runs code from it" in " ".join(classify("--help").stdout.replace("│", " ").split())


@pytest.mark.parametrize("limit", ["--max-mb", "--max-seconds"])
@pytest.mark.parametrize("value", ["inf", "nan", "1e300", "-1"])
def test_a_limit_that_is_none_is_a_wrong_argument(limit: str, value: str, song: Path) -> None:
    result = classify(limit, value, song)
    assert result.exit_code == ExitStatus.USAGE
    assert limit in result.stderr


# Files of folders


def test_folders_and_hidden_files_are_not_taken_for_songs(tmp_path: Path) -> None:
    (tmp_path / "album.mp3").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in (
        "song.wav",
        "._song.wav",
        ".song.mp3",
        "album.mp3/first.flac",
        "album.mp3/._first.flac",
        ".hidden/x.mp3",
    ):
        (tmp_path / name).touch()
    found = [str(path.relative_to(tmp_path)) for path in find_files([tmp_path])]
    assert found == ["album.mp3/first.flac", "song.wav"]


def test_a_hidden_folder_that_is_named_itself_is_searched(tmp_path: Path) -> None:
    folder = tmp_path / ".music"
    folder.mkdir()
    (folder / "song.mp3").touch()
    assert list(find_files([folder, folder / "song.mp3"])) == [folder / "song.mp3"] * 2
