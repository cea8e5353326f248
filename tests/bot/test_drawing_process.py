"""The drawing process is really killed here: its job fails with a sentence, and the next one has a new process."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.drawing.errors import (
    LookingFailed,
    LookingStopped,
    LookingTookTooLong,
    LookingUnderWay,
    TooManyLooking,
)
from bot.drawing.process import JOBS_AT_ONCE, DrawingProcess
from tests.bot.made_tracks import hang, hanging, process_number

ROOT = Path(__file__).resolve().parents[2]


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_one_that_is_killed_fails_its_job_alone_and_is_replaced_even_when_idle(tmp_path: Path) -> None:
    drawing = DrawingProcess()
    try:
        first = await drawing.run(process_number, member=1)
        job = asyncio.create_task(drawing.run(hang, str(tmp_path), member=1))
        await until(lambda: hanging(tmp_path))
        assert hanging(tmp_path) == first
        os.kill(first, signal.SIGKILL)
        with pytest.raises(LookingFailed, match="Please try again"):
            await job
        second = await drawing.run(process_number, member=1)
        os.kill(second, signal.SIGKILL)
        await until(lambda: not is_running(second))
        # What is handed over before anybody has noticed may end with it, and what comes then does not.
        with contextlib.suppress(LookingFailed):
            await drawing.run(process_number, member=1)
        assert await drawing.run(process_number, member=1) not in {first, second, os.getpid()}
    finally:
        await drawing.close()


async def test_a_job_that_takes_too_long_is_ended_and_the_next_is_done(tmp_path: Path) -> None:
    drawing = DrawingProcess(job_seconds=0.2)
    try:
        with pytest.raises(LookingTookTooLong, match=r"within 0\.2 s"):
            await drawing.run(hang, str(tmp_path), member=1)
        assert await drawing.run(process_number, member=1) != hanging(tmp_path)
    finally:
        await drawing.close()


async def test_each_member_has_one_job_and_few_wait_and_all_end_with_the_bot(tmp_path: Path) -> None:
    drawing = DrawingProcess()
    jobs = [asyncio.create_task(drawing.run(hang, str(tmp_path), member=member)) for member in range(JOBS_AT_ONCE)]
    await until(lambda: hanging(tmp_path))
    with pytest.raises(LookingUnderWay):
        await drawing.run(process_number, member=0)
    with pytest.raises(TooManyLooking):
        await drawing.run(process_number, member=99)
    jobs[1].cancel()
    with pytest.raises(asyncio.CancelledError):
        await jobs.pop(1)
    drawing.require_room(1)
    await drawing.close()
    assert {type(failure) for failure in await asyncio.gather(*jobs, return_exceptions=True)} == {LookingStopped}
    process = hanging(tmp_path)
    assert process is not None
    assert not is_running(process)
    with pytest.raises(LookingStopped):
        await drawing.run(process_number, member=1)


async def test_one_that_nobody_needs_is_ended_and_started_again() -> None:
    drawing = DrawingProcess(idle_seconds=0.0)
    try:
        first = await drawing.run(process_number, member=1)
        await until(lambda: not is_running(first))
        assert await drawing.run(process_number, member=1) != first
    finally:
        await drawing.close()


@pytest.mark.parametrize(
    ("modules", "unwanted"),
    [
        ("bot.client, bot.service", {"numpy", "matplotlib", "sklearn"}),
        ("bot.drawing.mapping", {"discord", "matplotlib"}),
        ("bot.drawing.mapping, bot.cards.map_picture, bot.cards.mix_picture", {"discord", "matplotlib.pyplot"}),
        ("bot.cards.map_svg, bot.cards.mix_svg", {"numpy", "matplotlib"}),
    ],
)
def test_each_process_loads_only_what_it_needs(modules: str, unwanted: set[str]) -> None:
    script = f"import sys; import {modules}; print({unwanted} & set(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert ran.stdout.strip() == "set()"
