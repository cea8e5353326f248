"""What is kept of a run that was ended: torn anywhere, on a full disk, of files that changed since."""

from __future__ import annotations

import dataclasses
import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import DatasetError
from classifier.measure import ROW_NAMES
from classifier.training.extract.clips import ClipFile
from classifier.training.extract.part import Measured, Origin, Outcome, Part


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let no file grow beyond 9 kB, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_a_sentence_and_costs_only_the_torn_line(tmp_path: Path, small_files: None) -> None:
    clips = [ClipFile(f"a/{number}.wav", f"a/{number}.wav", "a", 1, 1) for number in range(9)]
    origin, row = Origin.now(tmp_path, "bundled"), np.zeros(len(ROW_NAMES))
    with pytest.raises(DatasetError, match=r"cannot be written \(File too large\).*goes on where it was"):
        write_part(tmp_path / "part", origin, [(clip, Measured(1, row)) for clip in clips])
    with Part.open(tmp_path / "part", origin) as part:
        known = [part.outcome(clip) is not None for clip in clips]
    assert known == sorted(known, reverse=True)
    assert any(known)


def write_part(path: Path, origin: Origin, outcomes: list[tuple[ClipFile, Outcome]]) -> None:
    with Part.open(path, origin) as part:
        for clip, outcome in outcomes:
            part.add(clip, outcome)


# Any text that a file system takes, and bytes that are no text.
file_names = st.binary(min_size=1, max_size=12).filter(lambda name: not {0, ord("/")} & set(name)).map(os.fsdecode)
numbers = st.floats(allow_nan=False, allow_infinity=False)
rows = st.lists(numbers, min_size=4, max_size=4).map(lambda few: np.resize(few, len(ROW_NAMES)))
measured = st.builds(Measured, st.integers(1, 10**9), rows)


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(file_names, min_size=1, max_size=5, unique=True),
    found=st.lists(measured | st.text(max_size=20), min_size=5, max_size=5),
    cut=st.floats(0, 1),
    garbage=st.binary(max_size=30),
)
def test_a_part_cut_anywhere_gives_back_what_was_whole_and_is_gone_on_with(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], found: list[Outcome], cut: float, garbage: bytes
) -> None:
    folder = tmp_path_factory.mktemp("part")
    path, origin = folder / "part", Origin.now(folder, "bundled")
    outcomes = [(ClipFile(name, name, "genre", 1, 2), outcome) for name, outcome in zip(names, found, strict=False)]
    write_part(path, origin, outcomes)
    whole = path.read_bytes()
    # What a kill tears, or what a power cut leaves behind it.
    end = round(cut * len(whole))
    torn = whole[:end] + (garbage if end > whole.index(b"\n") else b"")
    path.write_bytes(torn)
    with Part.open(path, origin) as part:
        known = [part.outcome(clip) for clip, _ in outcomes]
        complete = torn[:end].count(b"\n") - 1
        for number, (outcome, (clip, original)) in enumerate(zip(known, outcomes, strict=True)):
            if number >= max(complete, 0) and not isinstance(outcome, type(original)):
                assert outcome is None
                part.add(clip, original)
            elif isinstance(original, Measured):
                assert isinstance(outcome, Measured)
                assert outcome.length == original.length
                np.testing.assert_array_equal(outcome.row, original.row)
            else:
                assert outcome == original
    assert path.read_bytes() == whole
    shutil.rmtree(folder)


def test_a_file_that_was_exchanged_is_not_known_any_more(tmp_path: Path) -> None:
    clip = ClipFile("a/b.wav", "a/b.wav", "a", 10, 20)
    with Part.open(tmp_path / "part", Origin.now(tmp_path, "bundled")) as part:
        part.add(clip, "It is bad.")
        assert part.outcome(clip) == "It is bad."
        assert part.outcome(dataclasses.replace(clip, size=11)) is None
        assert part.outcome(dataclasses.replace(clip, mtime_ns=21)) is None
        assert part.outcome(dataclasses.replace(clip, file="a/c.wav")) is None
