"""The Discord client: its connection, its commands, and how it stops."""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Iterable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.application import WITHOUT_MESSAGE_CONTENT
from bot.buttons.forms import take_form
from bot.buttons.game import GuessButton
from bot.buttons.jobs import JobButton
from bot.buttons.playlists.all_buttons import PLAYLIST_BUTTONS
from bot.buttons.privacy import ForgetButton
from bot.buttons.settings import SETTINGS_PARTS
from bot.buttons.under_answer import ALL_BUTTONS
from bot.commands.about import AboutCommands
from bot.commands.game import GameCommands
from bot.commands.genre import GenreCommands
from bot.commands.messages import MessageListener
from bot.commands.playlists.cog import PlaylistCommands
from bot.commands.privacy import PrivacyCommands
from bot.commands.settings import SettingsCommands
from bot.commands.statistics import StatisticsCommands
from bot.commands.sync import sync_if_changed
from bot.errors import DownloadFailed, StoreFailed
from bot.failing import log_failure, tell_failure
from bot.game.board import RoundBoard
from bot.game.excerpts import Excerpts
from bot.game.host import GameHost
from bot.jobs.board import JobBoard
from bot.jobs.hearing import ItemHearing
from bot.jobs.runner import JobRunner
from bot.logs import get_logger
from bot.services import Services
from bot.surfaces.surface import DELIVERY_ERRORS
from bot.texts.command_names import CommandTranslator
from bot.web.here import SERVER
from bot.winding_down import wind_down

log = get_logger(__name__)


class GenreBot(commands.Bot):
    """Genre Bot on Discord.

    Parameters
    ----------
    services
        What its commands call.
    reads_messages
        Whether to ask Discord for the content of messages that do not mention the bot. Where the application may not
        have it, Discord refuses the whole connection.

    Attributes
    ----------
    jobs : JobRunner
        Works on imports and other long jobs.
    game : GameHost
        Plays rounds of the game.
    """

    def __init__(self, services: Services, *, reads_messages: bool = False) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(
                guilds=True,
                guild_messages=True,
                dm_messages=True,
                guild_reactions=True,
                message_content=reads_messages,
            ),
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=ReplyingTree,
        )
        self.services = services
        self.reads_messages = reads_messages
        self.jobs = JobRunner(
            services,
            ItemHearing(services, self._read_message),
            JobBoard(services.store, self._channel_of),
            # One worker is always there for whoever waits for an answer.
            at_once=max(1, services.settings.workers - 1),
        )
        self.game = GameHost(
            services, Excerpts(services, self._read_message), RoundBoard(services.store, self._channel_of)
        )

    async def setup_hook(self) -> None:
        """Add the commands, tell Discord of them if they changed, and go on; called once, after the login."""
        services = self.services
        if not self.reads_messages:
            log.info("the Message Content intent is off at Discord: %s", WITHOUT_MESSAGE_CONTENT)
        await self.tree.set_translator(CommandTranslator())
        genre = GenreCommands(services)
        for cog in (
            genre,
            MessageListener(self, services),
            AboutCommands(services, reads_messages=self.reads_messages),
            PlaylistCommands(services, reads_messages=self.reads_messages),
            GameCommands(services),
            StatisticsCommands(services),
            PrivacyCommands(services),
            SettingsCommands(services, reads_messages=self.reads_messages),
        ):
            await self.add_cog(cog)
        for command in genre.menu_commands:
            self.tree.add_command(command)
        self.add_dynamic_items(*ALL_BUTTONS, *PLAYLIST_BUTTONS, JobButton, GuessButton, ForgetButton, *SETTINGS_PARTS)
        assert self.application_id is not None
        await sync_if_changed(self.tree, services.store, application_id=self.application_id)
        self.jobs.wake()
        self.game.wake()

    @property
    def is_connected(self) -> bool:
        """Whether members can ask now; a connection that dropped and is not back yet does not count."""
        return self.is_ready() and not self.is_closed() and self.ws.open

    async def on_ready(self) -> None:
        """Log that members can ask now, and note which servers and channels are gone meanwhile."""
        log.info(f"logged in as {self.user}", servers=len(self.guilds))
        store = self.services.store
        # The page is in none of Discord's, and stays.
        await self._note_servers(store.servers.present([SERVER, *(guild.id for guild in self.guilds)]))
        await self._forget_servers_left_long_ago()
        for guild_id in store.channels.guilds():
            await self._note_channels(guild_id, [setting.channel for setting in store.channels.of_guild(guild_id)])
        try:
            feeding = await store.playlist_channels.by_guild()
        except StoreFailed as error:
            log_failure(error)
            return
        for guild_id, channels in feeding.items():
            await self._note_channels(guild_id, channels)

    async def on_message(self, _: discord.Message) -> None:
        """Take nothing that is written for a command: the cogs listen for themselves."""

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take forms that were opened before a restart, too."""
        await take_form(interaction)

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """End the request whose message was deleted, and forget its answer."""
        await self._messages_gone({event.message_id})

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """End the requests whose messages were deleted, and forget their answers."""
        await self._messages_gone(event.message_ids)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Forget what was set and answered in a channel, and end what is under way there."""
        await self._channel_gone(channel.id)

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Forget what was answered in a thread, and end what is under way there."""
        await self._channel_gone(event.thread_id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Keep everything of a server that the bot came back to in time."""
        await self._note_servers(self.services.store.servers.arrived(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note since when the bot is gone from a server; `bot.store.departures` forgets it after a while."""
        await self._note_servers(self.services.store.servers.left(guild.id))

    async def close(self) -> None:
        """Close the connection; jobs and rounds end first, which are shown over it."""
        await self.jobs.stop()
        await self.game.stop()
        await super().close()

    async def shut_down(self, *, grace: float) -> None:
        """Take no more work, let what runs finish, then close the connection.

        Parameters
        ----------
        grace
            How long running requests may take, in seconds; then they are told that the bot stops.
        """
        self.services.analyzer.stop_admitting()
        await self.jobs.stop()
        await wind_down(self.services, grace=grace)
        await self.close()

    def _channel_of(self, channel_id: int, guild_id: int) -> discord.PartialMessageable:
        return self.get_partial_messageable(channel_id, guild_id=guild_id)

    async def _read_message(self, channel_id: int, message_id: int) -> discord.Message | None:
        try:
            return await self.get_partial_messageable(channel_id).fetch_message(message_id)
        except (discord.NotFound, discord.Forbidden):
            return None
        except DELIVERY_ERRORS as error:
            raise DownloadFailed from error

    async def _messages_gone(self, message_ids: Collection[int]) -> None:
        self.services.under_way.messages_gone(message_ids)
        try:
            await self.services.store.answers.messages_gone(message_ids)
        except StoreFailed as error:
            log_failure(error)

    async def _channel_gone(self, channel_id: int) -> None:
        store = self.services.store
        self.services.under_way.channel_gone(channel_id)
        try:
            await store.answers.channel_gone(channel_id)
            if store.channels.mode(channel_id) is not None:
                await store.channels.remove(channel_id)
            if store.playlist_channels.playlist(channel_id) is not None:
                await store.playlist_channels.remove(channel_id)
        except StoreFailed as error:
            log_failure(error)

    async def _note_channels(self, guild_id: int, channel_ids: Iterable[int]) -> None:
        """Forget those channels of a server that are gone."""
        guild = self.get_guild(guild_id)
        # One that cannot be reached right now shows no channels, and has them all the same.
        if guild is not None and not guild.unavailable:
            for channel_id in channel_ids:
                if guild.get_channel(channel_id) is None:
                    await self._channel_gone(channel_id)

    async def _note_servers(self, noting: Awaitable[None]) -> None:
        try:
            await noting
        except StoreFailed as error:
            # It is noted when the bot connects the next time.
            log_failure(error)

    async def _forget_servers_left_long_ago(self) -> None:
        """Forget them now, too: bots that restart every day would never come to the sweep that follows a day later."""
        try:
            await self.services.store.departures.sweep(self.services.settings.leave_grace)
        except StoreFailed as error:
            log_failure(error)


class ReplyingTree(app_commands.CommandTree[Any]):
    """A command tree whose errors all end in one readable reply."""

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Reply to a failed command."""
        with interaction.client.services.requests.one():
            await tell_failure(error, interaction)
