"""``/genre-settings``: the panel of a server's admins."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.buttons.settings import require_admin, settings_view
from bot.cards.settings import settings_card
from bot.services import Services
from bot.settings_panel import WrittenChannel, read_panel
from bot.texts.catalogue import texts_for
from bot.texts.command_names import told


class SettingsCommands(commands.Cog):
    """What the bot does in a channel, and what it may do there.

    Parameters
    ----------
    services
        What the command calls.
    reads_messages
        Whether Discord lets the bot read what is written without a mention of it.
    """

    def __init__(self, services: Services, *, reads_messages: bool) -> None:
        self._services = services
        self._reads_messages = reads_messages

    @app_commands.command(name=told("command-settings"), description=told("command-settings.description"))
    @app_commands.rename(channel=told("command-settings.channel"))
    @app_commands.describe(channel=told("command-settings.channel-description"))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def settings(
        self, interaction: discord.Interaction[Any], channel: WrittenChannel | discord.Thread | None = None
    ) -> None:
        """Show the panel."""
        require_admin(interaction)
        where = interaction.channel_id if channel is None else channel.id
        panel = await read_panel(interaction.guild, where, self._services, reads_messages=self._reads_messages)
        texts = texts_for(interaction.locale)
        await interaction.response.send_message(
            embed=settings_card(panel, texts), view=settings_view(panel, texts), ephemeral=True
        )
