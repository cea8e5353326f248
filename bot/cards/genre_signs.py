"""The colours and the shapes that genres have on every picture, whatever it is drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.drawing.pictured import Wording

GENRE_COLOURS: Final = ("#56b4e9", "#d55e00", "#f0e442", "#0072b2")
"""Of Okabe and Ito's palette, the four that stay furthest apart (CIELAB distance 24 and more, `OTHER_COLOUR` included)
for people without one of the three kinds of cones, as Machado, Oliveira and Fernandes (2009) simulate them."""

FURTHER_COLOURS: Final = ("#e69f00", "#009e73", "#f2f3f5", "#a06cd5")
"""Of more genres, in another shape: for the same people, they stay as far apart from each other."""

LAST_COLOURS: Final = ("#ff9da7", "#8c6d46")
"""Of still more, in a third shape."""

OTHER_COLOUR: Final = "#4b4f58"

ROUND: Final = "o"
POINTED: Final = "D"
TRIANGULAR: Final = "^"
SQUARE: Final = "s"

SCALES: Final = {ROUND: 1.0, POINTED: 0.78, TRIANGULAR: 1.0, SQUARE: 1.1}
"""Of the side of a shape, so that all look equally large."""


@dataclass(frozen=True, slots=True)
class Sign:
    """How a genre is shown.

    Parameters
    ----------
    colour
        As matplotlib knows it.
    marker
        The shape of its dots, as matplotlib names it.
    """

    colour: str
    marker: str


SIGNS: Final = (
    *(Sign(colour, ROUND) for colour in GENRE_COLOURS),
    *(Sign(colour, POINTED) for colour in FURTHER_COLOURS),
    *(Sign(colour, TRIANGULAR) for colour in LAST_COLOURS),
)
"""Of the genres, the most frequent first: no two of one shape are hard to tell apart for anybody."""

OTHER_SIGN: Final = Sign(OTHER_COLOUR, ROUND)


def sign_of(kind: int) -> Sign:
    """Return the sign of a genre.

    Parameters
    ----------
    kind
        Its number among those that are told apart; negative for all others.

    Returns
    -------
    Sign
    """
    return SIGNS[kind] if kind >= 0 else OTHER_SIGN


def signs_of(legend: Sequence[Wording], genres: int) -> tuple[Sign, ...]:
    """Return the sign of each entry.

    Parameters
    ----------
    legend
        One entry for each genre, and one more where there are others.
    genres
        How many genres have a sign of their own.

    Returns
    -------
    tuple of Sign
    """
    return (*SIGNS[:genres], OTHER_SIGN)[: len(legend)]
