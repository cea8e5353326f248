"""Which genres a picture of the timeline tells apart, and how much of it each has, whatever it is drawn with."""

from __future__ import annotations

from typing import Final

from bot.cards.genre_signs import GENRE_COLOURS
from bot.cards.timeline import Stretch, average_shares
from classifier.result import Analysis

LEAST_PEAK: Final = 0.2
"""Probability that a genre must reach somewhere to have a colour of its own."""

TICK_STEPS: Final = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800)
"""Distances that ticks of a time axis may have, in seconds."""


def own_bands(analysis: Analysis) -> tuple[str, ...]:
    """Choose the genres that have a band of their own; all the others share one.

    Parameters
    ----------
    analysis
        What the classifier says.

    Returns
    -------
    tuple of str
        At most as many as there are colours, the first genre of the answer always among them; in the order in which
        they are stacked, the greatest average first.
    """
    peaks: dict[str, float] = {}
    for segment in analysis.timeline:
        for genre in segment.genres:
            peaks[genre.name] = max(peaks.get(genre.name, 0.0), genre.probability)
    answer = analysis.genres[0].name
    ranked = sorted((name for name in peaks if peaks[name] >= LEAST_PEAK), key=lambda name: (-peaks[name], name))
    chosen = {answer, *[name for name in ranked if name != answer][: len(GENRE_COLOURS) - 1]}
    return tuple(name for name in average_shares(analysis.timeline) if name in chosen)


def band_shares(stretch: Stretch, names: tuple[str, ...]) -> list[tuple[float, tuple[float, ...]]]:
    """Return how much of the picture each band has, at the middles of the segments and, level, at both ends.

    Parameters
    ----------
    stretch
        Of the timeline.
    names
        Of `own_bands`.

    Returns
    -------
    list of tuple
        A moment in the file, in seconds, and the share of each band, that of all others last; they sum to 1.
    """
    points = []
    for segment in stretch.segments:
        probabilities = {genre.name: genre.probability for genre in segment.genres}
        own = [probabilities[name] for name in names]
        shares = (*own, max(0.0, 1.0 - sum(own)))
        whole = sum(shares)
        points.append(((segment.start + segment.end) / 2, tuple(share / whole for share in shares)))
    return [(stretch.start, points[0][1]), *points, (stretch.end, points[-1][1])]
