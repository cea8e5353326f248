"""What a server has collected, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.playlists.track import Track

MEMBERS_NAMED: Final = 5
"""Members who share most."""


@dataclass(frozen=True, slots=True)
class GenreTracks:
    """How many tracks are shown with a genre.

    Parameters
    ----------
    genre
        The genre.
    tracks
        At least 1.
    """

    genre: str
    tracks: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """A track about which members disagree, with each other or with the bot.

    Parameters
    ----------
    track
        The track, without its tags.
    against
        Votes that say something else than the bot, or, where it has said nothing, than most of them.
    """

    track: Track
    against: int


@dataclass(frozen=True, slots=True)
class Share:
    """What a member, or several together, have shared.

    Parameters
    ----------
    member
        Discord's id of the user; None for all who are not named.
    tracks
        How many, at least 1.
    genres
        Those of them that are shown with a genre, the most frequent first.
    """

    member: int | None
    tracks: int
    genres: tuple[GenreTracks, ...]


@dataclass(frozen=True, slots=True)
class ServerStatistics:
    """What a server has collected.

    Parameters
    ----------
    playlists, tracks, votes
        How many there are.
    week
        Genres of the tracks that were added in the last seven days, the most frequent first.
    week_tracks
        How many tracks these were, those without a genre too.
    agreed
        Tracks with the most votes for one genre more than for all others.
    disputed
        Tracks with the most votes against the bot.
    shares
        Who shares most; last of all, everybody else together.
    """

    playlists: int
    tracks: int
    votes: int
    week: tuple[GenreTracks, ...]
    week_tracks: int
    agreed: tuple[Track, ...]
    disputed: tuple[Dispute, ...]
    shares: tuple[Share, ...]
