"""Which tracks sound most like another."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from classifier.collection.space import sound_space


def nearest(
    embeddings: npt.NDArray[np.floating], index: int, count: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """Find the tracks that sound most like one.

    Parameters
    ----------
    embeddings : ndarray of float, shape (n, tags)
        Tag probabilities of each track.
    index
        Of the track, from 0.
    count
        How many others are wanted.

    Returns
    -------
    indices : ndarray of int, shape (found,)
        Nearest first, and of equally near ones the earlier first; without the track itself. Fewer than `count` where
        there are not so many.
    distances : ndarray of float64, shape (found,)
        In the space of `sound_space`.

    Raises
    ------
    ValueError
        As `sound_space`, or if there is no such track or `count` is negative.
    """
    points = sound_space(embeddings)
    if not 0 <= index < len(points) or count < 0:
        raise ValueError(f"expected one of {len(points)} tracks and a count, got {index} and {count}")
    distances = np.linalg.norm(points - points[index], axis=1)
    order = np.argsort(distances, kind="stable")
    found = order[order != index][:count]
    return found, distances[found]
