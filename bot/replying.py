"""Where an interaction is answered: by its token while that lives, by ordinary messages afterwards."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Final

import aiohttp
import discord

from bot.cancelling import cancel_view
from bot.progress import MessageGone

log = logging.getLogger(__name__)

TOKEN_SECONDS: Final = 14 * 60.0
"""How long an interaction is answered by its token, in seconds: Discord takes it for 15 minutes, and an edit may have
to wait for its turn."""

UNKNOWN_MESSAGE: Final = 10008
"""Discord's code for a message that is not there any more."""

ANSWERED_BELOW: Final = "This took a while: the answer is a message of its own."

DELIVERY_ERRORS: Final = (discord.HTTPException, aiohttp.ClientError, TimeoutError)
"""What can prevent a message from reaching Discord."""


class InteractionSurface:
    """The reply to an interaction; once its token is too old, ordinary messages in the same channel.

    Parameters
    ----------
    interaction
        The member's request.
    private
        Whether only the member may see the reply.
    """

    def __init__(self, interaction: discord.Interaction[Any], *, private: bool) -> None:
        self._interaction = interaction
        self._private = private
        # Counted from its arrival: this machine's calendar may be minutes away from Discord's.
        self._token_ends = asyncio.get_running_loop().time() + TOKEN_SECONDS
        self.message_id: int | None = None

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

    @property
    def seconds_left(self) -> float | None:
        """How long an answer may take from now on, in seconds; None where it may come as an ordinary message."""
        return None if self._may_send else max(0.0, self._token_ends - asyncio.get_running_loop().time())

    async def defer(self) -> None:
        """Tell Discord that there will be an answer."""
        response = await self._interaction.response.defer(thinking=True, ephemeral=self._private)
        self.message_id = response.message_id if response is not None else None

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
        try:
            await self._edit(content=text, view=cancel_view())
        except discord.NotFound as error:
            if error.code == UNKNOWN_MESSAGE:
                raise MessageGone from error
            log.warning("progress could not be shown: %s", error)
        except DELIVERY_ERRORS as error:
            log.warning("progress could not be shown: %s", error)

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

    async def answer(self, *, embed: discord.Embed, files: Sequence[discord.File] = ()) -> None:
        """Put the answer in the place of the progress, or below it where the token is too old for that.

        Parameters
        ----------
        embed, files
            The answer.

        Raises
        ------
        discord.HTTPException
            If Discord does not take it.
        """
        try:
            if not self._interaction.response.is_done():
                await self._interaction.response.send_message(embed=embed, files=files, ephemeral=True)
            elif self._is_late:
                await self._send_late(embed=embed, files=files)
            else:
                await self._interaction.edit_original_response(content=None, embed=embed, attachments=files, view=None)
        except discord.NotFound as error:
            if error.code != UNKNOWN_MESSAGE:
                raise
            log.info("the reply was deleted before it was there")

    @property
    def _is_late(self) -> bool:
        """Whether the token is too old; where there is no other way, it is used as long as Discord takes it."""
        return self._may_send and asyncio.get_running_loop().time() >= self._token_ends

    @property
    def _may_send(self) -> bool:
        """Whether an ordinary message with the answer would reach the channel, and only those who may read it."""
        interaction = self._interaction
        if self._private:
            return False
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

    @property
    def _channel(self) -> discord.PartialMessageable:
        interaction = self._interaction
        assert interaction.channel_id is not None
        channel: discord.PartialMessageable = interaction.client.get_partial_messageable(
            interaction.channel_id, guild_id=interaction.guild_id
        )
        return channel

    async def _edit(self, *, content: str, view: discord.ui.View | None) -> None:
        if not self._is_late:
            message = await self._interaction.edit_original_response(content=content, view=view)
            self.message_id = message.id
        elif self.message_id is not None:
            await self._channel.get_partial_message(self.message_id).edit(content=content, view=view)

    async def _send_late(self, **answer: Any) -> None:
        channel = self._channel
        if self.message_id is not None:
            # To the reply that says who asked for what.
            answer["reference"] = discord.MessageReference(
                message_id=self.message_id,
                channel_id=channel.id,
                guild_id=self._interaction.guild_id,
                fail_if_not_exists=False,
            )
        await channel.send(allowed_mentions=discord.AllowedMentions.none(), **answer)
        try:
            await self.end_with(ANSWERED_BELOW)
        except DELIVERY_ERRORS as error:
            log.warning("the progress of a late answer still stands: %s", error)
