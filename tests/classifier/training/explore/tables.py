"""Small tables to explore, and the lists that go with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from classifier.features import FEATURE_NAMES
from classifier.training.dataset import TABLE_COLUMNS

GENRES = ("ambient", "drone", "noise")
CLIPS = 9
MFCC_VARIANCES = [f"mfcc{number}_var" for number in range(1, 21)]


def small_frame() -> pd.DataFrame:
    """Three genres whose first columns lean on the genre; one column twice over, one that never changes."""
    rng = np.random.default_rng(0)
    labels = np.repeat(GENRES, CLIPS)
    rows = rng.gamma(2.0, 1.0, size=(labels.size, len(TABLE_COLUMNS)))
    rows[:, 1:30] += 0.8 * np.repeat(np.arange(len(GENRES)), CLIPS)[:, None]
    frame = pd.DataFrame(rows, columns=list(TABLE_COLUMNS))
    frame["rolloff_mean"] = 2 * frame["spectral_centroid_mean"] + 1e-3 * frame["tempo"]
    frame["perceptr_mean"] = 0.25
    frame.insert(0, "filename", [f"{label}.{index:05}.wav" for index, label in enumerate(labels)])
    frame = frame.assign(label=labels)
    # A copy: the artist-grouped protocol leaves it out.
    frame.loc[1, list(FEATURE_NAMES)] = frame.loc[0, list(FEATURE_NAMES)]
    return frame


def write_lists(frame: pd.DataFrame, folder: Path) -> tuple[Path, Path, Path]:
    features, artists, splits = folder / "features.csv", folder / "artists.csv", folder / "splits"
    frame.to_csv(features, index=False)
    names = [f"Artist {index // 3}" for index in range(len(frame))]
    pd.DataFrame({"filename": frame["filename"], "artist": names}).to_csv(artists, index=False)
    splits.mkdir()
    position = frame.groupby("label").cumcount()
    for part, chosen in (("train", position < 3), ("valid", position == 3), ("test", position > 3)):
        (splits / f"{part}_filtered.txt").write_text("\n".join(frame["filename"][chosen]) + "\n")
    return features, artists, splits


def write_split(folder: Path, frame: pd.DataFrame, *parts: Iterable[int]) -> None:
    for name, indices in zip(("train", "valid", "test"), parts, strict=True):
        (folder / f"{name}_filtered.txt").write_text("\n".join(frame["filename"].iloc[list(indices)]))
