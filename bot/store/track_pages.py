"""Reads tracks: one, a page of those that are wanted, or all of a playlist; by as many queries however long it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.playlists.errors import NoSuchTrack
from bot.playlists.track import Track
from bot.playlists.wanted import TEXT_LIMIT, Sort, Wanted
from bot.store.ids import is_id
from bot.store.models import PlaylistRow, TrackRow, TrackTagRow, VoteRow
from bot.store.sessions import Sessions
from bot.store.track_query import (
    COLUMNS,
    ORDERS,
    SHOWN,
    asks_for_votes,
    only_wanted,
    title_holds,
    track_of,
    tracks_where,
)
from bot.store.votes import GenreVotes
from bot.text import search_key
from classifier.result import TagProbability

PAGE_SIZE: Final = 10
"""Tracks of a page: as many as a phone shows without much scrolling."""

SUGGESTED: Final = 25
"""Titles that are suggested while one is typed: as many as Discord shows."""


COUNTED: Final = 1000
"""Tracks in which tags are counted: to count them in all of a long playlist takes longer than members type."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some tracks of a playlist.

    Parameters
    ----------
    tracks
        In order.
    number
        Which page it is; the first is 0.
    pages
        How many there are, at least 1.
    total
        How many tracks there are on all of them.
    """

    tracks: tuple[Track, ...]
    number: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class SuggestedTrack:
    """A track that somebody may be about to type.

    Parameters
    ----------
    id
        Of the track.
    title
        As it is shown.
    """

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class TrackSound:
    """What a track sounds like, for pictures of a whole playlist.

    Parameters
    ----------
    id, title, adder, added_at, tempo, energy
        As in `bot.playlists.track.Track`.
    genre
        The one that is shown.
    embedding
        float32, little-endian; None where the bot has not heard the track.
    """

    id: int
    title: str
    adder: int | None
    added_at: datetime
    genre: str | None
    tempo: float | None
    energy: float | None
    embedding: bytes | None


class TrackPages:
    """Finds tracks; `bot.store.tracks.Tracks` changes them.

    Parameters
    ----------
    sessions
        Of the database.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def get(self, track_id: int, guild_id: int) -> Track:
        """Return a track.

        Parameters
        ----------
        track_id
            Any number: it may come from outside.
        guild_id
            Discord's id of the server that it has to belong to.

        Returns
        -------
        Track

        Raises
        ------
        NoSuchTrack
            If the server has none, or not any more.
        StoreFailed
            If the database fails.
        """
        if not is_id(track_id):
            raise NoSuchTrack
        async with self._sessions.reading() as session:
            playlist_id = await session.scalar(
                select(TrackRow.playlist_id)
                .join(PlaylistRow, PlaylistRow.id == TrackRow.playlist_id)
                .where(TrackRow.id == track_id, PlaylistRow.guild == guild_id)
            )
            if playlist_id is not None:
                query = tracks_where(*COLUMNS, playlist_id=playlist_id).where(TrackRow.id == track_id)
                row = (await session.execute(query)).one_or_none()
                if row is not None:
                    return track_of(row, (await _tags(session, [track_id])).get(track_id, ()))
        raise NoSuchTrack

    async def page(self, playlist_id: int, wanted: Wanted, number: int) -> Page:
        """Return a page of a playlist.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        wanted
            Which tracks, and in which order.
        number
            Which page; the nearest one there is.

        Returns
        -------
        Page

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            votes_first = asks_for_votes(wanted)
            all_wanted = tracks_where(func.count(), playlist_id=playlist_id, with_votes=votes_first)
            total = await session.scalar(only_wanted(all_wanted, wanted)) or 0
            pages = max(1, -(-total // PAGE_SIZE))
            number = min(max(number, 0), pages - 1)
            # Thousands of tracks are put in order, and only those of the page are read as a whole.
            order = ORDERS[wanted.sort]
            votes_first = votes_first or wanted.sort is Sort.GENRE
            ids = tracks_where(TrackRow.id, playlist_id=playlist_id, with_votes=votes_first)
            ids = only_wanted(ids, wanted).order_by(*order)
            on_page = TrackRow.id.in_(ids.offset(number * PAGE_SIZE).limit(PAGE_SIZE))
            query = tracks_where(*COLUMNS, playlist_id=playlist_id).where(on_page)
            rows = (await session.execute(query.order_by(*order))).all()
            tags = await _tags(session, [row.id for row in rows])
        return Page(tuple(track_of(row, tags.get(row.id, ())) for row in rows), number, pages, total)

    async def page_of(self, playlist_id: int, wanted: Wanted, track_id: int) -> int:
        """Return on which page a track is.

        Parameters
        ----------
        playlist_id, wanted
            As in `page`.
        track_id
            Any number: it may come from outside.

        Returns
        -------
        int

        Raises
        ------
        NoSuchTrack
            If it is on none of them.
        StoreFailed
            If the database fails.
        """
        if not is_id(track_id):
            raise NoSuchTrack
        place = func.row_number().over(order_by=ORDERS[wanted.sort]).label("place")
        with_votes = asks_for_votes(wanted) or wanted.sort is Sort.GENRE
        tracks = tracks_where(TrackRow.id, place, playlist_id=playlist_id, with_votes=with_votes)
        ranked = only_wanted(tracks, wanted).subquery()
        async with self._sessions.reading() as session:
            found = await session.scalar(select(ranked.c.place).where(ranked.c.id == track_id))
        if found is None:
            raise NoSuchTrack
        return int(found - 1) // PAGE_SIZE

    async def all_of(self, playlist_id: int) -> tuple[Track, ...]:
        """Return all tracks of a playlist, the oldest first.

        Parameters
        ----------
        playlist_id
            Of the playlist.

        Returns
        -------
        tuple of Track

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            query = tracks_where(*COLUMNS, playlist_id=playlist_id).order_by(*ORDERS[Sort.OLDEST])
            rows = (await session.execute(query)).all()
            tagged = await session.execute(
                select(TrackTagRow.track_id, TrackTagRow.name, TrackTagRow.probability)
                .join(TrackRow, TrackRow.id == TrackTagRow.track_id)
                .where(TrackRow.playlist_id == playlist_id, TrackRow.removed_at.is_(None))
            )
            tag_rows = tagged.all()
        # Of ten thousand tracks, that takes long enough for others to notice.
        return await asyncio.to_thread(_tracks, rows, tag_rows)

    async def votes_of(self, playlist_id: int) -> dict[str, tuple[GenreVotes, ...]]:
        """Return what the community says of each track of a playlist.

        Parameters
        ----------
        playlist_id
            Of the playlist.

        Returns
        -------
        dict of str to tuple of GenreVotes
            By digest, most votes first, then by name; only of tracks that somebody voted for.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            counted = await session.execute(
                select(VoteRow.digest, VoteRow.genre, func.count())
                .join(TrackRow, TrackRow.digest == VoteRow.digest)
                .join(PlaylistRow, PlaylistRow.id == TrackRow.playlist_id)
                .where(
                    TrackRow.playlist_id == playlist_id,
                    TrackRow.removed_at.is_(None),
                    VoteRow.community == PlaylistRow.guild,
                )
                .group_by(VoteRow.digest, VoteRow.genre)
            )
            found: dict[str, list[GenreVotes]] = {}
            for digest, genre, votes in counted:
                found.setdefault(digest, []).append(GenreVotes(genre, votes))
        return {
            digest: tuple(sorted(votes, key=lambda entry: (-entry.votes, entry.genre)))
            for digest, votes in found.items()
        }

    async def sounds(self, playlist_id: int) -> tuple[TrackSound, ...]:
        """Return what all tracks of a playlist sound like, the oldest first.

        Parameters
        ----------
        playlist_id
            Of the playlist.

        Returns
        -------
        tuple of TrackSound

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        columns = (
            TrackRow.id,
            TrackRow.title,
            TrackRow.adder,
            TrackRow.added_at,
            SHOWN.label("shown"),
            TrackRow.tempo,
            TrackRow.energy,
            TrackRow.embedding,
        )
        async with self._sessions.reading() as session:
            query = tracks_where(*columns, playlist_id=playlist_id).order_by(*ORDERS[Sort.OLDEST])
            return tuple(TrackSound(*row) for row in await session.execute(query))

    async def suggest(self, playlist_id: int, typed: str) -> tuple[SuggestedTrack, ...]:
        """Return tracks whose title somebody may be about to type.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        typed
            What is typed so far.

        Returns
        -------
        tuple of SuggestedTrack
            At most `SUGGESTED`: those that begin so first, then by title.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        key = _typed(typed)
        async with self._sessions.reading() as session:
            found = await session.execute(
                select(TrackRow.id, TrackRow.title)
                .where(TrackRow.playlist_id == playlist_id, TrackRow.removed_at.is_(None), title_holds(typed))
                .order_by(TrackRow.title_key.startswith(key, autoescape=True).desc(), TrackRow.title_key, TrackRow.id)
                .limit(SUGGESTED)
            )
            return tuple(SuggestedTrack(*row) for row in found)

    async def suggest_tags(self, playlist_id: int, typed: str) -> tuple[str, ...]:
        """Return tags of a playlist that somebody may be about to type.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        typed
            What is typed so far.

        Returns
        -------
        tuple of str
            At most `SUGGESTED`: those that the newest tracks have most frequently first, then by name.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        there = tracks_where(TrackRow.id, playlist_id=playlist_id, with_votes=False)
        newest = there.order_by(*ORDERS[Sort.NEWEST]).limit(COUNTED)
        # Many tracks have the same few tags: each is looked at once, whatever the planner of PostgreSQL thinks.
        tags = select(TrackTagRow.name).where(TrackTagRow.track_id.in_(there)).distinct().cte("tags")
        tags = tags.prefix_with("MATERIALIZED", dialect="postgresql")
        frequent = (
            select(TrackTagRow.name, func.count().label("tracks"))
            .where(TrackTagRow.track_id.in_(newest))
            .group_by(TrackTagRow.name)
            .subquery("frequent")
        )
        async with self._sessions.reading() as session:
            names = await session.scalars(
                select(tags.c.name)
                .outerjoin(frequent, frequent.c.name == tags.c.name)
                .where(func.lower(tags.c.name).contains(_typed(typed), autoescape=True))
                .order_by(func.coalesce(frequent.c.tracks, 0).desc(), tags.c.name)
                .limit(SUGGESTED)
            )
            return tuple(names)

    async def suggest_genres(self, playlist_id: int, typed: str) -> tuple[str, ...]:
        """Return genres that are shown in a playlist and that somebody may be about to type.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        typed
            What is typed so far.

        Returns
        -------
        tuple of str
            At most `SUGGESTED`: the most frequent first.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            names = await session.scalars(
                tracks_where(SHOWN, playlist_id=playlist_id)
                .where(func.lower(SHOWN).contains(_typed(typed), autoescape=True))
                .group_by(SHOWN)
                .order_by(func.count().desc(), SHOWN)
                .limit(SUGGESTED)
            )
            return tuple(names)


def _tracks(rows: Sequence[Any], tag_rows: Sequence[Any]) -> tuple[Track, ...]:
    tags = _by_track(tag_rows)
    return tuple(track_of(row, tags.get(row.id, ())) for row in rows)


def _typed(text: str) -> str:
    """Return what a name may hold of what is typed: all names hold nothing."""
    return search_key(text, limit=TEXT_LIMIT) if text.strip() else ""


async def _tags(session: AsyncSession, track_ids: list[int]) -> dict[int, tuple[TagProbability, ...]]:
    return _by_track(
        await session.execute(
            select(TrackTagRow.track_id, TrackTagRow.name, TrackTagRow.probability).where(
                TrackTagRow.track_id.in_(track_ids)
            )
        )
    )


def _by_track(rows: Iterable[Any]) -> dict[int, tuple[TagProbability, ...]]:
    found: dict[int, list[TagProbability]] = {}
    for track_id, name, probability in rows:
        found.setdefault(track_id, []).append(TagProbability(name, probability))
    return {
        track_id: tuple(sorted(tags, key=lambda tag: (-tag.probability, tag.name))) for track_id, tags in found.items()
    }
