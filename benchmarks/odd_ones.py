"""How often a clip that was put among those of another genre is found, and how often one stands out where none was.

Usage: ``python -m benchmarks.odd_ones FEATURES.csv TAGGRAMS...``. Beside our measure, the local outlier factor of
Breunig and others (2000). GTZAN's genres are wide, and some labels are wrong: neither number can be perfect.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn.neighbors import LocalOutlierFactor

from benchmarks.gtzan import read_measurements
from classifier.collection.outliers import NEIGHBOURS, STANDS_OUT, outlyingness
from classifier.collection.space import sound_space
from classifier.sound_print import sound_print

SIZES = (8, 15, 30, 60)
LISTS = 600


def main() -> None:
    """Print the shares for lists of several lengths."""
    features, *taggrams = (Path(argument) for argument in sys.argv[1:])
    measurements, genres = read_measurements(features, taggrams)
    tags = np.array([sound_print([measurement]).embedding for measurement in measurements])
    random = np.random.default_rng(0)
    print(f"{LISTS} lists of each length; a track stands out from {STANDS_OUT} times the usual on")
    for size in SIZES:
        first, first_by_factor, standing_out, false = 0, 0, 0, 0
        for _ in range(LISTS):
            genre = random.choice(np.unique(genres))
            *uniform, last = random.choice(np.flatnonzero(genres == genre), size, replace=False)
            planted = tags[[*uniform, random.choice(np.flatnonzero(genres != genre))]]
            odd = outlyingness(planted)
            factor = LocalOutlierFactor(n_neighbors=NEIGHBOURS).fit(sound_space(planted)).negative_outlier_factor_
            first += int(odd.argmax()) == size - 1
            first_by_factor += int(factor.argmin()) == size - 1
            standing_out += bool(odd[-1] >= STANDS_OUT)
            false += bool(outlyingness(tags[[*uniform, last]]).max() >= STANDS_OUT)
        print(
            f"  {size:3} tracks: the odd one is first {first / LISTS:.0%} (local outlier factor "
            f"{first_by_factor / LISTS:.0%}), stands out {standing_out / LISTS:.0%}; of one genre, "
            f"one stands out in {false / LISTS:.0%}"
        )


if __name__ == "__main__":
    main()
