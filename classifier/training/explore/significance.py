"""Whether two accuracies differ by more than chance explains."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from classifier.training.explore.figure import Figure

CLEAR: Final = 0.05
"""Below this p-value a difference is called clear."""

IN_WORDS: Final = (
    "For two classifiers on the same clips, p is how often chance alone would set them at least as far apart. It lets "
    "their right answers trade places in all possible ways: artist by artist where artists are held out, clip by clip "
    "elsewhere (an exact sign-flip test; clip by clip, it is McNemar's). A difference is called clear where p is below "
    f"{CLEAR:g}. Where the two were picked among several, p is multiplied by the number of pairs they could have been "
    "(Bonferroni). One classifier by two protocols answers for different clips: there, a difference is called clear "
    "where its 95\N{NO-BREAK SPACE}% interval leaves out zero (Newcombe, 1998)."
)
"""How differences are judged, for a reader of the report."""


def p_value(first: Figure, second: Figure, *, pairs: int = 1) -> float:
    """Return how often chance alone sets two classifiers on the same clips as far apart as they are.

    Parameters
    ----------
    first, second
        By one protocol.
    pairs
        Out of how many pairs these two were picked.

    Returns
    -------
    float
        As `sign_flip_test` gives it.
    """
    return sign_flip_test(first.right, second.right, pairs=pairs)


def sign_flip_test(first: Sequence[int], second: Sequence[int], *, pairs: int = 1) -> float:
    """Test the right answers of two classifiers by letting them trade places, unit by unit.

    Parameters
    ----------
    first, second
        Right answers in each unit, which is an artist or a clip.
    pairs
        Out of how many pairs these two were picked; the p-value is multiplied by it (Bonferroni).

    Returns
    -------
    float
        Two-sided and exact: the share of all ways to trade places that set the sums at least as far apart. Where
        units are clips, this is the exact test of McNemar (1947).

    Raises
    ------
    ValueError
        If the two are not of the same units.

    References
    ----------
    Pitman (1937), "Significance tests which may be applied to samples from any populations".
    """
    if len(first) != len(second):
        raise ValueError(f"the classifiers answered for {len(first)} and {len(second)} units; give the same ones")
    apart = np.subtract(first, second)
    # Of the sum of all differences under random signs, the chance of each value from -reach to reach.
    reach = int(np.abs(apart).sum())
    chance = np.zeros(2 * reach + 1)
    chance[reach] = 1.0
    for size in np.abs(apart[apart != 0]).tolist():
        # Nothing is rolled over an end: the sum cannot yet have come that far.
        chance = (np.roll(chance, size) + np.roll(chance, -size)) / 2.0
    as_far = np.abs(np.arange(-reach, reach + 1)) >= abs(int(apart.sum()))
    return min(1.0, pairs * float(chance[as_far].sum()))


def pairs_among(several: int) -> int:
    """Return how many pairs can be picked among so many classifiers."""
    return math.comb(several, 2)


def difference(lower: Figure, higher: Figure) -> tuple[float, float]:
    """Return how far apart the accuracies by two protocols may be, at 95 %.

    Parameters
    ----------
    lower, higher
        Of different clips.

    Returns
    -------
    tuple of two floats
        Least and largest value of the higher accuracy less the lower one. It holds for a handful of clips, too; with
        intervals by artist, for clips that are not independent.

    References
    ----------
    Newcombe (1998), "Interval estimation for the difference between independent proportions", method 10; Zou and
    Donner (2008), "Construction of confidence limits about effect measures", for other intervals than Wilson's.
    """
    apart = higher.accuracy - lower.accuracy
    below = math.hypot(higher.accuracy - higher.believed.low, lower.believed.high - lower.accuracy)
    above = math.hypot(higher.believed.high - higher.accuracy, lower.accuracy - lower.believed.low)
    return max(-1.0, apart - below), min(1.0, apart + above)


def clearly_below(lower: Figure, higher: Figure) -> bool:
    """Tell whether the accuracy by one protocol is lower than by another by more than chance explains.

    Parameters
    ----------
    lower, higher
        Of different clips; for the same clips, `p_value` sees more.

    Returns
    -------
    bool
        Whether zero lies below the interval that `difference` returns.
    """
    return difference(lower, higher)[0] > 0.0


def chance(p: float) -> str:
    """Write a p-value with two digits that count."""
    written = "p < 0.0001" if p < 1e-4 else f"p = {p:.2g}"
    return written.replace(" ", "\N{NO-BREAK SPACE}")


def verdict(figure: Figure, other: Figure, *, pairs: int = 1) -> str:
    """Say whether a classifier is better than another one on the same clips.

    Parameters
    ----------
    figure, other
        By one protocol.
    pairs
        As in `p_value`.

    Returns
    -------
    str
        Such as ``clearly better, p = 0.0012`` or ``no clear difference, p = 0.4``.
    """
    p = p_value(figure, other, pairs=pairs)
    if p >= CLEAR:
        return f"no clear difference, {chance(p)}"
    return f"clearly {'better' if figure.accuracy > other.accuracy else 'worse'}, {chance(p)}"
