"""Shows whether the trees of the recipe `default` earn their difference from those of the notebook.

Usage: ``python -m benchmarks.trees FEATURES.csv ARTISTS.csv SPLITS``. Artist-grouped
cross-validation inside the fault-filtered train list, over several shuffles; the test list is not
looked at.
"""

from __future__ import annotations

import statistics
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from classifier.training.dataset import read_artists, read_split, read_table
from classifier.training.evaluate import score
from classifier.training.fit import predict_held_out
from classifier.training.groups import artist_groups
from classifier.training.recipes import DEFAULT, NOTEBOOK

SHUFFLES = range(1, 6)


def main() -> None:
    """Print accuracy and log loss of both, and in how many shuffles the shipped trees are better."""
    features, artists, splits = (Path(argument) for argument in sys.argv[1:4])
    table = read_table(features)
    train = table.take(np.flatnonzero([name in read_split(splits).train for name in table.filenames]))
    groups = artist_groups(train, read_artists(artists))
    losses = {}
    for name, vote in (("notebook's trees", NOTEBOOK.vote), ("default's trees", DEFAULT.vote)):
        recipe = replace(DEFAULT, vote=vote)
        scores = [score(predict_held_out(recipe, train, groups, seed=seed)) for seed in SHUFFLES]
        losses[name] = [figures.log_loss for figures in scores]
        print(
            f"{name:17} accuracy {statistics.mean(figures.accuracy for figures in scores):.3f}  "
            f"log loss {statistics.mean(losses[name]):.3f}",
            flush=True,
        )
    theirs, ours = losses.values()
    better = sum(a > b for a, b in zip(theirs, ours, strict=True))
    print(f"default's trees have the lower log loss in {better} of {len(SHUFFLES)} shuffles")


if __name__ == "__main__":
    main()
