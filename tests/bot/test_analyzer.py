"""Who is let in, who waits and who is told to stop: the queue in front of the workers.

Real workers answer as fast as they can; stand-ins take their place where a job has to last exactly
until the test ends it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from pebble import ProcessExpired

from bot.analyzer import LocalAnalyzer, Source
from bot.errors import (
    CoolingDown,
    DownloadFailed,
    QueueFull,
    RequestError,
    ShuttingDown,
    TooManyForMember,
    TooManyForServer,
    WaitedTooLong,
)
from bot.fair_queue import Owner
from bot.heard import Heard
from bot.progress import Fetching, State, Waiting
from classifier.errors import AnalysisTimeout, NotAudio, WorkerDied
from classifier.location import default_model_dir
from classifier.stage import Stage
from classifier.workers import AnalysisWorkers, WorkerConfig
from tests.bot.held_workers import ANSWER, HeldWorkers, clip, enter, enter_all, new_analyzer, start


@pytest.fixture
def workers() -> HeldWorkers:
    return HeldWorkers()


async def test_the_answer_of_the_workers_is_returned(workers: HeldWorkers) -> None:
    task = start(new_analyzer(workers), "a")
    await workers.wait_for("a")
    workers.finish("a")
    assert await task == ANSWER


async def test_no_more_run_at_once_than_there_are_workers(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, at_once=2)
    tasks = await enter_all(workers, analyzer, "abcd")
    assert set(workers.jobs) == {"a", "b"}
    workers.finish("b")
    await workers.wait_for("c")
    assert set(workers.jobs) == {"a", "b", "c"}
    for name in "acd":
        await workers.wait_for(name)
        workers.finish(name)
    assert await asyncio.gather(*tasks) == [ANSWER] * 4


async def test_who_came_first_is_served_first(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    tasks = await enter_all(workers, analyzer, "abcde")
    for name in "abcde":
        await workers.wait_for(name)
        workers.finish(name)
    await asyncio.gather(*tasks)
    assert list(workers.jobs) == [*"abcde"]


async def test_a_full_queue_refuses_before_it_fetches(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, queue_limit=2)
    tasks = await enter_all(workers, analyzer, "ab")
    opened: list[int] = []
    with pytest.raises(QueueFull):
        await analyzer.analyze(clip("c", on_open=lambda: opened.append(1)), owner=Owner(9))
    assert opened == []

    workers.finish("a")
    await tasks[0]
    third = start(analyzer, "c", owner=9)
    for name in "bc":
        await workers.wait_for(name)
        workers.finish(name)
    await asyncio.gather(*tasks, third)


async def test_a_member_has_a_share_and_others_have_theirs(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, jobs_per_member=2)
    tasks = await enter_all(workers, analyzer, "ab", owner=1)
    opened: list[int] = []
    with pytest.raises(TooManyForMember) as caught:
        await analyzer.analyze(clip("c", on_open=lambda: opened.append(1)), owner=Owner(1))
    assert caught.value.limit == 2
    assert opened == []
    tasks.append(await enter(workers, analyzer, "d", owner=2))
    for name in "abd":
        await workers.wait_for(name)
        workers.finish(name)
    await asyncio.gather(*tasks)

    again = start(analyzer, "e", owner=1)
    await workers.wait_for("e")
    workers.finish("e")
    assert await again == ANSWER


@pytest.mark.parametrize(
    ("failure", "raised"),
    [
        (NotAudio(), NotAudio),
        (TimeoutError(), AnalysisTimeout),
        (ProcessExpired("killed", code=-9, pid=1), WorkerDied),
        (ValueError("a bug"), ValueError),
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
async def test_a_failed_job_has_a_name_and_frees_its_place(
    workers: HeldWorkers, failure: Exception, raised: type[Exception]
) -> None:
    analyzer = new_analyzer(workers, queue_limit=1, jobs_per_member=1)
    released: list[str] = []
    task = start(analyzer, "a", log=released)
    await workers.wait_for("a")
    workers.jobs["a"].set_exception(failure)
    with pytest.raises(raised):
        await task
    assert released == ["a"]

    following = start(analyzer, "b")
    await workers.wait_for("b")
    workers.finish("b")
    assert await following == ANSWER


async def test_a_job_that_the_workers_drop_is_a_worker_that_died(workers: HeldWorkers) -> None:
    task = start(new_analyzer(workers), "a")
    await workers.wait_for("a")
    workers.jobs["a"].cancel()
    with pytest.raises(WorkerDied):
        await task


async def test_a_clip_that_cannot_be_fetched_frees_its_place(workers: HeldWorkers) -> None:
    def fail() -> None:
        raise DownloadFailed

    analyzer = new_analyzer(workers, queue_limit=1, jobs_per_member=1)
    for _ in range(3):
        with pytest.raises(DownloadFailed):
            await analyzer.analyze(clip("a", on_open=fail), owner=Owner(1))
    assert workers.jobs == {}


async def test_a_time_limit_of_the_source_is_not_taken_for_a_stop(workers: HeldWorkers) -> None:
    def fail() -> None:
        raise TimeoutError("of the source")

    with pytest.raises(TimeoutError, match="of the source"):
        await new_analyzer(workers).analyze(clip("a", on_open=fail), owner=Owner(1))


# States


async def test_each_state_of_a_request_is_told(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    first, second = list[State](), list[State]()
    running = start(analyzer, "a", owner=1, report=first.append)
    await workers.wait_for("a")
    waiting = await enter(workers, analyzer, "b", owner=2, report=second.append)
    for stage in Stage:
        workers.reports["a"](stage)
    workers.finish("a")
    await running
    assert first == [Fetching(), *Stage]
    await workers.wait_for("b")
    workers.reports["b"](Stage.DECODING)
    workers.finish("b")
    await waiting
    assert second == [Fetching(), Waiting(1, None), Stage.DECODING]


async def test_the_stated_wait_is_the_place_times_the_median_of_recent_jobs(workers: HeldWorkers) -> None:
    now = 0.0
    analyzer = new_analyzer(workers, at_once=2, clock=lambda: now)
    for name, seconds in (("a", 4.0), ("b", 100.0), ("c", 6.0)):
        task = start(analyzer, name)
        await workers.wait_for(name)
        now += seconds
        workers.finish(name)
        await task
    states: dict[str, list[State]] = {name: [] for name in "defg"}
    tasks = {
        name: await enter(workers, analyzer, name, owner=owner, report=states[name].append)
        for owner, name in enumerate(states)
    }
    assert states["f"] == [Fetching(), Waiting(1, 3.0)]
    assert states["g"] == [Fetching(), Waiting(2, 6.0)]
    tasks["f"].cancel()
    with pytest.raises(asyncio.CancelledError):
        await tasks["f"]
    assert states["g"][-1] == Waiting(1, 3.0)
    for name in "deg":
        await workers.wait_for(name)
        workers.finish(name)
        assert await tasks[name] == ANSWER


# Fairness and bounds


async def test_servers_take_turns_and_members_do_within_them(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    tasks = [start(analyzer, "other", owner=9, server=90)]
    await workers.wait_for("other")
    askers = {"a1": (1, 10), "a2": (1, 10), "b1": (2, 10), "c1": (3, 20), "c2": (3, 20), "d1": (4, None)}
    tasks += [
        await enter(workers, analyzer, name, owner=member, server=server) for name, (member, server) in askers.items()
    ]
    expected = ["other", "a1", "c1", "d1", "b1", "c2", "a2"]
    for name in expected:
        await workers.wait_for(name)
        workers.finish(name)
    await asyncio.gather(*tasks)
    assert list(workers.jobs) == expected


async def test_a_member_has_one_clip_with_the_workers_at_a_time(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, at_once=2)
    tasks = await enter_all(workers, analyzer, "ab", owner=1)
    other = start(analyzer, "c", owner=2)
    await workers.wait_for("c")
    assert "b" not in workers.jobs
    for name in "acb":
        await workers.wait_for(name)
        workers.finish(name)
    await asyncio.gather(*tasks, other)


async def test_one_server_cannot_take_every_place(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, jobs_per_server=2)
    tasks = await enter_all(workers, analyzer, "ab", server=10)
    with pytest.raises(TooManyForServer) as caught:
        await analyzer.analyze(clip("c"), owner=Owner(9, 10))
    assert caught.value.limit == 2
    tasks.append(await enter(workers, analyzer, "d", owner=9, server=20))
    for name in "abd":
        await workers.wait_for(name)
        workers.finish(name)
    await asyncio.gather(*tasks)


@pytest.mark.parametrize(
    ("cooldown", "other"),
    [("member_cooldown", Owner(1, 20)), ("server_cooldown", Owner(2, 10)), ("member_cooldown", Owner(1))],
)
async def test_after_a_clip_the_next_one_has_to_wait(workers: HeldWorkers, cooldown: str, other: Owner) -> None:
    now = 0.0
    analyzer = new_analyzer(workers, **{cooldown: 10.0}, clock=lambda: now)
    first = start(analyzer, "a", owner=1, server=10)
    await workers.wait_for("a")
    workers.finish("a")
    await first
    now = 7.5
    with pytest.raises(CoolingDown, match="in 3 s") as caught:
        await analyzer.analyze(clip("b"), owner=other)
    assert caught.value.seconds == pytest.approx(2.5)
    unrelated = await enter(workers, analyzer, "c", owner=3, server=30)
    now = 10.0
    again = await enter(workers, analyzer, "d", owner=other.member, server=other.server)
    for name in "cd":
        await workers.wait_for(name)
        workers.finish(name)
    assert await asyncio.gather(unrelated, again) == [ANSWER] * 2


async def test_a_clip_that_was_not_let_in_starts_no_cooldown(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, queue_limit=1, member_cooldown=3600.0)
    running = start(analyzer, "a", owner=1)
    await workers.wait_for("a")
    with pytest.raises(QueueFull):
        await analyzer.analyze(clip("b"), owner=Owner(2))
    workers.finish("a")
    await running
    let_in = start(analyzer, "b", owner=2)
    await workers.wait_for("b")
    workers.finish("b")
    assert await let_in == ANSWER


# Cancellation


async def test_a_waiting_request_that_is_cancelled_frees_its_place_and_its_clip(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, queue_limit=2, jobs_per_member=1)
    released: list[str] = []
    first = start(analyzer, "a", owner=1)
    await workers.wait_for("a")
    waiting = await enter(workers, analyzer, "b", owner=2, log=released)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert released == ["b"]

    third = start(analyzer, "c", owner=2)
    workers.finish("a")
    await workers.wait_for("c")
    workers.finish("c")
    assert await asyncio.gather(first, third) == [ANSWER] * 2
    assert "b" not in workers.jobs


async def test_a_running_request_that_is_cancelled_ends_its_job(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, queue_limit=1)
    task = start(analyzer, "a")
    await workers.wait_for("a")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await workers.wait_until_cancelled("a")

    following = start(analyzer, "b")
    await workers.wait_for("b")
    workers.finish("b")
    assert await following == ANSWER


# The end


async def test_after_stop_admitting_nobody_is_let_in_and_what_runs_and_waits_goes_on(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    tasks = await enter_all(workers, analyzer, "ab", owner=1)
    analyzer.stop_admitting()
    opened: list[int] = []
    with pytest.raises(ShuttingDown):
        await analyzer.analyze(clip("c", on_open=lambda: opened.append(1)), owner=Owner(2))
    assert opened == []
    for name in "ab":
        await workers.wait_for(name)
        workers.finish(name)
    assert await asyncio.gather(*tasks) == [ANSWER] * 2


async def test_abort_ends_what_runs_what_waits_and_what_is_fetched(workers: HeldWorkers) -> None:
    fetching = asyncio.Event()
    released: list[str] = []

    @asynccontextmanager
    async def endless_download() -> AsyncIterator[Path]:
        fetching.set()
        try:
            await asyncio.Event().wait()
            yield Path("never")
        finally:
            released.append("download")

    analyzer = new_analyzer(workers)
    running = start(analyzer, "a", log=released)
    await workers.wait_for("a")
    waiting = await enter(workers, analyzer, "b", log=released)
    downloading = asyncio.create_task(analyzer.analyze(endless_download, owner=Owner(3)))
    async with asyncio.timeout(30):
        await fetching.wait()
        analyzer.abort()
        results = await asyncio.gather(running, waiting, downloading, return_exceptions=True)
    assert [type(result) for result in results] == [ShuttingDown] * 3
    assert sorted(released) == ["a", "b", "download"]
    assert "b" not in workers.jobs


async def test_after_an_abort_nobody_is_let_in(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    analyzer.abort()
    analyzer.abort()
    with pytest.raises(ShuttingDown):
        await analyzer.analyze(clip("a"), owner=Owner(1))
    assert workers.jobs == {}


async def test_an_aborted_request_can_still_be_answered(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    replies: list[str] = []

    async def request() -> None:
        try:
            await analyzer.analyze(clip("a"), owner=Owner(1))
        except RequestError as error:
            await asyncio.sleep(0)
            replies.append(str(error))

    task = asyncio.create_task(request())
    await workers.wait_for("a")
    analyzer.abort()
    async with asyncio.timeout(30):
        await task
    assert replies == [str(ShuttingDown())]


# Any order of events


class Queue(RuleBasedStateMachine):
    """Requests come, end, fail and are cancelled in any order; the limits hold and no place is lost."""

    AT_ONCE, QUEUE_LIMIT, SHARE = 2, 4, 2

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.workers = HeldWorkers()
        self.analyzer = new_analyzer(
            self.workers, at_once=self.AT_ONCE, queue_limit=self.QUEUE_LIMIT, jobs_per_member=self.SHARE
        )
        self.tasks: dict[str, tuple[int, asyncio.Task[Any]]] = {}
        self.count = 0

    @rule(owner=st.integers(min_value=1, max_value=3))
    def come(self, owner: int) -> None:
        share = Counter(other for other, _ in self.tasks.values())[owner]
        expected = (
            TooManyForMember if share >= self.SHARE else QueueFull if len(self.tasks) >= self.QUEUE_LIMIT else None
        )
        self.count += 1
        name = f"clip-{self.count}"

        async def begin() -> None:
            task = start(self.analyzer, name, owner=owner)
            await asyncio.sleep(0)
            if expected is None:
                assert not task.done()
                self.tasks[name] = owner, task
                return
            with pytest.raises(expected):
                await task

        self.runner.run(begin())

    @property
    def running(self) -> list[str]:
        return [name for name in self.tasks if name in self.workers.jobs]

    @precondition(lambda self: self.tasks)
    @rule(data=st.data(), end=st.sampled_from(["finish", "fail", "cancel"]))
    def end(self, data: st.DataObject, end: str) -> None:
        name = data.draw(st.sampled_from(self.running if end != "cancel" else list(self.tasks)))
        _, task = self.tasks.pop(name)

        async def finish() -> None:
            match end:
                case "finish":
                    self.workers.finish(name)
                case "fail":
                    self.workers.jobs[name].set_exception(NotAudio())
                case "cancel":
                    task.cancel()
            with contextlib.suppress(NotAudio, asyncio.CancelledError):
                assert await task == ANSWER

        self.runner.run(finish())

    @invariant()
    def one_of_each_member_runs_as_long_as_there_are_workers(self) -> None:
        owners = {owner for owner, _ in self.tasks.values()}

        async def wait() -> None:
            async with asyncio.timeout(30):
                while len(self.running) < min(self.AT_ONCE, len(owners)):
                    await asyncio.sleep(0.001)

        self.runner.run(wait())
        running = [self.tasks[name][0] for name in self.running]
        assert len(running) == len(set(running)) == min(self.AT_ONCE, len(owners))

    def teardown(self) -> None:
        async def finish_all() -> None:
            while self.tasks:
                name = self.running[0] if self.running else None
                if name is None:
                    await asyncio.sleep(0.001)
                    continue
                _, task = self.tasks.pop(name)
                self.workers.finish(name)
                assert await task == ANSWER

        self.runner.run(finish_all())
        for owner in (1, 1, 2, 2):
            self.come(owner)
        assert len(self.tasks) == self.QUEUE_LIMIT
        self.runner.run(finish_all())
        self.runner.close()


TestAnyOrderOfEvents = Queue.TestCase
TestAnyOrderOfEvents.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


# Real workers


async def test_real_workers_answer_and_name_what_is_wrong(encode: Any, make_tune: Any, tmp_path: Path) -> None:
    def source(path: Path) -> Source:
        return lambda: contextlib.nullcontext(path)

    song = encode(make_tune(4.0), "song.wav")
    text = tmp_path / "song.txt"
    text.write_text("not a song")
    with AnalysisWorkers(WorkerConfig(default_model_dir(), job_timeout=120.0), count=1) as real:
        analyzer = new_analyzer(real)
        heard, failure = await asyncio.gather(
            analyzer.analyze(source(song), owner=Owner(1)),
            analyzer.analyze(source(text), owner=Owner(2)),
            return_exceptions=True,
        )
    assert isinstance(heard, Heard)
    assert heard.digest == hashlib.sha256(song.read_bytes()).hexdigest()
    assert sum(genre.probability for genre in heard.answer.analysis.genres) == pytest.approx(1.0)
    assert isinstance(failure, NotAudio)


async def test_a_clip_that_waits_until_discord_takes_no_answer_is_told_and_gives_up_its_place(
    workers: Any,
) -> None:
    analyzer = LocalAnalyzer(workers, at_once=1, queue_limit=2, jobs_per_member=2, answer_within=1.0)
    listening = await enter(workers, analyzer, "listening")
    waiting = analyzer.analyze(clip("waiting"), owner=Owner(1), within=0.1)
    replies = await asyncio.gather(listening, waiting, return_exceptions=True)
    assert [type(reply) for reply in replies] == [WaitedTooLong, WaitedTooLong]
    await workers.wait_until_cancelled("listening")
    assert "waiting" not in workers.jobs
    with pytest.raises(WaitedTooLong):
        await analyzer.analyze(clip("next"), owner=Owner(1))


async def test_an_abort_while_a_clip_runs_out_of_time_spares_nobody(workers: Any, tmp_path: Path) -> None:
    analyzer = LocalAnalyzer(workers, at_once=2, queue_limit=2, jobs_per_member=2, answer_within=1.0)
    leaving = asyncio.Event()

    @asynccontextmanager
    async def slow_to_leave() -> AsyncIterator[Path]:
        try:
            (tmp_path / "late").touch()
            yield tmp_path / "late"
        finally:
            leaving.set()
            await aborted.wait()

    aborted = asyncio.Event()
    late = asyncio.create_task(analyzer.analyze(slow_to_leave, owner=Owner(1)))
    await leaving.wait()
    other = start(analyzer, "other")
    await workers.wait_for("other")
    analyzer.abort()
    aborted.set()
    replies = await asyncio.gather(late, other, return_exceptions=True)
    assert [type(reply) for reply in replies] == [WaitedTooLong, ShuttingDown]
