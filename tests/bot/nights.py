"""A sleep between two rounds of what is done again and again."""

from __future__ import annotations

import asyncio


class Nights:
    """A sleep that ends when the test says so."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self._asleep = asyncio.Event()
        self._awake = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.asked.append(seconds)
        self._awake.clear()
        self._asleep.set()
        await self._awake.wait()

    async def fall(self) -> None:
        """Wait until a round has ended."""
        await self._asleep.wait()
        self._asleep.clear()

    async def pass_by(self) -> None:
        """Let the next round begin, and wait until it has ended."""
        self._awake.set()
        await self.fall()
