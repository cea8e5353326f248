"""What a server collects, in numbers; by as many queries however much that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import and_, case, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.playlists.statistics import MEMBERS_NAMED, Dispute, GenreTracks, ServerStatistics, Share
from bot.store.models import PlaylistRow, ServerRow, StatisticsOptOutRow, TallyRow, TrackRow, VoteRow
from bot.store.servers import hold_server
from bot.store.sessions import Sessions
from bot.store.track_query import COLUMNS, SHOWN, track_of
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now

WEEK: Final = timedelta(days=7)

LEAST_VOTES: Final = 2
"""Votes from which members can agree or disagree at all."""

TRACKS_SHOWN: Final = 3
"""Most agreed, and most disputed, tracks."""

FOR_THE_BOT: Final = (
    select(func.count())
    .select_from(VoteRow)
    .where(VoteRow.digest == TrackRow.digest, VoteRow.community == PlaylistRow.guild, VoteRow.genre == TrackRow.genre)
    .correlate(TrackRow, PlaylistRow)
    .scalar_subquery()
)

AGAINST: Final = case(
    (func.coalesce(TrackRow.genre, TallyRow.top_genre) == TallyRow.top_genre, TallyRow.votes - TallyRow.top_votes),
    else_=TallyRow.votes - FOR_THE_BOT,
)
"""Votes that say something else than the bot; where it has said nothing, something else than most of them."""


class Statistics:
    """Counts, and knows who does not want to be named.

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

    async def of_guild(self, guild: int) -> ServerStatistics:
        """Count what a server has collected.

        Parameters
        ----------
        guild
            Discord's id of the server.

        Returns
        -------
        ServerStatistics

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        now = self._clock()
        async with self._sessions.reading() as session:
            playlists, votes = (await session.execute(_counts(guild))).one()
            recent = case((TrackRow.added_at.between(now - WEEK, now), 1), else_=0)
            grouped = await session.execute(
                _tracks(TrackRow.adder, SHOWN, func.count(), func.sum(recent), guild=guild).group_by(
                    TrackRow.adder, SHOWN
                )
            )
            counted = [(adder, genre, int(tracks), int(new)) for adder, genre, tracks, new in grouped]
            agreed = await session.execute(_agreed(guild))
            disputed = await session.execute(_disputed(guild))
            hidden = await _hidden(session, guild)
        week = Counter[str | None]()
        for _, genre, _, new in counted:
            week[genre] += new
        return ServerStatistics(
            playlists=playlists,
            tracks=sum(tracks for _, _, tracks, _ in counted),
            votes=votes,
            week=_genres(week),
            week_tracks=week.total(),
            agreed=tuple(track_of(row, ()) for row in agreed),
            disputed=tuple(Dispute(track_of(row, ()), row.against) for row in disputed),
            shares=_shares(((adder, genre, tracks) for adder, genre, tracks, _ in counted), hidden),
        )

    async def hidden(self, guild: int) -> frozenset[int]:
        """Return who does not want to be named in a server's statistics.

        Parameters
        ----------
        guild
            Discord's id of the server.

        Returns
        -------
        frozenset of int
            Discord's ids of the users.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            return await _hidden(session, guild)

    async def hide(self, guild: int, member: int) -> None:
        """Do not name a member any more.

        Parameters
        ----------
        guild
            Discord's id of the server.
        member
            Discord's id of the user.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await hold_server(session, guild)
            await session.execute(
                insert_into(session, StatisticsOptOutRow).values(guild=guild, member=member).on_conflict_do_nothing()
            )

    async def show(self, guild: int, member: int) -> None:
        """Name a member again.

        Parameters
        ----------
        guild, member
            As in `hide`.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(
                delete(StatisticsOptOutRow).where(
                    StatisticsOptOutRow.guild == guild, StatisticsOptOutRow.member == member
                )
            )


async def _hidden(session: AsyncSession, guild: int) -> frozenset[int]:
    return frozenset(
        await session.scalars(select(StatisticsOptOutRow.member).where(StatisticsOptOutRow.guild == guild))
    )


def _counts(guild: int) -> Any:
    playlists = (
        select(func.count())
        .select_from(PlaylistRow)
        .where(PlaylistRow.guild == guild, PlaylistRow.deleted_at.is_(None))
    )
    votes = select(func.count()).select_from(VoteRow).where(VoteRow.community == guild)
    return select(playlists.scalar_subquery(), votes.scalar_subquery())


def _tracks(*columns: Any, guild: int) -> Any:
    """Begin a query for the tracks of all playlists of a server, as `bot.store.track_query.tracks_where` for one."""
    return (
        select(*columns)
        .select_from(TrackRow)
        .join(PlaylistRow, PlaylistRow.id == TrackRow.playlist_id)
        .join(ServerRow, ServerRow.id == PlaylistRow.guild)
        .outerjoin(TallyRow, and_(TallyRow.community == PlaylistRow.guild, TallyRow.digest == TrackRow.digest))
        .where(PlaylistRow.guild == guild, PlaylistRow.deleted_at.is_(None), TrackRow.removed_at.is_(None))
    )


def _clips(guild: int) -> Any:
    """Select a track for each clip that was voted on, however many playlists it is in."""
    return _tracks(func.min(TrackRow.id), guild=guild).where(TallyRow.votes >= LEAST_VOTES).group_by(TrackRow.digest)


def _agreed(guild: int) -> Any:
    lead = 2 * TallyRow.top_votes - TallyRow.votes
    return (
        _tracks(*COLUMNS, guild=guild)
        .where(TrackRow.id.in_(_clips(guild)), lead > 0)
        .order_by(lead.desc(), TallyRow.top_votes.desc(), TrackRow.id)
        .limit(TRACKS_SHOWN)
    )


def _disputed(guild: int) -> Any:
    counted = _tracks(TrackRow.id, AGAINST.label("against"), guild=guild).where(TrackRow.id.in_(_clips(guild)))
    # Otherwise SQLite counts votes again wherever the number is mentioned.
    disputes = counted.cte("disputes").prefix_with("MATERIALIZED")
    return (
        _tracks(*COLUMNS, disputes.c.against, guild=guild)
        .join(disputes, disputes.c.id == TrackRow.id)
        .where(disputes.c.against > 0)
        .order_by(disputes.c.against.desc(), TallyRow.votes.desc(), TrackRow.id)
        .limit(TRACKS_SHOWN)
    )


def _shares(counted: Iterable[tuple[int | None, str | None, int]], hidden: frozenset[int]) -> tuple[Share, ...]:
    """Sum up what each member shares; who is not named, forgotten or hidden, counts together with all the others."""
    members: dict[int | None, Counter[str | None]] = {}
    for adder, genre, tracks in counted:
        member = None if adder in hidden else adder
        members.setdefault(member, Counter())[genre] += tracks
    unnamed = members.pop(None, Counter[str | None]())
    most = sorted(members, key=lambda member: (-members[member].total(), member or 0))
    for member in most[MEMBERS_NAMED:]:
        unnamed += members[member]
    shares = [Share(member, members[member].total(), _genres(members[member])) for member in most[:MEMBERS_NAMED]]
    return (*shares, Share(None, unnamed.total(), _genres(unnamed))) if unnamed else tuple(shares)


def _genres(counts: Counter[str | None]) -> tuple[GenreTracks, ...]:
    known = [GenreTracks(genre, tracks) for genre, tracks in counts.items() if genre is not None and tracks]
    # Here, because each database has its own order of names.
    return tuple(sorted(known, key=lambda entry: (-entry.tracks, entry.genre)))
