"""Workers whose jobs last exactly until the test ends them, and the clips and requests that keep them busy."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.analyzer import LocalAnalyzer, Source
from bot.fair_queue import Owner
from bot.heard import Heard
from bot.progress import State, Waiting
from classifier.answer import Answer
from classifier.result import Elapsed
from classifier.stage import Report as StageReport
from classifier.workers import WorkerConfig
from tests.bot.timelines import analysis_of

ANALYSIS = replace(
    analysis_of((0.0, [{"jazz": 0.9}])), elapsed=Elapsed(decode=0.0104, features=0.2, tags=0.3006, vote=0.04)
)
ANSWER = Answer(ANALYSIS, b"a picture")


class HeldWorkers:
    """Workers whose jobs end when the test says so; in all else as patient as the real ones.

    Clips are known by their names.
    """

    def __init__(self) -> None:
        self.config = WorkerConfig(Path("unused"), job_timeout=60.0)
        self.jobs: dict[str, Future[Any]] = {}
        self.reports: dict[str, StageReport] = {}
        self._changed = threading.Condition()

    def submit(self, path: Path, report: StageReport) -> Future[Any]:
        with self._changed:
            job = self.jobs[path.name] = Future()
            self.reports[path.name] = report
            self._changed.notify_all()
        return job

    def submit_excerpt(self, path: Path, *, seconds: float) -> Future[Any]:
        assert seconds > 0
        with self._changed:
            job = self.jobs[f"excerpt of {path.name}"] = Future()
            self._changed.notify_all()
        return job

    async def wait_for(self, *names: str) -> None:
        """Wait until these clips are with the workers."""

        def wait() -> bool:
            with self._changed:
                return self._changed.wait_for(lambda: set(names) <= self.jobs.keys(), 30)

        assert await asyncio.to_thread(wait), self.jobs

    async def wait_until_cancelled(self, name: str) -> None:
        """Wait until this clip's job is cancelled: its request may end before the workers hand the job over."""
        async with asyncio.timeout(30):
            while not (name in self.jobs and self.jobs[name].cancelled()):
                await asyncio.sleep(0.01)

    def finish(self, name: str) -> None:
        self.jobs[name].set_result(ANSWER)


def new_analyzer(
    workers: Any, *, at_once: int = 1, queue_limit: int = 20, jobs_per_member: int = 20, **options: Any
) -> LocalAnalyzer:
    return LocalAnalyzer(workers, at_once=at_once, queue_limit=queue_limit, jobs_per_member=jobs_per_member, **options)


def clip(
    name: str,
    *,
    content: str | None = None,
    on_open: Callable[[], None] = lambda: None,
    log: list[str] | None = None,
) -> Source:
    """Return a clip that is there at once, with bytes of its own; `log` gets its name when it is let go."""

    @asynccontextmanager
    async def source() -> AsyncIterator[Path]:
        on_open()
        try:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                path.write_text(content or name)
                yield path
        finally:
            if log is not None:
                log.append(name)

    return source


def unheard(_: State) -> None:
    """Report to nobody."""


def start_heard(
    analyzer: LocalAnalyzer,
    name: str,
    *,
    owner: int = 1,
    server: int | None = 100,
    report: Callable[[State], None] = unheard,
    **options: Any,
) -> asyncio.Task[Heard]:
    """Ask for a clip."""
    return asyncio.create_task(analyzer.analyze(clip(name, **options), owner=Owner(owner, server), report=report))


def start(
    analyzer: LocalAnalyzer,
    name: str,
    *,
    owner: int = 1,
    server: int | None = 100,
    report: Callable[[State], None] = unheard,
    **options: Any,
) -> asyncio.Task[Answer]:
    """Ask for a clip of which only the answer is of interest."""

    async def answer() -> Answer:
        return (await analyzer.analyze(clip(name, **options), owner=Owner(owner, server), report=report)).answer

    return asyncio.create_task(answer())


async def enter(
    workers: HeldWorkers,
    analyzer: LocalAnalyzer,
    name: str,
    *,
    report: Callable[[State], None] = unheard,
    **options: Any,
) -> asyncio.Task[Answer]:
    """Ask for a clip and wait until it stands in the queue or is with the workers."""
    waits = asyncio.Event()

    def note(state: State) -> None:
        report(state)
        if isinstance(state, Waiting):
            waits.set()

    task = start(analyzer, name, report=note, **options)
    async with asyncio.timeout(30):
        while not (waits.is_set() or name in workers.jobs or task.done()):
            await asyncio.sleep(0.001)
    return task


async def enter_all(
    workers: HeldWorkers, analyzer: LocalAnalyzer, names: str, *, owner: int | None = None, **options: Any
) -> list[asyncio.Task[Answer]]:
    """Ask for clips one after another, each of a member of its own unless one is given."""
    return [
        await enter(workers, analyzer, name, owner=number if owner is None else owner, **options)
        for number, name in enumerate(names)
    ]
