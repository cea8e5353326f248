"""Puts tracks into a running order without large jumps."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.collection.jumps import Jumps
from classifier.collection.tour import shorten

ROUNDS: Final = 10
"""Times that every change of a stretch is tried, at most: after that, little is gained."""

STRETCH: Final = 500
"""Tracks that are improved at once: the time grows with its square, and longer ones gain little."""

Order = npt.NDArray[np.intp]


def smooth_order(
    genres: npt.NDArray[np.integer] | npt.NDArray[np.floating],
    tempo: npt.NDArray[np.floating],
    energy: npt.NDArray[np.floating],
    embeddings: npt.NDArray[np.floating],
) -> npt.NDArray[np.intp]:
    """Find a running order with small jumps in genre, tempo and energy.

    Parameters
    ----------
    genres : ndarray of int, shape (n,), or of float, shape (n, genres)
        The number of each track's genre, negative where it is not known; or the probabilities of its genres, a row of
        NaN where they are not known.
    tempo : ndarray of float, shape (n,)
        In beats a minute; NaN where it is not known.
    energy : ndarray of float, shape (n,)
        Between 0 and 1; NaN where it is not known.
    embeddings : ndarray of float, shape (n, tags)
        Tag probabilities; a row of NaN where they are not known.

    Returns
    -------
    ndarray of int, shape (n,)
        Which track comes first, second and so on. By `jump_cost` never worse than the order that was given; always the
        same for the same input.

    Raises
    ------
    ValueError
        If the lengths differ, or a number lies outside of what it may be.

    Notes
    -----
    A jump is a weighted mean of four, each between 0 and 1: half of the sum of the differences of the genres'
    probabilities (the total variation), the tempo's distance from the nearest octave of the other (70 and 140 BPM are
    the same, 70 and 99 are farthest), the difference in energy, and the distance in the space of `sound_space`. What is
    not known of one of the two counts as half of the largest jump.

    From the first track, the way goes to the nearest that is left (Rosenkrantz, Stearns and Lewis, 1977). If that is no
    better than the order given, the latter is begun with. Then it is improved as in `shorten`, in overlapping stretches
    of `STRETCH` tracks: the time is bounded by the number of tracks alone.
    """
    jumps = Jumps.of(genres, tempo, energy, embeddings)
    given = np.arange(len(jumps))
    if len(jumps) < 3:
        return given
    order = _nearest_first(jumps)
    if jumps.take(order).along().sum() >= jumps.along().sum():
        order = given
    for begin in range(0, max(1, len(order) - STRETCH // 2), STRETCH // 2):
        _improve(jumps, order, begin, min(begin + STRETCH, len(order)))
    return order


def jump_cost(
    order: npt.NDArray[np.integer],
    genres: npt.NDArray[np.integer] | npt.NDArray[np.floating],
    tempo: npt.NDArray[np.floating],
    energy: npt.NDArray[np.floating],
    embeddings: npt.NDArray[np.floating],
) -> float:
    """Tell how large the jumps of a running order are.

    Parameters
    ----------
    order : ndarray of int, shape (m,)
        Which of the tracks comes first, second and so on.
    genres, tempo, energy, embeddings
        As in `smooth_order`.

    Returns
    -------
    float
        Mean of the jumps from each track to the next, from 0, none, to 1, the largest in everything; 0 where there are
        fewer than two tracks.

    Raises
    ------
    ValueError
        As `smooth_order`.
    """
    steps = Jumps.of(genres, tempo, energy, embeddings).take(order).along()
    return float(steps.mean()) if steps.size else 0.0


def _nearest_first(jumps: Jumps) -> Order:
    order = np.zeros(len(jumps), dtype=np.intp)
    left = np.arange(len(jumps))
    open_jumps, used = jumps, np.zeros(len(jumps), dtype=np.bool_)
    used[0] = True
    for number in range(1, len(order)):
        if 2 * used.sum() > len(used):
            unused = np.flatnonzero(~used)
            left, open_jumps, used = left[unused], open_jumps.take(unused), used[unused]
        costs = jumps.take(order[number - 1 : number]).between(open_jumps)[0]
        costs[used] = np.inf
        nearest = int(np.argmin(costs))
        used[nearest] = True
        order[number] = left[nearest]
    return order


def _improve(jumps: Jumps, order: Order, begin: int, end: int) -> None:
    """Improve a stretch of the order between the tracks before and after it, which stay."""
    low, high = max(begin - 1, 0), min(end + 1, len(order))
    stretch = order[low:high]
    tracks = jumps.take(stretch)
    # At an end of the whole order, there is nothing to jump from or to: a point that costs nothing.
    costs = np.pad(tracks.between(tracks), ((int(begin == 0), int(end == len(order))),) * 2)
    way = shorten(costs, rounds=ROUNDS) - int(begin == 0)
    order[low:high] = stretch[way[(way >= 0) & (way < len(stretch))]]
