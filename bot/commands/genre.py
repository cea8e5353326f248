"""``/genre``: a clip in, its genre out."""

from __future__ import annotations

from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.analysis import analysis_card
from bot.media.attachments import on_disk
from bot.services import Services

DEFAULT_GENRES: Final = 3
MOST_GENRES: Final = 10


class GenreCommands(commands.Cog):
    """The command and nothing else: everything that it does lives elsewhere.

    Parameters
    ----------
    services
        What it calls.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(name="genre", description="Tell the genre of a piece of music")
    @app_commands.describe(file="An audio or video file", genres="How many genres to show (3 unless you say so)")
    async def genre(
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment,
        genres: app_commands.Range[int, 1, MOST_GENRES] = DEFAULT_GENRES,
    ) -> None:
        """Answer a member's clip."""
        services = self._services
        with services.requests.one():
            await interaction.response.defer(thinking=True)
            analysis = await services.analyzer.analyze(
                lambda: on_disk(
                    file,
                    fetch=services.fetch,
                    folder=services.clip_folder,
                    max_bytes=services.settings.max_upload_bytes,
                ),
                owner=interaction.user.id,
            )
            await interaction.edit_original_response(
                embed=analysis_card(analysis, file_name=file.filename, genres=genres)
            )
