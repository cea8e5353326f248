"""``/genre`` and its like in the menu of messages: clips in, their genres out."""

from __future__ import annotations

from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.answering import answer_all, answer_clip
from bot.asking import asking
from bot.clips import asked_clip, clips_in
from bot.errors import NothingToHear
from bot.services import Services
from bot.surfaces.interaction import InteractionSurface
from bot.texts.command_names import told

MOST_GENRES: Final = 10


class GenreCommands(commands.Cog):
    """The commands and nothing else: everything that they do lives elsewhere.

    Parameters
    ----------
    services
        What they call.
    """

    def __init__(self, services: Services) -> None:
        self._services = services
        self._menu = app_commands.ContextMenu(
            name=told("command-classify"),
            callback=self.classify,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )

    @property
    def menu_commands(self) -> tuple[app_commands.ContextMenu, ...]:
        """The commands of the menu of messages, which a cog does not add by itself."""
        return (self._menu,)

    @app_commands.command(name=told("command-genre"), description=told("command-genre.description"))
    @app_commands.rename(
        file=told("command-genre.file"),
        link=told("command-genre.link"),
        genres=told("command-genre.genres"),
        private=told("command-genre.private"),
    )
    @app_commands.describe(
        file=told("command-genre.file-description"),
        link=told("command-genre.link-description"),
        genres=told("command-genre.genres-description"),
        private=told("command-genre.private-description"),
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def genre(
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment | None = None,
        link: str | None = None,
        genres: app_commands.Range[int, 1, MOST_GENRES] | None = None,
        private: bool = False,
    ) -> None:
        """Answer a member's clip."""
        # What is wrong with the question itself is answered at once, and only to the one who asked.
        clip = asked_clip(file, link, self._services)
        surface = InteractionSurface.of(interaction, private=private)
        async with asking(surface, self._services) as request:
            await answer_clip(request, clip, self._services, genres=genres)

    async def classify(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Answer every clip in a message."""
        clips = clips_in(message, self._services)
        if not clips:
            raise NothingToHear
        first = InteractionSurface.of(interaction)
        await answer_all(clips, [first, *(first.one_more() for _ in clips[1:])], self._services)
