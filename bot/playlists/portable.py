"""A list of tracks as it leaves the bot and comes back: the same in every format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.store.votes import GenreVotes
from classifier.result import TagProbability, Verdict

TITLE_LIMIT: Final = 200
"""Most characters of a track's title and of a list's name."""

DESCRIPTION_LIMIT: Final = 4000
"""Most characters of a list's description: as many as Discord takes in a form."""

GENRE_LIMIT: Final = 100
"""Most characters of a genre or of a tag's name: as many as a vote may have."""


@dataclass(frozen=True, slots=True)
class PortableTrack:
    """One track of a list.

    Parameters
    ----------
    title
        1 to `TITLE_LIMIT` printable characters, as `bot.text.printable` returns them.
    link
        An address that `bot.media.links.parse_link` takes; None where there is none, as for an uploaded file.
    digest
        SHA-256 of the clip's bytes, hexadecimal; None where nobody heard it.
    duration
        In seconds.
    added_at
        When it was added to the list; aware, in UTC.
    adder
        Discord's id of the member who added it.
    genre
        What the bot heard.
    probability
        Of that genre, between 0 and 1.
    verdict
        How far that genre can be trusted.
    tempo
        In beats a minute.
    energy
        Between 0 and 1.
    tags
        What else it sounds like; each name once.
    votes
        What the community says, most votes first, then by name; each genre once.
    """

    title: str
    link: str | None = None
    digest: str | None = None
    duration: float | None = None
    added_at: datetime | None = None
    adder: int | None = None
    genre: str | None = None
    probability: float | None = None
    verdict: Verdict | None = None
    tempo: float | None = None
    energy: float | None = None
    tags: tuple[TagProbability, ...] = ()
    votes: tuple[GenreVotes, ...] = ()


@dataclass(frozen=True, slots=True)
class PortableList:
    """A list of tracks.

    Parameters
    ----------
    name
        At most `TITLE_LIMIT` printable characters; empty where a file does not say.
    description
        At most `DESCRIPTION_LIMIT` characters, in lines of printable ones.
    tracks
        In order.
    """

    name: str
    description: str = ""
    tracks: tuple[PortableTrack, ...] = ()
