"""Rounds of the game: one at a time in a channel, judged once, and guessed in time by this clock."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import case, delete, exists, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.game.errors import NoSuchRound, RoundIsOpen
from bot.game.round import POINTS_FOR_BEATING, POINTS_FOR_RIGHT, Guess, NewRound, Round, RoundState, Score
from bot.store.ids import is_id
from bot.store.models import GuessRow, RoundRow, StatisticsOptOutRow, TrackRow
from bot.store.servers import hold_server
from bot.store.sessions import Sessions
from bot.store.track_query import SETTLED, tracks_where
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now

GUESSES: Final = (
    select(func.count()).select_from(GuessRow).where(GuessRow.round_id == RoundRow.id).correlate(RoundRow)
).scalar_subquery()

IS_RIGHT: Final = GuessRow.genre == RoundRow.answer

POINTS: Final = case(
    (IS_RIGHT, case((RoundRow.bot_genre == RoundRow.answer, POINTS_FOR_RIGHT), else_=POINTS_FOR_BEATING)), else_=0
)


class Rounds:
    """Remembers rounds and guesses.

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

    async def require_none_open(self, channel: int) -> None:
        """Make sure that no round is being played in a channel.

        Parameters
        ----------
        channel
            Discord's id of the channel.

        Raises
        ------
        RoundIsOpen
            If there is one.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            await _require_none_open(session, channel)

    async def open(self, new: NewRound, seconds: float) -> Round:
        """Begin a round.

        Parameters
        ----------
        new
            The round.
        seconds
            How long members may guess.

        Returns
        -------
        Round

        Raises
        ------
        RoundIsOpen
            If one is being played in the channel.
        StoreFailed
            If the database fails.
        """
        now = self._clock()
        async with self._sessions.writing() as session:
            await hold_server(session, new.guild)
            round_id = await session.scalar(
                insert_into(session, RoundRow)
                .values(
                    guild=new.guild,
                    playlist_id=new.playlist_id,
                    track_id=new.track_id,
                    channel=new.channel,
                    state=RoundState.OPEN.value,
                    bot_genre=new.bot_genre,
                    probability=new.probability,
                    choices=json.dumps(new.choices),
                    language=new.language,
                    begun_at=now,
                    ends_at=now + timedelta(seconds=seconds),
                )
                .on_conflict_do_nothing()
                .returning(RoundRow.id)
            )
            if round_id is None:
                await _require_none_open(session, new.channel)
                # It ended between the two statements.
                raise RoundIsOpen(None)
            return await _get(session, round_id)

    async def place(self, round_id: int, message: int) -> None:
        """Note the message that a round is played in.

        Parameters
        ----------
        round_id
            Of the round.
        message
            Discord's id of it.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(update(RoundRow).where(RoundRow.id == round_id).values(message=message))

    async def drop(self, round_id: int) -> None:
        """Forget a round that never reached its channel.

        Parameters
        ----------
        round_id
            Of the round.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(delete(RoundRow).where(RoundRow.id == round_id, RoundRow.message.is_(None)))

    async def get(self, round_id: int) -> Round:
        """Return a round.

        Parameters
        ----------
        round_id
            Any number: it may come from outside.

        Returns
        -------
        Round

        Raises
        ------
        NoSuchRound
            If there is none.
        StoreFailed
            If the database fails.
        """
        if not is_id(round_id):
            raise NoSuchRound
        async with self._sessions.reading() as session:
            return await _get(session, round_id)

    async def unfinished(self) -> tuple[Round, ...]:
        """Return all rounds whose result was not told yet, the oldest first.

        Returns
        -------
        tuple of Round

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        query = (
            select(RoundRow, GUESSES)
            .where(RoundRow.state.in_([RoundState.OPEN.value, RoundState.CLOSED.value]))
            .order_by(RoundRow.id)
        )
        async with self._sessions.reading() as session:
            return tuple(_round_of(row, guesses) for row, guesses in await session.execute(query))

    def seconds_left(self, played: Round) -> float:
        """Return for how long members may still guess.

        Parameters
        ----------
        played
            The round.

        Returns
        -------
        float
            0 where it is over.
        """
        return max(0.0, (played.ends_at - self._clock()).total_seconds())

    async def guess(self, round_id: int, member: int, genre: str) -> bool:
        """Take a member's guess, in the place of an earlier one.

        Parameters
        ----------
        round_id
            Of the round.
        member
            Discord's id of the user.
        genre
            One of the round's choices.

        Returns
        -------
        bool
            False where the round is over, whoever has closed it or not.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        now = self._clock()
        new = {"genre": genre, "guessed_at": now}
        async with self._sessions.writing() as session:
            # Whoever judges the round waits until the guess counts, and the other way round.
            is_open = await _hold(session, round_id, RoundRow.ends_at > now)
            if is_open:
                await session.execute(
                    insert_into(session, GuessRow)
                    .values(round_id=round_id, member=member, **new)
                    .on_conflict_do_update(index_elements=[GuessRow.round_id, GuessRow.member], set_=new)
                )
        return is_open

    async def close(self, round_id: int) -> bool:
        """Judge a round: right is what the community has settled on, if that can be guessed, else the bot's answer.

        Parameters
        ----------
        round_id
            Of the round.

        Returns
        -------
        bool
            False where it was judged already, or there is none.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            if not await _hold(session, round_id, true()):
                return False
            row = (await session.scalars(select(RoundRow).where(RoundRow.id == round_id))).one()
            settled = None
            if row.playlist_id is not None and row.track_id is not None:
                settled = await session.scalar(
                    tracks_where(SETTLED, playlist_id=row.playlist_id).where(TrackRow.id == row.track_id)
                )
            row.answer = settled if settled in json.loads(row.choices) else row.bot_genre
            row.state = RoundState.CLOSED.value
        return True

    async def note_told(self, round_id: int) -> None:
        """Note that the result of a round was shown.

        Parameters
        ----------
        round_id
            Of the round.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(
                update(RoundRow)
                .where(RoundRow.id == round_id, RoundRow.state == RoundState.CLOSED.value)
                .values(state=RoundState.TOLD.value)
            )

    async def guesses(self, round_id: int) -> tuple[Guess, ...]:
        """Return who guessed what in a round.

        Parameters
        ----------
        round_id
            Of the round.

        Returns
        -------
        tuple of Guess
            Whoever guessed first comes first.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            rows = await session.execute(
                select(GuessRow.member, GuessRow.genre)
                .where(GuessRow.round_id == round_id)
                .order_by(GuessRow.guessed_at, GuessRow.member)
            )
            return tuple(Guess(member, genre) for member, genre in rows)

    async def scores(self, guild: int) -> tuple[Score, ...]:
        """Return what the members of a server have won, without those who do not want to be named.

        Parameters
        ----------
        guild
            Discord's id of the server.

        Returns
        -------
        tuple of Score
            Most points first; of as many, whoever needed fewer rounds.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        hides = exists().where(StatisticsOptOutRow.guild == guild, StatisticsOptOutRow.member == GuessRow.member)
        points, rounds = func.sum(POINTS), func.count()
        query = (
            select(GuessRow.member, points, rounds, func.sum(case((IS_RIGHT, 1), else_=0)))
            .join(RoundRow, RoundRow.id == GuessRow.round_id)
            .where(RoundRow.guild == guild, RoundRow.state != RoundState.OPEN.value, ~hides)
            .group_by(GuessRow.member)
            .order_by(points.desc(), rounds, GuessRow.member)
        )
        async with self._sessions.reading() as session:
            return tuple(Score(*map(int, row)) for row in await session.execute(query))


async def _hold(session: AsyncSession, round_id: int, condition: Any) -> bool:
    """Make whoever changes the same round wait until the transaction ends; tell whether it is open."""
    held = await session.scalar(
        update(RoundRow)
        .where(RoundRow.id == round_id, RoundRow.state == RoundState.OPEN.value, condition)
        .values(state=RoundRow.state)
        .returning(RoundRow.id)
    )
    return held is not None


async def _require_none_open(session: AsyncSession, channel: int) -> None:
    ends_at = await session.scalar(
        select(RoundRow.ends_at).where(RoundRow.channel == channel, RoundRow.state == RoundState.OPEN.value)
    )
    if ends_at is not None:
        raise RoundIsOpen(ends_at)


async def _get(session: AsyncSession, round_id: int) -> Round:
    found = (await session.execute(select(RoundRow, GUESSES).where(RoundRow.id == round_id))).one_or_none()
    if found is None:
        raise NoSuchRound
    return _round_of(*found)


def _round_of(row: RoundRow, guesses: int) -> Round:
    return Round(
        id=row.id,
        guild=row.guild,
        channel=row.channel,
        track_id=row.track_id,
        message=row.message,
        state=RoundState(row.state),
        bot_genre=row.bot_genre,
        probability=row.probability,
        choices=tuple(json.loads(row.choices)),
        answer=row.answer,
        language=row.language,
        ends_at=row.ends_at,
        guesses=guesses,
    )
