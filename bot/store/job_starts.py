"""How long jobs begin: with a link whose tracks are still to be found, a file, or the tracks of a playlist."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.errors import NothingToRetag, TooManyJobs
from bot.jobs.job import MOST_UNFINISHED, ItemState, JobKind, JobState, NewItem, Place
from bot.playlists.same_link import link_key
from bot.playlists.track import NewTrack
from bot.store.jobs import UNFINISHED
from bot.store.models import JobItemRow, JobRow, PlaylistRow, ServerRow, TrackRow
from bot.store.playlists import hold_playlist
from bot.store.sessions import Sessions
from bot.store.tracks import IS_THERE, add_tracks, ids_by
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now


class JobStarts:
    """Begins jobs; `bot.store.jobs.Jobs` has them from there on.

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

    async def begin_link(self, playlist_id: int, link: str, name: str, place: Place) -> int:
        """Begin an import of what a link leads to; its tracks are still to be found.

        Parameters
        ----------
        playlist_id
            Where the tracks go.
        link
            As `bot.media.links.parse_link` returns it.
        name
            What to call it until its own name is known, 1 to 200 printable characters.
        place
            Where it was asked for.

        Returns
        -------
        int
            The id of the job.

        Raises
        ------
        NoSuchPlaylist
            If there is none, or not any more.
        TooManyJobs
            If the server has `MOST_UNFINISHED`.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            return await self._begin(session, playlist_id, JobKind.LINK, name, place, link=link)

    async def begin_file(
        self,
        playlist_id: int,
        name: str,
        place: Place,
        *,
        items: Sequence[NewItem] = (),
        tracks: Sequence[NewTrack] = (),
        left_out: int = 0,
    ) -> int:
        """Begin an import of a file, and add at once what needs no hearing: all of it, or nothing.

        Parameters
        ----------
        playlist_id
            Where the tracks go.
        name
            Of the file, 1 to 200 printable characters.
        place
            Where it was asked for.
        items
            Tracks that are added once they were heard.
        tracks
            Tracks that are added now, as the file tells of them. Those with a link are heard later.
        left_out
            Tracks of the file that are neither.

        Returns
        -------
        int
            The id of the job.

        Raises
        ------
        PlaylistFull
            If the playlist has no room for them.
        NoSuchPlaylist, TooManyJobs, StoreFailed
            As for `begin_link`.
        """
        async with self._sessions.writing() as session:
            job_id = await self._begin(session, playlist_id, JobKind.FILE, name, place, left_out=left_out)
            rows = []
            added = await add_tracks(session, playlist_id, tracks, clock=self._clock)
            for track, one in zip(tracks, added, strict=True):
                ended = ItemState.KNOWN if one.known else ItemState.DONE
                state = ended if one.known or track.link is None else ItemState.WAITING
                rows.append(_row(track.title, track.link, track.duration, track_id=one.track_id, state=state))
            new, left = _without_doubles(items)
            rows += await _rows_of(session, playlist_id, new)
            await _insert_items(session, job_id, rows)
            await session.execute(update(JobRow).where(JobRow.id == job_id).values(left_out=left_out + left))
            return job_id

    async def begin_retag(self, playlist_id: int, name: str, place: Place, *, model_key: str) -> int:
        """Begin to hear the tracks of a playlist anew that the present model has not heard.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        name
            Of the playlist.
        place
            Where it was asked for.
        model_key
            Of the present model.

        Returns
        -------
        int
            The id of the job.

        Raises
        ------
        NothingToRetag
            If there is no such track. Those that only a file told of, and to which nothing leads, do not count.
        NoSuchPlaylist, TooManyJobs, StoreFailed
            As for `begin_link`.
        """
        async with self._sessions.writing() as session:
            job_id = await self._begin(session, playlist_id, JobKind.RETAG, name, place)
            found = await session.execute(
                select(TrackRow.id, TrackRow.title, TrackRow.link, TrackRow.duration)
                .where(
                    TrackRow.playlist_id == playlist_id,
                    IS_THERE,
                    or_(TrackRow.model_key.is_(None), TrackRow.model_key != model_key),
                    or_(
                        TrackRow.link.is_not(None),
                        TrackRow.source_message.is_not(None),
                        TrackRow.model_key.is_not(None),
                    ),
                )
                .order_by(TrackRow.added_at, TrackRow.id)
            )
            rows = [_row(title, link, duration, track_id=track_id) for track_id, title, link, duration in found]
            if not rows:
                raise NothingToRetag
            await _insert_items(session, job_id, rows)
            return job_id

    async def list_found(
        self, job_id: int, name: str, found: Sequence[NewItem], *, left_out: int, cut_off: bool
    ) -> None:
        """Note which tracks a link leads to, and let them be worked on: all of it, or nothing.

        Of the same track, the first stays; what is in the playlist already needs no hearing. Nothing happens where
        that was noted already, or the job is over.

        Parameters
        ----------
        job_id
            Of the job.
        name
            What the tracks are called together, 1 to 200 printable characters.
        found
            In order.
        left_out
            How many were looked at besides.
        cut_off
            Whether there are more than were looked at.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        new, doubles = _without_doubles(found)
        async with self._sessions.writing() as session:
            playlist_id = await session.scalar(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == JobState.LISTING)
                .values(state=JobState.RUNNING, name=name, left_out=left_out + doubles, cut_off=cut_off)
                .returning(JobRow.playlist_id)
            )
            if playlist_id is not None:
                await _insert_items(session, job_id, await _rows_of(session, playlist_id, new))

    async def _begin(
        self,
        session: AsyncSession,
        playlist_id: int,
        kind: JobKind,
        name: str,
        place: Place,
        *,
        link: str | None = None,
        left_out: int = 0,
    ) -> int:
        guild = select(PlaylistRow.guild).where(PlaylistRow.id == playlist_id).scalar_subquery()
        # Jobs are counted below: of two that begin at once, the second has to see the first.
        await session.execute(
            update(ServerRow).where(ServerRow.id == guild).values(votes_needed=ServerRow.votes_needed)
        )
        await hold_playlist(session, playlist_id)
        job_id = await session.scalar(
            insert_into(session, JobRow)
            .values(
                playlist_id=playlist_id,
                kind=kind,
                state=JobState.RUNNING if link is None else JobState.LISTING,
                name=name,
                link=link,
                left_out=left_out,
                cut_off=False,
                asker=place.asker,
                channel=place.channel,
                language=place.language,
                begun_at=self._clock(),
            )
            .returning(JobRow.id)
        )
        assert job_id is not None
        unfinished = await session.scalar(
            select(func.count())
            .select_from(JobRow)
            .join(PlaylistRow, PlaylistRow.id == JobRow.playlist_id)
            .where(PlaylistRow.guild == guild, PlaylistRow.deleted_at.is_(None), JobRow.state.in_(UNFINISHED))
        )
        if (unfinished or 0) > MOST_UNFINISHED:
            raise TooManyJobs(MOST_UNFINISHED)
        return int(job_id)


def _without_doubles(found: Sequence[NewItem]) -> tuple[list[NewItem], int]:
    """Return the first of each link, and how many others there are."""
    first = {link_key(item.link): item for item in reversed(found)}
    kept = [item for item in found if first[link_key(item.link)] is item]
    return kept, len(found) - len(kept)


async def _rows_of(session: AsyncSession, playlist_id: int, items: Sequence[NewItem]) -> list[dict[str, object]]:
    known = await ids_by(session, playlist_id, TrackRow.link_key, [link_key(item.link) for item in items])
    return [
        _row(item.title, item.link, item.duration)
        if (track_id := known.get(link_key(item.link))) is None
        else _row(item.title, item.link, item.duration, track_id=track_id, state=ItemState.KNOWN)
        for item in items
    ]


def _row(
    title: str,
    link: str | None,
    duration: float | None,
    *,
    track_id: int | None = None,
    state: ItemState = ItemState.WAITING,
) -> dict[str, object]:
    return {"title": title, "link": link, "duration": duration, "track_id": track_id, "state": state}


async def _insert_items(session: AsyncSession, job_id: int, rows: Sequence[dict[str, object]]) -> None:
    numbered = [{"job_id": job_id, "position": place, "attempts": 0, **row} for place, row in enumerate(rows)]
    if numbered:
        await session.execute(insert(JobItemRow), numbered, execution_options={"render_nulls": True})
