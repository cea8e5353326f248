"""The tracks of long jobs: each is begun, and ended exactly once, whenever the bot dies on the way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.job import Item, ItemState, JobKind, JobState
from bot.playlists.track import Hearing, NewTrack
from bot.store.jobs import REASON_LIMIT
from bot.store.models import JobItemRow, JobRow, PlaylistRow, ServerRow, TrackRow
from bot.store.playlists import hold_playlist
from bot.store.sessions import Sessions
from bot.store.tracks import add_track, hear_track
from bot.store.utc import Clock, utc_now
from bot.store.votes import carry_votes


class JobItems:
    """Remembers how far each track of a job is.

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

    async def begin(
        self, *, after: int, resting: Collection[int] = (), under_way: Collection[tuple[int, int]] = ()
    ) -> Item | None:
        """Begin the next track of the next job, and note that before anything else happens.

        A track that was begun before without an end may be what the bot died of, or only have been under way then. Such
        tracks come last, and each is begun alone, so that whoever dies of one is not taken for another.

        Parameters
        ----------
        after
            Id of the job whose turn it was last: the one after it is next, and after the last the first.
        resting
            Ids of jobs that are passed over.
        under_way
            Keys of tracks that were begun and are not ended.

        Returns
        -------
        Item or None
            None where nothing is to be done now, or a track has to be begun alone and others are under way: then
            nothing else is begun either, or it could wait for ever. While one is under way that `Item.is_suspect`,
            nothing else may be begun.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        free = tuple_(JobItemRow.job_id, JobItemRow.position).not_in(list(under_way))
        waits = (JobItemRow.state == ItemState.WAITING) & free
        of_job = select(JobItemRow.position).where(JobItemRow.job_id == JobRow.id, waits)
        async with self._sessions.reading() as session:
            job_id = await session.scalar(
                select(JobRow.id)
                .join(PlaylistRow, PlaylistRow.id == JobRow.playlist_id)
                .join(ServerRow, ServerRow.id == PlaylistRow.guild)
                .where(
                    JobRow.state == JobState.RUNNING,
                    JobRow.id.not_in(resting),
                    # What belongs to a server that the bot is gone from, or to a playlist that was deleted, waits until
                    # that is back, or forgotten.
                    ServerRow.left_at.is_(None),
                    PlaylistRow.deleted_at.is_(None),
                    of_job.exists(),
                )
                .order_by(JobRow.id <= after, JobRow.id)
                .limit(1)
            )
            found = await session.execute(
                select(JobItemRow, PlaylistRow.guild, PlaylistRow.id.label("playlist_id"), JobRow.kind)
                .join(JobRow, JobRow.id == JobItemRow.job_id)
                .join(PlaylistRow, PlaylistRow.id == JobRow.playlist_id)
                .where(JobItemRow.job_id == job_id, waits)
                .order_by(JobItemRow.attempts, JobItemRow.position)
                .limit(1)
            )
            row = found.one_or_none()
        if row is None:
            return None
        item = _item_of(row)
        if item.attempts and under_way:
            return None
        async with self._sessions.writing() as session:
            await session.execute(update(JobItemRow).where(*_is_waiting(item)).values(attempts=JobItemRow.attempts + 1))
        # What became of it meanwhile, if anything did, is found out when it ends.
        return replace(item, attempts=item.attempts + 1)

    async def put_back(self, item: Item) -> None:
        """Let a track wait again as if it had not been begun; nothing happens where it has ended, or waits again.

        Parameters
        ----------
        item
            What `begin` returned.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(
                update(JobItemRow)
                .where(*_is_waiting(item), JobItemRow.attempts == item.attempts)
                .values(attempts=item.attempts - 1)
            )

    async def add(self, item: Item, track: NewTrack) -> ItemState | None:
        """Add the track that came of an item, and end the item in the same transaction.

        Parameters
        ----------
        item
            What `begin` returned.
        track
            What was heard; it is added by whoever asked for the job.

        Returns
        -------
        ItemState or None
            Done, or known where it is in the playlist already; None where the job is over or gone, or the item was
            ended before: then nothing is added.

        Raises
        ------
        NoSuchPlaylist
            If it was deleted, and can be brought back; the item waits on.
        PlaylistFull
            As for `bot.store.tracks.Tracks.add`; the item waits on.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            job = await _hold(session, item)
            if job is None:
                return None
            # All were asked for at one time. Which one was ready first is chance, and an album keeps its order.
            added_at = job.begun_at + timedelta(microseconds=item.position)
            track = replace(track, adder=job.asker, added_at=added_at)
            added = await add_track(session, item.playlist_id, track, clock=self._clock)
            state = ItemState.KNOWN if added.known else ItemState.DONE
            return await _end(session, item, state, track_id=added.track_id)

    async def hear(
        self, item: Item, track_id: int, digest: str, hearing: Hearing, *, duration: float | None
    ) -> ItemState | None:
        """Note what was heard in a track that is there already, and end the item in the same transaction.

        The community's votes stay with the track, even where the same link leads to other bytes today.

        Parameters
        ----------
        item
            What `begin` returned.
        track_id, digest, hearing, duration
            As for `bot.store.tracks.hear_track`.

        Returns
        -------
        ItemState or None
            Done, or known where another track of the playlist has these bytes; None as for `add`.

        Raises
        ------
        NoSuchPlaylist
            As for `add`.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            if await _hold(session, item) is None:
                return None
            await hold_playlist(session, item.playlist_id)
            before = await session.scalar(select(TrackRow.digest).where(TrackRow.id == track_id))
            if not await hear_track(session, track_id, digest, hearing, duration=duration):
                return await _end(session, item, ItemState.KNOWN)
            if before is not None and before != digest:
                await carry_votes(session, item.guild, before, digest)
            return await _end(session, item, ItemState.DONE)

    async def fail(self, item: Item, reason: str) -> ItemState | None:
        """End an item without a track.

        Parameters
        ----------
        item
            What `begin` returned.
        reason
            A sentence for members.

        Returns
        -------
        ItemState or None
            Failed; None as for `add`.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            if await _hold(session, item) is None:
                return None
            return await _end(session, item, ItemState.FAILED, reason=reason[:REASON_LIMIT])


async def _hold(session: AsyncSession, item: Item) -> JobRow | None:
    """Return the job of an item that still waits, and make whoever would end either of them wait."""
    job: JobRow | None = await session.scalar(
        update(JobRow)
        .where(JobRow.id == item.job_id, JobRow.state.in_((JobState.RUNNING, JobState.PAUSED)))
        .values(name=JobRow.name)
        .returning(JobRow)
    )
    if job is None:
        return None
    waiting = await session.scalar(select(JobItemRow.position).where(*_is_waiting(item)))
    return None if waiting is None else job


async def _end(session: AsyncSession, item: Item, state: ItemState, **new: object) -> ItemState:
    await session.execute(update(JobItemRow).where(*_is_waiting(item)).values(state=state, **new))
    return state


def _is_waiting(item: Item) -> tuple[Any, ...]:
    return (
        JobItemRow.job_id == item.job_id,
        JobItemRow.position == item.position,
        JobItemRow.state == ItemState.WAITING,
    )


def _item_of(row: Any) -> Item:
    item, guild, playlist_id, kind = row
    return Item(
        job_id=item.job_id,
        position=item.position,
        guild=guild,
        playlist_id=playlist_id,
        title=item.title,
        link=item.link,
        track_id=item.track_id,
        is_listed=kind == JobKind.LINK,
        attempts=item.attempts,
    )
