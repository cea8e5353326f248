"""Tracks that were removed from playlists: who removed them, and how they come back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, or_, select, update
from sqlalchemy.orm import aliased

from bot.playlists.errors import IsThereAgain, NothingToUndo
from bot.store.ids import is_id
from bot.store.models import PlaylistRow, TrackRow
from bot.store.playlists import hold_playlist
from bot.store.sessions import Sessions
from bot.store.tracks import check_size, same_track


@dataclass(frozen=True, slots=True)
class RemovedTrack:
    """A track that was removed and can be brought back.

    Parameters
    ----------
    id, playlist_id, title
        As in `bot.playlists.track.Track`.
    remover
        Discord's id of the member who removed it; None where that is forgotten.
    """

    id: int
    playlist_id: int
    title: str
    remover: int | None


class RemovedTracks:
    """Finds and brings back what was removed, until it is swept away.

    Parameters
    ----------
    sessions
        Of the database.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def last(self, playlist_id: int, *, by: int | None = None) -> RemovedTrack:
        """Return what was removed last and is not there again.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        by
            Discord's id of a member, whose own removals come before those of all others; None for no difference.

        Returns
        -------
        RemovedTrack

        Raises
        ------
        NothingToUndo
            If nothing was removed, it was swept away, or all of it was added anew.
        StoreFailed
            If the database fails.
        """
        again = aliased(TrackRow)
        there = select(again.id).where(
            again.playlist_id == TrackRow.playlist_id,
            again.removed_at.is_(None),
            or_(again.digest == TrackRow.digest, again.link_key == TrackRow.link_key),
        )
        others = () if by is None else (case((TrackRow.removed_by == by, 0), else_=1),)
        return await self._first(TrackRow.playlist_id == playlist_id, ~there.exists(), order=others)

    async def get(self, track_id: int, guild_id: int) -> RemovedTrack:
        """Return a track that was removed.

        Parameters
        ----------
        track_id
            Any number: it may come from outside.
        guild_id
            Discord's id of the server that it has to belong to.

        Returns
        -------
        RemovedTrack

        Raises
        ------
        NothingToUndo
            If the server has none, it is back already, or it was swept away.
        StoreFailed
            If the database fails.
        """
        if not is_id(track_id):
            raise NothingToUndo
        return await self._first(TrackRow.id == track_id, PlaylistRow.guild == guild_id)

    async def bring_back(self, track: RemovedTrack) -> None:
        """Put a track back into its playlist.

        Parameters
        ----------
        track
            The track.

        Raises
        ------
        NoSuchPlaylist
            If the playlist is gone.
        NothingToUndo
            If it is back already, or was swept away.
        IsThereAgain
            If the same bytes or the same link were added anew meanwhile.
        PlaylistFull
            If other tracks have its place.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await hold_playlist(session, track.playlist_id)
            row = await session.scalar(
                select(TrackRow).where(TrackRow.id == track.id, TrackRow.removed_at.is_not(None))
            )
            if row is None:
                raise NothingToUndo
            if await same_track(session, row.playlist_id, row.digest, row.link_key) is not None:
                raise IsThereAgain
            await session.execute(
                update(TrackRow).where(TrackRow.id == track.id).values(removed_at=None, removed_by=None)
            )
            await check_size(session, row.playlist_id)

    async def _first(
        self, *conditions: ColumnElement[bool], order: tuple[ColumnElement[int], ...] = ()
    ) -> RemovedTrack:
        async with self._sessions.reading() as session:
            found = await session.execute(
                select(TrackRow.id, TrackRow.playlist_id, TrackRow.title, TrackRow.removed_by)
                .join(PlaylistRow, PlaylistRow.id == TrackRow.playlist_id)
                .where(TrackRow.removed_at.is_not(None), *conditions)
                .order_by(*order, TrackRow.removed_at.desc(), TrackRow.id.desc())
                .limit(1)
            )
            row = found.one_or_none()
        if row is None:
            raise NothingToUndo
        return RemovedTrack(*row)
