"""What nobody waits for is listened to behind all for which somebody does, and takes nobody's share."""

from __future__ import annotations

import asyncio

import pytest

from bot.analyzer import LocalAnalyzer
from bot.errors import ShuttingDown
from bot.fair_queue import FairQueue, Owner
from bot.heard import Heard
from bot.jobs.pace import Pace
from classifier.answer import Answer
from classifier.errors import NotAudio
from tests.bot.held_workers import ANSWER, HeldWorkers, clip, enter, enter_all, new_analyzer


@pytest.fixture
def workers() -> HeldWorkers:
    return HeldWorkers()


async def fetch_in_background(analyzer: LocalAnalyzer, name: str) -> asyncio.Task[Heard]:
    """Begin with a clip that nobody waits for, and wait until it is fetched."""
    opened = asyncio.Event()
    task = asyncio.create_task(analyzer.analyze_in_background(clip(name, on_open=opened.set)))
    await opened.wait()
    return task


async def finish_what_comes(workers: HeldWorkers, tasks: list[asyncio.Task[Heard]]) -> None:
    """Finish all that is with the workers, in whichever order it gets there."""
    async with asyncio.timeout(30):
        while not all(task.done() for task in tasks):
            for name in [name for name, job in workers.jobs.items() if not job.done()]:
                workers.finish(name)
            await asyncio.sleep(0.001)


async def answers(*tasks: asyncio.Task[Heard]) -> list[Answer]:
    return [heard.answer for heard in await asyncio.gather(*tasks)]


def test_in_the_queue_the_background_comes_in_its_own_order_and_has_no_more_than_its_part() -> None:
    queue: FairQueue[str] = FairQueue()
    for item in "abcd":
        queue.enter_background(item)
    queue.enter("x", Owner(1))
    assert queue.waiting() == ["x"]
    assert queue.start_next() == "x"
    assert queue.start_next() is None
    assert [queue.start_next_in_background(2) for _ in range(3)] == ["a", "b", None]
    assert queue.running == 3
    queue.leave("a")
    queue.leave("c")
    assert queue.start_next_in_background(2) == "d"
    queue.bring_forward("d", Owner(2))
    assert queue.waiting() == []
    for item in "xbd":
        queue.leave(item)
    assert queue.running == 0


def test_what_is_brought_forward_waits_like_the_members_own() -> None:
    queue: FairQueue[str] = FairQueue()
    queue.enter_background("a")
    queue.enter_background("b")
    queue.enter("x", Owner(1))
    queue.bring_forward("b", Owner(2))
    queue.enter("y", Owner(3))
    assert queue.waiting() == ["x", "b", "y"]
    assert [queue.start_next() for _ in range(4)] == ["x", "b", "y", None]
    assert queue.start_next_in_background(1) == "a"


async def test_a_members_clip_is_next_however_much_waits_in_the_background(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, queue_limit=2, jobs_per_member=1)
    background = [await fetch_in_background(analyzer, "a")]
    await workers.wait_for("a")
    background += [await fetch_in_background(analyzer, name) for name in "bcd"]
    members = await enter_all(workers, analyzer, "xy")
    for name in "axy":
        await workers.wait_for(name)
        workers.finish(name)
    await finish_what_comes(workers, background)
    assert list(workers.jobs)[:3] == ["a", "x", "y"]
    assert set(workers.jobs) == set("abcdxy")
    assert await asyncio.gather(*members) == [ANSWER] * 2
    assert await answers(*background) == [ANSWER] * 4


async def test_one_worker_of_several_is_never_given_to_the_background(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, at_once=3)
    background = [await fetch_in_background(analyzer, name) for name in "ab"]
    await workers.wait_for("a", "b")
    background.append(await fetch_in_background(analyzer, "c"))
    member = await enter(workers, analyzer, "x")
    await workers.wait_for("x")
    assert "c" not in workers.jobs
    workers.finish("x")
    assert await member == ANSWER
    assert "c" not in workers.jobs
    workers.finish("b")
    await workers.wait_for("c")
    for name in "ac":
        workers.finish(name)
    assert await answers(*background) == [ANSWER] * 3


async def test_who_sends_what_waits_in_the_background_waits_as_for_anything_else(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    background = [await fetch_in_background(analyzer, "a")]
    await workers.wait_for("a")
    background += [await fetch_in_background(analyzer, name) for name in "bc"]
    members = [
        await enter(workers, analyzer, "x", owner=1),
        await enter(workers, analyzer, "same", content="c", owner=2),
        await enter(workers, analyzer, "y", owner=3),
    ]
    for name in "axcyb":
        await workers.wait_for(name)
        workers.finish(name)
    assert list(workers.jobs) == [*"axcyb"]
    assert await asyncio.gather(*members) == [ANSWER] * 3
    assert await answers(*background) == [ANSWER] * 3


async def test_the_background_ends_with_the_bot_and_leaves_no_place_taken(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    running = await fetch_in_background(analyzer, "a")
    await workers.wait_for("a")
    waiting = await fetch_in_background(analyzer, "b")
    waiting.cancel()
    workers.jobs["a"].set_exception(NotAudio())
    with pytest.raises(NotAudio):
        await running
    last = await fetch_in_background(analyzer, "c")
    await workers.wait_for("c")
    analyzer.abort()
    with pytest.raises(ShuttingDown):
        await last
    with pytest.raises(ShuttingDown):
        await analyzer.analyze_in_background(clip("d"))


async def test_an_excerpt_is_cut_behind_everybody_and_makes_nobody_elses_wait_longer(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    running = await fetch_in_background(analyzer, "a")
    await workers.wait_for("a")
    excerpt = asyncio.create_task(analyzer.excerpt_in_background(clip("song"), seconds=15.0))
    # The same bytes are analysed for a member: that is no excerpt.
    member = await enter(workers, analyzer, "same", content="song")
    for name in ("a", "same"):
        await workers.wait_for(name)
        workers.finish(name)
    await workers.wait_for("excerpt of song")
    assert list(workers.jobs) == ["a", "same", "excerpt of song"]
    workers.jobs["excerpt of song"].set_result(b"RIFF")
    assert await excerpt == b"RIFF"
    assert await member == ANSWER
    assert await answers(running) == [ANSWER]


async def test_an_excerpt_ends_with_the_bot_and_lets_go_of_its_clip(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    log: list[str] = []
    excerpt = asyncio.create_task(analyzer.excerpt_in_background(clip("song", log=log), seconds=15.0))
    await workers.wait_for("excerpt of song")
    analyzer.abort()
    for refused in (excerpt, analyzer.excerpt_in_background(clip("other", log=log), seconds=15.0)):
        with pytest.raises(ShuttingDown):
            await refused
    assert log == ["song"]
    assert workers.jobs["excerpt of song"].cancelled()


def test_the_time_left_is_told_from_the_median_of_recent_tracks() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    assert pace.seconds_left(10) is None
    for seconds in (4.0, 3600.0, 6.0):
        now += seconds
        pace.ended()
    assert pace.seconds_left(10) == 60.0
