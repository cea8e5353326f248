"""``/genre``: a clip in, its genre out."""

from __future__ import annotations

from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.asking import asking
from bot.cards.analysis import answer_card
from bot.errors import FileOrLink
from bot.media.attachments import AttachedClip
from bot.media.clip import Clip
from bot.media.linked_clip import LinkedClip
from bot.media.links import parse_link
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
    @app_commands.describe(
        file="An audio or video file",
        link="Instead of a file: a link to one, or to a track on SoundCloud, Bandcamp, YouTube and the like",
        genres="How many genres to show (3 unless you say so)",
        private="Show the answer to nobody but you",
    )
    async def genre(
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment | None = None,
        link: str | None = None,
        genres: app_commands.Range[int, 1, MOST_GENRES] = DEFAULT_GENRES,
        private: bool = False,
    ) -> None:
        """Answer a member's clip."""
        # What is wrong with the question itself is answered at once, and only to the one who asked.
        clip = self._clip(file, link)
        async with asking(interaction, self._services, private=private) as request:
            heard = await request.analyze(clip.on_disk)
            embed, files = answer_card(heard.answer, file_name=clip.name, genres=genres)
            await request.answer(embed=embed, files=files)

    def _clip(self, file: discord.Attachment | None, link: str | None) -> Clip:
        services = self._services
        if file is not None and link is None:
            return AttachedClip(
                file,
                fetch=services.fetch,
                folder=services.clip_folder,
                max_bytes=services.settings.max_upload_bytes,
            )
        if link is not None and file is None:
            return LinkedClip(parse_link(link), services.links)
        raise FileOrLink
