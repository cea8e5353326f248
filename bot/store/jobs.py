"""Long jobs, until their end; `bot.store.job_starts` begins them, and `bot.store.job_items` has their tracks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.errors import NoSuchJob
from bot.jobs.job import Counts, Failure, ItemState, Job, JobKind, JobState
from bot.store.ids import is_id
from bot.store.models import JobItemRow, JobRow, PlaylistRow, ServerRow
from bot.store.sessions import Sessions, delete_counted
from bot.store.utc import Clock, utc_now

SHOWN: Final = 10
"""Jobs that are shown of a server."""

REASON_LIMIT: Final = 500
"""Characters of a reason that are kept."""

UNFINISHED: Final = (JobState.LISTING, JobState.RUNNING, JobState.PAUSED)


class Jobs:
    """Remembers jobs.

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

    async def get(self, job_id: int, guild_id: int | None = None) -> Job:
        """Return a job.

        Parameters
        ----------
        job_id
            Any number: it may come from outside.
        guild_id
            Discord's id of the server that it has to belong to; None for any.

        Returns
        -------
        Job

        Raises
        ------
        NoSuchJob
            If there is none, or not any more.
        StoreFailed
            If the database fails.
        """
        if not is_id(job_id):
            raise NoSuchJob
        conditions = [JobRow.id == job_id] + ([] if guild_id is None else [PlaylistRow.guild == guild_id])
        async with self._sessions.reading() as session:
            found = await _read(session, _jobs().where(*conditions))
        if not found:
            raise NoSuchJob
        return found[0]

    async def of_guild(self, guild_id: int) -> tuple[Job, ...]:
        """Return the jobs of a server: those that are not over, then the others; of each, the latest first.

        Parameters
        ----------
        guild_id
            Discord's id of the server.

        Returns
        -------
        tuple of Job
            At most `SHOWN`.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        query = _jobs().where(PlaylistRow.guild == guild_id, PlaylistRow.deleted_at.is_(None))
        async with self._sessions.reading() as session:
            order = (JobRow.state.in_(UNFINISHED).desc(), JobRow.id.desc())
            return await _read(session, query.order_by(*order).limit(SHOWN))

    async def unfinished(self) -> tuple[Job, ...]:
        """Return the jobs of all servers that are not over, the oldest first.

        Returns
        -------
        tuple of Job

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            return await _read(session, _jobs().where(JobRow.state.in_(UNFINISHED)).order_by(JobRow.id))

    async def to_settle(self, without: Collection[int]) -> Job | None:
        """Return a job that needs something else than that its next track is heard.

        Parameters
        ----------
        without
            Ids of jobs that are left alone now.

        Returns
        -------
        Job or None
            One whose tracks are to be found, or one of which no track waits any more.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        waits = select(JobItemRow.position).where(JobItemRow.job_id == JobRow.id, JobItemRow.state == ItemState.WAITING)
        needs = or_(JobRow.state == JobState.LISTING, (JobRow.state == JobState.RUNNING) & ~waits.exists())
        query = (
            _jobs()
            .join(ServerRow, ServerRow.id == PlaylistRow.guild)
            .where(needs, JobRow.id.not_in(without), ServerRow.left_at.is_(None), PlaylistRow.deleted_at.is_(None))
            .order_by(JobRow.id)
            .limit(1)
        )
        async with self._sessions.reading() as session:
            found = await _read(session, query)
        return found[0] if found else None

    async def counts(self, job_ids: Collection[int]) -> dict[int, Counts]:
        """Count the tracks of jobs.

        Parameters
        ----------
        job_ids
            Of the jobs.

        Returns
        -------
        dict of int to Counts
            Of each of them.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            counted = await session.execute(
                select(JobItemRow.job_id, JobItemRow.state, func.count())
                .where(JobItemRow.job_id.in_(job_ids))
                .group_by(JobItemRow.job_id, JobItemRow.state)
            )
            found: dict[int, dict[str, int]] = {job_id: {} for job_id in job_ids}
            for job_id, state, number in counted:
                found[job_id][state] = number
        return {job_id: Counts(**numbers) for job_id, numbers in found.items()}

    async def failures(self, job_id: int) -> tuple[Failure, ...]:
        """Return the tracks of a job that could not be had, in order.

        Parameters
        ----------
        job_id
            Of the job.

        Returns
        -------
        tuple of Failure

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            found = await session.execute(
                select(JobItemRow.title, JobItemRow.reason)
                .where(JobItemRow.job_id == job_id, JobItemRow.state == ItemState.FAILED)
                .order_by(JobItemRow.position)
            )
            return tuple(Failure(title, reason or "") for title, reason in found)

    async def place(self, job_id: int, message: int | None, *, channel: int | None = None) -> None:
        """Note which message shows the progress of a job.

        Parameters
        ----------
        job_id
            Of the job.
        message
            Discord's id of the message; None where there is none any more.
        channel
            Discord's id of its channel; None where that is the same as before.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        new = {"message": message} | ({} if channel is None else {"channel": channel})
        async with self._sessions.writing() as session:
            await session.execute(update(JobRow).where(JobRow.id == job_id).values(**new))

    async def pause(self, job_id: int, why: str | None = None) -> bool:
        """Let no more tracks of a job be begun.

        Parameters
        ----------
        job_id
            Of the job.
        why
            A sentence for members, where nobody asked for that.

        Returns
        -------
        bool
            Whether it was running.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        reason = None if why is None else why[:REASON_LIMIT]
        return await self._turn(job_id, JobState.PAUSED, {JobState.RUNNING}, pause_reason=reason)

    async def resume(self, job_id: int) -> bool:
        """Let a job go on.

        Parameters
        ----------
        job_id
            Of the job.

        Returns
        -------
        bool
            Whether it was paused.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        return await self._turn(job_id, JobState.RUNNING, {JobState.PAUSED})

    async def cancel(self, job_id: int) -> bool:
        """End a job before its time.

        Parameters
        ----------
        job_id
            Of the job.

        Returns
        -------
        bool
            Whether it was not over.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        return await self._turn(job_id, JobState.CANCELLED, UNFINISHED, ended_at=self._clock())

    async def fail(self, job_id: int, reason: str) -> bool:
        """End a job that cannot go on.

        Parameters
        ----------
        job_id
            Of the job.
        reason
            A sentence for members.

        Returns
        -------
        bool
            Whether it was not over.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        return await self._turn(
            job_id, JobState.FAILED, UNFINISHED, ended_at=self._clock(), reason=reason[:REASON_LIMIT]
        )

    async def done(self, job_id: int) -> bool:
        """End a job of which no track waits.

        Parameters
        ----------
        job_id
            Of the job.

        Returns
        -------
        bool
            Whether it was running.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        return await self._turn(job_id, JobState.DONE, {JobState.RUNNING}, ended_at=self._clock())

    async def sweep(self, older_than: timedelta) -> int:
        """Forget jobs that were over a while ago; what they added stays.

        Parameters
        ----------
        older_than
            How long ago.

        Returns
        -------
        int
            How many went.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        oldest = self._clock() - older_than
        async with self._sessions.writing() as session:
            return await delete_counted(session, delete(JobRow).where(JobRow.ended_at < oldest))

    async def _turn(self, job_id: int, state: JobState, before: Iterable[JobState], **new: object) -> bool:
        async with self._sessions.writing() as session:
            turned = await session.scalar(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state.in_(before))
                .values({"state": state, "pause_reason": None} | new)
                .returning(JobRow.id)
            )
        return turned is not None


def _jobs() -> Select[JobRow, str, int, int | None]:
    return select(JobRow, PlaylistRow.name, PlaylistRow.guild, PlaylistRow.owner).join(
        PlaylistRow, PlaylistRow.id == JobRow.playlist_id
    )


async def _read(session: AsyncSession, query: Select[JobRow, str, int, int | None]) -> tuple[Job, ...]:
    return tuple(
        Job(
            id=row.id,
            kind=JobKind(row.kind),
            state=JobState(row.state),
            name=row.name,
            link=row.link,
            reason=row.reason,
            pause_reason=row.pause_reason,
            left_out=row.left_out,
            cut_off=row.cut_off,
            asker=row.asker,
            channel=row.channel,
            message=row.message,
            language=row.language,
            begun_at=row.begun_at,
            ended_at=row.ended_at,
            playlist_id=row.playlist_id,
            playlist=playlist,
            guild=guild,
            owner=owner,
        )
        for row, playlist, guild, owner in await session.execute(query)
    )
