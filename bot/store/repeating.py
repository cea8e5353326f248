"""Does the same again and again while the bot runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

log = logging.getLogger(__name__)


@asynccontextmanager
async def repeating(
    work: Callable[[], Awaitable[None]],
    *,
    called: str,
    every: timedelta,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[None]:
    """Do something at once, and then again and again for as long as the context lasts.

    Parameters
    ----------
    work
        What is done. It takes care of its own failures: one that it raises ends the repeating, and is logged.
    called
        What the log calls it.
    every
        Time between two times.
    sleep
        Waits for a number of seconds.

    Yields
    ------
    None
    """

    async def repeat() -> None:
        while True:
            await work()
            await sleep(every.total_seconds())

    task = asyncio.create_task(repeat())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("the %s had ended", called, exc_info=error)
