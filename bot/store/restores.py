"""Notices that a backup was restored while the bot runs, so that what is held in memory is read anew."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final, Protocol

from sqlalchemy import text

from bot.errors import StoreFailed
from bot.store.repeating import repeating
from bot.store.sessions import Sessions

log = logging.getLogger(__name__)

EVERY_MINUTE: Final = timedelta(minutes=1)

MOST_RESTORES: Final = 2**31 - 1
"""Largest number that SQLite keeps as the user version of a database."""


class Held(Protocol):
    """A part of the store that holds in memory what is in the database."""

    async def reload(self) -> None:
        """Read it anew.

        Raises
        ------
        StoreFailed
            If the database fails; then everything stays as it was.
        """


class Restores:
    """Knows whether a backup was restored since the parts of the store were loaded.

    The mark is SQLite's user version, which nothing else uses: a number in the header of the file, which costs next to
    nothing to read, and which every restore makes another one. Where a database has none, as on a PostgreSQL server,
    nothing can be restored while the bot runs.

    Parameters
    ----------
    sessions
        Of the database.
    mark
        As `read_mark` had it before the parts were loaded.
    held
        All parts that hold something in memory.
    """

    def __init__(self, sessions: Sessions, mark: int, *, held: tuple[Held, ...]) -> None:
        self._sessions = sessions
        self._mark = mark
        self._held = held

    async def notice(self) -> bool:
        """Have everything that is held in memory read anew if a backup was restored.

        Returns
        -------
        bool
            Whether one was.

        Raises
        ------
        StoreFailed
            If the database fails; then the next call tries again.
        """
        mark = await read_mark(self._sessions)
        if mark == self._mark:
            return False
        for part in self._held:
            await part.reload()
        self._mark = mark
        return True


async def read_mark(sessions: Sessions) -> int:
    """Return the number that every restore changes.

    Parameters
    ----------
    sessions
        Of the database.

    Returns
    -------
    int
        Always 0 where a database has none.

    Raises
    ------
    StoreFailed
        If the database fails.
    """
    async with sessions.reading() as session:
        if session.get_bind().dialect.name != "sqlite":
            return 0
        return int(await session.scalar(text("PRAGMA user_version")) or 0)


def mark_after(mark: int) -> int:
    """Return the mark that a restore leaves.

    Parameters
    ----------
    mark
        What was there before.

    Returns
    -------
    int
        Another one, and never that of a database in which nothing was restored.
    """
    return mark % MOST_RESTORES + 1


@asynccontextmanager
async def noticing_restores(
    restores: Restores,
    *,
    every: timedelta = EVERY_MINUTE,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[None]:
    """Look again and again whether a backup was restored, for as long as the context lasts.

    Parameters
    ----------
    restores
        Of the store. Where it fails, that is logged, and it is asked again the next time.
    every
        Time between two looks.
    sleep
        Waits for a number of seconds.

    Yields
    ------
    None
    """

    async def look() -> None:
        try:
            if await restores.notice():
                log.info("a backup was restored; everything that was in memory was read anew")
        except StoreFailed:
            log.exception("it could not be seen whether a backup was restored")

    async with repeating(look, called="looking for restored backups", every=every, sleep=sleep):
        yield
