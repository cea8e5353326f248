"""The genres that members give clips: one vote a member, for a clip, in a community."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.models import VoteRow
from bot.store.sessions import Sessions
from bot.store.tallies import counted_anew
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now


@dataclass(frozen=True, slots=True)
class GenreVotes:
    """How many members of a community give a clip this genre.

    Parameters
    ----------
    genre
        As it was voted for.
    votes
        At least 1.
    """

    genre: str
    votes: int


class Votes:
    """Remembers votes until they are withdrawn or forgotten.

    A clip goes by the SHA-256 of its bytes, hexadecimal; a community by Discord's id of the server, or of the channel
    where there is no server; a member by Discord's id of the user.

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

    async def cast(self, digest: str, community: int, member: int, genre: str) -> None:
        """Take a member's vote, in the place of an earlier one.

        Parameters
        ----------
        digest, community, member
            Whose vote it is, and of what.
        genre
            1 to 100 characters.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        new = {"genre": genre, "voted_at": self._clock()}
        async with self._sessions.writing() as session, counted_anew(session, digest, community):
            await session.execute(
                insert_into(session, VoteRow)
                .values(digest=digest, community=community, member=member, **new)
                .on_conflict_do_update(index_elements=[VoteRow.digest, VoteRow.community, VoteRow.member], set_=new)
            )

    async def withdraw(self, digest: str, community: int, member: int) -> None:
        """Take a member's vote back; nothing happens where there is none.

        Parameters
        ----------
        digest, community, member
            Whose vote it is, and of what.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session, counted_anew(session, digest, community):
            await session.execute(
                delete(VoteRow).where(
                    VoteRow.digest == digest, VoteRow.community == community, VoteRow.member == member
                )
            )

    async def tally(self, digest: str, community: int) -> tuple[GenreVotes, ...]:
        """Count the votes of a community.

        Parameters
        ----------
        digest, community
            Of what, and where.

        Returns
        -------
        tuple of GenreVotes
            Most votes first, then by name; empty where nobody voted.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            rows = await session.execute(
                select(VoteRow.genre, func.count())
                .where(VoteRow.digest == digest, VoteRow.community == community)
                .group_by(VoteRow.genre)
            )
            counted = [GenreVotes(genre, votes) for genre, votes in rows]
        # Here, because each database has its own order of names.
        return tuple(sorted(counted, key=lambda counts: (-counts.votes, counts.genre)))

    async def of(self, digest: str, community: int, member: int) -> str | None:
        """Return what a member voted for.

        Parameters
        ----------
        digest, community, member
            Whose vote it is, and of what.

        Returns
        -------
        str or None
            The genre; None where the member did not vote.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            genre: str | None = await session.scalar(
                select(VoteRow.genre).where(
                    VoteRow.digest == digest, VoteRow.community == community, VoteRow.member == member
                )
            )
            return genre


async def carry_votes(session: AsyncSession, community: int, old: str, new: str) -> None:
    """Let the votes of a community for a clip count for other bytes of the same music, too.

    Parameters
    ----------
    session
        In a transaction that writes.
    community
        As in `Votes`.
    old, new
        Digests; who voted for the new one already keeps that vote.
    """
    async with counted_anew(session, new, community):
        votes = select(literal(new), VoteRow.community, VoteRow.member, VoteRow.genre, VoteRow.voted_at).where(
            VoteRow.digest == old, VoteRow.community == community
        )
        await session.execute(
            insert_into(session, VoteRow)
            .from_select(["digest", "community", "member", "genre", "voted_at"], votes)
            .on_conflict_do_nothing()
        )
