"""Looking through playlists, and changing single tracks."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.asker import asker_of
from bot.buttons.playlists.pages import open_page
from bot.buttons.playlists.track_changes import bring_track_back, edit_track, remove_track, undo_view
from bot.cards.playlist_page import CONFIDENCES
from bot.commands.playlists.filter_options import GenreOption, TagOption
from bot.commands.playlists.options import PlaylistOption, TrackOption
from bot.playlists.errors import NoSuchTrack
from bot.playlists.place import Place
from bot.playlists.playlist import Playlist
from bot.playlists.rights import owns
from bot.playlists.track import TITLE_LIMIT, Track, track_title
from bot.playlists.wanted import TEXT_LIMIT, Sort, Wanted, wanted_text
from bot.services import Services
from bot.texts.catalogue import texts_for
from bot.texts.command_names import told
from classifier.result import Verdict


class BrowsingCommands(commands.Cog):
    """``/playlist open``, and what changes single tracks."""

    _services: Services

    @app_commands.command(name=told("command-playlist-open"), description=told("command-playlist-open.description"))
    @app_commands.rename(
        playlist=told("command-playlist.playlist"),
        genre=told("command-playlist-open.genre"),
        tag=told("command-playlist-open.tag"),
        adder=told("command-playlist-open.adder"),
        confidence=told("command-playlist-open.confidence"),
        disputed=told("command-playlist-open.disputed"),
        text=told("command-playlist-open.text"),
        sort=told("command-playlist-open.sort"),
        track=told("command-playlist.track"),
    )
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"),
        genre=told("command-playlist-open.genre-description"),
        tag=told("command-playlist-open.tag-description"),
        adder=told("command-playlist-open.adder-description"),
        confidence=told("command-playlist-open.confidence-description"),
        disputed=told("command-playlist-open.disputed-description"),
        text=told("command-playlist-open.text-description"),
        sort=told("command-playlist-open.sort-description"),
        track=told("command-playlist.track-description"),
    )
    @app_commands.choices(
        confidence=[
            app_commands.Choice(name=told(CONFIDENCES[verdict]), value=verdict.value) for verdict in CONFIDENCES
        ],
        sort=[app_commands.Choice(name=told(f"sort-{sort.value}"), value=sort.value) for sort in Sort],
    )
    async def open(
        self,
        interaction: discord.Interaction[Any],
        playlist: PlaylistOption,
        *,
        genre: GenreOption | None = None,
        tag: TagOption | None = None,
        adder: discord.User | None = None,
        confidence: str | None = None,
        disputed: bool = False,
        text: app_commands.Range[str, 1, TEXT_LIMIT] | None = None,
        sort: str = Sort.NEWEST.value,
        track: TrackOption | None = None,
    ) -> None:
        """Show a page of a playlist."""
        wanted = Wanted(
            genre=genre,
            tag=tag,
            adder=None if adder is None else adder.id,
            verdict=None if confidence is None else Verdict(confidence),
            disputed=disputed,
            text=wanted_text(text),
            sort=Sort(sort),
        )
        page = 0
        if track is not None:
            page = await self._services.store.track_pages.page_of(playlist.id, wanted, track)
        await open_page(interaction, playlist, Place(wanted, page, marked=track))

    @app_commands.command(name=told("command-playlist-remove"), description=told("command-playlist-remove.description"))
    @app_commands.rename(playlist=told("command-playlist.playlist"), track=told("command-playlist.track"))
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"), track=told("command-playlist.track-description")
    )
    async def remove(self, interaction: discord.Interaction[Any], playlist: PlaylistOption, track: TrackOption) -> None:
        """Take a track out of a playlist."""
        found = await _track_of(interaction, playlist, track)
        text = await remove_track(interaction, found, playlist)
        view = undo_view(found.id, texts_for(interaction.locale))
        await interaction.response.send_message(text, view=view)

    @app_commands.command(name=told("command-playlist-edit"), description=told("command-playlist-edit.description"))
    @app_commands.rename(
        playlist=told("command-playlist.playlist"),
        track=told("command-playlist.track"),
        title=told("command-playlist-edit.title"),
    )
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"),
        track=told("command-playlist.track-description"),
        title=told("command-playlist-edit.title-description"),
    )
    async def edit(
        self,
        interaction: discord.Interaction[Any],
        playlist: PlaylistOption,
        track: TrackOption,
        title: app_commands.Range[str, 1, TITLE_LIMIT],
    ) -> None:
        """Give a track another title."""
        found = await _track_of(interaction, playlist, track)
        await interaction.response.send_message(await edit_track(interaction, found, playlist, track_title(title)))

    @app_commands.command(name=told("command-playlist-undo"), description=told("command-playlist-undo.description"))
    @app_commands.rename(playlist=told("command-playlist.playlist"))
    @app_commands.describe(playlist=told("command-playlist.playlist-description"))
    async def undo(self, interaction: discord.Interaction[Any], playlist: PlaylistOption) -> None:
        """Bring back the track that was removed last."""
        # Who may bring back everything gets the last one of all, and everybody else their own.
        mine = None if owns(playlist, asker_of(interaction)) else interaction.user.id
        removed = await self._services.store.removed_tracks.last(playlist.id, by=mine)
        await interaction.response.send_message(await bring_track_back(interaction, removed, playlist))


async def _track_of(interaction: discord.Interaction[Any], playlist: Playlist, track_id: int) -> Track:
    services: Services = interaction.client.services
    track = await services.store.track_pages.get(track_id, playlist.guild)
    if track.playlist_id != playlist.id:
        raise NoSuchTrack
    return track
