"""What a click is about, as far as it belongs to the server that the click comes from."""

from __future__ import annotations

from typing import Any

import discord

from bot.playlists.errors import NoSuchPlaylist, NoSuchTrack, TrackRemoved
from bot.playlists.playlist import Playlist
from bot.playlists.track import Track
from bot.services import Services


async def playlist_here(interaction: discord.Interaction[Any], playlist_id: int) -> Playlist:
    """Return a playlist of the server.

    Parameters
    ----------
    interaction
        The click.
    playlist_id
        Of the playlist.

    Returns
    -------
    Playlist

    Raises
    ------
    NoSuchPlaylist
        If the server has none, or not any more.
    StoreFailed
        If the database fails.
    """
    services: Services = interaction.client.services
    playlist = await services.store.playlists.get(playlist_id)
    if playlist.guild != interaction.guild_id:
        raise NoSuchPlaylist
    return playlist


async def track_here(interaction: discord.Interaction[Any], track_id: int) -> tuple[Track, Playlist]:
    """Return a track of the server, and its playlist.

    Parameters
    ----------
    interaction
        The click.
    track_id
        Any number: it comes from outside.

    Returns
    -------
    track : Track
    playlist : Playlist

    Raises
    ------
    TrackRemoved
        If the server has none any more.
    StoreFailed
        If the database fails.
    """
    services: Services = interaction.client.services
    if interaction.guild_id is None:
        raise TrackRemoved
    try:
        track = await services.store.track_pages.get(track_id, interaction.guild_id)
    except NoSuchTrack as error:
        raise TrackRemoved from error
    return track, await services.store.playlists.get(track.playlist_id)
