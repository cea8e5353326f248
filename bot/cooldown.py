"""The least time between one clip and the next of the same member or server."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import takewhile


class Cooldown:
    """Remembers who may not ask again yet, and nobody else.

    Parameters
    ----------
    seconds
        Least time from one clip to the next, in seconds; 0 for none.
    clock
        Tells the time in seconds; never goes back.
    """

    def __init__(self, seconds: float, *, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        # In the order in which they end.
        self._ends: dict[Hashable, float] = {}

    def remaining(self, key: Hashable) -> float:
        """Return how long someone has to wait, in seconds; 0 for those who need not.

        Parameters
        ----------
        key
            Whoever asks.

        Returns
        -------
        float
        """
        now = self._clock()
        for past in list(takewhile(lambda other: self._ends[other] <= now, self._ends)):
            del self._ends[past]
        return max(0.0, self._ends.get(key, now) - now)

    def start(self, key: Hashable) -> None:
        """Let someone wait from now on.

        Parameters
        ----------
        key
            Whoever was let in.
        """
        if self._seconds:
            self._ends.pop(key, None)
            self._ends[key] = self._clock() + self._seconds
