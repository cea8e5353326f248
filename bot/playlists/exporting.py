"""From a playlist to a file that players read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.playlists.errors import ExportTooLarge
from bot.playlists.formats.formats import FORMATS, Format
from bot.playlists.playlist import Playlist
from bot.playlists.portable import PortableList, PortableTrack
from bot.playlists.track import Track
from bot.store.votes import GenreVotes

NAME_LIMIT: Final = 60
"""Characters of a file's name, without its ending."""

UNSAFE: Final = re.compile(r"[^\w-]+")
"""What no file is called by: all but letters and digits of any script."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A playlist as a file.

    Parameters
    ----------
    name
        Safe on every system.
    data
        What is in it.
    """

    name: str
    data: bytes


def portable_list(
    playlist: Playlist, tracks: Iterable[Track], votes: Mapping[str, tuple[GenreVotes, ...]]
) -> PortableList:
    """Return a playlist as it leaves the bot.

    Parameters
    ----------
    playlist
        The playlist.
    tracks
        Of the playlist, in order.
    votes
        What the community says, by digest.

    Returns
    -------
    PortableList
        Where the community does not say anything, with the votes that a file told of.
    """
    return PortableList(
        playlist.name,
        playlist.description,
        tuple(
            PortableTrack(
                title=track.title,
                link=track.link,
                digest=track.digest,
                duration=track.duration,
                added_at=track.added_at,
                adder=track.adder,
                genre=track.genre,
                probability=track.probability,
                verdict=track.verdict,
                tempo=track.tempo,
                energy=track.energy,
                tags=track.tags,
                votes=votes.get(track.digest or "") or track.told_votes,
            )
            for track in tracks
        ),
    )


def exported(listed: PortableList, kind: Format, *, most_bytes: int) -> ListFile:
    """Write a playlist into a file.

    Parameters
    ----------
    listed
        The playlist.
    kind
        The format.
    most_bytes
        How large the file may be.

    Returns
    -------
    ListFile

    Raises
    ------
    ExportTooLarge
        If it would be larger; names the formats in which it is not.
    """
    data = kind.write(listed)
    if len(data) > most_bytes:
        others = (other for other in FORMATS if other is not kind)
        fitting = tuple(other.title for other in others if len(other.write(listed)) <= most_bytes)
        raise ExportTooLarge(kind.title, len(data), most_bytes, fitting)
    name = UNSAFE.sub("-", listed.name)[:NAME_LIMIT].strip("-_") or "playlist"
    return ListFile(name + kind.endings[0], data)
