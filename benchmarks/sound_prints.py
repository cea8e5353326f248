"""What the tempo and the energy of a clip say of each genre.

Usage: ``python -m benchmarks.sound_prints FEATURES.csv TAGGRAMS...``. Nobody has written down how energetic GTZAN's
clips are: that classical music, jazz, blues and country are calmer than metal, disco and hip-hop is all that can be
checked.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks.gtzan import read_measurements
from classifier.sound_print import sound_print

CALM = ("classical", "jazz", "blues", "country")
ENERGETIC = ("metal", "disco", "hiphop")


def main() -> None:
    """Print quantiles of each genre, from the calmest to the most energetic."""
    features, *taggrams = (Path(argument) for argument in sys.argv[1:])
    measurements, genres = read_measurements(features, taggrams)
    prints = [sound_print([measurement]) for measurement in measurements]
    tempo, energy = (np.array([getattr(one, name) for one in prints]) for name in ("tempo", "energy"))
    print(f"{len(prints)} clips: tenth, half and nine tenths of them are below")
    for genre in sorted(np.unique(genres), key=lambda genre: float(np.median(energy[genres == genre]))):
        of_it = genres == genre
        energies, tempi = (np.quantile(values[of_it], (0.1, 0.5, 0.9)) for values in (energy, tempo))
        print(
            f"  {genre:10} {of_it.sum():3} clips  energy {' '.join(f'{value:.2f}' for value in energies)}"
            f"  tempo {' '.join(f'{value:3.0f}' for value in tempi)} BPM"
        )
    compared = np.isin(genres, CALM + ENERGETIC)
    auc = roc_auc_score(np.isin(genres[compared], ENERGETIC), energy[compared])
    print(f"of a clip of {', '.join(ENERGETIC)} and one of {', '.join(CALM)}, the first has more energy: {auc:.1%}")


if __name__ == "__main__":
    main()
