"""Draws what a server has collected: the genres of the week, and who shares which.

Only processes that draw import this module: matplotlib is slow to load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from matplotlib.axes import Axes

from bot.cards.genre_signs import GENRE_COLOURS, OTHER_COLOUR
from bot.cards.picture_canvas import DIM_TEXT, canvas, png_of
from bot.cards.picture_labels import LIGHT_TEXT, PADDING, TEXT_SIZE, ink_on
from bot.cards.picture_text import drawable, width_of, write
from bot.playlists.statistics import GenreTracks, Share
from bot.text import printable
from bot.texts.phrases import genre_name

# All lengths are pixels of the picture, of which a phone shows every second one.
WIDTH: Final = 720
MARGIN: Final = 16
ROW: Final = 56
"""Height of a bar and the space to the next one, in pixels."""

BAR: Final = 42
"""Height of a bar, in pixels."""

HEADING: Final = 52
"""Height of a heading, in pixels."""

GENRES_SHOWN: Final = 6
"""Genres of the week with a bar of their own; all the others share one."""

NAME_LIMIT: Final = 12
"""Characters of a genre's name: a model of another hand may have long ones."""

PALETTE: Final = 64
"""Colours of the file."""

OTHER: Final = "other"
"""Name of the bar of all genres that have none of their own."""

WEEK_HEADING: Final = "Last 7 days"
SHARES_HEADING: Final = "Who shares what"


def draw_statistics(week: Sequence[GenreTracks], shares: Sequence[Share]) -> bytes:
    """Draw the genres of the week as bars, and below what each member shares.

    Parameters
    ----------
    week
        The most frequent first; may be empty.
    shares
        In order, by which members are numbered; may be empty. Who is not named comes last.

    Returns
    -------
    bytes
        A PNG file without metadata, `WIDTH` pixels wide; the same for the same numbers.
    """
    bars = _bars(week)
    colours = _colours(week, shares)
    rows = [
        ("…" if share.member is None else str(number), share) for number, share in enumerate(shares, 1) if share.genres
    ]
    height = 2 * MARGIN + sum(HEADING + ROW * len(part) for part in (bars, rows) if part)
    with canvas(WIDTH, height) as axes:
        top = float(height - MARGIN)
        if bars:
            top = _draw_week(axes, bars, colours, top)
        if rows:
            _draw_shares(axes, rows, colours, top)
        return png_of(axes, colours=PALETTE)


def _bars(week: Sequence[GenreTracks]) -> list[tuple[str | None, int]]:
    """Return genres and how many tracks they have; at the end None for all the others."""
    shown: list[tuple[str | None, int]] = [(entry.genre, entry.tracks) for entry in week[:GENRES_SHOWN]]
    others = sum(entry.tracks for entry in week[GENRES_SHOWN:])
    return [*shown, (None, others)] if others else shown


def _colours(week: Sequence[GenreTracks], shares: Sequence[Share]) -> dict[str, str]:
    """Give the most frequent genres a colour; those of the week first, so that their bars tell it."""
    counts: Counter[str] = Counter()
    for share in shares:
        counts.update({entry.genre: entry.tracks for entry in share.genres})
    overall = sorted(counts, key=lambda genre: (-counts[genre], genre))
    ranked = dict.fromkeys([*(entry.genre for entry in week), *overall])
    return dict(zip(ranked, GENRE_COLOURS, strict=False))


def _draw_week(axes: Axes, bars: Sequence[tuple[str | None, int]], colours: Mapping[str, str], top: float) -> float:
    _write(axes, MARGIN, top - HEADING / 2, WEEK_HEADING, DIM_TEXT)
    names = [OTHER if genre is None else _name(genre) for genre, _ in bars]
    left = MARGIN + max(map(_width, names)) + 2 * PADDING
    most = max(tracks for _, tracks in bars)
    right = WIDTH - MARGIN - 2 * PADDING - _width(str(most))
    top -= HEADING
    for name, (genre, tracks) in zip(names, bars, strict=True):
        middle = top - ROW / 2
        end = left + (right - left) * tracks / most
        colour = OTHER_COLOUR if genre is None else colours.get(genre, OTHER_COLOUR)
        _write(axes, MARGIN, middle, name, LIGHT_TEXT)
        _fill(axes, left, end, middle, colour)
        _write(axes, end + PADDING, middle, str(tracks), DIM_TEXT)
        top -= ROW
    return top


def _draw_shares(axes: Axes, rows: Sequence[tuple[str, Share]], colours: Mapping[str, str], top: float) -> None:
    _write(axes, MARGIN, top - HEADING / 2, SHARES_HEADING, DIM_TEXT)
    left = MARGIN + max(_width(label) for label, _ in rows) + 2 * PADDING
    top -= HEADING
    for label, share in rows:
        middle = top - ROW / 2
        _write(axes, MARGIN, middle, label, LIGHT_TEXT)
        _draw_stack(axes, share, colours, left, middle)
        top -= ROW


def _draw_stack(axes: Axes, share: Share, colours: Mapping[str, str], left: float, middle: float) -> None:
    scale = (WIDTH - MARGIN - left) / sum(entry.tracks for entry in share.genres)
    for entry in share.genres:
        name, colour = _name(entry.genre), colours.get(entry.genre, OTHER_COLOUR)
        right = left + scale * entry.tracks
        # A gap between two genres that would look like one where both are grey.
        _fill(axes, left, max(right - 2, left + 1), middle, colour)
        if _width(name) + 2 * PADDING <= right - left:
            _write(axes, left + PADDING, middle, name, ink_on(colour))
        left = right


def _name(genre: str) -> str:
    """Return the name of a genre as far as it can be written: a file may have told any."""
    return printable(drawable(genre_name(genre)), limit=NAME_LIMIT)


def _width(text: str) -> float:
    return width_of(text, TEXT_SIZE)


def _fill(axes: Axes, left: float, right: float, middle: float, colour: str) -> None:
    axes.fill_between((left, right), middle - BAR / 2, middle + BAR / 2, color=colour, linewidth=0)


def _write(axes: Axes, left: float, middle: float, text: str, colour: str) -> None:
    write(axes, left, middle, text, size=TEXT_SIZE, colour=colour, ha="left", va="center_baseline")
