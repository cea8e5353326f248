"""Servers: what was chosen for each as a whole, and since when the bot is gone from it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.models import ServerRow
from bot.store.sessions import Sessions
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now

VOTES_NEEDED: Final = 3
"""Members who have to agree on a genre before it counts, where a server did not choose."""

AT_ONCE: Final = 500
"""Servers that one statement names: databases take only so many values in one."""


class Servers:
    """Remembers servers.

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
        self._are_known = False

    @property
    def are_known(self) -> bool:
        """Whether `present` was told since the start: what was noted before may have been true only then."""
        return self._are_known

    async def present(self, guild_ids: Collection[int]) -> None:
        """Note of which servers the bot is a member now: from all others that are known, it is gone.

        Parameters
        ----------
        guild_ids
            Discord's ids of all of them.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        ids = sorted(guild_ids)
        async with self._sessions.writing() as session:
            await session.execute(update(ServerRow).where(ServerRow.left_at.is_(None)).values(left_at=self._clock()))
            for start in range(0, len(ids), AT_ONCE):
                await session.execute(
                    insert_into(session, ServerRow)
                    .values([{"id": guild_id, "left_at": None} for guild_id in ids[start : start + AT_ONCE]])
                    .on_conflict_do_update(index_elements=[ServerRow.id], set_={"left_at": None})
                )
        self._are_known = True

    async def arrived(self, guild_id: int) -> None:
        """Note that the bot is a member of a server.

        Parameters
        ----------
        guild_id
            Discord's id of the server.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(
                insert_into(session, ServerRow)
                .values(id=guild_id, left_at=None)
                .on_conflict_do_update(index_elements=[ServerRow.id], set_={"left_at": None})
            )

    async def left(self, guild_id: int) -> None:
        """Note that the bot is not a member of a server any more.

        Parameters
        ----------
        guild_id
            Discord's id of the server.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        now = self._clock()
        async with self._sessions.writing() as session:
            await session.execute(
                insert_into(session, ServerRow)
                .values(id=guild_id, left_at=now)
                .on_conflict_do_update(index_elements=[ServerRow.id], set_={"left_at": now})
            )

    async def gone_for(self, grace: timedelta) -> tuple[int, ...]:
        """Return the servers that the bot has been gone from for longer than a while.

        Parameters
        ----------
        grace
            How long.

        Returns
        -------
        tuple of int
            Discord's ids of the servers.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            ids = await session.scalars(
                select(ServerRow.id).where(ServerRow.left_at <= self._clock() - grace).order_by(ServerRow.id)
            )
            return tuple(ids)

    async def votes_needed(self, guild_id: int) -> int:
        """Return how many members of a server have to agree on a genre before it counts.

        Parameters
        ----------
        guild_id
            Discord's id of the server, or of a channel where there is none.

        Returns
        -------
        int

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            chosen = await session.scalar(select(ServerRow.votes_needed).where(ServerRow.id == guild_id))
            return VOTES_NEEDED if chosen is None else chosen

    async def need_votes(self, guild_id: int, votes: int) -> None:
        """Choose how many members of a server have to agree.

        Parameters
        ----------
        guild_id
            Discord's id of the server.
        votes
            1 to 100.

        Raises
        ------
        StoreFailed
            If the database fails, or the number is another one.
        """
        async with self._sessions.writing() as session:
            await session.execute(
                insert_into(session, ServerRow)
                .values(id=guild_id, votes_needed=votes)
                .on_conflict_do_update(index_elements=[ServerRow.id], set_={"votes_needed": votes})
            )


async def hold_server(session: AsyncSession, guild_id: int) -> None:
    """Know a server, as what belongs to it needs, and make whoever does the same wait until the transaction ends.

    What a server may have only so much of is counted while it is held. Whoever holds a playlist or a job, too, holds
    the server first.

    Parameters
    ----------
    session
        In a transaction that writes.
    guild_id
        Discord's id of the server.
    """
    await session.execute(
        insert_into(session, ServerRow)
        .values(id=guild_id)
        .on_conflict_do_update(index_elements=[ServerRow.id], set_={"votes_needed": ServerRow.votes_needed})
    )
