"""What members write: mentions, direct messages, and audio dropped into channels that are listened to."""

from __future__ import annotations

from typing import Final, Protocol

import discord
from discord.ext import commands

from bot.answering import answer_all
from bot.cards.emoji import ALL_EMOJI
from bot.clips import clips_in, dropped_clips
from bot.dropped import answer_dropped, show_details
from bot.errors import CannotRead, NothingToHear, StoreFailed
from bot.failing import log_failure, tell_failure
from bot.listening import listened_id
from bot.media.clip import Clip
from bot.playlists.errors import NoSuchPlaylist
from bot.services import Services
from bot.store.channels import ChannelSetting, ListeningMode
from bot.surfaces.message import MessageSurface
from bot.texts.catalogue import texts_for

WRITTEN: Final = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""Kinds of messages that people write; the others tell of joins, pins and the like."""


class ReadingClient(Protocol):
    """The part of the client that messages are sorted with."""

    reads_messages: bool
    """Whether Discord shows what is written without a mention of the bot."""

    @property
    def user(self) -> discord.ClientUser | None:
        """The bot's own account."""
        ...

    def get_guild(self, id: int, /) -> discord.Guild | None:  # noqa: A002 - discord.py's own name
        """Return a server that the bot is a member of."""
        ...

    def get_partial_messageable(self, id: int, *, guild_id: int | None = None) -> discord.PartialMessageable:  # noqa: A002
        """Return a channel to write to."""
        ...


class MessageListener(commands.Cog):
    """Sorts messages and reactions by what they ask for.

    Parameters
    ----------
    client
        Who receives them.
    services
        What they are answered with.
    """

    def __init__(self, client: ReadingClient, services: Services) -> None:
        self._client = client
        self._services = services
        # Answers whose details are being shown: of two clicks at once, one is enough.
        self._showing: set[int] = set()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer what asks for an answer, and leave everything else alone."""
        me = self._client.user
        if message.author.bot or message.type not in WRITTEN or me is None:
            return
        if message.guild is None or me in message.mentions:
            await self._answer_asked(message, me)
            return
        channel_id = listened_id(message.channel, message.channel.id)
        store = self._services.store
        setting, feeds = store.channels.mode(channel_id), store.playlist_channels.playlist(channel_id)
        if feeds is not None and not await self._collects(message, feeds):
            feeds = None
        if setting is None and feeds is not None:
            # Collected all the same, and with no more words than that takes.
            setting = ChannelSetting(channel_id, message.guild.id, ListeningMode.REACTION, links=True)
        if setting is not None:
            await answer_dropped(message, setting, self._services, feeds=feeds)

    async def _collects(self, message: discord.Message, playlist_id: int) -> bool:
        """Tell whether there is anything to collect, and the playlist is still there."""
        if not dropped_clips(message, self._services, links=True):
            return False
        try:
            await self._services.store.playlists.get(playlist_id)
        except NoSuchPlaylist:
            # It was deleted, and may be brought back: the channel's setting waits for that.
            return False
        except StoreFailed as error:
            # Whether it can be collected, the attempt will tell.
            log_failure(error)
        return True

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        """Show the details of an answer that was no more than a reaction."""
        emoji = str(event.emoji)
        if event.guild_id is None or event.member is None or event.member.bot or emoji not in ALL_EMOJI:
            return
        guild = self._client.get_guild(event.guild_id)
        texts = texts_for(guild.preferred_locale if guild is not None else None)
        channel = self._client.get_partial_messageable(event.channel_id, guild_id=event.guild_id)
        try:
            for posted in await self._services.store.answers.by_source(event.message_id):
                if posted.message is not None or posted.id in self._showing:
                    continue
                self._showing.add(posted.id)
                try:
                    await show_details(
                        channel, posted, self._services, emoji=emoji, guild_id=event.guild_id, texts=texts
                    )
                finally:
                    self._showing.discard(posted.id)
        except Exception as error:  # noqa: BLE001 - a click on a reaction has no other place to be told in
            log_failure(error)

    async def _answer_asked(self, message: discord.Message, me: discord.ClientUser) -> None:
        try:
            clips = self._asked_for(message, me)
        except (NothingToHear, CannotRead) as error:
            with self._services.requests.one():
                await tell_failure(error, MessageSurface(message))
            return
        await answer_all(clips, [MessageSurface(message) for _ in clips], self._services)

    def _asked_for(self, message: discord.Message, me: discord.ClientUser) -> tuple[Clip, ...]:
        """Return the clips of a message to the bot, or of the one that it replies to.

        Raises
        ------
        NothingToHear, CannotRead
            If there are none, and an answer is expected: whoever only replies to the bot asks for nothing.
        """
        by_name = message.guild is None or me.id in message.raw_mentions
        # In a reply to the bot, a link is part of what somebody says; a file is not.
        clips = clips_in(message, self._services, links=by_name)
        if clips or not by_name:
            return clips
        reference = message.reference.resolved if message.reference is not None else None
        if isinstance(reference, discord.Message):
            if clips := clips_in(reference, self._services):
                return clips
            if not self._client.reads_messages and _is_blank(reference) and reference.author.id != me.id:
                raise CannotRead
        raise NothingToHear


def _is_blank(message: discord.Message) -> bool:
    """Tell whether nothing of a message is shown: to write nothing at all is not possible."""
    return not (message.content or message.attachments or message.embeds or message.stickers or message.components)
