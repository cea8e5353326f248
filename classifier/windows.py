"""Spreads windows over what was kept of a clip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from classifier.silence import SILENCE_DBFS


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a clip.

    Parameters
    ----------
    start, end
        Where it lies in the clip, in seconds.
    """

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """Its length, in seconds."""
        return self.end - self.start


def spread_windows(
    places: tuple[Window, ...], *, seconds: float, at_most: int, level: Callable[[Window], float]
) -> tuple[Window, ...]:
    """Spread windows evenly over the stretches that are kept; skip those that are silent.

    Parameters
    ----------
    places
        Stretches that are kept in one piece, in order of time; at least one.
    seconds
        Length of each window, in seconds. Where there is one place, and it is shorter than two windows, it is
        cut to its middle; if it is shorter than a window (give or take a second), it is taken whole.
    at_most
        Largest number of windows.
    level
        Measures the RMS level of a window, in dBFS.

    Returns
    -------
    tuple of Window
        At least one, in order of time, without overlap.
    """
    if len(places) == 1:
        (place,) = places
        if place.seconds <= seconds + 1.0:
            return places
        spread = _divide(place, seconds, min(at_most, int(place.seconds // seconds)))
        heard = tuple(window for window in spread if level(window) >= SILENCE_DBFS)
        return heard or (Window(place.start, place.start + seconds),)
    every = [window for place in places for window in _divide(place, seconds, int(place.seconds // seconds))]
    audible = [window for window in every if level(window) >= SILENCE_DBFS]
    if not audible:
        return (max(every or places, key=level),)
    count = min(at_most, len(audible))
    return tuple(audible[int((number + 0.5) * len(audible) / count)] for number in range(count))


def _divide(place: Window, seconds: float, count: int) -> list[Window]:
    """Put a window into the middle of each of `count` equal parts of a place."""
    centres = place.start + (np.arange(count) + 0.5) * place.seconds / max(count, 1)
    return [Window(float(centre) - seconds / 2, float(centre) + seconds / 2) for centre in centres]
