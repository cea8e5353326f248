"""Playlists that anybody may read who has a link."""

from __future__ import annotations

import re
import secrets
from typing import Final, TypeVar

from sqlalchemy import Select, delete, select

from bot.playlists.errors import NoSuchPlaylist
from bot.store.models import PlaylistRow, PublicationRow, ServerRow
from bot.store.playlists import hold_playlist
from bot.store.sessions import Sessions, delete_counted
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now

TOKEN_BYTES: Final = 24
"""Random bytes of a token, which has four characters for each three of them."""

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32}")
"""What can be a token: not all that stands in an address can be looked up in every database."""

Column = TypeVar("Column", int, str)


class Publications:
    """Remembers which playlists are published, each under a token that its link holds.

    A token is the only key to a page, so nobody may guess one. It is 24 bytes of the operating system's own random
    numbers, which do not follow from each other: one of 2**192. Of a million published playlists, somebody who tried
    a million tokens a second would find one after 2**192 / 10**12 seconds, about 2 * 10**38 years. Nothing about the
    playlist or a member is in it.

    Parameters
    ----------
    sessions
        Of the database.
    clock
        Tells the time.
    """

    def __init__(self, sessions: Sessions, *, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._clock = clock

    async def publish(self, playlist_id: int) -> str:
        """Let everybody read a playlist who has its token; nothing changes where they may already.

        Parameters
        ----------
        playlist_id
            Of the playlist.

        Returns
        -------
        str
            The token: 32 characters that an address takes as they are. The one that there is, where the playlist is
            published; else one that there never was, so that links from before stay dead.

        Raises
        ------
        NoSuchPlaylist
            If there is none, or not any more.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await hold_playlist(session, playlist_id)
            # Whoever withdraws it does not wait for the playlist: one statement finds the row or makes it.
            token: str | None = await session.scalar(
                insert_into(session, PublicationRow)
                .values(playlist_id=playlist_id, token=secrets.token_urlsafe(TOKEN_BYTES), published_at=self._clock())
                .on_conflict_do_update(
                    index_elements=[PublicationRow.playlist_id], set_={"token": PublicationRow.token}
                )
                .returning(PublicationRow.token)
            )
        assert token is not None
        return token

    async def withdraw(self, playlist_id: int) -> bool:
        """Let nobody read a playlist by its link any more, a deleted one either.

        Parameters
        ----------
        playlist_id
            Of the playlist.

        Returns
        -------
        bool
            False where it was not published.

        Raises
        ------
        StoreFailed
            If the database fails; then it stays published.
        """
        async with self._sessions.writing() as session:
            gone = await delete_counted(
                session, delete(PublicationRow).where(PublicationRow.playlist_id == playlist_id)
            )
        return gone > 0

    async def token_of(self, playlist_id: int) -> str | None:
        """Return the token of a playlist.

        Parameters
        ----------
        playlist_id
            Of the playlist.

        Returns
        -------
        str or None
            None where `playlist_of` would find nothing by it: it is not published, not there any more, or of a server
            that the bot is gone from.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            found: str | None = await session.scalar(
                _readable(select(PublicationRow.token)).where(PublicationRow.playlist_id == playlist_id)
            )
        return found

    async def playlist_of(self, token: str) -> int:
        """Return the id of the playlist that is published under a token.

        Parameters
        ----------
        token
            Any text: it comes from outside.

        Returns
        -------
        int

        Raises
        ------
        NoSuchPlaylist
            If there is none, or not any more, or the bot is gone from its server. It works again once a deleted
            playlist is brought back, or the server has taken the bot back.
        StoreFailed
            If the database fails.
        """
        if TOKEN.fullmatch(token) is None:
            raise NoSuchPlaylist
        async with self._sessions.reading() as session:
            found: int | None = await session.scalar(
                _readable(select(PublicationRow.playlist_id)).where(PublicationRow.token == token)
            )
        if found is None:
            raise NoSuchPlaylist
        return found


def _readable(query: Select[tuple[Column]]) -> Select[tuple[Column]]:
    """Leave out what nobody may read: what was deleted, and whose server nobody can ask any more."""
    return (
        query.join(PlaylistRow, PlaylistRow.id == PublicationRow.playlist_id)
        .join(ServerRow, ServerRow.id == PlaylistRow.guild)
        .where(PlaylistRow.deleted_at.is_(None), ServerRow.left_at.is_(None))
    )
