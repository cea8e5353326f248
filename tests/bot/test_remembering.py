"""The same bytes again: what is known is not analysed anew, and what is being analysed is not analysed twice."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from typing import Any

import pytest
from pebble import ProcessExpired

from bot.analyzer import LocalAnalyzer
from bot.errors import BotError, ShuttingDown, StoreUnavailable, TooManyForMember
from bot.fair_queue import Owner
from bot.heard import Heard, UnfailingMemory
from bot.progress import Fetching, State, Waiting
from classifier.answer import Answer
from classifier.errors import DecodingTimeout, NotAudio, TooShort
from classifier.stage import Stage
from tests.bot.held_workers import ANSWER, HeldWorkers, clip, enter, new_analyzer, start, start_heard

CONTENT = "the same song"
DIGEST = hashlib.sha256(CONTENT.encode()).hexdigest()


@dataclass
class Notes:
    """A memory that the test can read."""

    answers: dict[str, Answer] = field(default_factory=dict)
    recalls: list[str] = field(default_factory=list)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    remembering: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.go_on.set()

    async def recall(self, digest: str) -> Answer | None:
        self.recalls.append(digest)
        return self.answers.get(digest)

    async def remember(self, digest: str, answer: Answer) -> None:
        self.remembering.set()
        await self.go_on.wait()
        self.answers[digest] = answer


@dataclass
class Broken:
    """A memory that fails, or never answers."""

    error: BaseException | None

    async def recall(self, _: str) -> Answer | None:
        return await self._fail()

    async def remember(self, _: str, __: Answer) -> None:
        await self._fail()

    async def _fail(self) -> None:
        if self.error is None:
            await asyncio.Event().wait()
        else:
            raise self.error


@pytest.fixture
def workers() -> HeldWorkers:
    return HeldWorkers()


async def join(
    workers: HeldWorkers, analyzer: LocalAnalyzer, name: str, *, owner: int = 2, report: Any = None
) -> asyncio.Task[Heard]:
    """Ask for bytes whose analysis has begun, and wait until the request follows it."""
    follows = asyncio.Event()

    def note(state: State) -> None:
        if report is not None:
            report(state)
        if not isinstance(state, Fetching):
            follows.set()

    task = start_heard(analyzer, name, owner=owner, report=note, content=CONTENT)
    async with asyncio.timeout(30):
        await follows.wait()
    assert name not in workers.jobs
    return task


async def lead(workers: HeldWorkers, analyzer: LocalAnalyzer, name: str = "first") -> asyncio.Task[Heard]:
    """Ask for bytes and wait until they are being analysed."""
    task = start_heard(analyzer, name, owner=1, content=CONTENT)
    await workers.wait_for(name)
    workers.reports[name](Stage.DECODING)
    return task


# What is known


async def test_an_answer_is_remembered_and_the_same_bytes_need_no_worker(workers: HeldWorkers) -> None:
    notes = Notes()
    analyzer = new_analyzer(workers, memory=notes)
    first = start_heard(analyzer, "a", content=CONTENT)
    await workers.wait_for("a")
    workers.finish("a")
    assert await first == Heard(DIGEST, ANSWER, recalled=False)
    assert notes.answers == {DIGEST: ANSWER}

    states = list[State]()
    again = await analyzer.analyze(clip("b", content=CONTENT), owner=Owner(2), report=states.append)
    assert again == Heard(DIGEST, ANSWER, recalled=True)
    assert states == [Fetching()]
    assert set(workers.jobs) == {"a"}


async def test_a_known_clip_does_not_wait_behind_others(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, memory=Notes({DIGEST: ANSWER}))
    running = await enter(workers, analyzer, "other", owner=1)
    heard = await analyzer.analyze(clip("b", content=CONTENT), owner=Owner(2))
    assert heard.recalled
    workers.finish("other")
    assert await running == ANSWER


async def test_a_known_clip_counts_for_the_limits_and_needs_its_bytes(workers: HeldWorkers) -> None:
    notes = Notes({DIGEST: ANSWER})
    analyzer = new_analyzer(workers, memory=notes, jobs_per_member=1)
    running = await enter(workers, analyzer, "other", owner=1)
    with pytest.raises(TooManyForMember):
        await analyzer.analyze(clip("b", content=CONTENT), owner=Owner(1))
    analyzer.stop_admitting()
    with pytest.raises(ShuttingDown):
        await analyzer.analyze(clip("c", content=CONTENT), owner=Owner(2))
    workers.finish("other")
    await running
    assert DIGEST not in notes.recalls


async def test_what_could_not_be_listened_to_is_not_remembered(workers: HeldWorkers) -> None:
    notes = Notes()
    analyzer = new_analyzer(workers, memory=notes)
    for name in "ab":
        task = start(analyzer, name, content=CONTENT)
        await workers.wait_for(name)
        workers.jobs[name].set_exception(NotAudio())
        with pytest.raises(NotAudio):
            await task
    assert notes.answers == {}


@pytest.mark.parametrize("error", [BotError("lost"), StoreUnavailable("sqlite://", "locked")])
async def test_a_memory_that_fails_is_logged_and_costs_nobody_the_answer(
    error: BotError, workers: HeldWorkers, caplog: pytest.LogCaptureFixture
) -> None:
    task = start_heard(new_analyzer(workers, memory=Broken(error)), "a", content=CONTENT)
    await workers.wait_for("a")
    workers.finish("a")
    assert await task == Heard(DIGEST, ANSWER, recalled=False)
    assert messages(caplog) == ["an answer could not be recalled", "an answer could not be remembered"]


async def test_a_memory_that_does_not_answer_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    memory = UnfailingMemory(Broken(None), patience=0.01)
    assert await memory.recall(DIGEST) is None
    await memory.remember(DIGEST, ANSWER)
    assert messages(caplog) == ["an answer could not be recalled", "an answer could not be remembered"]


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name.startswith("bot.")]


async def test_a_fault_of_the_memory_is_not_hidden(workers: HeldWorkers) -> None:
    with pytest.raises(ZeroDivisionError):
        await new_analyzer(workers, memory=Broken(ZeroDivisionError())).analyze(clip("a"), owner=Owner(1))


# What is being found out


async def test_the_same_bytes_at_the_same_time_are_analysed_once(workers: HeldWorkers) -> None:
    notes = Notes()
    analyzer = new_analyzer(workers, at_once=2, memory=notes)
    states = list[State]()
    first = await lead(workers, analyzer)
    second = await join(workers, analyzer, "second", report=states.append)
    third = await join(workers, analyzer, "third", owner=3)
    workers.reports["first"](Stage.VOTING)
    workers.finish("first")
    assert await asyncio.gather(first, second, third) == [
        Heard(DIGEST, ANSWER, recalled=False),
        Heard(DIGEST, ANSWER, recalled=True),
        Heard(DIGEST, ANSWER, recalled=True),
    ]
    assert set(workers.jobs) == {"first"}
    # Whoever follows reads how far the analysis is, too.
    assert states == [Fetching(), Stage.DECODING, Stage.VOTING]
    assert notes.recalls == [DIGEST]


async def test_whoever_follows_reads_the_place_in_the_queue(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers)
    running = await enter(workers, analyzer, "other", owner=9)
    first = await enter(workers, analyzer, "first", owner=1, content=CONTENT)
    states = list[State]()
    second = await join(workers, analyzer, "second", report=states.append)
    assert states == [Fetching(), Waiting(1, None)]
    workers.finish("other")
    await workers.wait_for("first")
    workers.finish("first")
    assert await asyncio.gather(running, first) == [ANSWER] * 2
    assert (await second).recalled


async def test_without_a_memory_the_same_bytes_at_the_same_time_are_analysed_once_all_the_same(
    workers: HeldWorkers,
) -> None:
    analyzer = new_analyzer(workers, at_once=2)
    first = await lead(workers, analyzer)
    second = await join(workers, analyzer, "second")
    workers.finish("first")
    assert [heard.answer for heard in await asyncio.gather(first, second)] == [ANSWER] * 2


async def test_nobody_falls_between_the_answer_and_its_being_remembered(workers: HeldWorkers) -> None:
    notes = Notes()
    notes.go_on.clear()
    analyzer = new_analyzer(workers, at_once=2, memory=notes)
    first = await lead(workers, analyzer)
    workers.finish("first")
    await notes.remembering.wait()
    assert (await analyzer.analyze(clip("second", content=CONTENT), owner=Owner(2))).recalled
    notes.go_on.set()
    assert not (await first).recalled
    assert (await analyzer.analyze(clip("third", content=CONTENT), owner=Owner(3))).recalled
    assert set(workers.jobs) == {"first"}


async def test_other_bytes_do_not_wait(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, at_once=2)
    first = await lead(workers, analyzer)
    other = await enter(workers, analyzer, "other", owner=2)
    for name in ("other", "first"):
        workers.finish(name)
    assert await other == (await first).answer == ANSWER


async def test_what_is_wrong_with_the_bytes_is_wrong_for_all(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, at_once=2)
    tasks = [await lead(workers, analyzer)]
    tasks += [await join(workers, analyzer, name, owner=owner) for owner, name in ((2, "second"), (3, "third"))]
    workers.jobs["first"].set_exception(TooShort(1.0, 3.0))
    errors = await asyncio.gather(*tasks, return_exceptions=True)
    assert [str(error) for error in errors] == [str(TooShort(1.0, 3.0))] * 3
    assert len({id(error) for error in errors}) == 3
    assert set(workers.jobs) == {"first"}


@pytest.mark.parametrize(
    "failure",
    [ProcessExpired("killed", code=-9, pid=1), TimeoutError(), DecodingTimeout(1.0), ValueError("a bug")],
    ids=lambda error: type(error).__name__,
)
async def test_what_may_go_well_the_next_time_is_tried_again(workers: HeldWorkers, failure: Exception) -> None:
    analyzer = new_analyzer(workers, at_once=2)
    first = await lead(workers, analyzer)
    second = await join(workers, analyzer, "second")
    workers.jobs["first"].set_exception(failure)
    await workers.wait_for("second")
    workers.finish("second")
    assert await second == Heard(DIGEST, ANSWER, recalled=False)
    assert isinstance((await asyncio.gather(first, return_exceptions=True))[0], Exception)


async def test_when_the_first_is_cancelled_another_takes_over_and_the_rest_follow_it(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, at_once=2)
    first = await lead(workers, analyzer)
    followers = {
        name: await join(workers, analyzer, name, owner=owner) for owner, name in ((2, "second"), (3, "third"))
    }
    first.cancel()
    await workers.wait_until_cancelled("first")
    async with asyncio.timeout(30):
        while len(workers.jobs) < 2:
            await asyncio.sleep(0.001)
    (leader,) = set(workers.jobs) - {"first"}
    workers.finish(leader)
    heard = dict(zip(followers, await asyncio.gather(*followers.values()), strict=True))
    assert {name: not one.recalled for name, one in heard.items()} == {name: name == leader for name in followers}
    assert len(workers.jobs) == 2
    assert first.cancelled()


async def test_one_who_follows_can_be_cancelled_and_the_others_are_not(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, at_once=2)
    first = await lead(workers, analyzer)
    second = await join(workers, analyzer, "second")
    third = await join(workers, analyzer, "third", owner=3)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    workers.finish("first")
    assert [heard.answer for heard in await asyncio.gather(first, third)] == [ANSWER] * 2


async def test_an_abort_ends_those_who_follow_too(workers: HeldWorkers) -> None:
    analyzer = new_analyzer(workers, at_once=2)
    tasks = [await lead(workers, analyzer), await join(workers, analyzer, "second")]
    analyzer.abort()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [ShuttingDown] * 2
