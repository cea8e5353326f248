"""Makes large pictures and files one after the other: each keeps a processor busy for seconds, whoever asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.web.errors import PageBusy

MOST_WAITING: Final = 8
"""Requests that wait for their turn; more are asked to come again."""


class OneAtATime:
    """Lets one request do something at a time."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until nobody else has the turn, and hold it for as long as the context lasts.

        Yields
        ------
        None

        Raises
        ------
        PageBusy
            If `MOST_WAITING` wait already.
        """
        if self._waiting >= MOST_WAITING:
            raise PageBusy
        self._waiting += 1
        try:
            await self._turn.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turn.release()
