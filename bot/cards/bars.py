"""Genres with how likely they are: as data, which every surface has its own way to show, and as Discord shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.text import bar, has_wide_characters
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import genre_name, percent
from classifier.result import GenreProbability

BAR_WIDTH: Final = 10
"""Blocks in a bar: with the longest genre and the percentage, 25 columns, which a phone shows in one line."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A genre and how likely it is.

    Parameters
    ----------
    name
        As the readers write it.
    share
        The probability in percent, as the readers write it.
    probability
        Between 0 and 1.
    """

    name: str
    share: str
    probability: float


def genre_bars(genres: Sequence[GenreProbability], texts: Texts = ENGLISH) -> tuple[Bar, ...]:
    """Return a bar for each genre.

    Parameters
    ----------
    genres
        In the order to show.
    texts
        The readers' language.

    Returns
    -------
    tuple of Bar
    """
    return tuple(
        Bar(genre_name(genre.name, texts), percent(genre.probability, texts), genre.probability) for genre in genres
    )


def draw_bars(bars: Sequence[Bar]) -> str:
    """Draw bars with characters, aligned on every screen.

    Parameters
    ----------
    bars
        At least one.

    Returns
    -------
    str
        A code block, because only there all characters are equally wide.
    """
    width = max(len(each.share) for each in bars)
    drawn = [f"{bar(each.probability, width=BAR_WIDTH)} {each.share:>{width}}" for each in bars]
    if any(has_wide_characters(each.name) for each in bars):
        # Behind the bars, where their width does not matter.
        lines = [f"{bar_and_share} {each.name}" for each, bar_and_share in zip(bars, drawn, strict=True)]
    else:
        width = max(len(each.name) for each in bars)
        lines = [f"{each.name:<{width}} {bar_and_share}" for each, bar_and_share in zip(bars, drawn, strict=True)]
    return "\n".join(("```", *lines, "```"))
