"""What is kept about a member or a server, shown and forgotten on request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from bot.store.channels import Channels
from bot.store.models import AnswerRow, VoteRow
from bot.store.sessions import Sessions, delete_counted


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was forgotten.

    Parameters
    ----------
    answers
        Answers that the member had asked for.
    votes
        Votes of the member.
    """

    answers: int
    votes: int


class Privacy:
    """Shows and forgets what is kept about members and servers.

    Parameters
    ----------
    sessions
        Of the database.
    channels
        The settings of servers' channels.
    """

    def __init__(self, sessions: Sessions, channels: Channels) -> None:
        self._sessions = sessions
        self._channels = channels

    async def kept_about(self, member: int) -> dict[str, Any]:
        """Return everything that is tied to a member.

        Parameters
        ----------
        member
            Discord's id of the user.

        Returns
        -------
        dict
            ``member``, ``answers`` and ``votes``, the oldest first, ready for ``json.dumps``. Discord's ids are
            strings, as Discord writes them: many readers of JSON round such large numbers. Times are in UTC, in ISO
            8601.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            answers = (
                await session.scalars(select(AnswerRow).where(AnswerRow.asker == member).order_by(AnswerRow.id))
            ).all()
            votes = (
                await session.scalars(
                    select(VoteRow)
                    .where(VoteRow.member == member)
                    .order_by(VoteRow.voted_at, VoteRow.digest, VoteRow.community)
                )
            ).all()
        return {
            "member": str(member),
            "answers": [
                {
                    "asked_at": row.posted_at.isoformat(),
                    "community": str(row.community),
                    "channel": str(row.channel),
                    "message": _text(row.message),
                    "source": _text(row.source),
                    "digest": row.digest,
                }
                for row in answers
            ],
            "votes": [
                {
                    "voted_at": row.voted_at.isoformat(),
                    "community": str(row.community),
                    "digest": row.digest,
                    "genre": row.genre,
                }
                for row in votes
            ],
        }

    async def forget(self, member: int) -> Forgotten:
        """Forget everything that is tied to a member: all of it, or nothing where the database fails.

        Parameters
        ----------
        member
            Discord's id of the user.

        Returns
        -------
        Forgotten
            How much there was.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            answers = await delete_counted(session, delete(AnswerRow).where(AnswerRow.asker == member))
            votes = await delete_counted(session, delete(VoteRow).where(VoteRow.member == member))
        return Forgotten(answers, votes)

    async def forget_community(self, community: int) -> None:
        """Forget the answers, votes and channel settings of a server that the bot left: all of it, or nothing.

        Parameters
        ----------
        community
            Discord's id of the server.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._channels.leaving(community) as session:
            await session.execute(delete(AnswerRow).where(AnswerRow.community == community))
            await session.execute(delete(VoteRow).where(VoteRow.community == community))


def _text(number: int | None) -> str | None:
    return str(number) if number is not None else None
