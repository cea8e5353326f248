"""Draws the figures, each once for light and once for dark surroundings."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from classifier.training.evaluation.figures import Figures
from classifier.training.evaluation.intervals import Interval
from classifier.training.evaluation.result import Evaluation
from classifier.training.evaluation.robustness import Robustness
from classifier.training.evaluation.tables import percents
from classifier.training.evaluation.yardsticks import LEAST_FOR_GOALS
from classifier.training.explore.document import count, listing, share, shown
from classifier.training.explore.reports import worst_mistakes

DPI: Final = 110
"""Pixels per inch: readable on a phone, and small."""

WIDTH: Final = 5.4
"""Of a picture, in inches."""

ROW: Final = 0.3
"""Height of a row of dots, in inches."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a picture."""

    paper: str
    ink: str
    soft: str
    line: str
    accent: str
    warning: str


LIGHT: Final = Theme("#ffffff", "#1d2127", "#59616d", "#d5d9df", "#1f5fae", "#c2570c")
DARK: Final = Theme("#14171c", "#e4e7ec", "#a3acb9", "#363d47", "#86b6f5", "#ec8a34")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing.

    Parameters
    ----------
    name
        Of its files, without a suffix.
    alt
        What it shows, for those who do not see it.
    caption
        What stands under it.
    light, dark
        PNG files.
    width, height
        In pixels.
    """

    name: str
    alt: str
    caption: str
    light: bytes
    dark: bytes
    width: int
    height: int


def draw_all(evaluation: Evaluation) -> tuple[Picture, ...]:
    """Draw all that an evaluation has figures for.

    Parameters
    ----------
    evaluation
        What was found.

    Returns
    -------
    tuple of Picture
        Of the headline recipe, by the most honest protocol that was run.
    """
    figures = evaluation.chosen.best
    if figures is None:
        return ()
    pictures = [draw_reliability(figures), draw_confusion(figures), draw_genres(figures)]
    if evaluation.robustness is not None and evaluation.robustness.files:
        pictures.append(draw_robustness(evaluation.robustness))
    return tuple(pictures)


def draw_reliability(figures: Figures) -> Picture:
    """Draw how often answers are right beside how probable they say that they are."""

    def draw(figure: Figure, theme: Theme) -> None:
        curve, amounts = figure.subplots(2, 1, sharex=True, height_ratios=(4, 1))
        confidence = np.array([each.confidence for each in figures.reliability])
        accuracy = np.array([each.accuracy for each in figures.reliability])
        ends = np.array([[each.interval.low, each.interval.high] for each in figures.reliability])
        curve.plot([0, 1], [0, 1], color=theme.soft, linestyle="--", linewidth=1)
        curve.errorbar(
            confidence,
            accuracy,
            yerr=np.abs(ends.T - accuracy),
            fmt="o-",
            color=theme.accent,
            ecolor=theme.accent,
            elinewidth=1,
            markersize=5,
        )
        curve.set(xlim=(0, 1), ylim=(0, 1.02))
        curve.set_ylabel("right")
        middles = [(each.low + each.high) / 2 for each in figures.reliability]
        amounts.bar(middles, [each.clips for each in figures.reliability], width=0.055, color=theme.soft)
        amounts.set_ylabel("answers")
        amounts.set_xlabel("probability of the first genre")
        for axes in (curve, amounts):
            _dress(axes, theme)

    bins = "; ".join(
        f"{percents(each.confidence)} said, {percents(each.accuracy)} right of {each.clips}"
        for each in figures.reliability
    )
    return _picture(
        "reliability",
        f"Reliability curve. {bins}.",
        f"Reliability: on the dashed line, answers are right as often as they say. ECE {figures.ece:.3f}.",
        4.6,
        draw,
    )


def draw_confusion(figures: Figures) -> Picture:
    """Draw who is taken for whom."""
    genres = [shown(genre) for genre in figures.confusion.genres]
    clips = np.array(figures.confusion.clips, dtype=np.float64)
    shares = clips / np.maximum(clips.sum(axis=1, keepdims=True), 1.0)

    def draw(figure: Figure, theme: Theme) -> None:
        axes = figure.subplots()
        for row, column in np.ndindex(*clips.shape):
            if clips[row, column]:
                colour = theme.accent if row == column else theme.warning
                opacity = 0.12 + 0.88 * shares[row, column]
                axes.fill_between(
                    [column - 0.5, column + 0.5], row - 0.5, row + 0.5, color=colour, alpha=opacity, linewidth=0
                )
                ink = theme.paper if opacity > 0.6 else theme.ink
                axes.text(column, row, f"{clips[row, column]:.0f}", ha="center", va="center", size=8, color=ink)
        axes.set(xlim=(-0.5, len(genres) - 0.5), ylim=(len(genres) - 0.5, -0.5))
        axes.set_xlabel("called")
        axes.set_ylabel("true genre")
        _dress(axes, theme, grid=False)
        _name_ticks(axes, genres, x=True)
        _name_ticks(axes, genres, x=False)

    mistakes = worst_mistakes(figures.confusion, 5)
    worst = (
        listing([f"{shown(true)} called {shown(given)} {amount} times" for true, given, amount, _ in mistakes])
        if mistakes
        else "none"
    )
    return _picture(
        "confusion",
        f"Confusion matrix of {count(figures.clips_test, 'clip')}, {share(figures.accuracy)} on the diagonal. "
        f"Most frequent mistakes: {worst}.",
        "Clips by true genre (rows) and the genre that they were called (columns).",
        5.0,
        draw,
    )


def draw_genres(figures: Figures) -> Picture:
    """Draw the F1 score of each genre with its interval, the best above."""
    ranked = sorted(
        ((genre, each) for genre, each in figures.genres.items() if each.clips), key=lambda item: item[1].f1
    )

    def draw(figure: Figure, theme: Theme) -> None:
        axes = figure.subplots()
        for row, (_, scores) in enumerate(ranked):
            _dot(axes, row, scores.f1, scores.f1_interval, theme.accent)
        axes.axvline(figures.macro_f1, color=theme.soft, linestyle="--", linewidth=1)
        axes.set(xlim=(0, 1), ylim=(-0.6, len(ranked) - 0.4))
        axes.set_xlabel("F1 score; dashed: mean of the genres")
        _dress(axes, theme)
        _name_ticks(axes, [shown(genre) for genre, _ in ranked], x=False)

    values = listing([f"{shown(genre)} {scores.f1:.2f}" for genre, scores in reversed(ranked)])
    return _picture(
        "genres",
        f"F1 score by genre: {values}.",
        "F1 score of each genre with its 95 % interval.",
        ROW * len(ranked) + 0.8,
        draw,
    )


def draw_robustness(robustness: Robustness) -> Picture:
    """Draw the share of unchanged answers for each sort of copy, with the goals."""
    variants = [each for each in reversed(robustness.variants) if each.unchanged.of]

    def draw(figure: Figure, theme: Theme) -> None:
        axes = figure.subplots()
        for row, each in enumerate(variants):
            missed = each.unchanged.of >= LEAST_FOR_GOALS and not each.met
            colour = theme.warning if missed else theme.accent
            _dot(axes, row, each.unchanged.value or 0.0, each.unchanged.interval, colour)
            axes.plot([each.required, each.required], [row - 0.4, row + 0.4], color=theme.soft, linewidth=2)
        axes.set(xlim=(0, 1.01), ylim=(-0.6, len(variants) - 0.4))
        axes.set_xlabel("same first genre as the file itself; upright: goal")
        _dress(axes, theme)
        _name_ticks(axes, [each.variant for each in variants], x=False)

    values = listing([f"{each.variant} {percents(each.unchanged.value or 0.0)}" for each in reversed(variants)])
    return _picture(
        "robustness",
        f"Share of copies with the same first genre: {values}.",
        f"Same first genre as the file itself, over {count(robustness.files, 'file')}.",
        ROW * len(variants) + 0.8,
        draw,
    )


def _picture(name: str, alt: str, caption: str, height: float, draw: Callable[[Figure, Theme], None]) -> Picture:
    light, dark = (_render(draw, theme, height) for theme in (LIGHT, DARK))
    return Picture(name, alt, caption, light, dark, round(WIDTH * DPI), round(height * DPI))


def _render(draw: Callable[[Figure, Theme], None], theme: Theme, height: float) -> bytes:
    # Without pyplot: its figures would stay in memory, and it would look for a display.
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained", facecolor=theme.paper)
    buffer = io.BytesIO()
    with _any_script():
        draw(figure, theme)
        # Without the version of matplotlib in it, the same figures give the same file for longer.
        figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


@contextmanager
def _any_script() -> Iterator[None]:
    with warnings.catch_warnings():
        # A genre in a script that the font lacks is drawn as boxes; the tables have its name.
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        yield


def _dot(axes: Axes, row: float, value: float, interval: Interval | None, colour: str) -> None:
    if interval is not None:
        axes.plot([interval.low, interval.high], [row, row], color=colour, linewidth=2, solid_capstyle="round")
    axes.plot([value], [row], marker="o", color=colour, markersize=6)


def _dress(axes: Axes, theme: Theme, *, grid: bool = True) -> None:
    axes.set_facecolor(theme.paper)
    axes.tick_params(colors=theme.ink, labelsize=9, length=0)
    axes.xaxis.label.set_color(theme.soft)
    axes.yaxis.label.set_color(theme.soft)
    axes.set_axisbelow(True)
    if grid:
        axes.grid(color=theme.line, linewidth=0.6)
    for spine in axes.spines.values():
        spine.set_color(theme.line)


def _name_ticks(axes: Axes, names: list[str], *, x: bool) -> None:
    axis = axes.xaxis if x else axes.yaxis
    axis.set_ticks(range(len(names)))
    # A dollar in a genre's name is a dollar and no formula.
    for label in axis.set_ticklabels(names):
        label.set_parse_math(False)
        if x:
            label.set(rotation=45, ha="right", rotation_mode="anchor")
