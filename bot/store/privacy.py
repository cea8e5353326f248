"""What is kept about a member, shown and forgotten on request."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.member_data import MEMBER_DATA, shown
from bot.store.models import VoteRow
from bot.store.sessions import Sessions, changed_rows
from bot.store.tallies import count_anew, hold_tallies

VOTES: Final = "votes"

HELD_IN_ORDER: Final = ("jobs", "playlists", "additions", "removals", VOTES)
"""What others change together, in the order in which they hold it, as an import does: whoever does so in another order
would wait for them while they wait for him."""


class Privacy:
    """Shows and forgets what is kept about members.

    Parameters
    ----------
    sessions
        Of the database.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def kept_about(self, member: int) -> dict[str, Any]:
        """Return everything that is tied to a member.

        Parameters
        ----------
        member
            Discord's id of the user.

        Returns
        -------
        dict
            ``member``, and what `MEMBER_DATA` names, the oldest first, ready for ``json.dumps``.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        kept: dict[str, Any] = {"member": str(member)}
        async with self._sessions.reading() as session:
            for kind, data in MEMBER_DATA.items():
                rows = (await session.execute(data.read(member))).mappings()
                kept[kind] = [{name: shown(name, value) for name, value in row.items()} for row in rows]
        return kept

    async def counts(self, member: int) -> dict[str, int]:
        """Count everything that is tied to a member.

        Parameters
        ----------
        member
            Discord's id of the user.

        Returns
        -------
        dict of str to int
            By the names of `MEMBER_DATA`.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        counted = [data.count(member).scalar_subquery().label(kind) for kind, data in MEMBER_DATA.items()]
        async with self._sessions.reading() as session:
            return dict((await session.execute(select(*counted))).mappings().one())

    async def forget(self, member: int) -> dict[str, int]:
        """Forget everything that is tied to a member: all of it, or nothing where the database fails.

        Votes are not counted any more. What belongs to others, too, such as a track in their playlist, stays, and
        nobody knows whose it was.

        Parameters
        ----------
        member
            Discord's id of the user.

        Returns
        -------
        dict of str to int
            How much there was, by the names of `MEMBER_DATA`.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            gone = {
                kind: await _forget_votes(session, member)
                if kind == VOTES
                else await changed_rows(session, MEMBER_DATA[kind].forget(member))
                for kind in (*HELD_IN_ORDER, *(kind for kind in MEMBER_DATA if kind not in HELD_IN_ORDER))
            }
        return {kind: gone[kind] for kind in MEMBER_DATA}


async def _forget_votes(session: AsyncSession, member: int) -> int:
    # Whoever votes holds the tally first and the vote then, and so does this.
    await hold_tallies(session, select(VoteRow.community, VoteRow.digest).where(VoteRow.member == member))
    gone = await session.execute(
        delete(VoteRow).where(VoteRow.member == member).returning(VoteRow.community, VoteRow.digest)
    )
    clips = [(community, digest) for community, digest in gone]
    await count_anew(session, clips)
    return len(clips)
