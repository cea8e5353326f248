"""Draws the genre timeline of a clip with matplotlib: for worker processes, never for the bot's own.

Above, the genres' probabilities over all that was heard, stacked; what was not heard is left out. Below, the waveform
of the whole file, in which what was heard is bright. Both are joined, so that one sees what lies where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from bot.cards.genre_signs import GENRE_COLOURS, OTHER_COLOUR
from bot.cards.picture_canvas import BACKGROUND, DIM_TEXT, canvas, png_of
from bot.cards.picture_labels import TEXT_SIZE, Band, Labels, font, text_width
from bot.cards.timeline import Stretch, stretches
from bot.cards.timeline_bands import TICK_STEPS, band_shares, own_bands
from bot.text import clock
from bot.texts.phrases import genre_name
from classifier.result import Analysis, AudioInfo, Waveform

Floats = npt.NDArray[np.float64]

# All lengths are pixels of the picture, of which a phone shows every second one.
WIDTH: Final = 720
HEIGHT: Final = 448
MARGIN: Final = 16
STACK_TOP: Final = 432
STACK_BOTTOM: Final = 188
WAVEFORM_TOP: Final = 152
WAVEFORM_BOTTOM: Final = 60
GAP: Final = 8
"""Between two stretches of the timeline, whatever lies between them in the file."""

TICK_LENGTH: Final = 8

HEARD_GROUND: Final = "#2b2d33"
HEARD_WAVE: Final = "#dbdee1"
UNHEARD_WAVE: Final = "#5d616b"

TIMES_APART: Final = 20
"""Least space between two times."""

PALETTE: Final = 64
"""Colours of the file."""

OTHER: Final = "other"
"""Name of the band of all genres that have none of their own."""


@dataclass(frozen=True, slots=True)
class _Column:
    """One stretch of the timeline as it is drawn: `x` is where its corners lie, `shares` what each band has there."""

    x: Floats
    shares: Floats


def draw_timeline(analysis: Analysis) -> bytes:
    """Draw the genres over time, and the waveform.

    Parameters
    ----------
    analysis
        One that `timeline.has_picture`.

    Returns
    -------
    bytes
        A PNG file without metadata, `WIDTH` by `HEIGHT` pixels; the same for the same analysis.
    """
    with canvas(WIDTH, HEIGHT) as axes:
        heard = stretches(analysis.timeline)
        spans = list(_spans(heard))
        _draw_stack(axes, analysis, heard, spans)
        _draw_links(axes, heard, spans, analysis.audio.duration)
        _draw_waveform(axes, analysis.audio, heard)
        _draw_time(axes, analysis.audio.duration)
        return png_of(axes, colours=PALETTE)


def _spans(heard: tuple[Stretch, ...]) -> Iterator[tuple[float, float]]:
    """Share the width among the stretches by their length."""
    scale = (WIDTH - 2 * MARGIN - GAP * (len(heard) - 1)) / sum(stretch.seconds for stretch in heard)
    left = float(MARGIN)
    for stretch in heard:
        right = left + stretch.seconds * scale
        yield left, right
        left = right + GAP


def _draw_stack(axes: Axes, analysis: Analysis, heard: tuple[Stretch, ...], spans: list[tuple[float, float]]) -> None:
    names = own_bands(analysis)
    columns = [_column(stretch, span, names) for stretch, span in zip(heard, spans, strict=True)]
    colours = (*GENRE_COLOURS[: len(names)], OTHER_COLOUR)
    labels = Labels(axes, left=MARGIN, right=WIDTH - MARGIN, bottom=STACK_BOTTOM, top=STACK_TOP)
    bands = []
    for number, (name, colour) in enumerate(zip((*map(genre_name, names), OTHER), colours, strict=True)):
        edges = [_edges(column, number) for column in columns]
        for band in edges:
            axes.fill_between(band.x, band.bottom, band.top, color=colour, linewidth=0)
            if number:
                axes.plot(band.x, band.bottom, color=BACKGROUND, linewidth=2)
        bands.append((name, colour, edges))
    unnamed = [(name, colour, edges) for name, colour, edges in bands if not labels.write_inside(name, colour, edges)]
    for name, colour, edges in unnamed:
        # What is grey needs no name where there is no room for it.
        if colour != OTHER_COLOUR:
            labels.write_across(name, colour, edges)


def _column(stretch: Stretch, span: tuple[float, float], names: tuple[str, ...]) -> _Column:
    """Join the middles of the segments by straight lines; the ends are level."""
    times, shares = zip(*band_shares(stretch, names), strict=True)
    return _Column(np.interp(times, (stretch.start, stretch.end), span), np.array(shares).T)


def _edges(column: _Column, number: int) -> Band:
    height = STACK_TOP - STACK_BOTTOM
    bottom = STACK_BOTTOM + height * column.shares[:number].sum(axis=0)
    return Band(column.x, bottom, bottom + height * column.shares[number])


def _draw_links(axes: Axes, heard: tuple[Stretch, ...], spans: list[tuple[float, float]], seconds: float) -> None:
    """Join each stretch of the timeline with its place in the file."""
    for stretch, (left, right) in zip(heard, spans, strict=True):
        first, last = _place(stretch.start, seconds), _place(stretch.end, seconds)
        axes.fill(
            (left, right, last, last, first, first),
            (STACK_BOTTOM - 4, STACK_BOTTOM - 4, WAVEFORM_TOP, WAVEFORM_BOTTOM, WAVEFORM_BOTTOM, WAVEFORM_TOP),
            color=HEARD_GROUND,
            linewidth=0,
        )


def _draw_waveform(axes: Axes, audio: AudioInfo, heard: tuple[Stretch, ...]) -> None:
    levels = _levels(audio.waveform, audio.duration)
    middle = (WAVEFORM_TOP + WAVEFORM_BOTTOM) / 2
    # A line at least, where it is silent.
    half = np.maximum(levels * (WAVEFORM_TOP - WAVEFORM_BOTTOM - 8) / 2, 1.0)
    x = MARGIN + np.arange(levels.size, dtype=np.float64)
    axes.fill_between(x, middle - half, middle + half, color=UNHEARD_WAVE, linewidth=0)
    for stretch in heard:
        inside = (x >= _place(stretch.start, audio.duration)) & (x <= _place(stretch.end, audio.duration))
        axes.fill_between(x[inside], (middle - half)[inside], (middle + half)[inside], color=HEARD_WAVE, linewidth=0)


def _levels(waveform: Waveform, seconds: float) -> Floats:
    """Return the height of the waveform at each pixel; its highest is 1."""
    pixels = WIDTH - 2 * MARGIN + 1
    peaks = np.array(waveform.peaks, np.float64)
    if not peaks.any():
        return np.zeros(pixels)
    middles = waveform.step * (np.arange(peaks.size) + 0.5)
    levels: Floats = np.interp(np.linspace(0.0, seconds, pixels), middles, peaks / peaks.max())
    return levels


def _draw_time(axes: Axes, seconds: float) -> None:
    # Times at the ends are moved inwards, by up to half of their width.
    apart = 1.5 * text_width(clock(seconds)) + TIMES_APART
    step = next((step for step in TICK_STEPS if _place(step, seconds) - MARGIN >= apart), TICK_STEPS[-1])
    for time in range(0, int(seconds) + 1, step):
        x = _place(time, seconds)
        axes.plot((x, x), (WAVEFORM_BOTTOM - TICK_LENGTH, WAVEFORM_BOTTOM), color=DIM_TEXT, linewidth=2)
        half = text_width(clock(time)) / 2
        middle = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
        axes.text(middle, MARGIN, clock(time), color=DIM_TEXT, size=TEXT_SIZE, font=font(), ha="center", va="baseline")


def _place(time: float, seconds: float) -> float:
    """Return where a moment of the file lies on the time axis."""
    return MARGIN + (WIDTH - 2 * MARGIN) * time / seconds
