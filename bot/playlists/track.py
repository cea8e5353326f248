"""What a track of a playlist is: what it is called, where it came from, and what it sounds like."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.playlists.errors import BadTrackTitle
from bot.store.votes import GenreVotes
from bot.text import printable, search_key
from classifier.result import TagProbability, Verdict

TITLE_LIMIT: Final = 200
"""Characters of a track's title."""

TITLE_KEY_LIMIT: Final = 600
"""Characters of the key that titles are searched by."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the bot heard in a track.

    Parameters
    ----------
    model_key
        Of the model that heard it.
    verdict
        How far to trust the genre.
    genre
        The most probable one; None where it is no music.
    probability
        Of the genre, between 0 and 1; None where there is none.
    tempo
        In beats per minute.
    energy
        Between 0 and 1.
    tags
        What else it sounds like, most probable first.
    embedding
        float32, little-endian: where it lies among all music, for maps and neighbours.
    """

    model_key: str
    verdict: Verdict
    genre: str | None
    probability: float | None
    tempo: float | None
    energy: float | None
    tags: tuple[TagProbability, ...]
    embedding: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What a file said of a track that the bot has not heard; believed until it has.

    Parameters
    ----------
    genre, probability, verdict, tempo, energy, tags
        As in `Hearing`; None and empty where it did not say.
    """

    genre: str | None = None
    probability: float | None = None
    verdict: Verdict | None = None
    tempo: float | None = None
    energy: float | None = None
    tags: tuple[TagProbability, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The message whose file a track was.

    Parameters
    ----------
    channel, message
        Discord's ids.
    position
        Which of its clips it was, 0 to 4.
    """

    channel: int
    message: int
    position: int


@dataclass(frozen=True, slots=True)
class NewTrack:
    """A track that is to be added.

    Parameters
    ----------
    title
        By `track_title`.
    digest
        SHA-256 of its bytes, hexadecimal; None where nobody knows them.
    link
        Where it can be heard; None for a file.
    source
        The message whose file it was; None where there is none.
    duration
        In seconds; None where nobody knows.
    heard
        What the bot heard, or what a file said of it.
    told_votes
        Votes that a file told of.
    added_at, adder
        As a file told; None for now, and the member who adds it.
    """

    title: str
    digest: str | None = None
    link: str | None = None
    source: Source | None = None
    duration: float | None = None
    heard: Hearing | Told = Told()
    told_votes: tuple[GenreVotes, ...] = ()
    added_at: datetime | None = None
    adder: int | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """A track of a playlist.

    Parameters
    ----------
    id
        Its own; never used again.
    playlist_id
        Of its playlist.
    title, digest, link, source, duration, told_votes
        As in `NewTrack`.
    adder
        Discord's id of the member; None where that is forgotten.
    added_at
        In UTC.
    model_key
        Of the model that heard it; None where the bot has not.
    verdict, genre, probability, tempo, energy, tags
        As in `Hearing` where the bot heard it, else as in `Told`.
    votes
        How many members of the server voted.
    top_genre, top_votes
        What most of them say, and how many these are; None and 0 where nobody voted.
    settled
        The genre that enough of them agree on; None where they do not.
    """

    id: int
    playlist_id: int
    title: str
    digest: str | None
    link: str | None
    source: Source | None
    adder: int | None
    added_at: datetime
    duration: float | None
    model_key: str | None
    verdict: Verdict | None
    genre: str | None
    probability: float | None
    tempo: float | None
    energy: float | None
    tags: tuple[TagProbability, ...]
    told_votes: tuple[GenreVotes, ...]
    votes: int
    top_genre: str | None
    top_votes: int
    settled: str | None

    @property
    def shown_genre(self) -> str | None:
        """The community's genre where it has agreed on one, else the bot's."""
        return self.settled or self.genre


def track_title(text: str) -> str:
    """Return a title that can be kept.

    Parameters
    ----------
    text
        As a member, a site or a file wrote it.

    Returns
    -------
    str
        1 to `TITLE_LIMIT` printable characters; a longer one loses its middle.

    Raises
    ------
    BadTrackTitle
        If nothing readable is left of it.
    """
    title = printable(text, limit=TITLE_LIMIT)
    if title == "?" and "?" not in text:
        raise BadTrackTitle
    return title


def title_key(title: str) -> str:
    """Return what a title is searched and sorted by."""
    return search_key(title, limit=TITLE_KEY_LIMIT)


def packed(embedding: Sequence[float]) -> bytes:
    """Return an embedding as it is kept: float32, little-endian."""
    numbers = array("f", embedding)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
