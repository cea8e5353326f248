"""Takes clips in, one queue for all and a fair share for each member, and has workers analyse them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from bot.cooldown import Cooldown
from bot.errors import CoolingDown, QueueFull, ShuttingDown, TooManyForMember, TooManyForServer, WaitedTooLong
from bot.fair_queue import Owner
from bot.heard import Heard, Memory, UnfailingMemory, digest_of
from bot.job_log import Job, logged_job
from bot.progress import Fetching, Report, unheard
from bot.single_flight import SingleFlights
from bot.turns import Turns
from bot.working import worked
from classifier.answer import Answer
from classifier.stage import Stage
from classifier.workers import AnalysisWorkers

ANSWER_WITHIN_SECONDS: Final = 60 * 60.0
"""Most time from the question to the answer, in seconds: after it, nobody is waiting any more."""

Source = Callable[[], AbstractAsyncContextManager[Path]]
"""Brings a clip onto the disk for as long as its context lasts; only called once the clip is admitted."""


class Analyzer(Protocol):
    """Anything that can tell the genre of a clip: this machine's workers, or others'."""

    async def analyze(
        self,
        source: Source,
        *,
        owner: Owner,
        report: Report = unheard,
        within: float | None = None,
        continues: bool = False,
    ) -> Heard:
        """Tell the genre of a member's clip."""
        ...

    async def analyze_in_background(self, source: Source) -> Heard:
        """Tell the genre of a clip that nobody waits for, behind all for which somebody does."""
        ...

    async def excerpt_in_background(self, source: Source, *, seconds: float) -> bytes:
        """Cut an excerpt out of a clip, behind all for whose genre somebody waits."""
        ...

    @property
    def is_admitting(self) -> bool:
        """Whether new clips are taken."""
        ...

    def stop_admitting(self) -> None:
        """Refuse new clips from now on."""
        ...

    def abort(self) -> None:
        """End every clip under way."""
        ...


class LocalAnalyzer:
    """Analyses in worker processes of this machine.

    Every clip is fetched as soon as it is admitted. Then it waits for its turn: servers take turns, and in each server
    its members do; a member has one clip analysed at a time. A clip whose bytes were analysed before needs no turn, and
    one whose bytes are being analysed waits for that analysis. Each request leaves one line in the log.

    What is analysed in the background counts to nobody's limits. It is only handed to a worker when no member's clip
    could be, and one worker, where there are several, is never given to it.

    Parameters
    ----------
    workers
        The processes; they stay the caller's to close.
    at_once
        How many clips are analysed at the same time.
    queue_limit
        Most clips under way, those that are fetched, wait and are analysed together.
    jobs_per_member
        Most clips of one member under way.
    jobs_per_server
        Most clips of one server under way, so that none fills the queue alone; None for no limit but the queue's.
    member_cooldown, server_cooldown
        Least time from one clip to the next of the same member or server, in seconds.
    answer_within
        Most time from the question to the answer, in seconds.
    memory
        Where answers are kept; None for nowhere.
    clock
        Tells the time in seconds; never goes back.
    """

    def __init__(
        self,
        workers: AnalysisWorkers,
        *,
        at_once: int,
        queue_limit: int,
        jobs_per_member: int,
        jobs_per_server: int | None = None,
        member_cooldown: float = 0.0,
        server_cooldown: float = 0.0,
        answer_within: float = ANSWER_WITHIN_SECONDS,
        memory: Memory | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workers = workers
        self._turns = Turns(at_once)
        self._queue_limit = queue_limit
        self._jobs_per_member = jobs_per_member
        self._jobs_per_server = jobs_per_server
        self._member_cooldown = Cooldown(member_cooldown, clock=clock)
        self._server_cooldown = Cooldown(server_cooldown, clock=clock)
        self._answer_within = answer_within
        self._memory = UnfailingMemory(memory)
        self._flights = SingleFlights()
        self._clock = clock
        self._members: Counter[int] = Counter()
        self._servers: Counter[tuple[str, int]] = Counter()
        self._deadlines: set[asyncio.Timeout] = set()
        self._admitting = True
        self._ended: set[asyncio.Timeout] = set()

    async def analyze(
        self,
        source: Source,
        *,
        owner: Owner,
        report: Report = unheard,
        within: float | None = None,
        continues: bool = False,
    ) -> Heard:
        """Fetch a clip, wait for its turn and tell its genre.

        Parameters
        ----------
        source
            Where the clip comes from.
        owner
            Who asked.
        report
            Told of each state of the request as it begins.
        within
            Most time until the answer, in seconds, where it is less than `answer_within`.
        continues
            Whether it comes with a clip that was let in a moment ago: cool-downs count once for all of a message.

        Returns
        -------
        Heard
            What the classifier says, with its picture.

        Raises
        ------
        QueueFull, TooManyForMember, TooManyForServer, CoolingDown, ShuttingDown
            If the clip is not admitted; nothing was fetched then.
        WaitedTooLong
            If there is no answer in time.
        BotError, ClassifierError
            Whatever the source or the analysis raises.
        """
        limit = self._answer_within if within is None else min(within, self._answer_within)
        with logged_job(self._clock) as job, self._admitted(owner, continues=continues):
            return await self._answer(source, owner, report, job, limit)

    async def analyze_in_background(self, source: Source) -> Heard:
        """Tell the genre of a clip that nobody waits for, behind all for which somebody does.

        Parameters
        ----------
        source
            Where the clip comes from.

        Returns
        -------
        Heard
            What the classifier says, with its picture.

        Raises
        ------
        ShuttingDown
            If no clip is taken any more.
        BotError, ClassifierError
            Whatever the source or the analysis raises.
        """
        with logged_job(self._clock) as job:
            if not self._admitting:
                raise ShuttingDown
            return await self._answer(source, None, unheard, job, None)

    async def excerpt_in_background(self, source: Source, *, seconds: float) -> bytes:
        """Cut an excerpt out of a clip, behind all for whose genre somebody waits.

        Parameters
        ----------
        source
            Where the clip comes from.
        seconds
            Length of the excerpt, in seconds.

        Returns
        -------
        bytes
            A WAV file without title or other tags.

        Raises
        ------
        ShuttingDown
            If no clip is taken any more.
        WaitedTooLong
            If there is none in time.
        BotError, ClassifierError
            Whatever the source or the cutting raises.
        """
        if not self._admitting:
            raise ShuttingDown
        async with self._ended_in(self._answer_within), source() as path, self._turns.in_background():
            return await worked(
                partial(self._workers.submit_excerpt, path, seconds=seconds), limit=self._workers.config.job_timeout
            )

    @property
    def is_admitting(self) -> bool:
        """Whether new clips are taken."""
        return self._admitting

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
    def _admitted(self, owner: Owner, *, continues: bool) -> Iterator[None]:
        member, server = owner.member, owner.shares_with
        if not self._admitting:
            raise ShuttingDown
        if self._members[member] >= self._jobs_per_member:
            raise TooManyForMember(self._jobs_per_member)
        if self._members.total() >= self._queue_limit:
            raise QueueFull
        if self._jobs_per_server is not None and self._servers[server] >= self._jobs_per_server:
            raise TooManyForServer(self._jobs_per_server)
        wait = max(self._member_cooldown.remaining(member), self._server_cooldown.remaining(server))
        if wait > 0 and not continues:
            raise CoolingDown(wait)
        self._member_cooldown.start(member)
        self._server_cooldown.start(server)
        self._members[member] += 1
        self._servers[server] += 1
        try:
            yield
        finally:
            # Only what is under way is remembered.
            self._members -= Counter((member,))
            self._servers -= Counter((server,))

    async def _answer(
        self, source: Source, owner: Owner | None, report: Report, job: Job, within: float | None
    ) -> Heard:
        job.admitted = True
        async with self._ended_in(within):
            report(Fetching())
            async with AsyncExitStack() as resources:
                with job.timed("fetch"):
                    path = await resources.enter_async_context(source())
                heard = await self._hear(path, owner, report, job)
        return job.heard(heard)

    @asynccontextmanager
    async def _ended_in(self, seconds: float | None) -> AsyncIterator[None]:
        """End what takes too long, or is still under way when the bot stops."""
        deadline = asyncio.timeout(seconds)
        try:
            async with deadline:
                self._deadlines.add(deadline)
                yield
        except TimeoutError:
            if deadline.expired():
                raise (ShuttingDown if deadline in self._ended else WaitedTooLong) from None
            raise
        finally:
            self._deadlines.discard(deadline)
            self._ended.discard(deadline)

    async def _hear(self, path: Path, owner: Owner | None, report: Report, job: Job) -> Heard:
        digest = await asyncio.to_thread(digest_of, path)
        with job.timed("wait"), self._turns.wanted_by(owner, digest):
            known = await self._flights.join(digest, report)
        if known is None:
            # Whoever led before has remembered the answer by now: nobody can fall between the two.
            with self._flights.lead(digest, report) as flight:
                known = await self._memory.recall(digest)
                if known is None:
                    async with AsyncExitStack() as turn:
                        with job.timed("wait"):
                            await turn.enter_async_context(self._turns.of_clip(digest, owner, flight.tell))
                        answer = await self._run(path, flight.tell)
                    flight.land(answer)
                    await self._memory.remember(digest, answer)
                    return Heard(digest, answer, recalled=False)
                flight.land(known)
        return Heard(digest, known, recalled=True)

    async def _run(self, path: Path, report: Report) -> Answer:
        loop = asyncio.get_running_loop()
        started = self._clock()

        def report_from_thread(stage: Stage) -> None:
            loop.call_soon_threadsafe(report, stage)

        try:
            return await worked(
                partial(self._workers.submit, path, report_from_thread), limit=self._workers.config.job_timeout
            )
        finally:
            self._turns.took(self._clock() - started)
