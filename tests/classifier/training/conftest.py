"""Small tables in the form of GTZAN's, made in code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from classifier.training import sound_kinds
from classifier.training.dataset import TABLE_COLUMNS

GENRES = ("ambient", "drone", "noise", "polka")
CLIPS_PER_GENRE = 12
CLIPS_PER_ARTIST = 2


@pytest.fixture
def few_folds_of_sounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cross-validate kinds of sound in two folds in the place of ten: half of what a small training costs."""
    monkeypatch.setattr(sound_kinds, "FOLDS", 2)


@pytest.fixture
def frame() -> pd.DataFrame:
    """Four genres of twelve clips: positive numbers whose first columns lean on the genre."""
    rng = np.random.default_rng(0)
    labels = np.repeat(GENRES, CLIPS_PER_GENRE)
    rows = rng.gamma(2.0, 1.0, size=(labels.size, len(TABLE_COLUMNS)))
    rows[:, 1:30] += 0.6 * np.repeat(np.arange(len(GENRES)), CLIPS_PER_GENRE)[:, None]
    table = pd.DataFrame(rows, columns=list(TABLE_COLUMNS))
    table.insert(0, "filename", [f"{label}.{index:05}.wav" for index, label in enumerate(labels)])
    return table.assign(label=labels)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[pd.DataFrame, str], Path]:
    """Write a frame to a file of the test's own folder."""

    def to_csv(frame: pd.DataFrame, name: str = "features.csv") -> Path:
        path = tmp_path / name
        frame.to_csv(path, index=False)
        return path

    return to_csv


@pytest.fixture
def table_path(frame: pd.DataFrame, write: Callable[..., Path]) -> Path:
    return write(frame)


@pytest.fixture
def artists_path(frame: pd.DataFrame, write: Callable[..., Path]) -> Path:
    """Two clips an artist, one artist of each genre unknown."""
    artists = [f"Artist {index // CLIPS_PER_ARTIST}" for index in range(len(frame))]
    for start in range(0, len(frame), CLIPS_PER_GENRE):
        artists[start] = artists[start + 1] = ""
    return write(pd.DataFrame({"filename": frame["filename"], "artist": artists}), "artists.csv")


@pytest.fixture
def splits_path(frame: pd.DataFrame, tmp_path: Path) -> Path:
    """Of each genre: seven clips to train on, two to validate, three to test."""
    folder = tmp_path / "splits"
    folder.mkdir()
    position = np.arange(len(frame)) % CLIPS_PER_GENRE
    parts = {"train": position < 7, "valid": (position >= 7) & (position < 9), "test": position >= 9}
    for name, chosen in parts.items():
        names = [f"{row.label}/{row.filename}" for row in frame[chosen].itertuples()]
        (folder / f"{name}_filtered.txt").write_text("\n".join(names) + "\n")
    return folder
