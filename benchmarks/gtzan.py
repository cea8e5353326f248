"""The clips of GTZAN whose features and tags are both published, as the benchmarks of sounds read them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from classifier.features import FEATURE_NAMES
from classifier.measure import Measurement
from classifier.training.dataset import read_table
from classifier.training.taggrams import read_taggrams


def read_measurements(features: Path, taggrams: Sequence[Path]) -> tuple[list[Measurement], npt.NDArray[np.str_]]:
    """Return what was measured of each clip, and its genre."""
    table = read_table(features)
    positions = {name.rpartition(".")[0]: index for index, name in enumerate(table.filenames)}
    rows = table.columns(FEATURE_NAMES)
    clips = [(positions[name], taggram) for path in taggrams for name, taggram in read_taggrams(path)]
    measurements = [Measurement(rows[position], taggram) for position, taggram in clips]
    return measurements, table.labels[[position for position, _ in clips]]
