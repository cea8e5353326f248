"""Channels whose every track goes into a playlist."""

from __future__ import annotations

import asyncio

from sqlalchemy import delete, select

from bot.store.models import PlaylistChannelRow, PlaylistRow
from bot.store.playlists import hold_playlist
from bot.store.sessions import Sessions
from bot.store.upsert import insert_into


class PlaylistChannels:
    """Remembers which channels feed which playlist; `load_playlist_channels` makes one.

    Every message of every server asks for it, so all of them are held in memory, and written through.

    Parameters
    ----------
    sessions
        Of the database, in which nobody else changes them.
    known
        The id of the playlist, by Discord's id of the channel.
    """

    def __init__(self, sessions: Sessions, known: dict[int, int]) -> None:
        self._sessions = sessions
        self._known = known
        # What is in memory has to change in the order in which the database does.
        self._changing = asyncio.Lock()

    def playlist(self, channel_id: int) -> int | None:
        """Return the id of the playlist that a channel feeds, without asking the database; it may be deleted.

        Parameters
        ----------
        channel_id
            Discord's id of the channel.

        Returns
        -------
        int or None
            None where it feeds none.
        """
        return self._known.get(channel_id)

    def channels(self, playlist_id: int) -> tuple[int, ...]:
        """Return Discord's ids of the channels that feed a playlist, without asking the database.

        Parameters
        ----------
        playlist_id
            Of the playlist.

        Returns
        -------
        tuple of int
            The oldest channel first; empty where there are none.
        """
        return tuple(sorted(channel for channel, fed in self._known.items() if fed == playlist_id))

    async def by_guild(self) -> dict[int, tuple[int, ...]]:
        """Return Discord's ids of all channels that feed a playlist, a deleted one too, by that of their server.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        query = select(PlaylistRow.guild, PlaylistChannelRow.channel).join(
            PlaylistRow, PlaylistRow.id == PlaylistChannelRow.playlist_id
        )
        found: dict[int, tuple[int, ...]] = {}
        async with self._sessions.reading() as session:
            for guild, channel in await session.execute(query):
                found[guild] = (*found.get(guild, ()), channel)
        return found

    async def set(self, channel_id: int, playlist_id: int) -> None:
        """Let a channel feed a playlist from now on, and no other.

        Parameters
        ----------
        channel_id
            Discord's id of the channel.
        playlist_id
            Of the playlist.

        Raises
        ------
        NoSuchPlaylist
            If there is none, or not any more.
        StoreFailed
            If the database fails; then everything stays as it was.
        """
        async with self._changing:
            async with self._sessions.writing() as session:
                await hold_playlist(session, playlist_id)
                await session.execute(
                    insert_into(session, PlaylistChannelRow)
                    .values(channel=channel_id, playlist_id=playlist_id)
                    .on_conflict_do_update(
                        index_elements=[PlaylistChannelRow.channel], set_={"playlist_id": playlist_id}
                    )
                )
            self._known[channel_id] = playlist_id

    async def remove(self, channel_id: int) -> None:
        """Let a channel feed no playlist; nothing happens where it did not.

        Parameters
        ----------
        channel_id
            Discord's id of the channel.

        Raises
        ------
        StoreFailed
            If the database fails; then everything stays as it was.
        """
        async with self._changing:
            async with self._sessions.writing() as session:
                await session.execute(delete(PlaylistChannelRow).where(PlaylistChannelRow.channel == channel_id))
            self._known.pop(channel_id, None)

    async def reload(self) -> None:
        """Read all of them anew, where the database was changed by somebody else or rows went with others.

        Raises
        ------
        StoreFailed
            If the database fails; then everything stays as it was.
        """
        async with self._changing:
            known = await _read(self._sessions)
            self._known.clear()
            self._known.update(known)


async def load_playlist_channels(sessions: Sessions) -> PlaylistChannels:
    """Read which channels feed which playlist.

    Parameters
    ----------
    sessions
        Of the database.

    Returns
    -------
    PlaylistChannels

    Raises
    ------
    StoreFailed
        If the database fails.
    """
    return PlaylistChannels(sessions, await _read(sessions))


async def _read(sessions: Sessions) -> dict[int, int]:
    async with sessions.reading() as session:
        rows = await session.scalars(
            select(PlaylistChannelRow).join(PlaylistRow, PlaylistRow.id == PlaylistChannelRow.playlist_id)
        )
        return {row.channel: row.playlist_id for row in rows}
