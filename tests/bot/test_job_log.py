"""One line a request, whatever becomes of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.errors import DownloadFailed, TooManyForMember, WaitedTooLong
from bot.fair_queue import Owner
from classifier.errors import NotAudio
from tests.bot.held_workers import ANSWER, HeldWorkers, clip, enter, new_analyzer, start

FIELDS = ("outcome", "error", "fetch", "wait", "decode", "features", "tags", "vote", "total")

Lines = Callable[[], list[dict[str, Any]]]


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class KnowsEverything:
    """A memory that has every answer."""

    async def recall(self, _: str) -> Any:
        return ANSWER

    async def remember(self, _: str, __: Any) -> None:
        raise AssertionError


@pytest.fixture
def workers() -> HeldWorkers:
    return HeldWorkers()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Lines:
    """Return the fields of the lines so far."""
    caplog.set_level("INFO")
    return lambda: [
        {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        for record in caplog.records
        if record.getMessage() == "job"
    ]


async def test_an_answer_tells_the_time_of_every_part_in_milliseconds(
    workers: HeldWorkers, clock: Clock, lines: Lines
) -> None:
    def fetch_slowly() -> None:
        clock.now += 1.23456

    analyzer = new_analyzer(workers, clock=clock)
    other = await enter(workers, analyzer, "other", owner=9)
    task = await enter(workers, analyzer, "a", on_open=fetch_slowly)
    clock.now += 2.0
    workers.finish("other")
    await other
    await workers.wait_for("a")
    clock.now += 0.6
    workers.finish("a")
    await task
    assert lines()[1] == {
        "outcome": "answered",
        "fetch": 1.235,
        "wait": 2.0,
        "decode": 0.01,
        "features": 0.2,
        "tags": 0.301,
        "vote": 0.04,
        "total": 3.835,
    }
    assert len(lines()) == 2


async def test_what_was_known_took_no_analysis(workers: HeldWorkers, clock: Clock, lines: Lines) -> None:
    await new_analyzer(workers, clock=clock, memory=KnowsEverything()).analyze(clip("a"), owner=Owner(1))
    assert lines() == [{"outcome": "recalled", "fetch": 0.0, "wait": 0.0, "total": 0.0}]


async def test_whoever_follows_has_waited_for_the_analysis_of_another(
    workers: HeldWorkers, clock: Clock, lines: Lines
) -> None:
    analyzer = new_analyzer(workers, clock=clock)
    other = await enter(workers, analyzer, "other", owner=9)
    first = await enter(workers, analyzer, "first", content="the same")
    second = await enter(workers, analyzer, "second", owner=2, content="the same")
    clock.now += 1.5
    workers.finish("other")
    await other
    await workers.wait_for("first")
    clock.now += 0.5
    workers.finish("first")
    await asyncio.gather(first, second)
    by_outcome = {line["outcome"]: line for line in lines()[1:]}
    assert by_outcome["answered"]["wait"] == 1.5
    assert by_outcome["recalled"] == {"outcome": "recalled", "fetch": 0.0, "wait": 2.0, "total": 2.0}


async def test_a_request_that_is_not_let_in_is_refused(workers: HeldWorkers, clock: Clock, lines: Lines) -> None:
    analyzer = new_analyzer(workers, clock=clock, jobs_per_member=1)
    running = await enter(workers, analyzer, "a")
    with pytest.raises(TooManyForMember):
        await analyzer.analyze(clip("b"), owner=Owner(1))
    assert lines() == [{"outcome": "refused", "error": "TooManyForMember", "total": 0.0}]
    workers.finish("a")
    await running


async def test_a_clip_that_cannot_be_fetched_has_failed(workers: HeldWorkers, clock: Clock, lines: Lines) -> None:
    def fail() -> None:
        clock.now += 0.25
        raise DownloadFailed

    with pytest.raises(DownloadFailed):
        await new_analyzer(workers, clock=clock).analyze(clip("a", on_open=fail), owner=Owner(1))
    assert lines() == [{"outcome": "failed", "error": "DownloadFailed", "fetch": 0.25, "total": 0.25}]


@pytest.mark.parametrize("failure", [NotAudio(), ValueError("a bug")])
async def test_an_analysis_that_fails_is_named_by_its_error(
    failure: Exception, workers: HeldWorkers, clock: Clock, lines: Lines
) -> None:
    task = start(new_analyzer(workers, clock=clock), "a")
    await workers.wait_for("a")
    clock.now += 0.5
    workers.jobs["a"].set_exception(failure)
    with pytest.raises(type(failure)):
        await task
    error = type(failure).__name__
    assert lines() == [{"outcome": "failed", "error": error, "fetch": 0.0, "wait": 0.0, "total": 0.5}]


async def test_a_request_that_runs_out_of_time_has_failed(workers: HeldWorkers, clock: Clock, lines: Lines) -> None:
    @asynccontextmanager
    async def endless_download() -> AsyncIterator[Path]:
        await asyncio.Event().wait()
        yield Path("never")

    with pytest.raises(WaitedTooLong):
        await new_analyzer(workers, clock=clock).analyze(endless_download, owner=Owner(1), within=0.01)
    assert lines() == [{"outcome": "failed", "error": "WaitedTooLong", "fetch": 0.0, "total": 0.0}]


async def test_a_request_that_is_cancelled_says_so(workers: HeldWorkers, clock: Clock, lines: Lines) -> None:
    analyzer = new_analyzer(workers, clock=clock)
    running = await enter(workers, analyzer, "a")
    waiting = await enter(workers, analyzer, "b", owner=2)
    clock.now += 0.1
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert lines() == [{"outcome": "cancelled", "fetch": 0.0, "wait": 0.1, "total": 0.1}]
    workers.finish("a")
    await running
