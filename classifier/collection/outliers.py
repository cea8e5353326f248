"""Which tracks of a list sound like no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.neighbors import NearestNeighbors

from classifier.collection.space import sound_space

NEIGHBOURS: Final = 5
"""How many of a track's nearest others count: up to five odd ones of a kind are odd all the same."""

LEAST_USUAL: Final = 0.1
"""Least distance in the sound space that is called usual: between two halves of one clip of GTZAN it is more, nine
times of ten. In a list of copies, a copy that was encoded otherwise is not odd."""

STANDS_OUT: Final = 2.5
"""From how many times the usual distance on a track stands out. Put among 14 or 29 of another genre, a clip of GTZAN
does so in 40% and 52% of lists; of 15 or 30 clips of one genre, one does in 8% and 18%: `benchmarks.odd_ones`."""

LEAST_TRACKS: Final = 4
"""Of a list that can have an odd one out: of three, each may be the odd one."""


@dataclass(frozen=True, slots=True)
class OddOneOut:
    """The track of a list that sounds least like the others.

    Parameters
    ----------
    index
        Where it stands in the list.
    times
        How many times as far as usual it is from its nearest others: see `outlyingness`.
    """

    index: int
    times: float

    @property
    def stands_out(self) -> bool:
        """Whether it is really odd; where it is not, neither is any other."""
        return self.times >= STANDS_OUT


def outlyingness(embeddings: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Tell how far each track is from those that sound most like it, compared with what is usual in the list.

    Parameters
    ----------
    embeddings : ndarray of float, shape (n, tags)
        Tag probabilities of each track.

    Returns
    -------
    ndarray of float64, shape (n,)
        1 is usual, 2 is twice as far. A single track has 0.

    Raises
    ------
    ValueError
        As `sound_space`.

    Notes
    -----
    The mean distance to the `NEIGHBOURS` nearest others (Angiulli and Pizzuti, "Fast outlier detection in high
    dimensional spaces", 2002), over the median of that in the list. On GTZAN, a clip that was put among those of
    another genre is found by it more often than by the local outlier factor.
    """
    points = sound_space(embeddings)
    if len(points) < 2:
        return np.zeros(len(points))
    model = NearestNeighbors(n_neighbors=min(NEIGHBOURS, len(points) - 1), algorithm="brute").fit(points)
    # Asked without points, it does not count a track among its own neighbours.
    distances = model.kneighbors()[0].mean(axis=1)
    return np.asarray(distances / max(float(np.median(distances)), LEAST_USUAL))


def odd_one_out(embeddings: npt.NDArray[np.floating]) -> OddOneOut | None:
    """Find the track that sounds least like the others.

    Parameters
    ----------
    embeddings : ndarray of float, shape (n, tags)
        Tag probabilities of each track.

    Returns
    -------
    OddOneOut or None
        The first of equally odd ones; it need not stand out. None where there are fewer than `LEAST_TRACKS`.

    Raises
    ------
    ValueError
        As `sound_space`.
    """
    times = outlyingness(embeddings)
    if len(times) < LEAST_TRACKS:
        return None
    index = int(np.argmax(times))
    return OddOneOut(index, float(times[index]))
