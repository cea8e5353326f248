"""Tells a supervisor, such as a container's health check, whether the bot is connected."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from bot.errors import BadSettings
from bot.logs import get_logger

log = get_logger(__name__)

BEAT_SECONDS: Final = 2.0
"""Time between two signs of life, in seconds."""

STALE_SECONDS: Final = 60.0
"""Age from which on a sign of life no longer counts, in seconds."""


@asynccontextmanager
async def heartbeat(
    file: Path | None, *, alive: Callable[[], bool], every: float = BEAT_SECONDS
) -> AsyncIterator[None]:
    """Touch a file again and again while the bot is connected; remove it when it is not, and at the end.

    Parameters
    ----------
    file
        The sign of life; none is given where None.
    alive
        Tells whether the bot is connected.
    every
        Time between two signs of life, in seconds.

    Yields
    ------
    None

    Raises
    ------
    BadSettings
        If the file cannot be written.
    """
    if file is None:
        yield
        return

    async def beat() -> None:
        while True:
            try:
                await asyncio.to_thread(file.touch if alive() else partial(file.unlink, missing_ok=True))
            except OSError:
                log.exception("no sign of life could be given")
            await asyncio.sleep(every)

    try:
        await asyncio.to_thread(file.touch)
        # Nothing is alive yet, whatever an earlier process left behind.
        await asyncio.to_thread(file.unlink)
    except OSError as error:
        problem = f"GENREBOT_HEALTH_FILE is {str(file)!r}, but it cannot be written: {error.strerror}."
        raise BadSettings((problem,)) from error
    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
        await asyncio.to_thread(file.unlink, missing_ok=True)


def is_healthy(file: Path, *, now: float | None = None) -> bool:
    """Tell whether the last sign of life is recent.

    Parameters
    ----------
    file
        As given to `heartbeat`.
    now
        Seconds since the epoch; the present where None.

    Returns
    -------
    bool
        False where the file is missing or older than `STALE_SECONDS`.
    """
    try:
        age = (time.time() if now is None else now) - file.stat().st_mtime
    except FileNotFoundError:
        return False
    return age < STALE_SECONDS
