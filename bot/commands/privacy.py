"""``/privacy``: what is kept about a member, as a file, and gone on request."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.buttons.privacy import forget_view
from bot.cards.privacy import Periods, kept_card, sure_card
from bot.services import Services
from bot.store.playlist_views import KEEP_VIEWS
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
        settings = self._services.settings
        periods = Periods(
            unused=settings.keep_days,
            pages=KEEP_VIEWS.days,
            undo=settings.undo_days,
            leave_grace=settings.leave_grace_days,
        )
        counts = await self._services.store.privacy.counts(interaction.user.id)
        card = kept_card(counts, periods, texts_for(interaction.locale))
        await interaction.edit_original_response(embed=card)

    @privacy.command(name=told("command-privacy-export"), description=told("command-privacy-export.description"))
    async def export(self, interaction: discord.Interaction[Any]) -> None:
        """Hand over all that is kept."""
        await interaction.response.defer(ephemeral=True)
        kept = await self._services.store.privacy.kept_about(interaction.user.id)
        file = await asyncio.to_thread(_exported, kept, interaction.filesize_limit)
        await interaction.edit_original_response(
            content=texts_for(interaction.locale)("privacy-export"), attachments=[file]
        )

    @privacy.command(name=told("command-privacy-delete"), description=told("command-privacy-delete.description"))
    async def delete(self, interaction: discord.Interaction[Any]) -> None:
        """Ask whether the member is sure."""
        await interaction.response.defer(ephemeral=True)
        counts = await self._services.store.privacy.counts(interaction.user.id)
        texts = texts_for(interaction.locale)
        view = forget_view(texts) if any(counts.values()) else None
        await interaction.edit_original_response(embed=sure_card(counts, texts), view=view)


def _exported(kept: dict[str, Any], limit: int) -> discord.File:
    """Return the file; compressed where Discord would not take it otherwise, as of members who added very much."""
    document = json.dumps(kept, indent=2, ensure_ascii=False).encode()
    if len(document) <= limit:
        return discord.File(io.BytesIO(document), EXPORT_NAME)
    return discord.File(io.BytesIO(gzip.compress(document)), f"{EXPORT_NAME}.gz")
