"""The genres of a clip over time for a web page: every few seconds say what is heard there when pointed at.

Above, the genres' probabilities over all that was heard, stacked; what was not heard is left out. Below, the waveform
of the whole file, in which what was heard stands out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bot.cards.genre_signs import GENRE_COLOURS, OTHER_COLOUR, SQUARE
from bot.cards.svg_parts import legend_list, picture, role_of, short
from bot.cards.timeline import Stretch, alt_text, stretches
from bot.cards.timeline_bands import TICK_STEPS, band_shares, own_bands
from bot.drawing.pictured import Wording
from bot.text import clock, clock_span, sentence_case
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import genre_name, percent, series
from bot.wording import tag_name
from classifier.result import Analysis, AudioInfo, GenreProbability, Segment, TaggedSpan, TagProbability

# All lengths are units of the picture, about a pixel each on a phone.
WIDTH: Final = 480.0
STACK_HEIGHT: Final = 150.0
GAP: Final = 4.0
"""Between two stretches of the timeline, whatever lies between them in the file."""

WAVE_TOP: Final = 168.0
WAVE_HEIGHT: Final = 44.0
TIMES_TOP: Final = 228.0
HEIGHT: Final = 236.0
TEXT: Final = 11
"""Size of the letters."""

TIMES_APART: Final = 90.0
"""Least space from one time to the next."""

GENRES_TOLD: Final = 3
"""Genres that are told of a moment."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What is heard in a few seconds.

    Parameters
    ----------
    time
        Where they lie, such as ``0:05–0:08``.
    genres
        The most probable, in words; empty where that is not known so finely.
    tags
        What else they sound like, in words; empty where nothing is probable enough.
    """

    time: str
    genres: str
    tags: str


def timeline_svg(analysis: Analysis, texts: Texts = ENGLISH, *, name: str, address: str) -> Markup:
    """Return the genres over time, and the waveform.

    Parameters
    ----------
    analysis
        One with a timeline.
    texts
        The reader's language.
    name
        By which the page finds the picture; one of a kind on a page.
    address
        Where a moment leads, before its number among `moments`.

    Returns
    -------
    Markup
        An ``svg`` element. Each segment is an ``a`` with its start and end in the file, in seconds, and what is heard
        there as data; over the waveform lies a ``rect`` of the class ``wave``, as wide as the file is long. A line of
        the class ``cursor``, and on the waveform one of ``wave-cursor``, wait to be placed.
    """
    heard = stretches(analysis.timeline)
    spans = list(_spans(heard))
    drawn = (
        *_bands(analysis, heard, spans),
        *_links(heard, spans, analysis.audio.duration),
        *_wave(analysis.audio, heard),
        *_times(analysis.audio.duration),
        *_moments(analysis, heard, spans, texts, address),
        Markup(
            '<rect class="wave" data-seconds="{}" x="0" y="{}" width="{}" height="{}" fill="currentColor"'
            ' fill-opacity="0"/>'
        ).format(f"{analysis.audio.duration:.2f}", short(WAVE_TOP), short(WIDTH), short(WAVE_HEIGHT)),
        _cursor("cursor", 0.0, STACK_HEIGHT),
        _cursor("wave-cursor", WAVE_TOP, WAVE_TOP + WAVE_HEIGHT),
    )
    return Markup('<div class="timeline">{}</div>').format(
        picture(
            drawn,
            name=name,
            title=texts("web-timeline"),
            description=alt_text(analysis, texts),
            size=(WIDTH, HEIGHT),
            role=role_of([address]),
        )
    )


def timeline_legend(analysis: Analysis, texts: Texts = ENGLISH) -> Markup:
    """Return what the colours of `timeline_svg` stand for.

    Parameters
    ----------
    analysis
        The same.
    texts
        The reader's language.

    Returns
    -------
    Markup
        A list.
    """
    names = own_bands(analysis)
    words = [Wording(genre_name(name, texts)) for name in names] + [Wording(texts("picture-others"))]
    return legend_list(words, [None] * len(words), marker=SQUARE)


def moments(analysis: Analysis, texts: Texts = ENGLISH) -> tuple[Moment, ...]:
    """Say what is heard in each few seconds, as finely as the tag network listens.

    Parameters
    ----------
    analysis
        What the classifier says.
    texts
        The reader's language.

    Returns
    -------
    tuple of Moment
        In order of time; of an analysis without tags over time, one for each segment of the timeline.
    """
    if not analysis.tag_timeline:
        return tuple(
            Moment(clock_span(segment.start, segment.end), genres_in_words(segment.genres, texts), "")
            for segment in analysis.timeline
        )
    return tuple(
        Moment(
            clock_span(span.start, span.end),
            genres_in_words(_segment_at(analysis, (span.start + span.end) / 2).genres, texts),
            tags_in_words(span.tags, texts),
        )
        for span in analysis.tag_timeline
    )


def genres_in_words(genres: tuple[GenreProbability, ...], texts: Texts = ENGLISH) -> str:
    """Name the most probable genres.

    Parameters
    ----------
    genres
        Most probable first.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``Rock 62%, blues 20%, country 9%``.
    """
    named = (
        texts("picture-share", genre=genre_name(genre.name, texts), share=percent(genre.probability, texts))
        for genre in genres[:GENRES_TOLD]
    )
    return sentence_case(series(named, texts))


def tags_in_words(tags: tuple[TagProbability, ...], texts: Texts = ENGLISH) -> str:
    """Name what else a moment sounds like; nothing where there is nothing to name."""
    return series((tag_name(tag.name, texts) for tag in tags), texts)


def _segment_at(analysis: Analysis, moment: float) -> Segment:
    return min(analysis.timeline, key=lambda segment: abs((segment.start + segment.end) / 2 - moment))


def _spans(heard: tuple[Stretch, ...]) -> Iterator[tuple[float, float]]:
    """Share the width among the stretches by their length."""
    scale = (WIDTH - GAP * (len(heard) - 1)) / sum(stretch.seconds for stretch in heard)
    left = 0.0
    for stretch in heard:
        right = left + stretch.seconds * scale
        yield left, right
        left = right + GAP


def _across(stretch: Stretch, span: tuple[float, float], moment: float) -> float:
    left, right = span
    return left + (right - left) * (moment - stretch.start) / stretch.seconds


def _bands(analysis: Analysis, heard: tuple[Stretch, ...], spans: list[tuple[float, float]]) -> Iterator[Markup]:
    names = own_bands(analysis)
    colours = (*GENRE_COLOURS[: len(names)], OTHER_COLOUR)
    for stretch, span in zip(heard, spans, strict=True):
        points = band_shares(stretch, names)
        below = [0.0] * len(points)
        for number, colour in enumerate(colours):
            above = [low + shares[number] for low, (_, shares) in zip(below, points, strict=True)]
            edge = [
                (_across(stretch, span, moment), STACK_HEIGHT * (1.0 - share))
                for (moment, _), share in zip(points, above, strict=True)
            ]
            edge += [
                (_across(stretch, span, moment), STACK_HEIGHT * (1.0 - share))
                for (moment, _), share in zip(reversed(points), reversed(below), strict=True)
            ]
            corners = " ".join(f"{short(x)},{short(y)}" for x, y in edge)
            yield Markup('<polygon points="{}" fill="{}" stroke="currentColor" stroke-width="0.5"/>').format(
                corners, colour
            )
            below = above


def _links(heard: tuple[Stretch, ...], spans: list[tuple[float, float]], seconds: float) -> Iterator[Markup]:
    """Join each stretch of the timeline with its place in the file."""
    for stretch, (left, right) in zip(heard, spans, strict=True):
        first, last = _place(stretch.start, seconds), _place(stretch.end, seconds)
        bottom = WAVE_TOP + WAVE_HEIGHT
        corners = (
            *((left, STACK_HEIGHT + 2), (right, STACK_HEIGHT + 2), (last, WAVE_TOP), (last, bottom)),
            *((first, bottom), (first, WAVE_TOP)),
        )
        points = " ".join(f"{short(x)},{short(y)}" for x, y in corners)
        yield Markup('<polygon points="{}" fill="currentColor" fill-opacity="0.1"/>').format(points)


def _wave(audio: AudioInfo, heard: tuple[Stretch, ...]) -> Iterator[Markup]:
    peaks = audio.waveform.peaks
    highest = max(peaks, default=0.0) or 1.0
    middle = WAVE_TOP + WAVE_HEIGHT / 2
    of_heard: list[str] = []
    of_others: list[str] = []
    for number, peak in enumerate(peaks):
        moment = (number + 0.5) * audio.waveform.step
        # A line at least, where it is silent.
        half = max(0.5, peak / highest * WAVE_HEIGHT / 2)
        line = f"M{short(_place(moment, audio.duration))} {short(middle - half)}v{short(2 * half)}"
        is_heard = any(stretch.start <= moment <= stretch.end for stretch in heard)
        (of_heard if is_heard else of_others).append(line)
    width = short(max(1.0, WIDTH / max(1, len(peaks)) * 0.75))
    for lines, opacity in ((of_others, "0.4"), (of_heard, "0.9")):
        if lines:
            yield Markup('<path d="{}" stroke="currentColor" stroke-width="{}" stroke-opacity="{}"/>').format(
                "".join(lines), width, opacity
            )


def _times(seconds: float) -> Iterator[Markup]:
    step = next((step for step in TICK_STEPS if _place(step, seconds) >= TIMES_APART), TICK_STEPS[-1])
    for time in range(0, int(seconds) + 1, step):
        x = _place(time, seconds)
        is_last = x > WIDTH - TIMES_APART / 4
        anchor = "start" if time == 0 else "end" if is_last else "middle"
        yield Markup(
            '<text x="{}" y="{}" font-size="{}" text-anchor="{}" fill="currentColor" aria-hidden="true">{}</text>'
        ).format(short(x), short(TIMES_TOP), TEXT, anchor, clock(time))


def _moments(
    analysis: Analysis, heard: tuple[Stretch, ...], spans: list[tuple[float, float]], texts: Texts, address: str
) -> Iterator[Markup]:
    starts = [span.start for span in analysis.tag_timeline] or [segment.start for segment in analysis.timeline]
    for stretch, span in zip(heard, spans, strict=True):
        for segment in stretch.segments:
            left, right = (_across(stretch, span, moment) for moment in (segment.start, segment.end))
            tags = _tags_in(segment, analysis)
            told = (genres_in_words(segment.genres, texts), tags_in_words(tags, texts))
            words = f"{clock_span(segment.start, segment.end)}: {' · '.join(filter(None, told))}"
            number = max((place for place, start in enumerate(starts) if start <= segment.start + 0.01), default=0)
            yield Markup(
                '<a href="{address}{number}" data-start="{start}" data-end="{end}" data-words="{words}">'
                '<title>{words}</title><rect class="moment" x="{x}" y="0" width="{width}" height="{height}"'
                ' fill="currentColor" fill-opacity="0"/></a>'
            ).format(
                address=address,
                number=number,
                start=f"{segment.start:.2f}",
                end=f"{segment.end:.2f}",
                words=words,
                x=short(left),
                width=short(right - left),
                height=short(STACK_HEIGHT),
            )


def _tags_in(segment: Segment, analysis: Analysis) -> tuple[TagProbability, ...]:
    """Return the tags of the span that most of a segment lies in: the spans are shorter, and begin elsewhere."""

    def shared(span: TaggedSpan) -> float:
        return min(span.end, segment.end) - max(span.start, segment.start)

    most = max(analysis.tag_timeline, key=shared, default=None)
    return most.tags if most is not None and shared(most) > 0.0 else ()


def _cursor(name: str, top: float, bottom: float) -> Markup:
    return Markup(
        '<line class="{}" x1="0" x2="0" y1="{}" y2="{}" stroke="currentColor" stroke-width="2" hidden=""/>'
    ).format(name, short(top), short(bottom))


def _place(time: float, seconds: float) -> float:
    """Return where a moment of the file lies on the time axis."""
    return WIDTH * time / seconds
