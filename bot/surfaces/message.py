"""Answers what members write: with a reply that first shows the progress."""

from __future__ import annotations

import discord

from bot.buttons.cancel import cancel_view
from bot.fair_queue import Owner
from bot.logs import get_logger
from bot.surfaces.surface import DELIVERY_ERRORS, Reply, deliver, reply_in, showing_progress
from bot.texts.catalogue import Texts, texts_for

log = get_logger(__name__)


class OfMessage:
    """What all answers to a message have in common.

    Parameters
    ----------
    source
        What a member wrote.
    """

    private = False
    seconds_left = None

    def __init__(self, source: discord.Message) -> None:
        self._source = source

    @property
    def owner(self) -> Owner:
        """Who wrote it, and in which server."""
        guild = self._source.guild
        return Owner(self._source.author.id, guild.id if guild is not None else None)

    @property
    def community(self) -> int:
        """Discord's id of the server, or of the channel where there is none."""
        guild = self._source.guild
        return guild.id if guild is not None else self._source.channel.id

    @property
    def channel_id(self) -> int:
        """Discord's id of the channel."""
        return self._source.channel.id

    @property
    def texts(self) -> Texts:
        """The language of the server; English in direct messages, where Discord does not tell."""
        guild = self._source.guild
        return texts_for(guild.preferred_locale if guild is not None else None)

    @property
    def source_ids(self) -> frozenset[int]:
        """What was written."""
        return frozenset({self._source.id})

    @property
    def message_ids(self) -> frozenset[int]:
        """What was written."""
        return self.source_ids

    async def _send(self, reply: Reply) -> discord.Message:
        reference = self._source.to_reference(fail_if_not_exists=False)
        return await reply_in(self._source.channel, reply, reference)


class MessageSurface(OfMessage):
    """A reply to a message, which first shows the progress.

    Parameters
    ----------
    source
        What a member wrote.
    """

    def __init__(self, source: discord.Message) -> None:
        super().__init__(source)
        self._reply: discord.Message | None = None

    @property
    def message_ids(self) -> frozenset[int]:
        """What was written, and the reply to it."""
        own = frozenset() if self._reply is None else frozenset({self._reply.id})
        return super().message_ids | own

    async def defer(self) -> None:
        """Reply at once, so that there is a sign and a button to cancel with."""
        self._reply = await self._send(Reply(content=self.texts("progress-fetching"), view=cancel_view(self.texts)))

    async def show(self, text: str) -> None:
        """Show how far the request is.

        Parameters
        ----------
        text
            One short line.

        Raises
        ------
        MessageGone
            If the reply was deleted.
        """
        if self._reply is not None:
            with showing_progress():
                await self._reply.edit(content=text, view=cancel_view(self.texts))

    async def end_with(self, text: str) -> None:
        """Put a last word in the place of the progress.

        Parameters
        ----------
        text
            One short line.

        Raises
        ------
        discord.HTTPException
            If Discord does not take it.
        """
        if self._reply is not None:
            await self._reply.edit(content=text, view=None)

    async def withdraw(self) -> None:
        """Delete the reply, if it is still there."""
        if self._reply is not None:
            try:
                await self._reply.delete()
            except DELIVERY_ERRORS as error:
                log.debug("the progress was gone already", error=str(error))

    async def answer(self, reply: Reply) -> int | None:
        """Put the answer in the place of the progress.

        Parameters
        ----------
        reply
            The answer.

        Returns
        -------
        int or None
            Discord's id of the reply; None where it was deleted.

        Raises
        ------
        discord.HTTPException
            If Discord does not take it.
        """
        return await deliver(reply, self._answer)

    async def _answer(self, reply: Reply) -> int:
        if self._reply is None:
            self._reply = await self._send(reply)
        else:
            await self._reply.edit(**reply.as_edit())
        return self._reply.id
