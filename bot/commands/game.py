"""``/beat-the-bot``: a clip without its title, and a minute to know better than the bot."""

from __future__ import annotations

import io
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.buttons.game import round_view
from bot.cards.game import EXCERPT_NAME, round_card, scores_card
from bot.commands.playlists.options import PlaylistOption
from bot.game.errors import CannotPlayHere
from bot.game.round import Round
from bot.services import Services
from bot.surfaces.interaction import may_write_in
from bot.texts.catalogue import texts_for, texts_in
from bot.texts.command_names import told


class GameCommands(commands.Cog):
    """The game in which members and the bot guess.

    Parameters
    ----------
    services
        What the commands call.
    """

    beat = app_commands.Group(
        name=told("command-beat"),
        description=told("command-beat.description"),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    )

    def __init__(self, services: Services) -> None:
        self._services = services

    @beat.command(name=told("command-beat-start"), description=told("command-beat-start.description"))
    @app_commands.rename(playlist=told("command-playlist.playlist"))
    @app_commands.describe(playlist=told("command-playlist.playlist-description"))
    async def start(self, interaction: discord.Interaction[Any], playlist: PlaylistOption) -> None:
        """Begin a round."""
        channel, game = interaction.channel_id, interaction.client.game
        if channel is None or not may_write_in(interaction):
            raise CannotPlayHere
        await game.require_free(channel)

        async def post(played: Round, excerpt: bytes) -> int:
            message = await interaction.edit_original_response(
                embed=round_card(played, texts_in(played.language)),
                attachments=[discord.File(io.BytesIO(excerpt), EXCERPT_NAME)],
                view=round_view(played),
            )
            return message.id

        with self._services.requests.one():
            await interaction.response.defer()
            await game.begin(playlist, channel, texts_for(interaction.locale).language, post)

    @beat.command(name=told("command-beat-scores"), description=told("command-beat-scores.description"))
    async def scores(self, interaction: discord.Interaction[Any]) -> None:
        """Show the scores of the server."""
        assert interaction.guild_id is not None
        scores = await self._services.store.rounds.scores(interaction.guild_id)
        await interaction.response.send_message(embed=scores_card(scores, texts_for(interaction.locale)))
