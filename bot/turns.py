"""Whose turn it is to have a worker, how long the others wait, and what may be done behind them all."""

from __future__ import annotations

import asyncio
import statistics
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from bot.fair_queue import FairQueue, Owner
from bot.progress import Report, Waiting, unheard

RECENT_TURNS: Final = 20
"""Turns from whose median the wait is told: enough to be steady, few enough to follow what members send today."""


class Turns:
    """Gives out as many turns at the same time as there are workers.

    Parameters
    ----------
    at_once
        How many that are.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._queue: FairQueue[_Turn] = FairQueue()
        # By the digest of their bytes: who sends the same bytes waits for that turn, and not in the background.
        self._background: dict[str, _Turn] = {}
        self._wanted: dict[str, Owner] = {}
        self._recent: deque[float] = deque(maxlen=RECENT_TURNS)

    @contextmanager
    def wanted_by(self, owner: Owner | None, digest: str) -> Iterator[None]:
        """Have a member wait for the analysis of the same bytes, if there is one, as for the member's own.

        Parameters
        ----------
        owner
            The member; None where nobody waits.
        digest
            Of the bytes.
        """
        if owner is None:
            yield
            return
        self._wanted[digest] = owner
        if (turn := self._background.get(digest)) is not None:
            self._queue.bring_forward(turn, owner)
            self._start_next()
        try:
            yield
        finally:
            self._wanted.pop(digest, None)

    @asynccontextmanager
    async def of_clip(self, digest: str, owner: Owner | None, report: Report) -> AsyncIterator[None]:
        """Wait until a clip may be handed to a worker; the next one may when the context ends.

        Parameters
        ----------
        digest
            Of its bytes.
        owner
            Who waits for it; None where nobody does.
        report
            Told of the place in the queue.
        """
        turn = _Turn(report)
        if (somebody := owner or self._wanted.get(digest)) is not None:
            self._queue.enter(turn, somebody)
        else:
            self._queue.enter_background(turn)
            self._background[digest] = turn
        try:
            await self._begun(turn)
            yield
        finally:
            self._left(turn)
            self._background.pop(digest, None)

    @asynccontextmanager
    async def in_background(self) -> AsyncIterator[None]:
        """Wait until something else may be handed to a worker, behind all that somebody waits for."""
        turn = _Turn(unheard)
        self._queue.enter_background(turn)
        try:
            await self._begun(turn)
            yield
        finally:
            self._left(turn)

    def took(self, seconds: float) -> None:
        """Note how long a clip had its turn.

        Parameters
        ----------
        seconds
            One that failed or was cancelled has made way as well.
        """
        self._recent.append(seconds)

    async def _begun(self, turn: _Turn) -> None:
        self._start_next()
        await turn.begun.wait()

    def _left(self, turn: _Turn) -> None:
        self._queue.leave(turn)
        self._start_next()

    def _start_next(self) -> None:
        background = max(1, self._at_once - 1)
        while self._queue.running < self._at_once:
            turn = self._queue.start_next() or self._queue.start_next_in_background(background)
            if turn is None:
                break
            turn.begun.set()
        a_turn = statistics.median(self._recent) / self._at_once if self._recent else None
        for position, turn in enumerate(self._queue.waiting(), 1):
            turn.tell(Waiting(position, None if a_turn is None else position * a_turn))


class _Turn:
    """One clip's place in the queue."""

    def __init__(self, report: Report) -> None:
        self.begun = asyncio.Event()
        self._report = report
        self._told: Waiting | None = None

    def tell(self, waiting: Waiting) -> None:
        if waiting != self._told:
            self._told = waiting
            self._report(waiting)
