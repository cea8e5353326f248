"""``/about`` and ``/help``."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.about import about_card
from bot.cards.help import DropHelp, help_card
from bot.listening import listened_id
from bot.services import Services
from bot.texts.catalogue import texts_for
from bot.texts.command_names import told


class AboutCommands(commands.Cog):
    """Tells members what the bot is and how to use it.

    Parameters
    ----------
    services
        What the commands call.
    reads_messages
        Whether Discord lets the bot read what is written without a mention of it.
    """

    def __init__(self, services: Services, *, reads_messages: bool) -> None:
        self._services = services
        self._reads_messages = reads_messages

    @app_commands.command(name=told("command-about"), description=told("command-about.description"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def about(self, interaction: discord.Interaction[Any]) -> None:
        """Say what the bot is, how good it is and what it takes."""
        card = about_card(self._services.facts, self._services.settings, texts_for(interaction.locale))
        await interaction.response.send_message(embed=card, ephemeral=True)

    @app_commands.command(name=told("command-help"), description=told("command-help.description"))
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        """Say how to ask."""
        card = help_card(self._drop_help(interaction), texts_for(interaction.locale))
        await interaction.response.send_message(embed=card, ephemeral=True)

    def _drop_help(self, interaction: discord.Interaction[Any]) -> DropHelp:
        if not self._reads_messages:
            return DropHelp.BLIND
        if interaction.guild_id is None or interaction.channel_id is None:
            return DropHelp.DIRECT
        channel_id = listened_id(interaction.channel, interaction.channel_id)
        setting = self._services.store.channels.mode(channel_id)
        return DropHelp.OFF if setting is None else DropHelp.ON
