"""What a playlist is, and with whom it is shared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.playlists.errors import BadPlaylistName
from bot.text import printable, search_key

NAME_LIMIT: Final = 80
"""Characters of a playlist's name."""

NAME_KEY_LIMIT: Final = 240
"""Characters of the key that names are compared by."""

DESCRIPTION_LIMIT: Final = 500
"""Characters of a playlist's description."""

MOST_PLAYLISTS: Final = 200
"""Playlists of one server."""

MOST_TRACKS: Final = 20_000
"""Tracks of one playlist."""


class SharedWith(StrEnum):
    """Whom a playlist can be shared with."""

    EVERYONE = "everyone"
    ROLE = "role"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Collaborator:
    """Somebody who may add to a playlist without being its owner.

    Parameters
    ----------
    kind
        What `subject` is.
    subject
        Discord's id of the role or the member; 0 for everyone.
    """

    kind: SharedWith
    subject: int = 0


@dataclass(frozen=True, slots=True)
class Playlist:
    """A playlist.

    Parameters
    ----------
    id
        Its own; never used again.
    guild
        Discord's id of the server.
    name, description
        As members wrote them, but printable.
    owner
        Discord's id of the member; None where the owner is forgotten.
    created_at
        In UTC.
    tracks
        How many tracks it has.
    collaborators
        Whom it is shared with.
    """

    id: int
    guild: int
    name: str
    description: str
    owner: int | None
    created_at: datetime
    tracks: int
    collaborators: tuple[Collaborator, ...]


def playlist_name(text: str) -> str:
    """Return a name that can be kept.

    Parameters
    ----------
    text
        As a member wrote it.

    Returns
    -------
    str
        1 to `NAME_LIMIT` printable characters, without space around them.

    Raises
    ------
    BadPlaylistName
        If nothing readable is left of it, or too much.
    """
    name = printable(text, limit=NAME_LIMIT + 1)
    if len(name) > NAME_LIMIT or (name == "?" and "?" not in text):
        raise BadPlaylistName
    return name


def playlist_description(text: str) -> str:
    """Return a description that can be kept.

    Parameters
    ----------
    text
        As a member wrote it; empty for none.

    Returns
    -------
    str
        At most `DESCRIPTION_LIMIT` printable characters in one line.
    """
    return printable(text, limit=DESCRIPTION_LIMIT) if text.strip() else ""


def name_key(name: str) -> str:
    """Return what names of playlists are compared by, also of what is no such name yet."""
    return search_key(name, limit=NAME_KEY_LIMIT)
