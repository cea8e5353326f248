"""From labelled folders to a table: what is measured, what is told, what is kept when something goes wrong."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile
from threadpoolctl import threadpool_limits

from classifier.analysis import WINDOW_SECONDS
from classifier.audio import decode
from classifier.errors import AnalysisTimeout, DatasetError, DecoderUnavailable, NotAudio, SilentAudio, WorkerDied
from classifier.location import tag_network_dir
from classifier.measure import ROW_NAMES, measure
from classifier.options import DecodeOptions
from classifier.tags import TagNetwork
from classifier.training.dataset import ALL_COLUMNS, LEAST_CLIPS, read_table
from classifier.training.extract.run import CLIP_SECONDS, Extraction, Tally, extract, part_path
from classifier.training.recipes import DEFAULT, Boosting, Forest
from classifier.training.train import train

Tune = Callable[..., npt.NDArray[np.float32]]
SUFFIXES = frozenset({".wav", ".mp3", ".ogg"})
SECONDS = 3.2
JOB_TIMEOUT = 4.0
NO_TEXT = os.fsdecode(b"\xff\xfe.wav")
POLKA = ("line\nbreak\r.wav", 'comma,"quote".wav', NO_TEXT, "same.wav", "deep/er/SAME.WAV")
LATE = ("same.wav", "1.wav", "2.wav", "3.wav", "4.wav")
LATE_NAME = 'free "jazz", late'


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run over the library, with what it told and left."""

    library: Path
    out: Path
    extraction: Extraction
    tallies: list[Tally]

    def again(self, folder: Path) -> Path:
        """Copy what is kept of the run, for another table."""
        shutil.copy(part_path(self.out), folder / "again.csv.part")
        return folder / "again.csv"


def run(library: Path, out: Path, tallies: list[Tally] | None = None, **options: object) -> Extraction:
    settings_ = {"suffixes": SUFFIXES, "options": DecodeOptions(), "jobs": 1, "timeout": 120.0} | options
    return extract(library, out, progress=(tallies if tallies is not None else []).append, **settings_)  # type: ignore[arg-type]


def write_clip(path: Path, samples: npt.NDArray[np.float32]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scipy.io.wavfile.write(path, 22_050, samples)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory, make_tune: Tune) -> Run:
    """Measure two genres of five clips with hostile names, among much that is no clip."""
    folder = tmp_path_factory.mktemp("extract")
    library = folder / "library"
    files = [f"polka/{name}" for name in POLKA] + [f"{LATE_NAME}/{name}" for name in LATE]
    for seed, file in enumerate(files):
        write_clip(library / file, make_tune(SECONDS, seed=seed))
    write_clip(library / "polka" / "silent.wav", np.zeros(4 * 22_050, np.float32))
    (library / "polka" / "letter.mp3").write_text("This is a letter and not a song.\n" * 100)
    (library / "polka" / "cover.jpg").touch()
    (library / "polka" / "._same.mp3").touch()
    (library / "polka" / "gone.ogg").symlink_to("nowhere.ogg")
    (library / "polka" / "circle.ogg").symlink_to("circle.ogg")
    (library / "polka" / "up").symlink_to("..")
    (library / "all").symlink_to(".")
    (library / "empty").mkdir()
    (library / ".trash").mkdir()
    (library / "stray.mp3").touch()
    out, tallies = folder / "table.csv", list[Tally]()
    return Run(library, out, run(library, out, tallies, jobs=2), tallies)


def test_the_table_is_read_with_one_row_a_clip_under_any_name(finished: Run) -> None:
    table = read_table(finished.out)
    expected = {f"polka/{name}": "polka" for name in POLKA} | {f"{LATE_NAME}/{name}": LATE_NAME for name in LATE}
    expected["polka/\\xff\\xfe.wav"] = expected.pop(f"polka/{NO_TEXT}")
    assert dict(zip(table.filenames, table.labels, strict=True)) == expected
    assert list(table.filenames) == sorted(expected)
    assert finished.extraction.clips_by_genre == {LATE_NAME: 5, "polka": 5}
    assert finished.extraction.warnings == ()
    np.testing.assert_array_equal(table.columns(["length"]), round(SECONDS * 22_050))


def test_the_numbers_of_a_row_are_exactly_those_of_the_file(finished: Run) -> None:
    clip = decode(finished.library / "polka" / "same.wav", DecodeOptions())
    (window,) = clip.windows(seconds=30, at_most=1)
    # On one thread, as in the workers: the last bits of sums depend on their number.
    with threadpool_limits(1):
        row = measure(clip.samples(window), TagNetwork.load(tag_network_dir())).row()
    table = read_table(finished.out)
    here = table.filenames.index("polka/same.wav")
    np.testing.assert_array_equal(table.columns(ROW_NAMES)[here], row)
    assert CLIP_SECONDS == WINDOW_SECONDS == 30
    assert set(ROW_NAMES) | {"length"} == set(ALL_COLUMNS)


def test_what_cannot_be_measured_is_listed_with_its_sentence_and_what_is_no_clip_is_named(finished: Run) -> None:
    failures = {failure.name: failure.sentence for failure in finished.extraction.failures}
    assert failures == {
        "polka/letter.mp3": str(NotAudio()),
        "polka/silent.wav": str(SilentAudio(4.0)),
        "polka/gone.ogg": "It cannot be opened: No such file or directory.",
        "polka/circle.ogg": "It cannot be opened: Too many levels of symbolic links.",
    }
    assert [remark.name for remark in finished.extraction.skipped] == ["all", "empty", "polka/up", "stray.mp3"]
    listed = finished.out.with_name("table.csv.failures.csv").read_text()
    assert listed.splitlines()[0] == '"filename","reason"'
    assert [line.split('"')[1] for line in listed.splitlines()[1:]] == sorted(failures)


def test_progress_counts_every_file_once(finished: Run) -> None:
    done = [tally.done for tally in finished.tallies]
    assert done == list(range(2, 15))
    assert {tally.total for tally in finished.tallies} == {14}
    assert (finished.tallies[0].failed, finished.tallies[-1].failed) == (2, 4)


def test_nothing_is_measured_twice_and_the_bytes_are_the_same(finished: Run, tmp_path: Path) -> None:
    out, tallies = finished.again(tmp_path), list[Tally]()
    # Without a decoder, measuring anything would fail.
    run(finished.library, out, tallies)
    assert [tally.done for tally in tallies] == [14]
    assert out.read_bytes() == finished.out.read_bytes()


def test_a_model_is_trained_on_any_genres(finished: Run, tmp_path: Path) -> None:
    vote = dataclasses.replace(DEFAULT.vote, boosting=Boosting(n_estimators=3), forest=Forest(n_estimators=3))
    small = dataclasses.replace(DEFAULT, vote=vote)
    with threadpool_limits(1):
        manifest, scores = train(finished.out, tmp_path / "model", small, version="1")
    assert manifest.genres == (LATE_NAME, "polka")
    assert scores.music.clips == 10


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("folder", "/elsewhere", "was begun with the folder /elsewhere, not with "),
        ("versions", {"librosa": "0.10.2"}, "librosa 0.10.2, now "),
        ("ffmpeg", "path", "numbers may differ: another ffmpeg. "),
        ("network", "0" * 64, "numbers may differ: another network. "),
        ("genre-bot extract", 0, "numbers may differ: another genre-bot extract. "),
    ],
)
def test_what_was_begun_in_another_way_is_not_mixed_in(
    finished: Run, tmp_path: Path, key: str, value: object, sentence: str
) -> None:
    out = finished.again(tmp_path)
    part = part_path(out)
    first, _, rest = part.read_bytes().partition(b"\n")
    header = json.loads(first)
    changed = value if not isinstance(value, dict) else header["versions"] | value
    part.write_bytes(json.dumps(header | {key: changed}).encode() + b"\n" + rest)
    before = part.read_bytes()
    with pytest.raises(DatasetError, match="begin anew") as refusal:
        run(finished.library, out)
    assert sentence in str(refusal.value)
    assert part.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"filename,label\n", b"notes", b"[]\n", b"{}\n", b"\x00" * 99, b"[" * 99_999 + b"\n"]
)
def test_a_part_that_is_somebody_elses_file_is_left_alone(finished: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.csv.part").write_bytes(content)
    with pytest.raises(DatasetError, match="is not the work of `genre-bot extract`"):
        run(finished.library, tmp_path / "t.csv")
    assert (tmp_path / "t.csv.part").read_bytes() == content


HOLD = """
import sys
from pathlib import Path
from classifier.training.extract.part import Origin, Part

with Part.open(Path(sys.argv[1]), Origin.now(Path(sys.argv[2]), "bundled")):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_two_runs_cannot_write_one_table(finished: Run, tmp_path: Path) -> None:
    out = tmp_path / "t.csv"
    command = [sys.executable, "-c", HOLD, str(part_path(out)), str(finished.library)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(DatasetError, match="Another `genre-bot extract` is writing"):
            run(finished.library, out)
        other.communicate()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: folder.rmdir(), "cannot be read as a folder (No such file or directory). Give the folder that"),
        (lambda folder: (folder / "song.mp3").touch(), "There are no folders in "),
        (lambda folder: (folder / "rock").mkdir(), "There are no audio files in the folders of "),
        (lambda folder: (folder / "rock").symlink_to("."), "rock: It is a link to a folder that holds other genres"),
        (lambda folder: (folder / " ").mkdir(), "?: Its name is blank. Name it as the genre."),
    ],
)
def test_a_folder_with_nothing_to_measure_is_refused_in_words(
    tmp_path: Path, make: Callable[[Path], object], sentence: str
) -> None:
    folder = tmp_path / "music"
    folder.mkdir()
    make(folder)
    with pytest.raises(DatasetError) as refusal:
        run(folder, tmp_path / "t.csv")
    assert sentence in str(refusal.value)
    assert sorted(tmp_path.glob("t.csv*")) == []


def test_what_keeps_a_table_from_being_trained_on_is_said() -> None:
    few = Extraction(Path("t.csv"), {"rock": LEAST_CLIPS - 1}, (), None, (), None)
    assert [sentence.split(".")[0] for sentence in few.warnings] == ["rock has only 4 clips", "There is only one genre"]


STAND_IN = """#!/bin/sh
case "$*" in
    */crash.wav*) [ -e "{mended}" ] || kill -KILL $PPID ;;
    */hang.wav*) [ -e "{mended}" ] || {{ kill -STOP $PPID; sleep 600; }} ;;
esac
exec "{real}" "$@"
"""


def test_a_crash_and_a_hang_cost_one_file_each_and_are_tried_again_when_asked(
    tmp_path: Path, make_tune: Tune, ffmpeg: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended, program = tmp_path / "mended", tmp_path / "bin" / "ffmpeg"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(mended=mended, real=ffmpeg))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    library, out = tmp_path / "music", tmp_path / "t.csv"
    for name in ("rock/crash.wav", "rock/hang.wav", "rock/sound.wav", "jazz/sound.wav"):
        write_clip(library / name, make_tune(SECONDS, seed=len(name)))

    def again(**options: object) -> tuple[Extraction, list[Tally]]:
        tallies = list[Tally]()
        how = {"options": DecodeOptions(ffmpeg="path"), "timeout": JOB_TIMEOUT} | options
        return run(library, out, tallies, **how), tallies

    first, _ = again()
    assert {failure.name: failure.sentence for failure in first.failures} == {
        "rock/crash.wav": str(WorkerDied()),
        "rock/hang.wav": str(AnalysisTimeout(JOB_TIMEOUT)),
    }
    assert first.clips_by_genre == {"jazz": 1, "rock": 1}

    mended.touch()
    second, tallies = again()
    assert second == first
    assert [tally.done for tally in tallies] == [4]

    write_clip(library / "jazz" / "sound.wav", make_tune(2 * SECONDS))
    before = out.read_text().splitlines()
    third, tallies = again(retry=True)
    after = out.read_text().splitlines()
    assert [tally.done for tally in tallies] == [1, 2, 3, 4]
    assert (third.failures, third.clips_by_genre) == ((), {"jazz": 1, "rock": 3})
    assert before[1] not in after
    assert before[2] in after
    assert sorted(path.name for path in tmp_path.glob("t.csv*")) == ["t.csv"]


def test_a_missing_ffmpeg_ends_the_run_in_words(finished: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DecoderUnavailable, match="no ffmpeg on PATH"):
        run(finished.library, tmp_path / "t.csv", options=DecodeOptions(ffmpeg="path"))
