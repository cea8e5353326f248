"""Ends the work of a bot that is about to stop: what runs may finish, and everybody who waits is told."""

from __future__ import annotations

import asyncio
from typing import Final

from bot.logs import get_logger
from bot.services import Services

log = get_logger(__name__)

ABORT_GRACE_SECONDS: Final = 5.0
"""How long the last replies may take after their jobs were ended, in seconds."""


async def wind_down(services: Services, *, grace: float) -> None:
    """Take no more work, and let what runs finish.

    Parameters
    ----------
    services
        What works.
    grace
        How long running requests may take, in seconds; then they are told that the bot stops.
    """
    services.analyzer.stop_admitting()
    log.info("stopping; a second Ctrl-C ends it at once", requests=len(services.requests), grace=grace)
    if not await _done_within(grace, services):
        services.analyzer.abort()
        await services.drawing.close()
        if not await _done_within(ABORT_GRACE_SECONDS, services):
            log.warning("some requests got no reply", requests=len(services.requests))


async def _done_within(seconds: float, services: Services) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await services.requests.wait_for_none()
    except TimeoutError:
        return False
    return True
