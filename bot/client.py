"""The Discord client: its connection, its commands, and how it stops."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.application import WITHOUT_MESSAGE_CONTENT
from bot.cancelling import CancelButton
from bot.cards.failure import failure_card, is_for_members
from bot.commands.genre import GenreCommands
from bot.commands.sync import sync_if_changed
from bot.logs import get_logger
from bot.replying import InteractionSurface
from bot.services import Services
from classifier.errors import WorkerDied

log = get_logger(__name__)

ABORT_GRACE_SECONDS: Final = 5.0
"""How long the last replies may take after their jobs were ended, in seconds."""


class GenreBot(commands.Bot):
    """Genre Bot on Discord.

    Parameters
    ----------
    services
        What its commands call.
    reads_messages
        Whether to ask Discord for the content of messages. Where the application may not have it, Discord refuses the
        whole connection.
    """

    def __init__(self, services: Services, *, reads_messages: bool = False) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            # Slash commands bring their attachments with them: without the content of messages, they work all the same.
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=reads_messages),
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=ReplyingTree,
        )
        self.services = services
        self.reads_messages = reads_messages

    async def setup_hook(self) -> None:
        """Add the commands and tell Discord of them if they changed; called once, after the login."""
        if not self.reads_messages:
            log.info("the Message Content intent is off at Discord: %s", WITHOUT_MESSAGE_CONTENT)
        await self.add_cog(GenreCommands(self.services))
        self.add_dynamic_items(CancelButton)
        assert self.application_id is not None
        await sync_if_changed(self.tree, self.services.store, application_id=self.application_id)

    @property
    def is_connected(self) -> bool:
        """Whether members can ask now; a connection that dropped and is not back yet does not count."""
        return self.is_ready() and not self.is_closed() and self.ws.open

    async def on_ready(self) -> None:
        """Log that members can ask now."""
        log.info(f"logged in as {self.user}", servers=len(self.guilds))

    async def on_message(self, _: discord.Message) -> None:
        """Take nothing that is written for a command."""

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """End the request whose progress was deleted."""
        self.services.under_way.messages_gone({event.message_id})

    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """End the requests whose progress was deleted."""
        self.services.under_way.messages_gone(event.message_ids)

    async def shut_down(self, *, grace: float) -> None:
        """Take no more work, let what runs finish, then close the connection.

        Parameters
        ----------
        grace
            How long running requests may take, in seconds; then they are told that the bot stops.
        """
        services = self.services
        services.analyzer.stop_admitting()
        log.info("stopping", requests=len(services.requests), grace=grace)
        if not await _done_within(grace, services):
            services.analyzer.abort()
            if not await _done_within(ABORT_GRACE_SECONDS, services):
                log.warning("some requests got no reply", requests=len(services.requests))
        await self.close()


async def _done_within(seconds: float, services: Services) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await services.requests.wait_for_none()
    except TimeoutError:
        return False
    return True


class ReplyingTree(app_commands.CommandTree[Any]):
    """A command tree whose errors all end in one readable reply."""

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Reply to a failed command."""
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        if not is_for_members(cause):
            log.error("a command failed", exc_info=cause)
        elif isinstance(cause, WorkerDied):
            log.warning("a worker died under a job", exc_info=cause)
        else:
            log.info("no answer", error=type(cause).__name__)
        card = failure_card(cause)
        with interaction.client.services.requests.one():
            try:
                await InteractionSurface.of(interaction).answer(embed=card)
            except discord.HTTPException:
                log.exception("a failed command could not be answered either")
