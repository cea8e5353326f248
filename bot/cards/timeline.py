"""Decides whether a clip's timeline is worth a picture, and says in words what the picture shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.text import clock, display_name, duration
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


def alt_text(analysis: Analysis) -> str:
    """Say what the picture of the timeline shows, for those who do not see it.

    Parameters
    ----------
    analysis
        One that `has_picture`.

    Returns
    -------
    str
        Such as ``Genre over time: classical until 0:35, then metal. On average classical 57%, metal 39%.``
    """
    sentences = [f"Genre over time: {_course(_runs(analysis.timeline))}."]
    averages = [
        f"{display_name(name)} {share:.0%}"
        for name, share in list(average_shares(analysis.timeline).items())[:SUMMARY_GENRES]
        if share >= LEAST_SHARE
    ]
    if averages:
        sentences.append(f"On average {', '.join(averages)}.")
    heard = stretches(analysis.timeline)
    if len(heard) > 1:
        sentences.append(f"{len(heard)} parts of {duration(analysis.audio.duration)} were heard.")
    return " ".join(sentences)


def _runs(timeline: tuple[Segment, ...]) -> list[_Run]:
    runs: list[_Run] = []
    for segment in timeline:
        genre = segment.genres[0].name
        if runs and runs[-1].genre == genre:
            runs[-1] = replace(runs[-1], end=segment.end)
        else:
            runs.append(_Run(genre, segment.start, segment.end))
    return runs


def _course(runs: list[_Run]) -> str:
    """Tell the changes in order, or of too many the genres alone."""
    if len(runs) == 1:
        return f"{display_name(runs[0].genre)} throughout"
    if len(runs) - 1 > MOST_CHANGES:
        seconds: dict[str, float] = {}
        for run in runs:
            seconds[run.genre] = seconds.get(run.genre, 0.0) + run.end - run.start
        first, *others = (display_name(name) for name in sorted(seconds, key=lambda name: (-seconds[name], name)))
        named = others if len(others) <= OTHERS_NAMED else [*others[:OTHERS_NAMED], "others"]
        return f"it changes {len(runs) - 1} times; mostly {first}, at times {_listing(named)}"
    words = f"{display_name(runs[0].genre)} until {clock(runs[0].end)}"
    for before, run in pairwise(runs):
        name = display_name(run.genre)
        # What came in between was not heard: it may have changed anywhere there.
        words += f", {name} from {clock(run.start)}" if run.start - before.end > SAME_TIME else f", then {name}"
        words += f" until {clock(run.end)}" if run is not runs[-1] else ""
    return words


def _listing(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
