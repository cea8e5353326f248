"""What is shown, how often, and that nothing comes after the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.progress import progress_text
from bot.progress import EDIT_EVERY_SECONDS, FIRST_AFTER_SECONDS, Fetching, MessageGone, Progress, State, Waiting
from classifier.stage import Stage


class Clock:
    """Time that passes only when a test lets it."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    async def sleep(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, future))
        await future

    async def pass_by(self, seconds: float) -> None:
        end = self.now + seconds
        while True:
            await settle()
            self._sleepers = [sleeper for sleeper in self._sleepers if not sleeper[1].done()]
            due = min((sleeper for sleeper in self._sleepers if sleeper[0] <= end), key=lambda s: s[0], default=None)
            if due is None:
                break
            self.now = due[0]
            due[1].set_result(None)
        self.now = end


async def settle() -> None:
    """Let everything run that can run without time passing."""
    for _ in range(10):
        await asyncio.sleep(0)


class Screen:
    """Remembers what was shown and when; shows at once unless the test holds it up."""

    def __init__(self, clock: Clock) -> None:
        self.shown: list[tuple[float, str]] = []
        self.error: Exception | None = None
        self.free = asyncio.Event()
        self.free.set()
        self._clock = clock

    async def show(self, text: str) -> None:
        await self.free.wait()
        if self.error is not None:
            raise self.error
        self.shown.append((self._clock.now, text))

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.shown]


def new(on_gone: Callable[[], None] = lambda: None) -> tuple[Clock, Screen, Progress]:
    clock = Clock()
    screen = Screen(clock)
    return clock, screen, Progress(screen, on_gone=on_gone, sleep=clock.sleep)


async def test_the_first_text_is_there_within_a_second_and_the_last_of_many_wins() -> None:
    clock, screen, progress = new()
    progress.show("one")
    progress.show("two")
    await clock.pass_by(1.0)
    assert screen.shown == [(FIRST_AFTER_SECONDS, "two")]
    for text in ("three", "four", "five"):
        progress.show(text)
    await clock.pass_by(10.0)
    assert screen.shown[1:] == [(FIRST_AFTER_SECONDS + EDIT_EVERY_SECONDS, "five")]


async def test_what_is_answered_at_once_shows_no_progress() -> None:
    clock, screen, progress = new()
    progress.show("one")
    await clock.pass_by(FIRST_AFTER_SECONDS / 2)
    await progress.stop()
    progress.show("two")
    await clock.pass_by(10.0)
    assert screen.shown == []


async def test_a_text_that_stands_there_already_is_not_shown_again() -> None:
    clock, screen, progress = new()
    for text in ("one", "one", "two", "one"):
        progress.show(text)
    await clock.pass_by(10.0)
    progress.show("one")
    await clock.pass_by(10.0)
    assert screen.texts == ["one"]


async def test_after_a_pause_a_text_is_shown_at_once() -> None:
    clock, screen, progress = new()
    progress.show("one")
    await clock.pass_by(60.0)
    progress.show("two")
    await settle()
    assert screen.shown[-1] == (60.0, "two")


@given(st.lists(st.floats(min_value=0.0, max_value=5.0), min_size=1, max_size=30))
def test_edits_keep_their_distance_and_the_last_text_is_shown_in_the_end(pauses: list[float]) -> None:
    async def run() -> None:
        clock, screen, progress = new()
        for number, pause in enumerate(pauses):
            progress.show(f"text {number}")
            await clock.pass_by(pause)
        await clock.pass_by(EDIT_EVERY_SECONDS + FIRST_AFTER_SECONDS)
        times = [time for time, _ in screen.shown]
        assert all(later - time >= EDIT_EVERY_SECONDS - 1e-9 for time, later in pairwise(times))
        assert screen.texts[-1] == f"text {len(pauses) - 1}"
        await progress.stop()

    asyncio.run(run())


async def test_an_edit_on_its_way_arrives_before_the_answer_and_none_after_it() -> None:
    clock, screen, progress = new()
    screen.free.clear()
    progress.show("one")
    await clock.pass_by(1.0)
    progress.show("two")
    stopping = asyncio.create_task(progress.stop())
    await settle()
    assert not stopping.done()
    screen.free.set()
    await stopping
    screen.shown.append((clock.now, "the answer"))
    progress.show("three")
    await clock.pass_by(60.0)
    assert screen.texts == ["one", "the answer"]


async def test_an_edit_that_never_ends_does_not_hold_up_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.progress.LAST_EDIT_SECONDS", 0.01)
    clock, screen, progress = new()
    screen.free.clear()
    progress.show("one")
    await clock.pass_by(1.0)
    async with asyncio.timeout(30):
        await progress.stop()
    screen.free.set()
    await settle()
    assert screen.shown == []


async def test_a_deleted_message_is_told_once_and_nothing_more_is_shown() -> None:
    gone: list[str] = []
    clock, screen, progress = new(lambda: gone.append("gone"))
    screen.error = MessageGone()
    progress.show("one")
    await clock.pass_by(1.0)
    screen.error = None
    progress.show("two")
    await clock.pass_by(60.0)
    await progress.stop()
    assert gone == ["gone"]
    assert screen.shown == []


async def test_a_surface_with_a_fault_is_logged_and_does_not_harm_the_request(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock, screen, progress = new()
    screen.error = ValueError("a bug")
    progress.show("one")
    await clock.pass_by(1.0)
    await progress.stop()
    assert "a bug" in caplog.text


# Words


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (Fetching(), "Fetching the clip…"),
        (Waiting(1, None), "You are next."),
        (Waiting(1, 0.4), "You are next, in about 5 s."),
        (Waiting(3, 21.0), "You are number 3 in the queue, in about 25 s."),
        (Waiting(12, 61.0), "You are number 12 in the queue, in about 2 min."),
        (Stage.DECODING, "Decoding the audio…"),
        (Stage.LISTENING, "Listening…"),
        (Stage.VOTING, "Voting…"),
    ],
)
def test_each_state_is_one_short_line(state: State, text: str) -> None:
    assert progress_text(state) == text
