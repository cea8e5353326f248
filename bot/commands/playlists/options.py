"""Options in which a playlist or a track of one is chosen, with suggestions while it is typed."""

from __future__ import annotations

import re
from typing import Any, Final

import discord
from discord import app_commands

from bot.errors import StoreFailed
from bot.failing import log_failure
from bot.playlists.errors import NoSuchPlaylist, NoSuchTrack, SeveralTracks
from bot.playlists.playlist import Playlist
from bot.playlists.track import title_key
from bot.store.database import Store

PLAYLIST_OPTION: Final = "playlist"
"""Name of the option in which a playlist is chosen, in every command that has one."""

CHOICE_LIMIT: Final = 100
"""Characters of a suggestion that Discord shows."""

CHOSEN: Final = "\u2063id:"
"""Begins the value of a suggested track: no title does, since none has characters that cannot be seen."""

TRACK_VALUE: Final = re.compile(rf"{CHOSEN}(?P<track>[0-9]{{1,18}})")
"""The value of a suggested track."""

Choices = list[app_commands.Choice[str]]


class ChosenPlaylist(app_commands.Transformer):
    """A playlist of the server, by its name."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Playlist:
        """Return the playlist.

        Raises
        ------
        NoSuchPlaylist
            If the server has none of that name.
        StoreFailed
            If the database fails.
        """
        if interaction.guild_id is None:
            raise NoSuchPlaylist
        return await store_of(interaction).playlists.by_name(interaction.guild_id, str(value))

    async def autocomplete(  # type: ignore[override] # discord.py's own type is narrower than what it calls with
        self, interaction: discord.Interaction[Any], value: str, /
    ) -> Choices:
        """Suggest names."""
        if interaction.guild_id is None:
            return []
        try:
            names = await store_of(interaction).playlists.suggest(interaction.guild_id, value)
        except StoreFailed as error:
            # Whoever types can go on without suggestions, and is told when the command is sent.
            log_failure(error)
            return []
        return [app_commands.Choice(name=name, value=name) for name in names]


class ChosenTrack(app_commands.Transformer):
    """The id of a track of the playlist that was chosen in the same command."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> int:
        """Return the id; whether there is such a track, whoever reads it finds out.

        Raises
        ------
        NoSuchTrack
            If nothing of that title is in the playlist.
        SeveralTracks
            If it could be one track or another.
        StoreFailed
            If the database fails.
        """
        text = str(value)
        if chosen := TRACK_VALUE.fullmatch(text):
            return int(chosen["track"])
        playlist = await typed_playlist(interaction)
        found = await store_of(interaction).track_pages.suggest(playlist.id, text) if playlist is not None else ()
        if not found:
            raise NoSuchTrack
        # The one that is called just so, however many more hold these words.
        meant = [track for track in found if title_key(track.title) == title_key(text)] or found
        if len(meant) > 1:
            raise SeveralTracks
        return meant[0].id

    async def autocomplete(  # type: ignore[override] # as above
        self, interaction: discord.Interaction[Any], value: str, /
    ) -> Choices:
        """Suggest titles."""
        try:
            playlist = await typed_playlist(interaction)
            if playlist is None:
                return []
            found = await store_of(interaction).track_pages.suggest(playlist.id, value)
        except StoreFailed as error:
            log_failure(error)
            return []
        return [app_commands.Choice(name=track.title[:CHOICE_LIMIT], value=track_value(track.id)) for track in found]


def track_value(track_id: int) -> str:
    """Return what stands for a track in a suggestion.

    Parameters
    ----------
    track_id
        Of the track.

    Returns
    -------
    str
    """
    return f"{CHOSEN}{track_id}"


async def typed_playlist(interaction: discord.Interaction[Any]) -> Playlist | None:
    """Return the playlist that was chosen in the same command.

    Parameters
    ----------
    interaction
        A command that is typed or was sent.

    Returns
    -------
    Playlist or None
        None where none is chosen yet, or the server has none of that name.

    Raises
    ------
    StoreFailed
        If the database fails.
    """
    name = getattr(interaction.namespace, PLAYLIST_OPTION, None)
    if interaction.guild_id is None or not name:
        return None
    try:
        return await store_of(interaction).playlists.by_name(interaction.guild_id, str(name))
    except NoSuchPlaylist:
        return None


def store_of(interaction: discord.Interaction[Any]) -> Store:
    """Return what outlives a restart."""
    store: Store = interaction.client.services.store
    return store


PlaylistOption = app_commands.Transform[Playlist, ChosenPlaylist]
"""Type of an option in which a playlist is chosen; the command is given the playlist."""

TrackOption = app_commands.Transform[int, ChosenTrack]
"""Type of an option in which a track of the playlist is chosen; the command is given its id."""
