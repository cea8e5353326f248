"""Answers that were posted, so that a button under one still knows what it is about after a restart."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from bot.errors import AlreadyAnswered
from bot.store.ids import is_id
from bot.store.models import AnswerRow
from bot.store.sessions import Sessions
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now


@dataclass(frozen=True, slots=True)
class PostedAnswer:
    """An answer that was posted.

    Parameters
    ----------
    id
        Its own; never used again after it is removed.
    digest
        SHA-256 of the clip, hexadecimal.
    model_key
        Key of the model that answered, as in `bot.store.analyses`.
    asker
        Discord's id of the member who asked.
    community
        Discord's id of the server; of the channel where there is no server.
    channel
        Discord's id of the channel or thread.
    message
        Discord's id of the message with the answer; None until it is known, and where the answer is only a reaction.
    source
        Discord's id of the message with the clip; None where the clip came with a command.
    position
        Which of the clips in the source it is, 0 to 4; None where there is no source.
    """

    id: int
    digest: str
    model_key: str
    asker: int
    community: int
    channel: int
    message: int | None
    source: int | None
    position: int | None


class Answers:
    """Remembers the answers that were posted, for as long as their analyses are remembered.

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

    async def post(
        self,
        digest: str,
        model_key: str,
        *,
        asker: int,
        community: int,
        channel: int,
        source: int | None = None,
        position: int = 0,
    ) -> int:
        """Remember an answer that is about to be posted.

        Parameters
        ----------
        digest, model_key, asker, community, channel, source
            As in `PostedAnswer`. The analysis has to be remembered already.
        position
            Which of the clips in the source it is, 0 to 4; counts only where there is a source.

        Returns
        -------
        int
            Its id.

        Raises
        ------
        AlreadyAnswered
            If that clip of the source has an answer.
        StoreFailed
            If the database fails, or does not remember the analysis.
        """
        async with self._sessions.writing() as session:
            answer_id: int | None = await session.scalar(
                insert_into(session, AnswerRow)
                .values(
                    digest=digest,
                    model_key=model_key,
                    asker=asker,
                    community=community,
                    channel=channel,
                    source=source,
                    position=position if source is not None else None,
                    posted_at=self._clock(),
                )
                .on_conflict_do_nothing(index_elements=[AnswerRow.source, AnswerRow.position])
                .returning(AnswerRow.id)
            )
        if answer_id is None:
            raise AlreadyAnswered
        return answer_id

    async def place(self, answer_id: int, message_id: int) -> None:
        """Note in which message an answer was posted; nothing happens where it was removed meanwhile.

        Parameters
        ----------
        answer_id
            Of the answer.
        message_id
            Discord's id of the message.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(update(AnswerRow).where(AnswerRow.id == answer_id).values(message=message_id))

    async def get(self, answer_id: int) -> PostedAnswer | None:
        """Return an answer.

        Parameters
        ----------
        answer_id
            Any number: it may come from outside.

        Returns
        -------
        PostedAnswer or None
            None where there is none, or not any more.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        if not is_id(answer_id):
            return None
        async with self._sessions.reading() as session:
            row = await session.get(AnswerRow, answer_id)
        return _posted(row) if row is not None else None

    async def by_source(self, message_id: int) -> tuple[PostedAnswer, ...]:
        """Return the answers to the clips of a message.

        Parameters
        ----------
        message_id
            Discord's id of the message with the clips.

        Returns
        -------
        tuple of PostedAnswer
            In the order of the clips; empty where there are none.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            rows = await session.scalars(
                select(AnswerRow).where(AnswerRow.source == message_id).order_by(AnswerRow.position)
            )
            return tuple(_posted(row) for row in rows)

    async def remove(self, answer_id: int) -> None:
        """Forget an answer; nothing happens where it is forgotten already.

        Parameters
        ----------
        answer_id
            Of the answer.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(delete(AnswerRow).where(AnswerRow.id == answer_id))

    async def messages_gone(self, message_ids: Collection[int]) -> None:
        """Forget the answers whose own message or source was deleted.

        Parameters
        ----------
        message_ids
            Discord's ids of the messages: at most a hundred, as Discord deletes them.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(
                delete(AnswerRow).where(or_(AnswerRow.message.in_(message_ids), AnswerRow.source.in_(message_ids)))
            )

    async def channel_gone(self, channel_id: int) -> None:
        """Forget the answers in a channel or thread that was deleted.

        Parameters
        ----------
        channel_id
            Discord's id of it.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(delete(AnswerRow).where(AnswerRow.channel == channel_id))

    async def channels_gone(self, *, below: int, age: timedelta) -> None:
        """Forget the answers in channels that are none of Discord's, where nobody knows any more whether they exist.

        Parameters
        ----------
        below
            The numbers of the channels are smaller.
        age
            How long ago the answers were posted, at least.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(
                delete(AnswerRow).where(AnswerRow.channel < below, AnswerRow.posted_at < self._clock() - age)
            )


def _posted(row: AnswerRow) -> PostedAnswer:
    return PostedAnswer(
        id=row.id,
        digest=row.digest,
        model_key=row.model_key,
        asker=row.asker,
        community=row.community,
        channel=row.channel,
        message=row.message,
        source=row.source,
        position=row.position,
    )
