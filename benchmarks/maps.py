"""How true the map of a collection is, beside plain PCA, and what it costs.

Usage: ``python -m benchmarks.maps FEATURES.csv TAGGRAMS...``. For each way to look at the tags: how many of a clip's
ten nearest neighbours are of its genre, among all tags and on maps of two dimensions, and how trustworthy the maps are
(Venna and Kaski, 2001). Then the same of ten thousand pieces of two patches, most of which are no landmarks of the map.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from benchmarks.gtzan import read_measurements
from classifier.collection.layout import lay_out
from classifier.collection.space import sound_space
from classifier.sound_print import sound_print

NEAREST = 10
PIECE = 2
"""Patches of a piece."""

Array = npt.NDArray[np.float64]

SPACES: Mapping[str, Callable[[Array], Array]] = {
    "probabilities": lambda tags: tags,
    "logarithms": lambda tags: np.log(tags + 0.01),
    "logits": lambda tags: np.log((tags + 0.01) / (1.01 - tags)),
    "cosine": lambda tags: tags / np.linalg.norm(tags, axis=1, keepdims=True),
    "square roots (ours)": sound_space,
}


def nearest(points: Array) -> npt.NDArray[np.intp]:
    """Return the nearest neighbours of each point."""
    found: npt.NDArray[np.intp] = NearestNeighbors(n_neighbors=NEAREST).fit(points).kneighbors(return_distance=False)
    return found


def of_one_genre(points: Array, genres: npt.NDArray[np.str_]) -> float:
    """Return how many of the nearest neighbours are of the same genre."""
    return float((genres[nearest(points)] == genres[:, np.newaxis]).mean())


def shared(first: Array, second: Array) -> float:
    """Return how many of the nearest neighbours are the same."""
    pairs = zip(nearest(first), nearest(second), strict=True)
    return float(np.mean([np.isin(a, b).mean() for a, b in pairs]))


def main() -> None:
    """Print the shares, and the time of a large map."""
    features, *taggrams = (Path(argument) for argument in sys.argv[1:])
    measurements, genres = read_measurements(features, taggrams)
    tags = np.array([sound_print([measurement]).embedding for measurement in measurements])
    ours = sound_space(tags)
    print(f"{len(tags)} clips, {NEAREST} nearest neighbours: of the same genre, and trustworthiness")
    for name, space in SPACES.items():
        points = space(tags)
        flat = PCA(2).fit_transform(points)
        print(
            f"  {name:20} all tags {of_one_genre(points, genres):.3f}    PCA {of_one_genre(flat, genres):.3f}, "
            f"{trustworthiness(ours, flat, n_neighbors=NEAREST):.3f}"
        )
    laid_out = lay_out(tags, seed=0)
    truth = trustworthiness(ours, laid_out, n_neighbors=NEAREST)
    print(f"  {'the map':20} {of_one_genre(laid_out, genres):.3f}, {truth:.3f}")

    cut = [
        (measurement.taggram[first : first + PIECE].mean(axis=0), genre)
        for measurement, genre in zip(measurements, genres, strict=True)
        for first in range(0, len(measurement.taggram) - PIECE + 1, PIECE)
    ]
    pieces, kinds = np.array([piece for piece, _ in cut][:10_000]), np.array([genre for _, genre in cut][:10_000])
    started = time.perf_counter()
    large = lay_out(pieces, seed=0)
    seconds = time.perf_counter() - started
    points = sound_space(pieces)
    print(f"{len(pieces)} pieces in {seconds:.1f} s: of the same genre, and the same neighbours as among all tags")
    for name, flat in (("all tags", points), ("PCA", PCA(2).fit_transform(points)), ("the map", large)):
        print(f"  {name:20} {of_one_genre(flat, kinds):.3f}, {shared(points, flat):.3f}")


if __name__ == "__main__":
    main()
