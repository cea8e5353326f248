"""What a member wants to see of a playlist: which tracks, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.text import printable
from classifier.result import Verdict

TEXT_LIMIT: Final = 100
"""Characters of a text that is searched for."""


class Sort(StrEnum):
    """What tracks are ordered by."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    GENRE = "genre"
    ENERGY = "energy"
    CALM = "calm"
    FAST = "fast"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters, all of which have to hold, and an order.

    Parameters
    ----------
    genre
        The genre that is shown: the community's where it has agreed on one, else the bot's.
    tag
        Something that it has to sound like, too.
    adder
        Discord's id of the member who added it.
    verdict
        How sure the bot has to be.
    disputed
        Whether most of those who voted have to say something else than the bot.
    text
        A part of the title.
    sort
        The order.
    """

    genre: str | None = None
    tag: str | None = None
    adder: int | None = None
    verdict: Verdict | None = None
    disputed: bool = False
    text: str | None = None
    sort: Sort = Sort.NEWEST

    @property
    def is_filtered(self) -> bool:
        """Whether it may leave tracks out."""
        return self != Wanted(sort=self.sort)


def wanted_text(text: str | None) -> str | None:
    """Return what is searched for.

    Parameters
    ----------
    text
        As somebody typed it; None where nobody did.

    Returns
    -------
    str or None
        Printable, and as long as a filter may be; None where there is nothing to search for.
    """
    return None if text is None or not text.strip() else printable(text, limit=TEXT_LIMIT)
