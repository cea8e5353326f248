"""How fast a job gets on, and so how long it will take."""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Callable
from typing import Final

RECENT: Final = 20
"""Tracks from which the time left is told: enough to be steady, few enough to follow what goes on now."""


class Pace:
    """Notes when tracks end.

    Parameters
    ----------
    clock
        Tells the time in seconds; never goes back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = clock()
        self._seconds: deque[float] = deque(maxlen=RECENT)

    def ended(self) -> None:
        """Note that a track has ended now."""
        now = self._clock()
        self._seconds.append(now - self._last)
        self._last = now

    def seconds_left(self, tracks: int) -> float | None:
        """Return how long it takes until as many more tracks have ended.

        Parameters
        ----------
        tracks
            How many.

        Returns
        -------
        float or None
            In seconds, by the median of the recent ones: a pause in between counts for nothing. None where none has
            ended yet.
        """
        return statistics.median(self._seconds) * tracks if self._seconds else None
