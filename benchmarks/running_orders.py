"""How much smoother a running order is than the order of adding, and what it costs.

Usage: ``python -m benchmarks.running_orders FEATURES.csv TAGGRAMS...``. The tracks are GTZAN's clips in random order;
where there are more of them, copies whose tempo, energy and tags differ a little.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.gtzan import read_measurements
from classifier.collection.ordering import jump_cost, smooth_order
from classifier.sound_print import sound_print

COUNTS = (10, 30, 100, 733, 2_000, 10_000)


def main() -> None:
    """Print mean jumps before and after, and times."""
    features, *taggrams = (Path(argument) for argument in sys.argv[1:])
    measurements, names = read_measurements(features, taggrams)
    prints = [sound_print([measurement]) for measurement in measurements]
    genres = np.unique(names, return_inverse=True)[1]
    tempo, energy, tags = (np.array([getattr(one, of) for one in prints]) for of in ("tempo", "energy", "embedding"))
    random = np.random.default_rng(0)
    for count in COUNTS:
        chosen = random.permutation(np.resize(random.permutation(len(prints)), count))
        spread = 0.0 if count <= len(prints) else 1.0
        tracks = (
            genres[chosen],
            tempo[chosen] * np.exp(random.normal(0.0, 0.03 * spread, count)),
            np.clip(energy[chosen] + random.normal(0.0, 0.03 * spread, count), 0.0, 1.0),
            np.clip(tags[chosen] * np.exp(random.normal(0.0, 0.3 * spread, (count, tags.shape[1]))), 0.0, 1.0),
        )
        started = time.perf_counter()
        order = smooth_order(*tracks)
        seconds = time.perf_counter() - started
        print(
            f"  {count:6} tracks: mean jump {jump_cost(np.arange(count), *tracks):.3f} as added, "
            f"{jump_cost(order, *tracks):.3f} in smooth order, {seconds:.2f} s"
        )


if __name__ == "__main__":
    main()
