"""Which playlists anybody may read who has a link."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from yarl import URL

from bot.buttons.settings import require_admin
from bot.cards.analysis import safe_name
from bot.commands.playlists.options import PlaylistOption
from bot.playlists.errors import NoPublicPage
from bot.services import Services
from bot.settings import Settings
from bot.texts.catalogue import texts_for
from bot.texts.command_names import told
from bot.web.here import published_link


class PublishingCommands(commands.Cog):
    """``/playlist publish`` and ``/playlist unpublish``."""

    _services: Services

    @app_commands.command(
        name=told("command-playlist-publish"), description=told("command-playlist-publish.description")
    )
    @app_commands.rename(playlist=told("command-playlist.playlist"))
    @app_commands.describe(playlist=told("command-playlist.playlist-description"))
    async def publish(self, interaction: discord.Interaction[Any], playlist: PlaylistOption) -> None:
        """Let everybody read a playlist who has its link."""
        require_admin(interaction)
        page = _public_page(self._services.settings)
        token = await self._services.store.publications.publish(playlist.id)
        # In brackets, Discord does not open the page to show what is on it. Whoever has the link can read the playlist,
        # so only the one who asked sees it.
        link = f"<{published_link(token, page)}>"
        words = texts_for(interaction.locale)("playlist-published", name=safe_name(playlist.name), link=link)
        await interaction.response.send_message(words, ephemeral=True)

    @app_commands.command(
        name=told("command-playlist-unpublish"), description=told("command-playlist-unpublish.description")
    )
    @app_commands.rename(playlist=told("command-playlist.playlist"))
    @app_commands.describe(playlist=told("command-playlist.playlist-description"))
    async def unpublish(self, interaction: discord.Interaction[Any], playlist: PlaylistOption) -> None:
        """Let nobody read a playlist by its link any more, whether there is a page now or not."""
        require_admin(interaction)
        was_published = await self._services.store.publications.withdraw(playlist.id)
        words = texts_for(interaction.locale)(
            "playlist-unpublished" if was_published else "playlist-not-published", name=safe_name(playlist.name)
        )
        await interaction.response.send_message(words, ephemeral=True)


def _public_page(settings: Settings) -> URL:
    """Return where the page is found from outside."""
    if not settings.web or settings.public_url is None:
        raise NoPublicPage
    return settings.public_url
