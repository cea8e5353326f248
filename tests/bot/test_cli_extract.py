"""``genre-bot extract`` and ``measure-sounds``, as people use them: refused, ended at any moment, gone on with."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.cli.exit_status import ExitStatus
from classifier.errors import DatasetError

Tune = Callable[..., npt.NDArray[np.float32]]

PATIENCE = 120.0
"""Most that anything here is waited for, in seconds: reaching it is a failure."""

HOSTILE = "\x1b[2J[bold]evil\u202e.mp3"


def genre_bot(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], env={"COLUMNS": "200"})


@dataclass(frozen=True, slots=True)
class Finished:
    """Labelled folders, and a run over them that nobody disturbed."""

    library: Path
    table: bytes
    result: Result


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, make_tune: Tune) -> Finished:
    """Measure eight clips of two genres, one of them with a file that is none."""
    folder = tmp_path_factory.mktemp("library")
    library = folder / "library"
    for genre in ("drone", "polka"):
        (library / genre).mkdir(parents=True)
        for number in range(4):
            samples = make_tune(3.2, seed=10 * number + len(genre))
            scipy.io.wavfile.write(library / genre / f"{number}.wav", 22_050, samples)
    (library / "polka" / HOSTILE).write_text("no music")
    (library / "loose.mp3").touch()
    result = genre_bot("extract", library, "--out", folder / "t.csv", "--jobs", 1)
    return Finished(library, (folder / "t.csv").read_bytes(), result)


def test_it_says_what_it_wrote_what_it_left_out_and_what_failed(finished: Finished) -> None:
    result = finished.result
    assert result.exit_code == ExitStatus.SOME_FILES_FAILED
    assert result.stdout.endswith("t.csv: 8 clips by genre: drone 4, polka 4\n")
    for words in (
        "Left out:\n- loose.mp3: It lies in no genre's folder.",
        "1 of 9 files could not be measured:\n- polka/[2J[bold]evil.mp3: This is not an audio file",
        "t.csv.failures.csv",
        "--retry",
        "drone has only 4 clips. Training needs at least 5 of each genre",
    ):
        assert words in result.stderr
    assert not {"\x1b", "\u202e"} & set(result.stderr)


class Extract:
    """``genre-bot extract`` as a person starts it, in a process group of its own."""

    def __init__(self, library: Path, out: Path) -> None:
        self.part = out.with_name(f"{out.name}.part")
        self._output = out.with_name("output.txt")
        with self._output.open("wb") as output:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "bot", "extract", str(library), "--out", str(out), "--jobs", "1"],
                cwd=out.parent,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self._output.read_text()

    @property
    def lines(self) -> int:
        return self.part.read_bytes().count(b"\n") if self.part.exists() else 0

    def wait_for_lines(self, count: int) -> None:
        """Wait until the kept file has its first line and those of some clips."""
        wait_until(lambda: self.lines >= count or self.popen.poll() is not None)
        assert self.popen.poll() is None, self.output

    def end(self) -> None:
        """Make sure that nothing outlives a test."""
        if self.alive():
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait(PATIENCE)

    def alive(self) -> bool:
        """Tell whether any process of the group still runs; nobody may have fetched the end of one that does not."""
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, group = entry.read_text().rpartition(")")[2].split()[:3]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(group) == self.popen.pid and state != "Z":
                return True
        return False


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


@pytest.fixture
def start(finished: Finished, tmp_path: Path) -> Iterator[Callable[[], Extract]]:
    started: list[Extract] = []

    def start_() -> Extract:
        started.append(Extract(finished.library, tmp_path / "t.csv"))
        return started[-1]

    yield start_
    for run in started:
        run.end()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for leftover processes in /proc, as on Linux")
def test_killed_or_interrupted_at_any_moment_it_goes_on_to_the_same_bytes(
    finished: Finished, start: Callable[[], Extract], tmp_path: Path
) -> None:
    kept = 0
    # While it loads, then in the middle of the work.
    for lines in (1, 3):
        killed = start()
        killed.wait_for_lines(lines)
        killed.popen.kill()
        wait_until(lambda killed=killed: not killed.alive())  # type: ignore[misc]
        assert killed.lines >= max(lines, kept)
        kept = killed.lines
        assert not (tmp_path / "t.csv").exists()

    with killed.part.open("ab") as part:
        part.write(b'{"file": "polka/3.wav", "size": 14')
    interrupted = start()
    interrupted.wait_for_lines(kept + 1)
    # As a terminal does: the whole group, and somebody who does not wait.
    for _ in range(3):
        os.killpg(interrupted.popen.pid, signal.SIGINT)
    assert interrupted.popen.wait(PATIENCE) == ExitStatus.INTERRUPTED
    assert interrupted.lines > kept
    done = interrupted.lines - 1
    # A file may have been kept in the very moment of the interruption, before anybody counted it.
    assert interrupted.output.startswith(
        tuple(f"Stopped: {told} of 9 files are done and kept in {interrupted.part}. " for told in (done - 1, done))
    )
    assert interrupted.output.endswith("The same command goes on from there.\n")
    assert interrupted.output.count("\n") == 1
    # What Python itself starts beside the workers ends a moment after its parent.
    wait_until(lambda: not interrupted.alive())

    resumed = start()
    assert resumed.popen.wait(PATIENCE) == ExitStatus.SOME_FILES_FAILED
    assert (tmp_path / "t.csv").read_bytes() == finished.table
    assert resumed.lines == 1 + 9
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("output.txt", "t.csv", "t.csv.failures.csv", "t.csv.part")
    ]


@pytest.mark.parametrize(
    ("folder", "out", "sentence"),
    [
        ("nowhere", "t.csv", "nowhere cannot be read as a folder (No such file or directory)"),
        ("file", "t.csv", "file cannot be read as a folder (Not a directory)"),
        ("empty", "t.csv", "There are no folders in "),
        ("music", ".", "is a folder. Give --out the name of a file"),
        ("music", "nowhere/t.csv", "cannot be written (No such file or directory). Choose another place with --out"),
        ("music", "file/t.csv", "cannot be written (Not a directory)"),
    ],
)
def test_what_cannot_be_begun_is_refused_at_once(tmp_path: Path, folder: str, out: str, sentence: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    (tmp_path / "music" / "rock").mkdir(parents=True)
    (tmp_path / "music" / "rock" / "a.mp3").touch()
    before = sorted(tmp_path.rglob("*"))
    result = genre_bot("extract", tmp_path / folder, "--out", tmp_path / out)
    assert isinstance(result.exception, DatasetError)
    assert sentence in str(result.exception)
    assert sorted(tmp_path.rglob("*")) == before


def test_if_nothing_can_be_measured_there_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "music" / "rock").mkdir(parents=True)
    (tmp_path / "music" / "rock" / "gone.mp3").symlink_to("nowhere.mp3")
    out = tmp_path / "t.csv"
    out.write_text("an older table")
    result = genre_bot("extract", tmp_path / "music", "--out", out)
    assert result.exit_code == 1
    assert "- rock/gone.mp3: It cannot be opened: No such file or directory." in result.stderr
    assert "No table was written." in result.stderr
    assert out.read_text() == "an older table"


def test_help_names_every_option() -> None:
    text = genre_bot("extract", "--help").stdout
    for option in ("AUDIO_DIR", "--out", "--jobs", "--max-mb", "--timeout", "--retry", "--ffmpeg"):
        assert option in text
    text = genre_bot("measure-sounds", "--help").stdout
    for option in ("--out", "--seed", "--jobs", "the one `train` reads"):
        assert option in text
    assert {"extract", "measure-sounds"} <= set(genre_bot("--help").stdout.split())


def test_sounds_are_not_measured_for_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    result = genre_bot("measure-sounds", "--out", tmp_path)
    assert isinstance(result.exception, DatasetError)
    assert "is a folder. Give --out the name of a file." in str(result.exception)
