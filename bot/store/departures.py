"""Servers that the bot left: what they collected is kept for a while, and forgotten then."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from bot.store.channels import Channels
from bot.store.models import AnswerRow, ChannelRow, ServerRow, TallyRow, VoteRow
from bot.store.playlist_channels import PlaylistChannels
from bot.store.servers import Servers
from bot.store.sessions import Sessions
from bot.store.utc import Clock, utc_now


class Departures:
    """Forgets servers that the bot has been gone from for too long.

    Parameters
    ----------
    sessions
        Of the database.
    servers
        Since when the bot is gone from servers.
    channels, playlist_channels
        What is held in memory of servers' channels.
    clock
        Tells the time.
    """

    def __init__(
        self,
        sessions: Sessions,
        *,
        servers: Servers,
        channels: Channels,
        playlist_channels: PlaylistChannels,
        clock: Clock = utc_now,
    ) -> None:
        self._sessions = sessions
        self._servers = servers
        self._channels = channels
        self._playlist_channels = playlist_channels
        self._clock = clock

    async def sweep(self, grace: timedelta) -> int:
        """Forget everything of the servers that the bot has been gone from for a while.

        Nothing is forgotten before the bot has seen which servers it is a member of: one may have taken it back while
        it did not run.

        Parameters
        ----------
        grace
            How long.

        Returns
        -------
        int
            How many servers were forgotten.

        Raises
        ------
        StoreFailed
            If the database fails; each server is forgotten as a whole or not at all.
        """
        if not self._servers.are_known:
            return 0
        gone = 0
        for guild_id in await self._servers.gone_for(grace):
            gone += await self._forget(guild_id, grace)
        if gone:
            await self._channels.reload()
            await self._playlist_channels.reload()
        return gone

    async def _forget(self, guild_id: int, grace: timedelta) -> bool:
        async with self._sessions.writing() as session:
            # The server may have taken the bot back a moment ago. With its row go its playlists, and all that is below.
            still_gone = await session.scalar(
                delete(ServerRow)
                .where(ServerRow.id == guild_id, ServerRow.left_at <= self._clock() - grace)
                .returning(ServerRow.id)
            )
            if still_gone is None:
                return False
            for column in (AnswerRow.community, VoteRow.community, TallyRow.community, ChannelRow.guild):
                await session.execute(delete(column.class_).where(column == guild_id))
        return True
