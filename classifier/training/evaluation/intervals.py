"""Intervals of 95 %: by resampling clips or whole artists, and in closed form for a share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

RESAMPLES: Final = 2000
"""Of a bootstrap; Efron and Tibshirani (1993) ask for a thousand at least where quantiles are read off."""

QUANTILES: Final = (0.025, 0.975)
"""Ends of a two-sided interval of 95 %."""

Z: Final = 1.959964
"""Quantile 0.975 of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure lies on ever more clips of the same kind, at 95 %."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many.

    Parameters
    ----------
    count, of
        Clips that have a property, and clips that were looked at.
    """

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None where no clip was looked at."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        """The score interval of Wilson (1927), which holds near 0 and 1 too, where a bootstrap has no width."""
        return wilson(self.count, self.of) if self.of else None

    def __add__(self, other: Share) -> Share:
        return Share(self.count + other.count, self.of + other.of)

    def __format__(self, specification: str) -> str:
        """Return the value in any format of a number; ``nan`` where no clip was looked at."""
        return format(math.nan if self.value is None else self.value, specification)


def wilson(count: int, of: int) -> Interval:
    """Return the interval of a share in closed form.

    Parameters
    ----------
    count, of
        Clips that have a property, and clips that were looked at, at least one.

    Returns
    -------
    Interval
        The score interval of Wilson (1927), "Probable inference, the law of succession, and statistical inference".
    """
    share, z2 = count / of, Z * Z / of
    middle = (share + z2 / 2.0) / (1.0 + z2)
    half = Z / (1.0 + z2) * math.sqrt((share * (1.0 - share) + z2 / 4.0) / of)
    # Rounding must not push an end past the share itself.
    return Interval(max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def resampled_weights(units: npt.NDArray[np.intp], *, seed: int) -> npt.NDArray[np.float64]:
    """Draw bootstrap samples as weights of the clips.

    Parameters
    ----------
    units : ndarray of int, shape (clips,)
        What is drawn with replacement: clips of one number are drawn together.
    seed
        Of the draws.

    Returns
    -------
    ndarray of float64, shape (`RESAMPLES`, clips)
        How often each clip stands in each sample.
    """
    _, unit_of = np.unique(units, return_inverse=True)
    count = int(unit_of.max()) + 1
    draws = np.random.default_rng(seed).multinomial(count, np.full(count, 1.0 / count), size=RESAMPLES)
    return draws[:, unit_of].astype(np.float64)


def percentile_interval(values: npt.NDArray[np.float64]) -> Interval:
    """Return the percentile interval of a figure over bootstrap samples.

    Parameters
    ----------
    values : ndarray of float64, shape (samples,)
        The figure on each of them; NaN where a sample has no such figure, but not on all of them.

    Returns
    -------
    Interval
    """
    low, high = np.nanquantile(values, QUANTILES)
    return Interval(float(low), float(high))
