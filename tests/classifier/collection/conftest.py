"""Real embeddings with their genres, and made ones in clusters."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from classifier.features import FEATURE_NAMES
from classifier.measure import Measurement
from classifier.sound_print import sound_print
from classifier.training.dataset import read_table
from classifier.training.taggrams import read_taggrams


@dataclass(frozen=True)
class Tracks:
    genres: npt.NDArray[np.intp]
    tempo: npt.NDArray[np.float64]
    energy: npt.NDArray[np.float64]
    embeddings: npt.NDArray[np.float64]


@pytest.fixture(scope="session")
def gtzan(shared_data: Path) -> Tracks:
    table = read_table(shared_data / "gtzan" / "features_30_sec.csv")
    positions = {name.rpartition(".")[0]: index for index, name in enumerate(table.filenames)}
    rows = table.columns(FEATURE_NAMES)
    clips = [
        (positions[name], taggram)
        for path in sorted((shared_data / "gtzan" / "musicnn").glob("*.npz"))
        for name, taggram in read_taggrams(path)
    ]
    prints = [sound_print([Measurement(rows[position], taggram)]) for position, taggram in clips]
    genres = np.unique(table.labels[[position for position, _ in clips]], return_inverse=True)[1]
    tempo, energy, embeddings = (
        np.array([getattr(one, name) for one in prints]) for name in ("tempo", "energy", "embedding")
    )
    return Tracks(genres, tempo, energy, embeddings)


@pytest.fixture(scope="session")
def clusters() -> Tracks:
    """Two kinds of 60 tracks each, in turn: of either, the other's genre, tempo, energy and tags are far."""
    random = np.random.default_rng(0)
    kind = np.arange(120) % 2
    embeddings = random.uniform(0.0, 0.02, (120, 50))
    embeddings[np.arange(120), 7 * kind] = random.uniform(0.5, 0.9, 120)
    return Tracks(kind, np.where(kind, 99.0, 140.0), np.where(kind, 0.2, 0.8), embeddings)
