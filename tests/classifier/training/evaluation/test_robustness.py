"""Copies as people send them: made by the real ffmpeg, heard as served, and compared by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile

from classifier.audio import decode
from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES
from classifier.measure import ROW_NAMES
from classifier.options import DecodeOptions
from classifier.training.evaluation.intervals import Share
from classifier.training.evaluation.robustness import (
    MeasuredFile,
    Voters,
    compare_answers,
    fit_voters,
    measure_files,
    require_unlike_names,
)
from classifier.training.evaluation.sealed import open_lists
from classifier.training.evaluation.selection import fit_inside
from classifier.training.evaluation.variants import VARIANTS, Kind, Variant, read_recording
from classifier.training.groups import artist_groups
from classifier.training.recipes import Recipe

OPTIONS = DecodeOptions()
BY_NAME = {variant.name: variant for variant in VARIANTS}
SAMPLE_RATE = 22_050


def say(done: int, total: int) -> None:
    """Take progress and keep it to oneself."""


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory, make_tune: Callable[..., npt.NDArray[np.float32]]) -> Path:
    """Write 20 s of music in 16-bit mono whose loudest sample is at half of full scale."""
    path = tmp_path_factory.mktemp("songs") / "song.wav"
    samples = make_tune(20.0)
    scipy.io.wavfile.write(path, SAMPLE_RATE, np.rint(samples / np.abs(samples).max() * 16_384).astype(np.int16))
    return path


def write(variant: str, song: Path, folder: Path) -> Path:
    return BY_NAME[variant].write(read_recording(song, folder, OPTIONS), folder / "variant")


@pytest.mark.parametrize(("variant", "decibels"), [("-20 dB", -20), ("-10 dB", -10), ("+6 dB", 6)])
def test_gain_is_that_many_decibels(variant: str, decibels: float, song: Path, tmp_path: Path) -> None:
    _, original = scipy.io.wavfile.read(song)
    _, changed = scipy.io.wavfile.read(write(variant, song, tmp_path))
    np.testing.assert_allclose(changed, original * 10 ** (decibels / 20), atol=0.501)


def test_too_much_gain_clips_as_16_bits_do(song: Path, tmp_path: Path) -> None:
    _, original = scipy.io.wavfile.read(song)
    _, changed = scipy.io.wavfile.read(write("+12 dB", song, tmp_path))
    assert changed.dtype == np.int16
    assert changed.max() == 32_767
    np.testing.assert_allclose(changed, np.clip(original * 10**0.6, -32_768, 32_767), atol=0.501)


@pytest.mark.parametrize(
    ("variant", "stream"),
    [
        ("44.1 kHz stereo", ("pcm_s16le", 44_100, "stereo")),
        ("48 kHz stereo", ("pcm_s16le", 48_000, "stereo")),
        ("mp3, 64 kbit/s", ("mp3", SAMPLE_RATE, "mono")),
        ("opus, 48 kbit/s", ("opus", 48_000, "mono")),
    ],
)
def test_rates_and_formats_are_what_they_are_called(
    variant: str, stream: tuple[str, int, str], song: Path, tmp_path: Path
) -> None:
    file = write(variant, song, tmp_path)
    info = decode(file, OPTIONS).info
    assert (info.codec, info.sample_rate, info.channels) == stream
    assert info.duration == pytest.approx(20.0, abs=0.1)
    if BY_NAME[variant].kind is Kind.FORMAT:
        kilobits = int(variant.split()[1])
        assert file.stat().st_size * 8 / 20.0 / 1000 == pytest.approx(kilobits, rel=0.25)


@pytest.mark.parametrize(("variant", "start"), [("first 15 s", 0.0), ("middle 15 s", 2.5), ("last 15 s", 5.0)])
def test_crops_are_the_parts_that_they_are_called(variant: str, start: float, song: Path, tmp_path: Path) -> None:
    _, original = scipy.io.wavfile.read(song)
    _, changed = scipy.io.wavfile.read(write(variant, song, tmp_path))
    first = round(start * SAMPLE_RATE)
    np.testing.assert_array_equal(changed, original[first : first + 15 * SAMPLE_RATE])


def test_files_are_heard_with_all_copies_or_left_out_with_a_reason(
    song: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_tune: Callable[..., npt.NDArray[np.float32]]
) -> None:
    from classifier.training.evaluation import robustness

    # One of each kind: the others differ from them in a number.
    few = tuple(BY_NAME[name] for name in ("-20 dB", "opus, 48 kbit/s", "last 15 s"))
    monkeypatch.setattr(robustness, "VARIANTS", few)
    short, text, quiet = tmp_path / "short.wav", tmp_path / "notes.wav", tmp_path / "quiet.wav"
    scipy.io.wavfile.write(short, SAMPLE_RATE, make_tune(4.0, seed=1))
    scipy.io.wavfile.write(quiet, SAMPLE_RATE, make_tune(4.0, seed=2) * np.float32(0.006))
    text.write_text("no sound\n" * 50)
    measured, left_out = measure_files(
        [song, short, text, quiet, tmp_path / "gone.wav"], options=OPTIONS, jobs=1, say=say
    )
    assert [file.name for file in measured] == ["song.wav", "short.wav", "quiet.wav"]
    assert all(file.original.shape == (1, len(ROW_NAMES)) for file in measured)
    assert [sorted(file.variants) for file in measured] == [
        ["-20 dB", "last 15 s", "opus, 48 kbit/s"],
        ["-20 dB", "opus, 48 kbit/s"],
        ["-20 dB", "opus, 48 kbit/s"],
    ]
    # Twenty decibels less, and that one is below what counts as sound.
    assert measured[2].variants["-20 dB"] is None
    assert measured[0].variants["-20 dB"] is not None
    assert [entry.filename for entry in left_out] == ["notes.wav", "gone.wav"]
    assert "not an audio file" in left_out[0].reason
    assert "No such file" in left_out[1].reason
    assert str(tmp_path) not in "".join(entry.reason for entry in left_out)


def test_a_copy_that_ffmpeg_cannot_make_is_said_without_folders(song: Path, tmp_path: Path) -> None:
    recording = read_recording(song, tmp_path, OPTIONS)
    recording.path.write_bytes(b"gone bad")
    with pytest.raises(DatasetError, match=r"ffmpeg cannot turn recording\.wav into mp3") as caught:
        BY_NAME["mp3, 64 kbit/s"].write(recording, tmp_path / "variant")
    assert str(tmp_path) not in str(caught.value)


def test_files_of_one_name_are_refused() -> None:
    clips = ["blues/x.wav", "rock/y.wav", "rock/x.wav"]
    require_unlike_names([], clips)
    require_unlike_names([Path("a/x.wav"), Path("a/y.wav")], clips[:2])
    with pytest.raises(DatasetError, match=r"2 files of the audio folders are called x\.wav"):
        require_unlike_names([Path("a/x.wav"), Path("b/x.wav")], clips[:2])
    with pytest.raises(DatasetError, match=r"has 2 clips called x, .* artist plays in x\.flac .* Rename the clips"):
        require_unlike_names([Path("a/y.flac"), Path("a/x.flac")], clips)


class Reader:
    """Reads the genre off the first column: its whole part is the column of the genre, its fraction the probability."""

    classes_ = np.array(["a", "b", "c"])

    def predict_proba(self, rows: np.ndarray) -> np.ndarray:
        genre, probability = np.floor(rows[:, :1]).astype(int), rows[:, :1] % 1
        return np.where(np.arange(3) == genre, probability, (1 - probability) / 2)


def rows(*values: float) -> np.ndarray:
    table = np.zeros((len(values), len(ROW_NAMES)))
    table[:, 0] = values
    return table


def test_answers_are_compared_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    from classifier.training.evaluation import robustness

    none = BY_NAME["-20 dB"].write
    variants = (Variant("x", Kind.GAIN, none), Variant("y", Kind.CROP, none))
    monkeypatch.setattr(robustness, "VARIANTS", variants)
    files = [
        MeasuredFile("a.1.flac", rows(0.9), {"x": rows(0.8), "y": rows(1.9)}),
        MeasuredFile("a.2.flac", rows(1.9), {"x": rows(0.9), "y": rows(1.8)}),
        MeasuredFile("b.1.flac", rows(1.9), {"x": None, "y": rows(1.5)}),
        # Of two windows, the mean decides: one is surer than the other.
        MeasuredFile("other.ogg", rows(2.9, 0.5), {"x": rows(2.6, 0.5)}),
    ]
    voters = Voters(Reader(), {7: Reader()}, {"a.1": 7, "a.2": 8, "b.1": 7}, {"a.1": "a", "a.2": "a", "b.1": "b"})
    found = compare_answers(files, (), voters, FEATURE_NAMES, frozenset({"b.1.wav", "c.1.wav"}))
    x, y = found.variants
    assert (x.unchanged, x.still_right, x.refused, x.required, x.met) == (Share(2, 4), Share(1, 2), 1, 0.95, False)
    assert (y.unchanged, y.still_right, y.refused, y.required, y.met) == (Share(2, 3), Share(1, 2), 0, 0.80, False)
    assert (found.files, found.labelled, found.right) == (4, 3, Share(2, 3))
    assert (found.held_out, found.on_test_list) == (2, 1)


class Memory:
    """Remembers what it was fitted on."""

    classes_ = np.array(["x"])

    def fit(self, X: np.ndarray, y: np.ndarray) -> None:
        self.heard = {row.tobytes() for row in X}


def test_no_voter_has_heard_the_artist(world: Any, small: Recipe) -> None:
    recipe = dataclasses.replace(small, calibrated=False, build=lambda *_: Memory())
    training, _ = open_lists(world.table, world.split, world.artists, recipe.features)
    # An artist of the train list has a clip on no list, too.
    artists = world.artists | {"polka.00019.wav": world.artists["polka.00004.wav"].upper()}
    whole = fit_inside(small, training, 1)
    voters = fit_voters(recipe, training, whole, world.table, artists, seed=1, jobs=1, say=say)
    groups = artist_groups(world.table, artists)
    columns = world.table.columns(recipe.features)
    for index, name in enumerate(world.table.filenames):
        voter = voters.for_file(name.replace(".wav", ".flac"))
        on_train_list = np.isin(groups[index], groups[[file in world.split.train for file in world.table.filenames]])
        assert voters.heard(name) == on_train_list
        if on_train_list:
            assert not voter.heard & {row.tobytes() for row in columns[groups == groups[index]]}
            assert voter.heard
        else:
            assert voter is whole.classifier
    assert voters.heard("polka.00019.mp3")
    assert voters.for_file("stranger.ogg") is whole.classifier
