"""``/playlist export``: a playlist as a file."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.analysis import safe_name
from bot.commands.playlists.options import PlaylistOption
from bot.playlists.exporting import exported, portable_list
from bot.playlists.formats.formats import FORMATS, M3U8, by_name
from bot.services import Services
from bot.texts.catalogue import texts_for
from bot.texts.command_names import told


class ExportingCommands(commands.Cog):
    """``/playlist export``."""

    _services: Services

    @app_commands.command(name=told("command-playlist-export"), description=told("command-playlist-export.description"))
    @app_commands.rename(playlist=told("command-playlist.playlist"), kind=told("command-playlist-export.format"))
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"), kind=told("command-playlist-export.format-description")
    )
    @app_commands.choices(kind=[app_commands.Choice(name=known.title, value=known.name) for known in FORMATS])
    async def export(
        self, interaction: discord.Interaction[Any], playlist: PlaylistOption, kind: str = M3U8.name
    ) -> None:
        """Hand over a playlist."""
        chosen = by_name(kind) or M3U8
        pages = self._services.store.track_pages
        with self._services.requests.one():
            await interaction.response.defer(ephemeral=True)
            listed = portable_list(playlist, await pages.all_of(playlist.id), await pages.votes_of(playlist.id))
            file = await asyncio.to_thread(exported, listed, chosen, most_bytes=interaction.filesize_limit)
            words = texts_for(interaction.locale)(
                "playlist-exported", name=safe_name(playlist.name), tracks=len(listed.tracks), kind=chosen.title
            )
            await interaction.edit_original_response(
                content=words, attachments=[discord.File(io.BytesIO(file.data), file.name)]
            )
