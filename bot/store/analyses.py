"""The cache of analyses: the same bytes, heard by the same model, are analysed once."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, select, tuple_, update

from bot.store.models import AnalysisRow
from bot.store.sessions import Sessions, delete_counted
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now
from classifier.answer import Answer
from classifier.result import Analysis

log = logging.getLogger(__name__)

ANALYSIS: Final = TypeAdapter(Analysis)
"""Turns an analysis into JSON and back."""


class Analyses:
    """Remembers what models said of clips.

    A clip goes by the SHA-256 of its bytes, hexadecimal. A model goes by a key of 1 to 200 characters, which has to
    change with all that could change the answer.

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

    async def recall(self, digest: str, model_key: str) -> Answer | None:
        """Return the answer to a clip, and note that it was used.

        Parameters
        ----------
        digest
            Of the clip.
        model_key
            Of the model.

        Returns
        -------
        Answer or None
            None where the model never heard the clip, or an older version of the bot wrote it down in another form.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            found = await session.execute(
                update(AnalysisRow)
                .where(AnalysisRow.digest == digest, AnalysisRow.model_key == model_key)
                .values(used_at=self._clock())
                .returning(AnalysisRow.analysis, AnalysisRow.picture)
            )
            row = found.one_or_none()
        if row is None:
            return None
        analysis = await self._read(digest, model_key, row.analysis)
        return Answer(analysis, row.picture) if analysis is not None else None

    async def get(self, digest: str, model_key: str) -> Analysis | None:
        """Return the analysis of a clip without its picture, and note nothing.

        Parameters
        ----------
        digest
            Of the clip.
        model_key
            Of the model.

        Returns
        -------
        Analysis or None
            As for `recall`.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.reading() as session:
            text = await session.scalar(
                select(AnalysisRow.analysis).where(AnalysisRow.digest == digest, AnalysisRow.model_key == model_key)
            )
        return await self._read(digest, model_key, text) if text is not None else None

    async def remember(self, digest: str, model_key: str, answer: Answer) -> None:
        """Remember the answer to a clip, in the place of an earlier one.

        Parameters
        ----------
        digest
            Of the clip.
        model_key
            Of the model.
        answer
            The analysis and its picture are kept; what went wrong with the drawing is not.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        now = self._clock()
        new = {
            "analysis": ANALYSIS.dump_json(answer.analysis).decode(),
            "picture": answer.picture,
            "made_at": now,
            "used_at": now,
        }
        async with self._sessions.writing() as session:
            # Never by deleting the old row: the answers that were posted of it would go with it.
            await session.execute(
                insert_into(session, AnalysisRow)
                .values(digest=digest, model_key=model_key, **new)
                .on_conflict_do_update(index_elements=[AnalysisRow.digest, AnalysisRow.model_key], set_=new)
            )

    async def sweep(self, older_than: timedelta, at_most: int) -> int:
        """Forget what was used least recently, and the answers that were posted of it.

        Parameters
        ----------
        older_than
            What was not used for longer than this goes.
        at_most
            Of what is left, as many stay.

        Returns
        -------
        int
            How many analyses went.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        oldest = self._clock() - older_than
        key = tuple_(AnalysisRow.digest, AnalysisRow.model_key)
        too_many = (
            select(AnalysisRow.digest, AnalysisRow.model_key)
            .order_by(AnalysisRow.used_at.desc(), AnalysisRow.digest, AnalysisRow.model_key)
            .offset(at_most)
        )
        async with self._sessions.writing() as session:
            unused = await delete_counted(session, delete(AnalysisRow).where(AnalysisRow.used_at < oldest))
            return unused + await delete_counted(session, delete(AnalysisRow).where(key.in_(too_many)))

    async def _read(self, digest: str, model_key: str, text: str) -> Analysis | None:
        try:
            return ANALYSIS.validate_json(text)
        except ValidationError as error:
            log.warning("an analysis in the database cannot be read any more and is forgotten: %s", _faults(error))
        async with self._sessions.writing() as session:
            await session.execute(
                delete(AnalysisRow).where(
                    AnalysisRow.digest == digest,
                    AnalysisRow.model_key == model_key,
                    # By now there may be a new one in its place.
                    AnalysisRow.analysis == text,
                )
            )
        return None


def _faults(error: ValidationError) -> str:
    """Say where an analysis is wrong without repeating it."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'all of it'}: {fault['msg']}" for fault in faults[:3])
