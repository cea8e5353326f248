"""Tracks of playlists: added, heard anew, edited and removed; none twice, and none lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import StoreFailed
from bot.playlists.errors import NoSuchTrack, PlaylistFull
from bot.playlists.playlist import MOST_TRACKS
from bot.playlists.same_link import link_key
from bot.playlists.track import Hearing, NewTrack, Told, title_key
from bot.store.models import TrackRow, TrackTagRow
from bot.store.playlists import hold_playlist
from bot.store.sessions import Sessions
from bot.store.track_query import told_text
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now

IS_THERE: Final = TrackRow.removed_at.is_(None)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a track that was to be added.

    Parameters
    ----------
    track_id
        Of the track that is in the playlist now.
    known
        Whether it was in there already.
    """

    track_id: int
    known: bool


class Tracks:
    """Changes tracks; `TrackPages` finds them, and `RemovedTracks` brings them back.

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

    async def add(self, playlist_id: int, track: NewTrack) -> Added:
        """Add a track to the end of a playlist, unless the same bytes or the same link are in it already.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        track
            What is added.

        Returns
        -------
        Added

        Raises
        ------
        NoSuchPlaylist
            If there is none, or not any more.
        PlaylistFull
            If it has `MOST_TRACKS`.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            return await add_track(session, playlist_id, track, clock=self._clock)

    async def hear(self, track_id: int, digest: str, hearing: Hearing, *, duration: float | None) -> None:
        """Note what the bot heard in a track now; its votes stay, for they belong to the bytes.

        Parameters
        ----------
        track_id
            Of the track; nothing happens where there is none any more.
        digest
            SHA-256 of what was heard, hexadecimal.
        hearing
            What was heard.
        duration
            Its length, in seconds.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await hear_track(session, track_id, digest, hearing, duration=duration)

    async def edit(self, track_id: int, title: str) -> None:
        """Give a track another title.

        Parameters
        ----------
        track_id
            Of the track.
        title
            By `bot.playlists.track.track_title`.

        Raises
        ------
        NoSuchTrack
            If there is none, or not any more.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await _change(session, track_id, title=title, title_key=title_key(title))

    async def remove(self, track_id: int, by: int) -> None:
        """Take a track out of its playlist; `RemovedTracks` can bring it back.

        Parameters
        ----------
        track_id
            Of the track.
        by
            Discord's id of the member who removes it.

        Raises
        ------
        NoSuchTrack
            If there is none, or not any more.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await _change(session, track_id, removed_at=self._clock(), removed_by=by)


async def add_track(session: AsyncSession, playlist_id: int, track: NewTrack, *, clock: Clock) -> Added:
    """Add a track in a transaction of the caller's; see `Tracks.add`.

    Parameters
    ----------
    session
        In a transaction that writes.
    playlist_id, track
        As in `Tracks.add`.
    clock
        Tells the time.

    Returns
    -------
    Added

    Raises
    ------
    NoSuchPlaylist, PlaylistFull, StoreFailed
        As in `Tracks.add`.
    """
    await hold_playlist(session, playlist_id)
    added = await _add(session, playlist_id, track, clock=clock)
    if not added.known:
        await check_size(session, playlist_id)
    return added


async def add_tracks(
    session: AsyncSession, playlist_id: int, tracks: Sequence[NewTrack], *, clock: Clock
) -> tuple[Added, ...]:
    """Add many tracks in a transaction of the caller's, which counts them only once.

    Parameters
    ----------
    session, playlist_id, clock
        As in `add_track`.
    tracks
        What is added, in order.

    Returns
    -------
    tuple of Added
        Of each of them.

    Raises
    ------
    NoSuchPlaylist, PlaylistFull, StoreFailed
        As in `Tracks.add`.
    """
    await hold_playlist(session, playlist_id)
    added = tuple([await _add(session, playlist_id, track, clock=clock) for track in tracks])
    await check_size(session, playlist_id)
    return added


async def _add(session: AsyncSession, playlist_id: int, track: NewTrack, *, clock: Clock) -> Added:
    key = None if track.link is None else link_key(track.link)
    track_id: int | None = await session.scalar(
        insert_into(session, TrackRow)
        .values(
            playlist_id=playlist_id,
            title=track.title,
            title_key=title_key(track.title),
            link=track.link,
            link_key=key,
            source_channel=None if track.source is None else track.source.channel,
            source_message=None if track.source is None else track.source.message,
            source_position=None if track.source is None else track.source.position,
            adder=track.adder,
            added_at=track.added_at or clock(),
            duration=track.duration,
            digest=track.digest,
            told_votes=told_text(track.told_votes),
            **_heard_columns(track.heard),
        )
        .on_conflict_do_nothing()
        .returning(TrackRow.id)
    )
    if track_id is None:
        known = await same_track(session, playlist_id, track.digest, key)
        if known is None:
            raise StoreFailed
        return Added(known, known=True)
    await _tag(session, track_id, track.heard)
    return Added(track_id, known=False)


async def hear_track(
    session: AsyncSession, track_id: int, digest: str, hearing: Hearing, *, duration: float | None
) -> None:
    """Note what was heard in a transaction of the caller's; see `Tracks.hear`.

    Parameters
    ----------
    session
        In a transaction that writes.
    track_id, digest, hearing, duration
        As in `Tracks.hear`.
    """
    # Where the same bytes are in the playlist under another link, the digest stays with the track that had it first.
    other = select(TrackRow.playlist_id).where(TrackRow.id == track_id).scalar_subquery()
    taken = (
        select(TrackRow.id).where(TrackRow.playlist_id == other, TrackRow.digest == digest, TrackRow.id != track_id)
    ).where(IS_THERE)
    changed = await session.scalar(
        update(TrackRow)
        .where(TrackRow.id == track_id, ~taken.exists())
        .values(digest=digest, duration=duration, **_heard_columns(hearing))
        .returning(TrackRow.id)
    )
    if changed is None:
        return
    await session.execute(delete(TrackTagRow).where(TrackTagRow.track_id == track_id))
    await _tag(session, track_id, hearing)


def _heard_columns(heard: Hearing | Told) -> dict[str, Any]:
    return {
        "model_key": heard.model_key if isinstance(heard, Hearing) else None,
        "verdict": None if heard.verdict is None else heard.verdict.value,
        "genre": heard.genre,
        "probability": heard.probability,
        "tempo": heard.tempo,
        "energy": heard.energy,
        "embedding": heard.embedding if isinstance(heard, Hearing) else None,
    }


async def _tag(session: AsyncSession, track_id: int, heard: Hearing | Told) -> None:
    tags = {tag.name: tag.probability for tag in heard.tags}
    if tags:
        rows = [{"track_id": track_id, "name": name, "probability": share} for name, share in tags.items()]
        await session.execute(insert_into(session, TrackTagRow).values(rows))


async def same_track(session: AsyncSession, playlist_id: int, digest: str | None, key: str | None) -> int | None:
    """Return the track of a playlist that has the same bytes or the same link.

    Parameters
    ----------
    session
        In a transaction.
    playlist_id
        Of the playlist.
    digest
        SHA-256 of the bytes, hexadecimal; None where nobody knows them.
    key
        Of the link, by `bot.playlists.same_link.link_key`; None where there is none.

    Returns
    -------
    int or None
        Its id; None where there is none.
    """
    alike = [
        column == value for column, value in ((TrackRow.digest, digest), (TrackRow.link_key, key)) if value is not None
    ]
    if not alike:
        return None
    found: int | None = await session.scalar(
        select(TrackRow.id)
        .where(TrackRow.playlist_id == playlist_id, IS_THERE, or_(*alike))
        .order_by(TrackRow.id)
        .limit(1)
    )
    return found


async def check_size(session: AsyncSession, playlist_id: int) -> None:
    """Let a transaction go on only if a playlist has no more tracks than it may have.

    Parameters
    ----------
    session
        In a transaction that has added one, and holds the playlist.
    playlist_id
        Of the playlist.

    Raises
    ------
    PlaylistFull
        If it has more than `MOST_TRACKS`.
    """
    tracks = await session.scalar(select(func.count()).where(TrackRow.playlist_id == playlist_id, IS_THERE))
    if (tracks or 0) > MOST_TRACKS:
        raise PlaylistFull(MOST_TRACKS)


async def _change(session: AsyncSession, track_id: int, **new: object) -> None:
    found = await session.scalar(
        update(TrackRow).where(TrackRow.id == track_id, IS_THERE).values(**new).returning(TrackRow.id)
    )
    if found is None:
        raise NoSuchTrack
