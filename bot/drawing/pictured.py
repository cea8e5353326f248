"""What is written on pictures, on its way to the drawing process."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of a picture.

    Parameters
    ----------
    text
        As it is best said.
    plain
        What is written where the picture's font lacks the characters for that.
    """

    text: str
    plain: str = ""


@dataclass(frozen=True, slots=True)
class MapWords:
    """What is written on a map.

    Parameters
    ----------
    legend
        What is written of each genre that has a sign of its own, and last of all others where there are any.
    titles
        Of the tracks.
    """

    legend: tuple[Wording, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MixWords:
    """What is written on the picture of a playlist's genres.

    Parameters
    ----------
    legend
        What is written of each genre that has a colour of its own, and last of all others where there are any.
    members
        Names of the members that are shown, in order.
    """

    legend: tuple[Wording, ...]
    members: tuple[Wording, ...]
