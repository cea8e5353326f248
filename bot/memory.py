"""Remembers what was heard in the database, for whoever sends the same bytes again."""

from __future__ import annotations

from bot.store.analyses import Analyses
from classifier.answer import Answer


class StoredMemory:
    """The answers of one model, under the digests of clips.

    Parameters
    ----------
    analyses
        Where they are kept.
    model_key
        Of the model and all else that an answer depends on; see `bot.facts.model_key`.
    """

    def __init__(self, analyses: Analyses, model_key: str) -> None:
        self._analyses = analyses
        self._model_key = model_key

    async def recall(self, digest: str) -> Answer | None:
        """Return the answer for a digest; None where there is none of this model.

        Parameters
        ----------
        digest
            SHA-256 of the clip's bytes, hexadecimal.

        Returns
        -------
        Answer or None

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        return await self._analyses.recall(digest, self._model_key)

    async def remember(self, digest: str, answer: Answer) -> None:
        """Keep an answer.

        Parameters
        ----------
        digest
            SHA-256 of the clip's bytes, hexadecimal.
        answer
            What a worker sent back.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        await self._analyses.remember(digest, self._model_key, answer)
