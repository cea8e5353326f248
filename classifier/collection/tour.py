"""Finds a short way through points of which only the distances are known."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

LONGEST_MOVED: Final = 3
"""Points that Or-opt moves at once, at most, as in Or's thesis."""

LEAST_GAIN: Final = 1e-9
"""By how much a change has to shorten the way: rounding must not let it go on for ever."""

Way = npt.NDArray[np.intp]
Costs = npt.NDArray[np.float64]


def shorten(costs: Costs, *, rounds: int) -> Way:
    """Shorten the way through points that are given in an order.

    Parameters
    ----------
    costs : ndarray of float64, shape (n, n)
        Symmetric: from each point to each other, in the order of the way so far. The way's first and last point stay
        where they are.
    rounds
        Times that every change is tried, at most.

    Returns
    -------
    ndarray of int, shape (n,)
        The points in the new order, which is never longer.

    Notes
    -----
    2-opt (Croes, "A method for solving traveling-salesman problems", 1958), which turns a stretch of the way round, and
    Or-opt (Or, 1976), which moves a stretch of up to three points elsewhere, either way round. Of each point's changes
    the best is made, until a round makes none.
    """
    way = np.arange(len(costs))
    for _ in range(rounds):
        turned = _turn_stretches(costs, way)
        moved = _move_stretches(costs, way)
        if not turned and not moved:
            break
    return way


def _turn_stretches(costs: Costs, way: Way) -> bool:
    changed = False
    steps = costs[way[:-1], way[1:]]
    for at in range(len(way) - 3):
        # The stretch from the point after `at` to the one that an end of it is led to.
        first, second = costs[way[at]], costs[way[at + 1]]
        gains = first[way[at + 2 : -1]] + second[way[at + 3 :]] - steps[at + 2 :]
        best = int(np.argmin(gains))
        if gains[best] - steps[at] < -LEAST_GAIN:
            end = at + 3 + best
            way[at + 1 : end] = way[at + 1 : end][::-1].copy()
            steps[at + 1 : end - 1] = steps[at + 1 : end - 1][::-1].copy()
            steps[at], steps[end - 1] = first[way[at + 1]], second[way[end]]
            changed = True
    return changed


def _move_stretches(costs: Costs, way: Way) -> bool:
    changed = False
    steps = costs[way[:-1], way[1:]]
    for length in range(1, min(LONGEST_MOVED, len(way) - 2) + 1):
        for at in range(1, len(way) - length):
            stretch = way[at : at + length]
            saved = steps[at - 1] + steps[at + length - 1] - costs[way[at - 1], way[at + length]]
            if saved <= LEAST_GAIN:
                continue
            head, tail = costs[stretch[0], way], costs[stretch[-1], way]
            ahead = head[:-1] + tail[1:] - steps
            back = tail[:-1] + head[1:] - steps
            # Where the stretch is now, there is no step to put it into.
            ahead[at - 1 : at + length] = back[at - 1 : at + length] = np.inf
            forwards, backwards = int(np.argmin(ahead)), int(np.argmin(back))
            turn = bool(back[backwards] < ahead[forwards])
            to, price = (backwards, back[backwards]) if turn else (forwards, ahead[forwards])
            if price - saved < -LEAST_GAIN:
                piece = (stretch[::-1] if turn else stretch).copy()
                rest = np.concatenate([way[:at], way[at + length :]])
                after = to + 1 if to < at else to + 1 - length
                way[:] = np.concatenate([rest[:after], piece, rest[after:]])
                steps = costs[way[:-1], way[1:]]
                changed = True
    return changed
