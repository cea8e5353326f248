"""Analyses with timelines of the test's own."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from classifier.result import (
    Analysis,
    AudioInfo,
    Basis,
    Elapsed,
    GenreProbability,
    Ground,
    ModelInfo,
    Segment,
    SoundPrint,
    Span,
    TaggedSpan,
    TagProbability,
    Verdict,
    Waveform,
    Why,
)

GENRES = ("blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock")
SEGMENT_SECONDS = 5.0
EMBEDDING = (0.02,) * 50
"""Tag probabilities that say nothing."""


def ranked(shares: dict[str, float]) -> tuple[GenreProbability, ...]:
    """Give what is left to the genres that are not named, and sort."""
    others = [name for name in GENRES if name not in shares]
    rest = (1.0 - sum(shares.values())) / max(1, len(others))
    genres = [*shares.items(), *((name, rest) for name in others)]
    return tuple(GenreProbability(*genre) for genre in sorted(genres, key=lambda genre: -genre[1]))


def analysis_of(
    *windows: tuple[float, Sequence[dict[str, float]]],
    seconds: float | None = None,
    verdict: Verdict = Verdict.CLEAR,
    waveform: Waveform | None = None,
    tag_timeline: tuple[TaggedSpan, ...] = (),
    tempo: float = 120.19,
    energy: float = 0.5,
    embedding: Sequence[float] = EMBEDDING,
) -> Analysis:
    """Make the analysis of windows that begin at a time and have shares of genres every five seconds."""
    timeline = tuple(
        Segment(start + SEGMENT_SECONDS * number, start + SEGMENT_SECONDS * (number + 1), ranked(shares))
        for start, segments in windows
        for number, shares in enumerate(segments)
    )
    names = {genre.name for segment in timeline for genre in segment.genres}
    means = {
        name: sum(genre.probability for segment in timeline for genre in segment.genres if genre.name == name)
        / len(timeline)
        for name in names
    }
    duration = timeline[-1].end if seconds is None else seconds
    heard = tuple(Span(start, start + SEGMENT_SECONDS * len(segments)) for start, segments in windows)
    waveform = waveform or Waveform(
        duration / 300, tuple(round(0.2 + 0.8 * (n * 37 % 100) / 100, 3) for n in range(300))
    )
    return Analysis(
        genres=ranked(means),
        verdict=verdict,
        reason="A reason.",
        basis=Basis(Ground.NOTHING_STANDS_OUT),
        timeline=timeline,
        tags=(),
        tag_timeline=tag_timeline,
        sound=SoundPrint(tempo, energy, tuple(embedding)),
        why=Why((), ()),
        audio=AudioInfo(duration, True, 44_100, "stereo", "mp3", -14.2, heard, waveform),
        model=ModelInfo("default", "0.1.0", "0123456789abcdef" * 4),
        elapsed=Elapsed(decode=0.2, features=0.5, tags=0.4, vote=0.1),
    )


@st.composite
def any_analysis(draw: st.DrawFn) -> Analysis:
    """Draw an analysis of up to five windows, with any probabilities, gaps, length and waveform."""
    start = draw(st.floats(0, 100))
    windows = []
    for _ in range(draw(st.integers(1, 5))):
        rows = draw(st.lists(st.lists(st.integers(0, 1000), min_size=10, max_size=10), min_size=1, max_size=6))
        segments = []
        for row in rows:
            # A share of zero for all of them cannot be.
            total = sum(row) or 1
            shares = dict(zip(GENRES, (weight / total for weight in row), strict=True))
            segments.append(shares if sum(row) else {"rock": 1.0})
        windows.append((start, segments))
        start += SEGMENT_SECONDS * len(segments) + draw(st.one_of(st.just(0.0), st.floats(1, 2_000)))
    seconds = start + draw(st.floats(0, 1_000))
    peaks = tuple(draw(st.lists(st.integers(0, 1000).map(lambda peak: peak / 1000), max_size=400)))
    tags = st.builds(TagProbability, st.sampled_from(["jazz", "1970s", "R&B"]), st.floats(0.1, 1))
    span = st.builds(TaggedSpan, st.floats(0, seconds), st.floats(0, seconds), st.lists(tags, max_size=3).map(tuple))
    return analysis_of(
        *windows,
        seconds=seconds,
        verdict=draw(st.sampled_from(Verdict)),
        waveform=Waveform(seconds / max(1, len(peaks)), peaks),
        tag_timeline=tuple(draw(st.lists(span, max_size=10))),
        tempo=draw(st.floats(10, 500)),
        energy=draw(st.floats(0, 1)),
        embedding=draw(st.lists(st.integers(0, 10_000).map(lambda part: part / 10_000), min_size=50, max_size=50)),
    )
