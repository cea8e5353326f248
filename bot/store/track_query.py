"""Finds tracks: which ones a member wants, in which order, with what their community says."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, select, true

from bot.playlists.track import Source, Track
from bot.playlists.wanted import TEXT_LIMIT, Sort, Wanted
from bot.store.models import PlaylistRow, ServerRow, TallyRow, TrackRow, TrackTagRow
from bot.store.votes import GenreVotes
from bot.text import printable, search_key
from classifier.result import TagProbability, Verdict

SETTLED: Final = case(
    (
        and_(TallyRow.top_votes >= ServerRow.votes_needed, 2 * TallyRow.top_votes > TallyRow.votes),
        TallyRow.top_genre,
    ),
    else_=None,
)
"""The genre that a community has agreed on: enough members say so, and more than half of those who voted."""

SHOWN: Final = func.coalesce(SETTLED, TrackRow.genre)
"""The genre that a track is shown with."""

DISPUTED: Final = and_(
    TrackRow.genre.is_not(None), TallyRow.top_genre != TrackRow.genre, 2 * TallyRow.top_votes > TallyRow.votes
)
"""Whether most of those who voted say something else than the bot."""

ORDERS: Final[dict[Sort, tuple[Any, ...]]] = {
    Sort.NEWEST: (TrackRow.added_at.desc(), TrackRow.id.desc()),
    Sort.OLDEST: (TrackRow.added_at, TrackRow.id),
    Sort.TITLE: (TrackRow.title_key, TrackRow.id),
    Sort.GENRE: (SHOWN.asc().nulls_last(), TrackRow.title_key, TrackRow.id),
    Sort.ENERGY: (TrackRow.energy.desc().nulls_last(), TrackRow.id),
    Sort.CALM: (TrackRow.energy.asc().nulls_last(), TrackRow.id),
    Sort.FAST: (TrackRow.tempo.desc().nulls_last(), TrackRow.id),
    Sort.SLOW: (TrackRow.tempo.asc().nulls_last(), TrackRow.id),
}

COLUMNS: Final = (
    TrackRow.id,
    TrackRow.playlist_id,
    TrackRow.title,
    TrackRow.digest,
    TrackRow.link,
    TrackRow.source_channel,
    TrackRow.source_message,
    TrackRow.source_position,
    TrackRow.adder,
    TrackRow.added_at,
    TrackRow.duration,
    TrackRow.model_key,
    TrackRow.verdict,
    TrackRow.genre,
    TrackRow.probability,
    TrackRow.tempo,
    TrackRow.energy,
    TrackRow.told_votes,
    func.coalesce(TallyRow.votes, 0).label("votes"),
    TallyRow.top_genre,
    func.coalesce(TallyRow.top_votes, 0).label("top_votes"),
    SETTLED.label("settled"),
)
"""All that `Track` holds but its tags; the embedding is nobody's but the maps'."""


def tracks_where(*columns: Any, playlist_id: int, with_votes: bool = True) -> Select[Any]:
    """Begin a query for tracks of a playlist, with what its community says of them.

    Parameters
    ----------
    *columns
        What to select.
    playlist_id
        Of the playlist; where it was deleted, nothing is found.
    with_votes
        Whether what the community says is needed: it is looked up for each track.

    Returns
    -------
    sqlalchemy.Select
    """
    query = select(*columns).select_from(TrackRow).join(PlaylistRow, PlaylistRow.id == TrackRow.playlist_id)
    if with_votes:
        tally = and_(TallyRow.community == PlaylistRow.guild, TallyRow.digest == TrackRow.digest)
        query = query.join(ServerRow, ServerRow.id == PlaylistRow.guild).outerjoin(TallyRow, tally)
    return query.where(
        TrackRow.playlist_id == playlist_id, TrackRow.removed_at.is_(None), PlaylistRow.deleted_at.is_(None)
    )


def asks_for_votes(wanted: Wanted) -> bool:
    """Tell whether it depends on the community which tracks are wanted.

    Parameters
    ----------
    wanted
        The filters.

    Returns
    -------
    bool
    """
    return wanted.genre is not None or wanted.disputed


def only_wanted(query: Select[Any], wanted: Wanted) -> Select[Any]:
    """Leave out what a member does not want to see.

    Parameters
    ----------
    query
        Of `tracks_where`.
    wanted
        The filters; the order is not its concern.

    Returns
    -------
    sqlalchemy.Select
    """
    if wanted.genre is not None:
        query = query.where(SHOWN.in_([printable(wanted.genre, limit=TEXT_LIMIT)]))
    if wanted.tag is not None:
        tagged = select(TrackTagRow.track_id).where(TrackTagRow.name == printable(wanted.tag, limit=TEXT_LIMIT))
        query = query.where(TrackRow.id.in_(tagged))
    if wanted.adder is not None:
        query = query.where(TrackRow.adder == wanted.adder)
    if wanted.verdict is not None:
        query = query.where(TrackRow.verdict == wanted.verdict.value)
    if wanted.disputed:
        query = query.where(DISPUTED)
    if wanted.text is not None:
        query = query.where(title_holds(wanted.text))
    return query


def title_holds(text: str) -> ColumnElement[bool]:
    """Return the condition that a title holds all words of a text.

    Parameters
    ----------
    text
        As a member typed it.

    Returns
    -------
    sqlalchemy.ColumnElement
    """
    words = search_key(text, limit=TEXT_LIMIT).split() if text.strip() else []
    held: list[ColumnElement[bool]] = [TrackRow.title_key.contains(word, autoescape=True) for word in words]
    return and_(true(), *held)


def track_of(row: Any, tags: tuple[TagProbability, ...]) -> Track:
    """Return the track of a row.

    Parameters
    ----------
    row
        With `COLUMNS`.
    tags
        Of the track.

    Returns
    -------
    Track
    """
    source = None
    if row.source_message is not None:
        source = Source(row.source_channel, row.source_message, row.source_position)
    return Track(
        id=row.id,
        playlist_id=row.playlist_id,
        title=row.title,
        digest=row.digest,
        link=row.link,
        source=source,
        adder=row.adder,
        added_at=row.added_at,
        duration=row.duration,
        model_key=row.model_key,
        verdict=None if row.verdict is None else Verdict(row.verdict),
        genre=row.genre,
        probability=row.probability,
        tempo=row.tempo,
        energy=row.energy,
        tags=tags,
        told_votes=told_votes(row.told_votes),
        votes=row.votes,
        top_genre=row.top_genre,
        top_votes=row.top_votes,
        settled=row.settled,
    )


def told_votes(text: str | None) -> tuple[GenreVotes, ...]:
    """Read what `told_text` wrote."""
    return () if text is None else tuple(GenreVotes(genre, votes) for genre, votes in json.loads(text))


def told_text(votes: tuple[GenreVotes, ...]) -> str | None:
    """Write votes that a file told of; None where there are none."""
    return json.dumps([[entry.genre, entry.votes] for entry in votes]) if votes else None
