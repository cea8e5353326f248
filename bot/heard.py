"""What was heard of a clip, and where that is remembered."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from bot.errors import BotError
from bot.logs import get_logger
from classifier.answer import Answer

log = get_logger(__name__)

MEMORY_SECONDS: Final = 10.0
"""How long the memory may take, in seconds: twice of what the database waits for another writer."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The answer to one request.

    Parameters
    ----------
    digest
        SHA-256 of the clip's bytes, hexadecimal.
    answer
        What the classifier says of them.
    recalled
        Whether these bytes were analysed, or being analysed, already: no worker was needed for this request.
    """

    digest: str
    answer: Answer
    recalled: bool


class Memory(Protocol):
    """Where answers are kept for whoever sends the same bytes again."""

    async def recall(self, digest: str) -> Answer | None:
        """Return the answer for a digest; None where there is none, or none of the present model.

        Raises
        ------
        BotError
            If it cannot be read.
        """
        ...

    async def remember(self, digest: str, answer: Answer) -> None:
        """Keep an answer.

        Raises
        ------
        BotError
            If it cannot be kept.
        """
        ...


class UnfailingMemory:
    """A memory whose failures are logged and cost nobody the answer.

    Parameters
    ----------
    memory
        What it asks; None for a memory that keeps nothing.
    patience
        How long each call may take, in seconds.
    """

    def __init__(self, memory: Memory | None, *, patience: float = MEMORY_SECONDS) -> None:
        self._memory = memory
        self._patience = patience

    async def recall(self, digest: str) -> Answer | None:
        """Return the answer for a digest; None where there is none, or where it cannot be read.

        Parameters
        ----------
        digest
            SHA-256 of the clip's bytes, hexadecimal.

        Returns
        -------
        Answer or None
        """
        if self._memory is None:
            return None
        try:
            async with asyncio.timeout(self._patience):
                return await self._memory.recall(digest)
        except (BotError, TimeoutError) as error:
            log.warning("an answer could not be recalled", exc_info=error)
            return None

    async def remember(self, digest: str, answer: Answer) -> None:
        """Keep an answer if that is possible.

        Parameters
        ----------
        digest
            SHA-256 of the clip's bytes, hexadecimal.
        answer
            What the classifier says of them.
        """
        if self._memory is None:
            return
        try:
            async with asyncio.timeout(self._patience):
                await self._memory.remember(digest, answer)
        except (BotError, TimeoutError) as error:
            log.warning("an answer could not be remembered", exc_info=error)


def digest_of(path: Path) -> str:
    """Return the digest by which a clip is known again.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        SHA-256 of its bytes, hexadecimal.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
