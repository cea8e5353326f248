"""Keeps the votes for a clip counted, so that ten thousand tracks can be sorted by what their communities say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from itertools import groupby
from operator import itemgetter
from typing import Final

from sqlalchemy import Select, bindparam, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.models import TallyRow, VoteRow
from bot.store.upsert import insert_into

UNCOUNTED = {"votes": 1, "top_genre": "?", "top_votes": 1}
"""Stands in a row that was made a moment ago, until the votes are counted in the same transaction."""

AT_ONCE: Final = 500
"""Clips that one statement names: databases take only so many values in one."""

Clip = tuple[int, str]
"""Discord's id of the community that votes, and SHA-256 of the bytes, hexadecimal."""


@asynccontextmanager
async def counted_anew(session: AsyncSession, digest: str, community: int) -> AsyncIterator[None]:
    """Count the votes of a community for a clip when the context ends; nobody else changes them meanwhile.

    Parameters
    ----------
    session
        In a transaction that writes.
    digest
        SHA-256 of the clip, hexadecimal.
    community
        Discord's id of the server, or of the channel where there is no server.

    Yields
    ------
    None
    """
    # On PostgreSQL, two who vote at once would count without each other: the row makes one wait for the other.
    await session.execute(
        insert_into(session, TallyRow)
        .values(digest=digest, community=community, **UNCOUNTED)
        .on_conflict_do_update(
            index_elements=[TallyRow.community, TallyRow.digest], set_={"top_genre": TallyRow.top_genre}
        )
    )
    yield
    await _count(session, community, [digest])


async def hold_tallies(session: AsyncSession, clips: Select[int, str] | Sequence[Clip]) -> None:
    """Make whoever changes votes for the same clips wait until the transaction ends.

    Parameters
    ----------
    session
        In a transaction that has written.
    clips
        Which ones; at most `AT_ONCE` where they are a sequence.
    """
    # Always in the same order, so that two who hold the same clips never wait for each other.
    await session.execute(
        select(TallyRow.votes)
        .where(tuple_(TallyRow.community, TallyRow.digest).in_(clips))
        .order_by(TallyRow.community, TallyRow.digest)
        .with_for_update()
    )


async def count_anew(session: AsyncSession, clips: Collection[Clip]) -> None:
    """Count the votes for many clips, of which some have changed.

    Parameters
    ----------
    session
        In a transaction that has written.
    clips
        Those that there were votes for.
    """
    for community, of_community in groupby(sorted(clips), key=itemgetter(0)):
        digests = [digest for _, digest in of_community]
        for start in range(0, len(digests), AT_ONCE):
            some = digests[start : start + AT_ONCE]
            await hold_tallies(session, [(community, digest) for digest in some])
            await _count(session, community, some)


async def _count(session: AsyncSession, community: int, digests: Collection[str]) -> None:
    """Count the votes of a community for clips whose tallies the transaction holds."""
    rows = await session.execute(
        select(VoteRow.digest, VoteRow.genre, func.count())
        .where(VoteRow.digest.in_(digests), VoteRow.community == community)
        .group_by(VoteRow.digest, VoteRow.genre)
    )
    votes: dict[str, dict[str, int]] = {}
    for digest, genre, number in rows:
        votes.setdefault(digest, {})[genre] = number
    if none := [digest for digest in digests if digest not in votes]:
        await session.execute(delete(TallyRow).where(TallyRow.community == community, TallyRow.digest.in_(none)))
    if votes:
        await (await session.connection()).execute(
            update(TallyRow).where(TallyRow.community == community, TallyRow.digest == bindparam("of_digest")),
            [{"of_digest": digest, **_tally(genres)} for digest, genres in votes.items()],
        )


def _tally(votes: dict[str, int]) -> dict[str, object]:
    # Of as many votes, by name: here, because each database has its own order of names.
    top = min(votes, key=lambda genre: (-votes[genre], genre))
    return {"votes": sum(votes.values()), "top_genre": top, "top_votes": votes[top]}
