"""Takes clips in, one queue for all and a fair share for each member, and has workers analyse them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Final, Protocol

from bot.errors import QueueFull, ShuttingDown, TooManyForMember, WaitedTooLong
from classifier.errors import WorkerDied
from classifier.result import Analysis
from classifier.workers import ANSWER_GRACE_SECONDS, AnalysisWorkers, named_failures

ANSWER_WITHIN_SECONDS: Final = 13 * 60.0
"""Most time from the question to the answer, in seconds: Discord takes a deferred reply for 15 minutes."""

Source = Callable[[], AbstractAsyncContextManager[Path]]
"""Brings a clip onto the disk for as long as its context lasts; only called once the clip is admitted."""


class Analyzer(Protocol):
    """Anything that can tell the genre of a clip: this machine's workers, or others'."""

    async def analyze(self, source: Source, *, owner: int) -> Analysis:
        """Tell the genre of a member's clip."""
        ...

    def stop_admitting(self) -> None:
        """Refuse new clips from now on."""
        ...

    def abort(self) -> None:
        """End every clip under way."""
        ...


class LocalAnalyzer:
    """Analyses in worker processes of this machine.

    Parameters
    ----------
    workers
        The processes; they stay the caller's to close.
    at_once
        How many clips are analysed at the same time.
    queue_limit
        Most clips under way, waiting ones included.
    jobs_per_member
        Most clips of one member under way, so that nobody fills the queue alone.
    answer_within
        Most time from the question to the answer, in seconds.
    """

    def __init__(
        self,
        workers: AnalysisWorkers,
        *,
        at_once: int,
        queue_limit: int,
        jobs_per_member: int,
        answer_within: float = ANSWER_WITHIN_SECONDS,
    ) -> None:
        self._workers = workers
        self._slots = asyncio.Semaphore(at_once)
        self._queue_limit = queue_limit
        self._jobs_per_member = jobs_per_member
        self._answer_within = answer_within
        self._under_way: Counter[int] = Counter()
        self._deadlines: set[asyncio.Timeout] = set()
        self._admitting = True
        self._ended: set[asyncio.Timeout] = set()

    async def analyze(self, source: Source, *, owner: int) -> Analysis:
        """Wait for a free worker and tell the genre of a clip.

        Parameters
        ----------
        source
            Where the clip comes from.
        owner
            Discord's id of the member who asked.

        Returns
        -------
        Analysis
            What the classifier says.

        Raises
        ------
        QueueFull, TooManyForMember, ShuttingDown
            If the clip is not admitted; nothing was fetched then.
        WaitedTooLong
            If there is no answer within `answer_within`.
        BotError, ClassifierError
            Whatever the source or the analysis raises.
        """
        deadline = asyncio.timeout(self._answer_within)
        with self._admitted(owner):
            try:
                async with deadline:
                    self._deadlines.add(deadline)
                    async with source() as path, self._slots:
                        return await self._run(path)
            except TimeoutError:
                if deadline.expired():
                    raise (ShuttingDown if deadline in self._ended else WaitedTooLong) from None
                raise
            finally:
                self._deadlines.discard(deadline)
                self._ended.discard(deadline)

    def stop_admitting(self) -> None:
        """Refuse new clips from now on; those under way go on."""
        self._admitting = False

    def abort(self) -> None:
        """End every clip under way with `ShuttingDown`, whether it is fetched, waits or is analysed."""
        self._admitting = False
        now = asyncio.get_running_loop().time()
        # One that has run out by itself is about to say so.
        for deadline in [deadline for deadline in self._deadlines if not deadline.expired()]:
            deadline.reschedule(now)
            self._ended.add(deadline)

    @contextmanager
    def _admitted(self, owner: int) -> Iterator[None]:
        if not self._admitting:
            raise ShuttingDown
        if self._under_way[owner] >= self._jobs_per_member:
            raise TooManyForMember(self._jobs_per_member)
        if self._under_way.total() >= self._queue_limit:
            raise QueueFull
        self._under_way[owner] += 1
        try:
            yield
        finally:
            self._under_way[owner] -= 1
            if not self._under_way[owner]:
                del self._under_way[owner]

    async def _run(self, path: Path) -> Analysis:
        limit = self._workers.config.job_timeout
        # A worker that died while it was idle is replaced on the way, which takes a moment.
        handing_over = asyncio.ensure_future(asyncio.to_thread(self._workers.submit, path))
        try:
            job = await asyncio.shield(handing_over)
        except asyncio.CancelledError:
            # The thread cannot be stopped: what it hands over is cancelled as soon as it has.
            handing_over.add_done_callback(_cancel_job)
            raise
        try:
            with named_failures(limit):
                async with asyncio.timeout(limit + ANSWER_GRACE_SECONDS):
                    return await asyncio.wrap_future(job)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            # Not this task but only its job was cancelled, by a pool that broke.
            raise WorkerDied from None


def _cancel_job(handing_over: asyncio.Future[Future[Analysis]]) -> None:
    if not handing_over.cancelled() and handing_over.exception() is None:
        handing_over.result().cancel()
