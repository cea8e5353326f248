"""``/privacy``: what is kept about a member, as a file, and gone on request."""

from __future__ import annotations

import io
import json
from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.buttons.privacy import forget_view
from bot.cards.privacy import kept_card, sure_card
from bot.services import Services
from bot.texts.catalogue import texts_for
from bot.texts.command_names import told

EXPORT_NAME: Final = "genre-bot-about-me.json"


class PrivacyCommands(commands.Cog):
    """Everything here is seen by the member alone.

    Parameters
    ----------
    services
        What the commands call.
    """

    privacy = app_commands.Group(
        name=told("command-privacy"),
        description=told("command-privacy.description"),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
    )

    def __init__(self, services: Services) -> None:
        self._services = services

    @privacy.command(name=told("command-privacy-show"), description=told("command-privacy-show.description"))
    async def show(self, interaction: discord.Interaction[Any]) -> None:
        """Say how much is kept, and for how long."""
        await interaction.response.defer(ephemeral=True)
        kept = await self._services.store.privacy.kept_about(interaction.user.id)
        card = kept_card(kept, keep_days=self._services.settings.keep_days, texts=texts_for(interaction.locale))
        await interaction.edit_original_response(embed=card)

    @privacy.command(name=told("command-privacy-export"), description=told("command-privacy-export.description"))
    async def export(self, interaction: discord.Interaction[Any]) -> None:
        """Hand over all that is kept."""
        await interaction.response.defer(ephemeral=True)
        kept = await self._services.store.privacy.kept_about(interaction.user.id)
        document = json.dumps(kept, indent=2, ensure_ascii=False).encode()
        await interaction.edit_original_response(
            content=texts_for(interaction.locale)("privacy-export"),
            attachments=[discord.File(io.BytesIO(document), EXPORT_NAME)],
        )

    @privacy.command(name=told("command-privacy-delete"), description=told("command-privacy-delete.description"))
    async def delete(self, interaction: discord.Interaction[Any]) -> None:
        """Ask whether the member is sure."""
        await interaction.response.defer(ephemeral=True)
        kept = await self._services.store.privacy.kept_about(interaction.user.id)
        texts = texts_for(interaction.locale)
        card = sure_card(kept, texts)
        view = forget_view(texts) if kept["answers"] or kept["votes"] else None
        await interaction.edit_original_response(embed=card, view=view)
