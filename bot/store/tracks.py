"""Tracks of playlists: added, heard anew, edited and removed; none twice, and none lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.playlists.errors import NoSuchTrack, PlaylistFull
from bot.playlists.playlist import MOST_TRACKS
from bot.playlists.same_link import link_key
from bot.playlists.track import Hearing, NewTrack, Told, title_key
from bot.store.models import TrackRow, TrackTagRow
from bot.store.playlists import hold_playlist
from bot.store.sessions import Sessions
from bot.store.track_query import told_text
from bot.store.utc import Clock, utc_now

IS_THERE: Final = TrackRow.removed_at.is_(None)

AT_ONCE: Final = 500
"""Tracks that one statement is about: databases take only so many values in one, and whoever else the bot works for
has a turn in between."""


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
    (added,) = await add_tracks(session, playlist_id, [track], clock=clock)
    return added


async def add_tracks(
    session: AsyncSession, playlist_id: int, tracks: Sequence[NewTrack], *, clock: Clock
) -> tuple[Added, ...]:
    """Add many tracks in a transaction of the caller's, by few statements: nobody else writes meanwhile.

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
    # Whoever adds holds the playlist: what is not there now is not there when it is added.
    ids = await _ids_by_sameness(session, playlist_id, tracks)
    first: dict[str, int] = {}
    new: list[NewTrack] = []
    places: list[int | None] = []
    for track in tracks:
        same = _sameness(track)
        place = None
        if ids.keys().isdisjoint(same):
            place = min((first[key] for key in same if key in first), default=len(new))
            if place == len(new):
                new.append(track)
            first |= {key: place for key in same if key not in first}
        places.append(place)
    now = clock()
    new_ids: list[int] = []
    for start in range(0, len(new), AT_ONCE):
        some = new[start : start + AT_ONCE]
        new_ids += await _insert(session, playlist_id, [_row(playlist_id, track, now) for track in some])
        await _tag(session, zip(new_ids[start:], (track.heard for track in some), strict=True))
    if new:
        await check_size(session, playlist_id)
    added: list[Added] = []
    told: set[int] = set()
    for track, place in zip(tracks, places, strict=True):
        if place is None:
            added.append(Added(min(ids[key] for key in _sameness(track) if key in ids), known=True))
        else:
            added.append(Added(new_ids[place], known=place in told))
            told.add(place)
    return tuple(added)


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


async def hear_track(
    session: AsyncSession, track_id: int, digest: str, hearing: Hearing, *, duration: float | None
) -> bool:
    """Note what the bot heard in a track, in a transaction of the caller's that holds the playlist.

    Parameters
    ----------
    session
        In a transaction that writes.
    track_id
        Of the track; nothing happens where there is none any more.
    digest
        SHA-256 of what was heard, hexadecimal.
    hearing
        What was heard.
    duration
        Its length, in seconds.

    Returns
    -------
    bool
        Whether these bytes are the track's now. Those of another track of the playlist stay with that one: a track that
        had others before keeps them, and one that had none is still not heard.
    """
    this = select(TrackRow.playlist_id).where(TrackRow.id == track_id).scalar_subquery()
    other = await session.scalar(
        select(TrackRow.id).where(
            TrackRow.playlist_id == this, TrackRow.digest == digest, TrackRow.id != track_id, IS_THERE
        )
    )
    new = {"duration": duration, **_heard_columns(hearing)} | ({"digest": digest} if other is None else {})
    heard = await session.scalar(
        update(TrackRow)
        .where(TrackRow.id == track_id, true() if other is None else TrackRow.digest.is_not(None))
        .values(**new)
        .returning(TrackRow.id)
    )
    if heard is not None:
        await session.execute(delete(TrackTagRow).where(TrackTagRow.track_id == track_id))
        await _tag(session, [(track_id, hearing)])
    return other is None and heard is not None


def _sameness(track: NewTrack) -> list[str]:
    """Return by what a track is known again: its bytes and its link."""
    keys = {"bytes": track.digest, "link": None if track.link is None else link_key(track.link)}
    return [f"{kind} {key}" for kind, key in keys.items() if key is not None]


async def _ids_by_sameness(session: AsyncSession, playlist_id: int, tracks: Sequence[NewTrack]) -> dict[str, int]:
    keys = [key for track in tracks for key in _sameness(track)]
    columns: dict[str, InstrumentedAttribute[str | None]] = {"bytes ": TrackRow.digest, "link ": TrackRow.link_key}
    ids: dict[str, int] = {}
    for prefix, column in columns.items():
        values = [key.removeprefix(prefix) for key in keys if key.startswith(prefix)]
        found = await ids_by(session, playlist_id, column, values)
        ids |= {prefix + value: track_id for value, track_id in found.items()}
    return ids


async def ids_by(
    session: AsyncSession, playlist_id: int, column: InstrumentedAttribute[str | None], values: Sequence[str]
) -> dict[str, int]:
    """Return the tracks of a playlist that have one of many values.

    Parameters
    ----------
    session
        In a transaction.
    playlist_id
        Of the playlist.
    column
        `TrackRow.digest` or `TrackRow.link_key`: no two tracks of a playlist have the same.
    values
        Any number of them.

    Returns
    -------
    dict of str to int
        Their ids, by the values that were found.
    """
    ids: dict[str, int] = {}
    for start in range(0, len(values), AT_ONCE):
        rows = await session.execute(
            select(column, TrackRow.id).where(
                TrackRow.playlist_id == playlist_id, IS_THERE, column.in_(values[start : start + AT_ONCE])
            )
        )
        ids |= {value: track_id for value, track_id in rows if value is not None}
    return ids


def _row(playlist_id: int, track: NewTrack, now: datetime) -> dict[str, Any]:
    return {
        "playlist_id": playlist_id,
        "title": track.title,
        "title_key": title_key(track.title),
        "link": track.link,
        "link_key": None if track.link is None else link_key(track.link),
        "source_channel": None if track.source is None else track.source.channel,
        "source_message": None if track.source is None else track.source.message,
        "source_position": None if track.source is None else track.source.position,
        "adder": track.adder,
        "added_at": track.added_at or now,
        "duration": track.duration,
        "digest": track.digest,
        "told_votes": told_text(track.told_votes),
        **_heard_columns(track.heard),
    }


async def _insert(session: AsyncSession, playlist_id: int, rows: Sequence[dict[str, Any]]) -> Sequence[int]:
    """Insert tracks of a playlist that the transaction holds, and return their ids in the same order."""
    if len(rows) == 1:
        return (await session.scalars(insert(TrackRow).returning(TrackRow.id), rows)).all()
    # They are inserted one after the other, so their ids are in order, and nobody else adds to the playlist. To have
    # them returned, SQLite would have to be asked row by row.
    await session.execute(insert(TrackRow), rows, execution_options={"render_nulls": True})
    newest = select(TrackRow.id).where(TrackRow.playlist_id == playlist_id).order_by(TrackRow.id.desc())
    return (await session.scalars(newest.limit(len(rows)))).all()[::-1]


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


async def _tag(session: AsyncSession, heard: Iterable[tuple[int, Hearing | Told]]) -> None:
    rows = [
        {"track_id": track_id, "name": name, "probability": probability}
        for track_id, of_track in heard
        for name, probability in {tag.name: tag.probability for tag in of_track.tags}.items()
    ]
    if rows:
        await session.execute(insert(TrackTagRow), rows)


async def _change(session: AsyncSession, track_id: int, **new: object) -> None:
    found = await session.scalar(
        update(TrackRow).where(TrackRow.id == track_id, IS_THERE).values(**new).returning(TrackRow.id)
    )
    if found is None:
        raise NoSuchTrack
