"""Which channels the bot listens to, and how it answers there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, select

from bot.store.models import ChannelRow
from bot.store.servers import hold_server
from bot.store.sessions import Sessions
from bot.store.upsert import insert_into


class ListeningMode(StrEnum):
    """How a clip that is dropped into a channel is answered."""

    REPLY = "reply"
    THREAD = "thread"
    REACTION = "reaction"


@dataclass(frozen=True, slots=True)
class ChannelSetting:
    """What was set for a channel that the bot listens to.

    Parameters
    ----------
    channel
        Discord's id of the channel.
    guild
        Discord's id of its server.
    mode
        How clips are answered.
    links
        Whether links in ordinary messages count, too.
    """

    channel: int
    guild: int
    mode: ListeningMode
    links: bool


class Channels:
    """Remembers the settings of channels; `load_channels` makes one.

    Every message of every server asks for them, so all of them are held in memory, and written through.

    Parameters
    ----------
    sessions
        Of the database, which nobody else changes the settings of, but for `bot.store.restores`.
    known
        What the database holds.
    """

    def __init__(self, sessions: Sessions, known: dict[int, ChannelSetting]) -> None:
        self._sessions = sessions
        self._known = known
        # What is in memory has to change in the order in which the database does, even where that lets several write at
        # the same time.
        self._changing = asyncio.Lock()

    def mode(self, channel_id: int) -> ChannelSetting | None:
        """Return the setting of a channel, without asking the database.

        Parameters
        ----------
        channel_id
            Discord's id of the channel.

        Returns
        -------
        ChannelSetting or None
            None where the bot does not listen.
        """
        return self._known.get(channel_id)

    def of_guild(self, guild_id: int) -> tuple[ChannelSetting, ...]:
        """Return the settings of a server's channels, without asking the database.

        Parameters
        ----------
        guild_id
            Discord's id of the server.

        Returns
        -------
        tuple of ChannelSetting
            The oldest channel first; empty where the bot listens to none.
        """
        settings = (setting for setting in self._known.values() if setting.guild == guild_id)
        return tuple(sorted(settings, key=lambda setting: setting.channel))

    def guilds(self) -> frozenset[int]:
        """Return Discord's ids of the servers in which a channel is listened to; no query is made."""
        return frozenset(setting.guild for setting in self._known.values())

    async def set(self, channel_id: int, guild_id: int, mode: ListeningMode, *, links: bool) -> None:
        """Listen to a channel from now on, or in another way than before.

        Parameters
        ----------
        channel_id, guild_id, mode, links
            As in `ChannelSetting`.

        Raises
        ------
        StoreFailed
            If the database fails; then the setting stays as it was.
        """
        new = {"guild": guild_id, "mode": mode.value, "links": links}
        async with self._changing:
            async with self._sessions.writing() as session:
                # So that it is noticed when the bot is gone from it.
                await hold_server(session, guild_id)
                await session.execute(
                    insert_into(session, ChannelRow)
                    .values(channel=channel_id, **new)
                    .on_conflict_do_update(index_elements=[ChannelRow.channel], set_=new)
                )
            self._known[channel_id] = ChannelSetting(channel_id, guild_id, mode, links)

    async def remove(self, channel_id: int) -> None:
        """Listen to a channel no more; nothing happens where the bot did not.

        Parameters
        ----------
        channel_id
            Discord's id of the channel.

        Raises
        ------
        StoreFailed
            If the database fails; then the setting stays as it was.
        """
        async with self._changing:
            async with self._sessions.writing() as session:
                await session.execute(delete(ChannelRow).where(ChannelRow.channel == channel_id))
            self._known.pop(channel_id, None)

    async def reload(self) -> None:
        """Read all settings anew, where somebody else has changed them.

        Raises
        ------
        StoreFailed
            If the database fails; then the settings stay as they were.
        """
        async with self._changing:
            self._known = await _read(self._sessions)


async def load_channels(sessions: Sessions) -> Channels:
    """Read the settings of all channels.

    Parameters
    ----------
    sessions
        Of the database.

    Returns
    -------
    Channels

    Raises
    ------
    StoreFailed
        If the database fails.
    """
    return Channels(sessions, await _read(sessions))


async def _read(sessions: Sessions) -> dict[int, ChannelSetting]:
    async with sessions.reading() as session:
        rows = await session.scalars(select(ChannelRow))
        return {row.channel: ChannelSetting(row.channel, row.guild, ListeningMode(row.mode), row.links) for row in rows}
