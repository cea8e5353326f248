"""Forgets what is kept only for a while, once a day."""

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
    undo: timedelta,
    leave_grace: timedelta,
    every: timedelta = DAILY,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[None]:
    """Sweep at once, and then again and again for as long as the context lasts.

    Parameters
    ----------
    store
        What is swept. Where a part of it fails, that is logged, and it is swept the next time.
    keep
        How long an analysis that nobody uses is kept, and a job that is over.
    at_most
        Most analyses that are kept.
    undo
        How long what was removed from playlists can be brought back.
    leave_grace
        How long everything of a server that the bot left is kept.
    every
        Time between two sweeps.
    sleep
        Waits for a number of seconds.

    Yields
    ------
    None
    """

    async def sweep_playlists() -> int:
        gone = await store.playlists.sweep(undo)
        # With a playlist goes which channels feed it, and that is held in memory.
        await store.playlist_channels.reload()
        return gone

    parts: dict[str, Callable[[], Awaitable[int]]] = {
        "old analyses": lambda: store.analyses.sweep(keep, at_most),
        "servers that were left": lambda: store.departures.sweep(leave_grace),
        "what was removed from playlists": sweep_playlists,
        "jobs that are over": lambda: store.jobs.sweep(keep),
        "pages": store.playlist_views.sweep,
    }

    async def sweep() -> None:
        for what, part in parts.items():
            try:
                gone = await part()
            except StoreFailed:
                log.exception("%s could not be forgotten", what)
            else:
                log.info("%s forgotten: %d", what, gone)

    async with repeating(sweep, called="sweeping", every=every, sleep=sleep):
        yield
