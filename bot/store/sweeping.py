"""Forgets old analyses, once a day."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

from bot.errors import StoreFailed
from bot.store.database import Store
from bot.store.repeating import repeating

log = logging.getLogger(__name__)

DAILY: Final = timedelta(days=1)


@asynccontextmanager
async def sweeping(
    store: Store,
    *,
    keep: timedelta,
    at_most: int,
    every: timedelta = DAILY,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[None]:
    """Sweep at once, and then again and again for as long as the context lasts.

    Parameters
    ----------
    store
        Whose analyses are swept. Where it fails, that is logged, and it is swept the next time.
    keep
        How long an analysis that nobody uses is kept.
    at_most
        Most analyses that are kept.
    every
        Time between two sweeps.
    sleep
        Waits for a number of seconds.

    Yields
    ------
    None
    """

    async def sweep() -> None:
        try:
            gone = await store.analyses.sweep(keep, at_most)
        except StoreFailed:
            log.exception("old analyses could not be forgotten")
        else:
            log.info("old analyses forgotten: %d", gone)

    async with repeating(sweep, called="sweeping", every=every, sleep=sleep):
        yield
