"""Decides whether a clip's timeline is worth a picture, and says in words what the picture shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.text import clock
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import duration, genre_name, listing, paragraph, percent, series
from classifier.result import Analysis, Segment, Verdict

FEWEST_SEGMENTS: Final = 4
"""From how many segments on there is a picture: about 20 s. In fewer, smoothing leaves nothing that could change."""

MOST_CHANGES: Final = 3
"""Changes of the first genre that are told one by one; of more, only a summary is of use."""

SAME_TIME: Final = 0.01
"""Seconds by which the end of one segment and the start of the next may differ."""

OTHERS_NAMED: Final = 3
"""Genres that lead at times and are named."""

SUMMARY_GENRES: Final = 3
"""Genres whose average is told."""

LEAST_SHARE: Final = 0.05
"""Average from which on a genre is told of."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Segments that follow each other without a gap.

    Parameters
    ----------
    segments
        At least one, in order of time.
    """

    segments: tuple[Segment, ...]

    @property
    def start(self) -> float:
        """Where it begins in the file, in seconds."""
        return self.segments[0].start

    @property
    def end(self) -> float:
        """Where it ends in the file, in seconds."""
        return self.segments[-1].end

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Run:
    """A part of the timeline that has one first genre throughout."""

    genre: str
    start: float
    end: float


def has_picture(analysis: Analysis) -> bool:
    """Decide whether a clip's timeline is worth a picture.

    Parameters
    ----------
    analysis
        What the classifier says.

    Returns
    -------
    bool
        False for what is not music, and for clips that are too short.
    """
    return analysis.verdict is not Verdict.NOT_MUSIC and len(analysis.timeline) >= FEWEST_SEGMENTS


def stretches(timeline: tuple[Segment, ...]) -> tuple[Stretch, ...]:
    """Divide a timeline where something was not heard.

    Parameters
    ----------
    timeline
        Of an analysis.

    Returns
    -------
    tuple of Stretch
        In order of time.
    """
    found: list[Stretch] = []
    for segment in timeline:
        if found and segment.start - found[-1].end <= SAME_TIME:
            found[-1] = Stretch((*found[-1].segments, segment))
        else:
            found.append(Stretch((segment,)))
    return tuple(found)


def average_shares(timeline: tuple[Segment, ...]) -> dict[str, float]:
    """Average the genres over time.

    Parameters
    ----------
    timeline
        At least one segment.

    Returns
    -------
    dict of str to float
        The share of each genre, greatest first; of equal ones, in order of the alphabet.
    """
    seconds = sum(segment.end - segment.start for segment in timeline)
    shares: dict[str, float] = {}
    for segment in timeline:
        for genre in segment.genres:
            weight = (segment.end - segment.start) / seconds
            shares[genre.name] = shares.get(genre.name, 0.0) + weight * genre.probability
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def alt_text(analysis: Analysis, texts: Texts = ENGLISH) -> str:
    """Say what the picture of the timeline shows, for those who do not see it.

    Parameters
    ----------
    analysis
        One that `has_picture`.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``Genre over time: classical until 0:35, then metal. On average classical 57%, metal 39%.``
    """
    sentences = [texts("picture-title", course=_course(_runs(analysis.timeline), texts))]
    averages = [
        texts("picture-share", genre=genre_name(name, texts), share=percent(share, texts))
        for name, share in list(average_shares(analysis.timeline).items())[:SUMMARY_GENRES]
        if share >= LEAST_SHARE
    ]
    if averages:
        sentences.append(texts("picture-average", shares=series(averages, texts)))
    heard = stretches(analysis.timeline)
    if len(heard) > 1:
        sentences.append(texts("picture-parts", parts=len(heard), length=duration(analysis.audio.duration, texts)))
    return paragraph(sentences, texts)


def _runs(timeline: tuple[Segment, ...]) -> list[_Run]:
    runs: list[_Run] = []
    for segment in timeline:
        genre = segment.genres[0].name
        if runs and runs[-1].genre == genre:
            runs[-1] = replace(runs[-1], end=segment.end)
        else:
            runs.append(_Run(genre, segment.start, segment.end))
    return runs


def _course(runs: list[_Run], texts: Texts) -> str:
    """Tell the changes in order, or of too many the genres alone."""
    if len(runs) == 1:
        return texts("picture-throughout", genre=genre_name(runs[0].genre, texts))
    if len(runs) - 1 > MOST_CHANGES:
        seconds: dict[str, float] = {}
        for run in runs:
            seconds[run.genre] = seconds.get(run.genre, 0.0) + run.end - run.start
        first, *others = (genre_name(name, texts) for name in sorted(seconds, key=lambda name: (-seconds[name], name)))
        named = others if len(others) <= OTHERS_NAMED else [*others[:OTHERS_NAMED], texts("picture-others")]
        return texts("picture-changes", changes=len(runs) - 1, first=first, others=listing(named, texts))
    words = texts("picture-until", genre=genre_name(runs[0].genre, texts), end=clock(runs[0].end))
    for before, run in pairwise(runs):
        name = genre_name(run.genre, texts)
        # What came in between was not heard: it may have changed anywhere there.
        if run.start - before.end > SAME_TIME:
            words += texts("picture-from", genre=name, start=clock(run.start))
        else:
            words += texts("picture-then", genre=name)
        words += texts("picture-then-until", end=clock(run.end)) if run is not runs[-1] else ""
    return words
