"""``/server-stats``: what a server collects, and who shares what."""

from __future__ import annotations

from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.statistics import has_picture, statistics_card, statistics_picture
from bot.drawing.errors import LookingError
from bot.drawing.statistics import draw_server
from bot.failing import log_failure
from bot.playlists.statistics import ServerStatistics
from bot.services import Services
from bot.surfaces.interaction import InteractionSurface
from bot.surfaces.surface import Reply
from bot.texts.catalogue import texts_for
from bot.texts.command_names import told

SHOW: Final = "show"
HIDE: Final = "hide"


class StatisticsCommands(commands.Cog):
    """The statistics of a server, and who is named in them.

    Parameters
    ----------
    services
        What the command calls.
    """

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(name=told("command-statistics"), description=told("command-statistics.description"))
    @app_commands.rename(me=told("command-statistics.me"))
    @app_commands.describe(me=told("command-statistics.me-description"))
    @app_commands.choices(
        me=[
            app_commands.Choice(name=told("command-statistics.me-show"), value=SHOW),
            app_commands.Choice(name=told("command-statistics.me-hide"), value=HIDE),
        ]
    )
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def statistics(self, interaction: discord.Interaction[Any], me: str | None = None) -> None:
        """Show the statistics, or change whether the member is named in them."""
        assert interaction.guild_id is not None
        guild, texts, statistics = interaction.guild_id, texts_for(interaction.locale), self._services.store.statistics
        with self._services.requests.one():
            if me is None:
                await self._show(InteractionSurface.of(interaction), guild)
                return
            await (statistics.hide if me == HIDE else statistics.show)(guild, interaction.user.id)
            words = texts("statistics-hidden" if me == HIDE else "statistics-shown")
            await interaction.response.send_message(words, ephemeral=True)

    async def _show(self, surface: InteractionSurface, guild: int) -> None:
        await surface.defer()
        counted = await self._services.store.statistics.of_guild(guild)
        card = statistics_card(counted, guild=guild, texts=surface.texts)
        data = await self._drawn(counted, surface.owner.member)
        picture = None
        if data is not None:
            picture = statistics_picture(data, counted, surface.texts)
            card.set_image(url=f"attachment://{picture.name}")
        await surface.answer(Reply(card, picture))

    async def _drawn(self, counted: ServerStatistics, member: int) -> bytes | None:
        if not has_picture(counted):
            return None
        try:
            return await self._services.drawing.run(draw_server, counted.week, counted.shares, member=member)
        except LookingError as error:
            # All that it shows is said in words, too.
            log_failure(error)
            return None
