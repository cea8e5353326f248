"""Answers audio that is dropped into a channel, where nobody asked: with the answer or not at all."""

from __future__ import annotations

from typing import Final, Literal

import discord

from bot.logs import get_logger
from bot.store.channels import ListeningMode
from bot.surfaces.message import OfMessage
from bot.surfaces.surface import DELIVERY_ERRORS, Reply, deliver, reply_in
from bot.text import printable

log = get_logger(__name__)

THREAD_NAME_LIMIT: Final = 100
"""Characters that Discord takes for the name of a thread."""

THREAD_SLEEPS_AFTER_MINUTES: Final[Literal[1440]] = 1440
"""After how long without a message a thread is folded away, in minutes."""


class DroppedSurface(OfMessage):
    """A reply or a thread under a message; it shows no progress, since nobody waits for it.

    Parameters
    ----------
    source
        What a member wrote.
    mode
        How to answer; a reply where Discord has no threads.
    """

    def __init__(self, source: discord.Message, mode: ListeningMode) -> None:
        super().__init__(source)
        self.mode = mode
        self._thread: discord.Thread | None = None

    @property
    def source_id(self) -> int:
        """Discord's id of what was written."""
        return self._source.id

    @property
    def channel_id(self) -> int:
        """Discord's id of the channel or thread that the answer is in."""
        return super().channel_id if self._thread is None else self._thread.id

    async def defer(self) -> None:
        """Show that the bot is writing, where it will write; where that is not possible, it answers all the same."""
        if self.mode is ListeningMode.REPLY:
            try:
                await self._source.channel.typing()
            except DELIVERY_ERRORS as error:
                log.debug("writing could not be shown", error=str(error))

    async def show(self, text: str) -> None:
        """Show nothing."""

    async def end_with(self, text: str) -> None:
        """Say nothing."""

    async def withdraw(self) -> None:
        """Take nothing away: nothing was said."""

    async def open(self, title: str) -> None:
        """Make the thread for the answer, where one is wanted and possible.

        Parameters
        ----------
        title
            What to call it.

        Raises
        ------
        discord.HTTPException
            If Discord does not let the bot.
        """
        source = self._source
        if self.mode is ListeningMode.THREAD and isinstance(source.channel, discord.TextChannel):
            self._thread = source.thread or await source.create_thread(
                name=printable(title, limit=THREAD_NAME_LIMIT), auto_archive_duration=THREAD_SLEEPS_AFTER_MINUTES
            )

    async def answer(self, reply: Reply) -> int | None:
        """Send the answer.

        Parameters
        ----------
        reply
            The answer.

        Returns
        -------
        int or None
            Discord's id of the message; None where the thread was deleted.

        Raises
        ------
        discord.HTTPException
            If Discord does not take it.
        """
        return await deliver(reply, self._answer)

    async def _answer(self, reply: Reply) -> int:
        if self._thread is not None:
            return (await reply_in(self._thread, reply, None)).id
        return (await self._send(reply)).id

    async def react(self, emoji: str) -> None:
        """Put an emoji under what was written.

        Parameters
        ----------
        emoji
            One of Discord's own.

        Raises
        ------
        discord.HTTPException
            If Discord does not let the bot.
        """
        await self._source.add_reaction(emoji)
