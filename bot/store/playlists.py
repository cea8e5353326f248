"""Playlists of servers, and whom they are shared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import StoreFailed
from bot.playlists.errors import NoSuchPlaylist, PlaylistExists, TooManyPlaylists
from bot.playlists.playlist import MOST_PLAYLISTS, Collaborator, Playlist, SharedWith, name_key
from bot.store.ids import is_id
from bot.store.models import CollaboratorRow, PlaylistRow, ServerRow, TrackRow
from bot.store.servers import hold_server
from bot.store.sessions import Sessions, delete_counted
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now

SUGGESTED: Final = 25
"""Names that are suggested while one is typed: as many as Discord shows."""


class Playlists:
    """Remembers playlists.

    A playlist that was deleted is there for nobody, and can be brought back until it is swept away.

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

    async def create(self, guild_id: int, name: str, owner: int, *, description: str = "") -> int:
        """Make a playlist.

        Parameters
        ----------
        guild_id
            Discord's id of the server.
        name
            By `bot.playlists.playlist.playlist_name`.
        owner
            Discord's id of the member.
        description
            At most 500 printable characters.

        Returns
        -------
        int
            Its id.

        Raises
        ------
        PlaylistExists
            If the server has one of that name, whatever its cases and accents.
        TooManyPlaylists
            If the server has `MOST_PLAYLISTS`.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await hold_server(session, guild_id)
            playlist_id: int | None = await session.scalar(
                insert_into(session, PlaylistRow)
                .values(
                    guild=guild_id,
                    name=name,
                    name_key=name_key(name),
                    description=description,
                    owner=owner,
                    created_at=self._clock(),
                )
                .on_conflict_do_nothing()
                .returning(PlaylistRow.id)
            )
            if playlist_id is None:
                raise PlaylistExists
            await _check_number(session, guild_id)
        return playlist_id

    async def get(self, playlist_id: int) -> Playlist:
        """Return a playlist.

        Parameters
        ----------
        playlist_id
            Any number: it may come from outside.

        Returns
        -------
        Playlist

        Raises
        ------
        NoSuchPlaylist
            If there is none, or not any more.
        StoreFailed
            If the database fails.
        """
        if not is_id(playlist_id):
            raise NoSuchPlaylist
        return await self._one(PlaylistRow.id == playlist_id)

    async def readable(self, playlist_id: int) -> Playlist:
        """Return a playlist of a server that the bot is in, for whoever runs it.

        Parameters
        ----------
        playlist_id
            Any number: it may come from outside.

        Returns
        -------
        Playlist

        Raises
        ------
        NoSuchPlaylist
            If there is none, not any more, or its server has sent the bot away.
        StoreFailed
            If the database fails.
        """
        if not is_id(playlist_id):
            raise NoSuchPlaylist
        return await self._one(PlaylistRow.id == playlist_id, _server_is_there())

    async def by_name(self, guild_id: int, name: str) -> Playlist:
        """Return the playlist of a server with that name, whatever its cases and accents.

        Parameters
        ----------
        guild_id
            Discord's id of the server.
        name
            As a member typed it.

        Returns
        -------
        Playlist

        Raises
        ------
        NoSuchPlaylist
            If there is none, or not any more.
        StoreFailed
            If the database fails.
        """
        return await self._one(PlaylistRow.guild == guild_id, PlaylistRow.name_key == name_key(name))

    async def of_guild(self, guild_id: int) -> tuple[Playlist, ...]:
        """Return the playlists of a server.

        Parameters
        ----------
        guild_id
            Discord's id of the server.

        Returns
        -------
        tuple of Playlist
            By name; empty where there are none.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            return await _read(session, PlaylistRow.guild == guild_id)

    async def of_all(self) -> tuple[Playlist, ...]:
        """Return the playlists of all servers that the bot is in, for whoever runs it.

        Returns
        -------
        tuple of Playlist
            By server, and then by name.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            playlists = await _read(session, _server_is_there())
        return tuple(sorted(playlists, key=lambda playlist: playlist.guild))

    async def suggest(self, guild_id: int, typed: str) -> tuple[str, ...]:
        """Return names of playlists that somebody may be about to type.

        Parameters
        ----------
        guild_id
            Discord's id of the server.
        typed
            What is typed so far.

        Returns
        -------
        tuple of str
            At most `SUGGESTED`: those that begin so first.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        key = name_key(typed) if typed.strip() else ""
        async with self._sessions.reading() as session:
            names = await session.scalars(
                select(PlaylistRow.name)
                .where(
                    PlaylistRow.guild == guild_id,
                    PlaylistRow.deleted_at.is_(None),
                    PlaylistRow.name_key.contains(key, autoescape=True),
                )
                .order_by(PlaylistRow.name_key.startswith(key, autoescape=True).desc(), PlaylistRow.name_key)
                .limit(SUGGESTED)
            )
            return tuple(names)

    async def rename(self, playlist_id: int, name: str) -> None:
        """Give a playlist another name.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        name
            By `bot.playlists.playlist.playlist_name`.

        Raises
        ------
        PlaylistExists
            If the server has another one of that name.
        NoSuchPlaylist, StoreFailed
            As for `get`.
        """
        with _names_differ():
            async with self._sessions.writing() as session:
                await _change(session, playlist_id, name=name, name_key=name_key(name))

    async def describe(self, playlist_id: int, description: str) -> None:
        """Give a playlist another description.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        description
            At most 500 printable characters.

        Raises
        ------
        NoSuchPlaylist, StoreFailed
            As for `get`.
        """
        async with self._sessions.writing() as session:
            await _change(session, playlist_id, description=description)

    async def delete(self, playlist_id: int) -> None:
        """Delete a playlist, so that it can be brought back.

        Parameters
        ----------
        playlist_id
            Of the playlist.

        Raises
        ------
        NoSuchPlaylist, StoreFailed
            As for `get`.
        """
        async with self._sessions.writing() as session:
            await _change(session, playlist_id, deleted_at=self._clock())

    async def bring_back(self, playlist_id: int, guild_id: int) -> Playlist:
        """Bring a playlist back that was deleted; nothing happens where it was not.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        guild_id
            Discord's id of the server that it has to belong to.

        Returns
        -------
        Playlist

        Raises
        ------
        NoSuchPlaylist
            If it was swept away.
        PlaylistExists
            If there is another one of its name now.
        TooManyPlaylists
            If others have its place.
        StoreFailed
            If the database fails.
        """
        with _names_differ():
            async with self._sessions.writing() as session:
                await hold_server(session, guild_id)
                await session.execute(
                    update(PlaylistRow)
                    .where(PlaylistRow.id == playlist_id, PlaylistRow.guild == guild_id)
                    .values(deleted_at=None)
                )
                await _check_number(session, guild_id)
                return _only(await _read(session, PlaylistRow.id == playlist_id, PlaylistRow.guild == guild_id))

    async def deleted(self, playlist_id: int, guild_id: int) -> Playlist:
        """Return a playlist whether it was deleted or not.

        Parameters
        ----------
        playlist_id
            Any number: it may come from outside.
        guild_id
            Discord's id of the server that it has to belong to.

        Returns
        -------
        Playlist

        Raises
        ------
        NoSuchPlaylist
            If it was swept away.
        StoreFailed
            If the database fails.
        """
        if not is_id(playlist_id):
            raise NoSuchPlaylist
        async with self._sessions.reading() as session:
            this = (PlaylistRow.id == playlist_id, PlaylistRow.guild == guild_id)
            return _only(await _read(session, *this, deleted_too=True))

    async def share(self, playlist_id: int, collaborator: Collaborator) -> None:
        """Let others add to a playlist; nothing happens where they may already.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        collaborator
            Who.

        Raises
        ------
        NoSuchPlaylist, StoreFailed
            As for `get`.
        """
        async with self._sessions.writing() as session:
            await hold_playlist(session, playlist_id)
            await session.execute(
                insert_into(session, CollaboratorRow)
                .values(playlist_id=playlist_id, kind=collaborator.kind.value, subject=collaborator.subject)
                .on_conflict_do_nothing()
            )

    async def unshare(self, playlist_id: int, collaborator: Collaborator) -> None:
        """Let others add to a playlist no more; nothing happens where they may not.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        collaborator
            Who.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(
                delete(CollaboratorRow).where(
                    CollaboratorRow.playlist_id == playlist_id,
                    CollaboratorRow.kind == collaborator.kind.value,
                    CollaboratorRow.subject == collaborator.subject,
                )
            )

    async def sweep(self, older_than: timedelta) -> int:
        """Forget for good what was deleted or removed a while ago.

        Parameters
        ----------
        older_than
            How long ago.

        Returns
        -------
        int
            How many playlists went, and tracks of others.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        oldest = self._clock() - older_than
        async with self._sessions.writing() as session:
            playlists = await delete_counted(session, delete(PlaylistRow).where(PlaylistRow.deleted_at < oldest))
            return playlists + await delete_counted(session, delete(TrackRow).where(TrackRow.removed_at < oldest))

    async def _one(self, *conditions: object) -> Playlist:
        async with self._sessions.reading() as session:
            return _only(await _read(session, *conditions))


async def hold_playlist(session: AsyncSession, playlist_id: int) -> None:
    """Make whoever changes the same playlist wait until the transaction ends.

    Parameters
    ----------
    session
        In a transaction that writes.
    playlist_id
        Any number.

    Raises
    ------
    NoSuchPlaylist
        If there is none, or not any more.
    """
    await _change(session, playlist_id, name=PlaylistRow.name)


@contextmanager
def _names_differ() -> Iterator[None]:
    """Tell that the database refused a name, which is not its failure."""
    try:
        yield
    except StoreFailed as error:
        if isinstance(error.__cause__, IntegrityError):
            raise PlaylistExists from error
        raise


def _server_is_there() -> ColumnElement[bool]:
    return PlaylistRow.guild.in_(select(ServerRow.id).where(ServerRow.left_at.is_(None)))


async def _change(session: AsyncSession, playlist_id: int, **new: object) -> None:
    found = await session.scalar(
        update(PlaylistRow)
        .where(PlaylistRow.id == playlist_id, PlaylistRow.deleted_at.is_(None))
        .values(**new)
        .returning(PlaylistRow.id)
    )
    if found is None:
        raise NoSuchPlaylist


async def _check_number(session: AsyncSession, guild_id: int) -> None:
    number = await session.scalar(
        select(func.count()).where(PlaylistRow.guild == guild_id, PlaylistRow.deleted_at.is_(None))
    )
    if (number or 0) > MOST_PLAYLISTS:
        raise TooManyPlaylists(MOST_PLAYLISTS)


async def _read(session: AsyncSession, *conditions: object, deleted_too: bool = False) -> tuple[Playlist, ...]:
    tracks = (
        select(func.count())
        .where(TrackRow.playlist_id == PlaylistRow.id, TrackRow.removed_at.is_(None))
        .correlate(PlaylistRow)
        .scalar_subquery()
    )
    found = await session.execute(
        select(PlaylistRow, tracks)
        .where(true() if deleted_too else PlaylistRow.deleted_at.is_(None), *conditions)  # type: ignore[arg-type]
        .order_by(PlaylistRow.name_key)
    )
    rows = found.all()
    ids = [row.id for row, _ in rows]
    shared: dict[int, list[Collaborator]] = {playlist_id: [] for playlist_id in ids}
    for who in await session.scalars(
        select(CollaboratorRow)
        .where(CollaboratorRow.playlist_id.in_(ids))
        .order_by(CollaboratorRow.kind, CollaboratorRow.subject)
    ):
        shared[who.playlist_id].append(Collaborator(SharedWith(who.kind), who.subject))
    return tuple(
        Playlist(
            id=row.id,
            guild=row.guild,
            name=row.name,
            description=row.description,
            owner=row.owner,
            created_at=row.created_at,
            tracks=number,
            collaborators=tuple(shared[row.id]),
        )
        for row, number in rows
    )


def _only(playlists: Sequence[Playlist]) -> Playlist:
    if not playlists:
        raise NoSuchPlaylist
    return playlists[0]
