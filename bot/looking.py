"""Looks at a whole playlist: reads it, and has it compared and drawn in the drawing process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import discord

from bot.cards.fingerprint import id_in_short
from bot.drawing.errors import TooFewTracks
from bot.drawing.sounds import Sounds
from bot.logs import get_logger
from bot.playlists.genre_mix import GenreMix, genre_mix
from bot.playlists.playlist import Playlist
from bot.services import Services
from bot.store.track_pages import TrackSound
from bot.surfaces.interaction import InteractionSurface
from bot.surfaces.surface import DELIVERY_ERRORS
from bot.texts.catalogue import Texts

log = get_logger(__name__)

FEWEST: Final = 3
"""Tracks of a picture or an order: two always lie as they do."""

NAMING_SECONDS: Final = 5.0
"""Most time that asking Discord for the names of members may take, in seconds."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Look:
    """A playlist that a member looks at.

    Parameters
    ----------
    playlist
        The playlist.
    tracks
        All of its tracks, the oldest first.
    surface
        Where the member is answered.
    services
        What it takes.
    """

    playlist: Playlist
    tracks: tuple[TrackSound, ...]
    surface: InteractionSurface
    services: Services

    @property
    def texts(self) -> Texts:
        """The member's language."""
        return self.surface.texts

    @property
    def heard(self) -> tuple[TrackSound, ...]:
        """The tracks that the bot has heard: only they can be compared by sound."""
        return heard_of(self.tracks)

    @property
    def unheard(self) -> int:
        """How many tracks the bot has not heard."""
        return len(self.tracks) - len(self.heard)

    async def run(self, function: Callable[..., Result], *arguments: object) -> Result:
        """Run a function in the drawing process.

        Parameters
        ----------
        function, arguments
            One of `bot.drawing.looks`, and what it is given.

        Returns
        -------
        Result

        Raises
        ------
        LookingError
            If it is not taken, or does not come to an end.
        """
        return await self.services.drawing.run(function, *arguments, member=self.surface.owner.member)


async def look_at(
    playlist: Playlist, interaction: discord.Interaction[Any], services: Services, *, needed: int
) -> Look:
    """Read a playlist for a member who looks at it.

    Parameters
    ----------
    playlist
        The playlist.
    interaction
        The member's request; Discord is told that there will be an answer.
    services
        What it takes.
    needed
        Tracks that it takes at least.

    Returns
    -------
    Look

    Raises
    ------
    TooFewTracks
        If there are fewer; before Discord is told anything, so that only the member sees it.
    LookingError
        If no more looks are taken now.
    StoreFailed
        If the database fails.
    """
    surface = InteractionSurface.of(interaction)
    require_tracks(playlist, needed=needed)
    services.drawing.require_room(surface.owner.member)
    await surface.defer()
    return Look(playlist, await services.store.track_pages.sounds(playlist.id), surface, services)


def require_tracks(playlist: Playlist, *, needed: int) -> None:
    """Refuse to look at a playlist that is too short, before it is read.

    Parameters
    ----------
    playlist
        The playlist.
    needed
        Tracks that it takes at least.

    Raises
    ------
    TooFewTracks
        If there are fewer.
    """
    if playlist.tracks < needed:
        raise TooFewTracks(needed)


def heard_of(tracks: tuple[TrackSound, ...]) -> tuple[TrackSound, ...]:
    """Return the tracks that the bot has heard: only they can be compared by sound."""
    return tuple(track for track in tracks if track.embedding is not None)


def sounds_of(tracks: tuple[TrackSound, ...], *, needed: int) -> Sounds:
    """Return what tracks sound like, ready to be compared.

    Parameters
    ----------
    tracks
        The tracks.
    needed
        How many it takes at least.

    Returns
    -------
    Sounds

    Raises
    ------
    TooFewTracks
        If there are fewer.
    """
    if len(tracks) < needed:
        raise TooFewTracks(needed)
    return Sounds.of(tracks)


async def mix_of(tracks: tuple[TrackSound, ...], guild: int, services: Services) -> GenreMix:
    """Tell which genres tracks are of, without naming those who do not want to be counted.

    Parameters
    ----------
    tracks
        The oldest first.
    guild
        Discord's id of the server.
    services
        What it takes.

    Returns
    -------
    GenreMix

    Raises
    ------
    TooFewTracks
        If fewer than `FEWEST` have a genre.
    StoreFailed
        If the database fails.
    """
    if sum(track.genre is not None for track in tracks) < FEWEST:
        raise TooFewTracks(FEWEST)
    return genre_mix(tracks, hidden=await services.store.statistics.hidden(guild))


async def names_of(members: Iterable[int], guild: discord.Guild) -> dict[int, str]:
    """Return what members are called in a server.

    Parameters
    ----------
    members
        Discord's ids; few, as Discord is asked for each that is not known.
    guild
        The server.

    Returns
    -------
    dict of int to str
        The last digits of the id stand for those who left, and for all while Discord does not tell.
    """

    async def name_of(member: int) -> str:
        known = guild.get_member(member)
        if known is None:
            try:
                async with asyncio.timeout(NAMING_SECONDS):
                    known = await guild.fetch_member(member)
            except DELIVERY_ERRORS as error:
                log.info("a member is named by the id", reason=type(error).__name__)
                return id_in_short(member)
        return known.display_name

    chosen = tuple(members)
    return dict(zip(chosen, await asyncio.gather(*map(name_of, chosen)), strict=True))
