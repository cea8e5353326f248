"""Answers interactions: by their token while that lives, by ordinary messages afterwards."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import discord
from discord import ui

from bot.buttons.cancel import cancel_view
from bot.fair_queue import Owner
from bot.logs import get_logger
from bot.surfaces.surface import DELIVERY_ERRORS, Reply, deliver, reply_in, showing_progress
from bot.texts.catalogue import Texts, texts_for

log = get_logger(__name__)

TOKEN_SECONDS: Final = 14 * 60.0
"""How long an interaction is answered by its token, in seconds: Discord takes it for 15 minutes, and an edit may have
to wait for its turn."""


class InteractionSurface:
    """The reply to an interaction; once its token is too old, ordinary messages in the same channel.

    Parameters
    ----------
    interaction
        The member's request.
    private
        Whether only the member may see the reply.
    further
        Whether this is one more reply to an interaction that was answered already.
    """

    def __init__(self, interaction: discord.Interaction[Any], *, private: bool, further: bool = False) -> None:
        self._interaction = interaction
        self._further = further
        # Counted from its arrival: this machine's calendar may be minutes away from Discord's.
        self._token_ends = asyncio.get_running_loop().time() + TOKEN_SECONDS
        self._message_id: int | None = None
        self.private = private

    @classmethod
    def of(cls, interaction: discord.Interaction[Any], *, private: bool = False) -> InteractionSurface:
        """Return the surface of an interaction, the same each time.

        Parameters
        ----------
        interaction
            The member's request.
        private
            Whether only the member may see the reply; counts the first time.

        Returns
        -------
        InteractionSurface
        """
        surface: InteractionSurface = interaction.extras.setdefault("surface", cls(interaction, private=private))
        return surface

    def one_more(self) -> InteractionSurface:
        """Return the surface of one more reply to the same interaction; its token is as old as this one's."""
        surface = InteractionSurface(self._interaction, private=self.private, further=True)
        surface._token_ends = self._token_ends
        return surface

    @property
    def owner(self) -> Owner:
        """Who asked, and in which server that the bot is a member of."""
        interaction = self._interaction
        server = interaction.guild_id
        if server is not None and interaction.client.get_guild(server) is None:
            # Only the member has installed the bot there.
            server = None
        return Owner(interaction.user.id, server)

    @property
    def community(self) -> int:
        """Discord's id of the server, or of the channel where there is none."""
        return self._interaction.guild_id or self.channel_id

    @property
    def channel_id(self) -> int:
        """Discord's id of the channel."""
        assert self._interaction.channel_id is not None
        return self._interaction.channel_id

    @property
    def texts(self) -> Texts:
        """The language of the one who asked."""
        return texts_for(self._interaction.locale)

    @property
    def source_ids(self) -> frozenset[int]:
        """None: what was asked about may be gone, and the asker still wants to know."""
        return frozenset()

    @property
    def message_ids(self) -> frozenset[int]:
        """The reply, as soon as Discord has told its id."""
        return frozenset() if self._message_id is None else frozenset({self._message_id})

    @property
    def seconds_left(self) -> float | None:
        """How long an answer may take from now on, in seconds; None where it may come as an ordinary message."""
        return None if self._may_send else max(0.0, self._token_ends - asyncio.get_running_loop().time())

    async def defer(self) -> None:
        """Tell Discord that there will be an answer."""
        if self._further:
            await self._send_further(self.texts("progress-fetching"), cancel_view(self.texts))
            return
        response = await self._interaction.response.defer(thinking=True, ephemeral=self.private)
        self._message_id = response.message_id if response is not None else None

    async def show(self, text: str) -> None:
        """Show how far the request is, with a button to cancel it.

        Parameters
        ----------
        text
            One short line.

        Raises
        ------
        MessageGone
            If the message was deleted.
        """
        with showing_progress():
            await self._edit(content=text, view=cancel_view(self.texts))

    async def end_with(self, text: str) -> None:
        """Put a last word in the place of the progress, however late it is.

        Parameters
        ----------
        text
            One short line.

        Raises
        ------
        discord.HTTPException
            If Discord does not take it.
        """
        await self._edit(content=text, view=None)

    async def withdraw(self) -> None:
        """Take nothing away: what ends a request here is that its reply is gone."""

    async def answer(self, reply: Reply) -> int | None:
        """Put the answer in the place of the progress, or below it where the token is too old for that.

        Parameters
        ----------
        reply
            The answer.

        Returns
        -------
        int or None
            Discord's id of the message; None where it was deleted.

        Raises
        ------
        discord.HTTPException
            If Discord does not take it.
        """
        return await deliver(reply, self._answer)

    @property
    def _is_click(self) -> bool:
        """Whether a button was pressed or a form sent: the first answer is then that message, which has to stay."""
        return self._interaction.type is not discord.InteractionType.application_command

    @property
    def _is_late(self) -> bool:
        """Whether the token is too old; where there is no other way, it is used as long as Discord takes it."""
        return self._may_send and asyncio.get_running_loop().time() >= self._token_ends

    @property
    def _may_send(self) -> bool:
        """Whether an ordinary message with the answer would reach the channel, and only those who may read it."""
        return not self.private and may_write_in(self._interaction)

    @property
    def _channel(self) -> discord.PartialMessageable:
        interaction = self._interaction
        channel: discord.PartialMessageable = interaction.client.get_partial_messageable(
            self.channel_id, guild_id=interaction.guild_id
        )
        return channel

    async def _answer(self, reply: Reply) -> int:
        interaction = self._interaction
        if not interaction.response.is_done():
            sent = await interaction.response.send_message(**reply.as_new(), ephemeral=True)
            assert sent.message_id is not None
            return sent.message_id
        if self._is_click:
            return (await interaction.followup.send(**reply.as_new(), ephemeral=True, wait=True)).id
        if self._is_late:
            return await self._send_late(reply)
        if not self._further:
            return (await interaction.edit_original_response(**reply.as_edit())).id
        if self._message_id is None:
            message = await interaction.followup.send(**reply.as_new(), ephemeral=self.private, wait=True)
        else:
            message = await interaction.followup.edit_message(self._message_id, **reply.as_edit())
        return message.id

    async def _edit(self, *, content: str, view: ui.View | None) -> None:
        if self._is_click:
            await self._interaction.followup.send(content, ephemeral=True)
        elif self._is_late:
            if self._message_id is not None:
                await self._channel.get_partial_message(self._message_id).edit(content=content, view=view)
        elif not self._further:
            self._message_id = (await self._interaction.edit_original_response(content=content, view=view)).id
        elif self._message_id is not None:
            await self._interaction.followup.edit_message(self._message_id, content=content, view=view)

    async def _send_further(self, content: str, view: ui.View) -> None:
        if self._is_late:
            message = await self._channel.send(content, view=view, allowed_mentions=discord.AllowedMentions.none())
            self._message_id = message.id
            return
        followup = await self._interaction.followup.send(content, view=view, ephemeral=self.private, wait=True)
        self._message_id = followup.id

    async def _send_late(self, reply: Reply) -> int:
        channel = self._channel
        reference = None
        if self._message_id is not None:
            # To the reply that says who asked for what.
            reference = discord.MessageReference(
                message_id=self._message_id,
                channel_id=channel.id,
                guild_id=self._interaction.guild_id,
                fail_if_not_exists=False,
            )
        message = await reply_in(channel, reply, reference)
        try:
            await self.end_with(self.texts("progress-answered-below"))
        except DELIVERY_ERRORS as error:
            log.warning("the progress of a late answer still stands", error=str(error))
        return message.id


def may_write_in(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether the bot may send cards and files into the channel of an interaction, without its token.

    Parameters
    ----------
    interaction
        What somebody did.

    Returns
    -------
    bool
    """
    if interaction.guild_id is None:
        return interaction.context.dm_channel
    may = interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return (
        # Where only the member has installed the bot, it is not in the server.
        interaction.client.get_guild(interaction.guild_id) is not None
        and may.view_channel
        and (may.send_messages_in_threads if in_thread else may.send_messages)
        and may.embed_links
        and may.attach_files
    )
