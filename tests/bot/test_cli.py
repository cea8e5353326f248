"""The command line, as people and programs use it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli.classify import find_files
from bot.cli.exit_status import ExitStatus
from bot.cli.printers import Answer, CsvPrinter
from bot.text import UNSAFE_CATEGORIES
from classifier.errors import DecoderUnavailable, NotAudio

Encode = Callable[..., Path]
Tune = Callable[..., npt.NDArray[np.float32]]


def genre_bot(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "100"})


@pytest.fixture
def song(encode: Encode, make_song: Tune) -> Path:
    return encode(make_song(5), "song.ogg")


@pytest.fixture
def bad_file(tmp_path: Path) -> Path:
    path = tmp_path / "letter.mp3"
    path.write_text("This is a letter and not a song.\n" * 100)
    return path


def test_a_person_reads_the_top_genres_with_bars(song: Path) -> None:
    result = genre_bot("classify", song)
    assert result.exit_code == ExitStatus.OK
    assert "song.ogg" in result.stdout
    assert result.stdout.count("%") >= 3
    assert sum("█" in line or "░" in line for line in result.stdout.splitlines()) == 3


@pytest.mark.parametrize("top", [1, 10])
def test_top_says_how_many_genres_are_shown(song: Path, top: int) -> None:
    result = genre_bot("classify", song, "--top", top)
    assert sum("█" in line or "░" in line for line in result.stdout.splitlines()) == top


def test_json_is_one_object_a_line_with_a_sentence_for_a_bad_file(song: Path, bad_file: Path) -> None:
    result = genre_bot("classify", "--json", "--jobs", 1, bad_file, song)
    assert result.exit_code == ExitStatus.SOME_FILES_FAILED
    bad, good = (json.loads(line) for line in result.stdout.splitlines())
    assert bad == {"file": str(bad_file), "error": str(NotAudio())}
    assert good["error"] is None
    assert len(good["genres"]) == 10
    assert sum(genre["probability"] for genre in good["genres"]) == pytest.approx(1.0)
    assert good["audio"]["codec"] == "vorbis"
    assert good["model"]["name"] == "default"
    assert "1 of 2 files" in result.stderr


def test_csv_has_the_same_columns_in_every_row(song: Path, bad_file: Path) -> None:
    result = genre_bot("classify", "--csv", "--top", 2, "--jobs", 1, song, bad_file)
    header, good, bad = csv.reader(io.StringIO(result.stdout))
    assert header == ["file", "error", "verdict", "seconds", "genre_1", "probability_1", "genre_2", "probability_2"]
    assert len(good) == len(bad) == len(header)
    assert float(good[5]) >= float(good[7])
    assert (bad[1], bad[4]) == (str(NotAudio()), "")


def test_a_folder_is_searched_at_any_depth_for_audio_only(tmp_path: Path) -> None:
    deep = tmp_path / "b" / "c"
    deep.mkdir(parents=True)
    for name in ("a.MP3", "notes.txt", "b/x.flac", "b/c/y.opus", "cover.jpg"):
        (tmp_path / name).touch()
    found = [str(path.relative_to(tmp_path)) for path in find_files([tmp_path])]
    assert found == ["a.MP3", "b/c/y.opus", "b/x.flac"]


def test_an_empty_folder_is_a_wrong_argument(tmp_path: Path) -> None:
    result = genre_bot("classify", tmp_path)
    assert result.exit_code == ExitStatus.USAGE
    assert "no audio files" in result.stderr


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_missing_ffmpeg_ends_the_run_however_many_jobs_there_are(
    jobs: int, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    result = genre_bot("classify", "--ffmpeg", "path", "--jobs", jobs, song, song)
    assert isinstance(result.exception, DecoderUnavailable)


def test_a_file_that_makes_the_program_fail_is_reported_and_the_rest_go_on(
    song: Path, make_tune: Tune, encode: Encode, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("no such thing")

    other = encode(make_tune(6), "other.ogg")
    monkeypatch.setattr("classifier.audio.Clip.windows", fail)
    result = genre_bot("classify", "--csv", "--jobs", 1, song, other)
    assert result.exit_code == ExitStatus.SOME_FILES_FAILED
    assert result.stdout.count("ValueError: no such thing") == 2


def test_a_tone_is_not_music_and_gets_no_bars(encode: Encode) -> None:
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(10 * 22_050) / 22_050)
    result = genre_bot("classify", encode(tone.astype(np.float32), "tone.wav"))
    assert "This isn't music: it sounds like a tone." in result.stdout
    assert "█" not in result.stdout


def test_a_file_name_that_is_no_text_is_printed_all_the_same(song: Path) -> None:
    odd = song.with_name(os.fsdecode(b"\xff.ogg"))
    song.rename(odd)
    result = genre_bot("classify", "--csv", odd)
    assert result.exit_code == ExitStatus.OK
    assert "\\xff.ogg" in result.stdout


@pytest.mark.parametrize(("command", "default"), [("classify", "3, or all with"), ("evaluate", "all of them")])
def test_help_tells_the_defaults(command: str, default: str) -> None:
    assert default in " ".join(genre_bot(command, "--help").stdout.replace("│", " ").split())


def test_two_formats_at_once_are_a_wrong_argument(song: Path) -> None:
    assert genre_bot("classify", "--json", "--csv", song).exit_code == ExitStatus.USAGE


@pytest.mark.parametrize(
    "name",
    [
        "\x1b]0;owned\x07\x1b[2J.ogg",
        "\u202egpj\u2066.ogg",
        "[red]@everyone **bold** [link=etc].ogg",
        "line\r\nbreak\x08\x7f\x9b31m.ogg",
        "n" * 240 + ".ogg",
    ],
)
def test_no_file_name_reaches_a_terminal_as_it_is(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = tmp_path / name
    letter.write_text("This is a letter and not a song.")
    # A table on a terminal is read by a person as well.
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    CsvPrinter(1).show(Answer(letter, None, "no song"))
    shown = [terminal.getvalue()]
    monkeypatch.undo()
    shown += [genre_bot("classify", "--jobs", 1, *output, letter).stdout for output in ((), ("--json",))]
    for text in shown:
        assert ".ogg" in text
        assert not UNSAFE_CATEGORIES & set(map(unicodedata.category, text.replace("\n", "")))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_hostile_file_name_is_printed_harmlessly(song: Path) -> None:
    evil = song.with_name("\x1b[2J[bold]evil\u202e.ogg")
    song.rename(evil)
    result = genre_bot("classify", evil)
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "[bold]evil.ogg" in result.stdout


def run_process(*arguments: object, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GENREBOT_", "DISCORD_"))}
    return subprocess.run(
        [sys.executable, "-m", "bot", *(str(argument) for argument in arguments)],
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_model_that_cannot_be_used_ends_with_one_sentence(song: Path, tmp_path: Path) -> None:
    result = run_process("classify", "--model", tmp_path / "nowhere", song, folder=tmp_path)
    assert result.returncode == ExitStatus.NOT_USABLE
    assert result.stderr.startswith("genre-bot: There is no model in ")
    assert "Traceback" not in result.stderr


def test_a_wrong_setting_stops_the_start_with_its_own_status(tmp_path: Path) -> None:
    result = run_process("run", folder=tmp_path, GENREBOT_WORKERS="many")
    assert result.returncode == ExitStatus.BAD_SETTINGS
    assert "GENREBOT_WORKERS is 'many'" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_token_in_the_wrong_place_is_not_repeated(tmp_path: Path) -> None:
    token = "MTAwMDAwMDAwMDAwMDAwMDAw.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789_-"
    result = run_process("run", folder=tmp_path, GENREBOT_WORKERS=token)
    assert result.returncode == ExitStatus.BAD_SETTINGS
    assert "GENREBOT_WORKERS is '[redacted]'" in result.stderr
    assert token not in result.stdout + result.stderr


def test_help_does_not_load_the_heavy_libraries(tmp_path: Path) -> None:
    probe = (
        "import sys, bot.cli\n"
        "heavy = {'librosa', 'numpy', 'sklearn', 'xgboost', 'discord', 'sqlalchemy', 'pandas'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, timeout=60, check=True, cwd=tmp_path
    )
    assert result.stdout.strip() == "[]"
