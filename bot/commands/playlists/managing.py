"""Making playlists, and looking after them as a whole."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.asker import asker_of
from bot.buttons.playlists.listing import bring_back_view, listing_view
from bot.cards.analysis import safe_name
from bot.cards.playlists import PLAYLISTS_A_PAGE, playlists_card
from bot.commands.playlists.options import PlaylistOption
from bot.playlists.playlist import DESCRIPTION_LIMIT, NAME_LIMIT, playlist_description, playlist_name
from bot.playlists.rights import require_owner
from bot.services import Services
from bot.texts.catalogue import texts_for
from bot.texts.command_names import told


class ManagingCommands(commands.Cog):
    """``/playlist create`` and what changes a playlist as a whole."""

    _services: Services

    @app_commands.command(name=told("command-playlist-create"), description=told("command-playlist-create.description"))
    @app_commands.rename(name=told("command-playlist-create.name"), description=told("command-playlist-create.text"))
    @app_commands.describe(
        name=told("command-playlist-create.name-description"),
        description=told("command-playlist-create.text-description"),
    )
    async def create(
        self,
        interaction: discord.Interaction[Any],
        name: app_commands.Range[str, 1, NAME_LIMIT],
        description: app_commands.Range[str, 1, DESCRIPTION_LIMIT] | None = None,
    ) -> None:
        """Make a playlist of the server."""
        assert interaction.guild_id is not None
        kept = playlist_name(name)
        await self._services.store.playlists.create(
            interaction.guild_id, kept, interaction.user.id, description=playlist_description(description or "")
        )
        texts = texts_for(interaction.locale)
        await interaction.response.send_message(
            texts("playlist-created", name=safe_name(kept), button=texts("button-add"))
        )

    @app_commands.command(name=told("command-playlist-rename"), description=told("command-playlist-rename.description"))
    @app_commands.rename(playlist=told("command-playlist.playlist"), name=told("command-playlist-rename.name"))
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"), name=told("command-playlist-rename.name-description")
    )
    async def rename(
        self,
        interaction: discord.Interaction[Any],
        playlist: PlaylistOption,
        name: app_commands.Range[str, 1, NAME_LIMIT],
    ) -> None:
        """Give a playlist another name."""
        require_owner(playlist, asker_of(interaction))
        new = playlist_name(name)
        await self._services.store.playlists.rename(playlist.id, new)
        texts = texts_for(interaction.locale)
        await interaction.response.send_message(
            texts("playlist-renamed", name=safe_name(playlist.name), new=safe_name(new))
        )

    @app_commands.command(
        name=told("command-playlist-describe"), description=told("command-playlist-describe.description")
    )
    @app_commands.rename(playlist=told("command-playlist.playlist"), text=told("command-playlist-describe.text"))
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"), text=told("command-playlist-describe.text-description")
    )
    async def describe(
        self,
        interaction: discord.Interaction[Any],
        playlist: PlaylistOption,
        text: app_commands.Range[str, 1, DESCRIPTION_LIMIT] | None = None,
    ) -> None:
        """Say what a playlist is about, or nothing any more."""
        require_owner(playlist, asker_of(interaction))
        await self._services.store.playlists.describe(playlist.id, playlist_description(text or ""))
        texts = texts_for(interaction.locale)
        await interaction.response.send_message(texts("playlist-described", name=safe_name(playlist.name)))

    @app_commands.command(name=told("command-playlist-delete"), description=told("command-playlist-delete.description"))
    @app_commands.rename(playlist=told("command-playlist.playlist"))
    @app_commands.describe(playlist=told("command-playlist.playlist-description"))
    async def delete(self, interaction: discord.Interaction[Any], playlist: PlaylistOption) -> None:
        """Delete a playlist; whoever may do that can bring it back for a while."""
        require_owner(playlist, asker_of(interaction))
        await self._services.store.playlists.delete(playlist.id)
        texts = texts_for(interaction.locale)
        words = texts(
            "playlist-deleted",
            name=safe_name(playlist.name),
            tracks=playlist.tracks,
            days=self._services.settings.undo_days,
        )
        await interaction.response.send_message(words, view=bring_back_view(playlist.id, texts))

    @app_commands.command(name=told("command-playlist-list"), description=told("command-playlist-list.description"))
    async def list(self, interaction: discord.Interaction[Any]) -> None:
        """Show the playlists of the server."""
        assert interaction.guild_id is not None
        playlists = await self._services.store.playlists.of_guild(interaction.guild_id)
        texts = texts_for(interaction.locale)
        card = playlists_card(playlists, self._services.store.playlist_channels, page=0, texts=texts)
        if len(playlists) > PLAYLISTS_A_PAGE:
            await interaction.response.send_message(embed=card, view=listing_view(0, len(playlists)))
        else:
            await interaction.response.send_message(embed=card)
