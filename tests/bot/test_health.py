"""The sign of life of a running bot, as a supervisor reads it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BadSettings
from bot.health import STALE_SECONDS, heartbeat, is_healthy

EVERY = 0.01


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(EVERY)


async def test_a_connected_bot_gives_signs_of_life_until_it_ends(tmp_path: Path) -> None:
    file = tmp_path / "alive"
    async with heartbeat(file, alive=lambda: True, every=EVERY):
        await until(file.exists)
        assert is_healthy(file)
    assert not file.exists()
    assert not is_healthy(file)


async def test_signs_of_life_follow_the_connection(tmp_path: Path) -> None:
    file = tmp_path / "alive"
    connected = False
    async with heartbeat(file, alive=lambda: connected, every=EVERY):
        await until(lambda: not file.exists())
        connected = True
        await until(file.exists)
        connected = False
        await until(lambda: not file.exists())
        connected = True
        await until(file.exists)


async def test_a_sign_of_life_is_renewed(tmp_path: Path) -> None:
    file = tmp_path / "alive"
    async with heartbeat(file, alive=lambda: True, every=EVERY):
        await until(file.exists)
        os.utime(file, (0, 0))
        await until(lambda: is_healthy(file))


async def test_a_sign_of_life_of_an_earlier_process_does_not_count(tmp_path: Path) -> None:
    file = tmp_path / "alive"
    file.touch()
    async with heartbeat(file, alive=lambda: False, every=EVERY):
        assert not is_healthy(file)


async def test_a_file_that_somebody_removes_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "alive"
    async with heartbeat(file, alive=lambda: True, every=EVERY):
        await until(file.exists)
        file.unlink()
        await until(file.exists)


async def test_signs_of_life_go_on_after_one_that_failed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    file = folder / "alive"
    async with heartbeat(file, alive=lambda: True, every=EVERY):
        await until(file.exists)
        moved = folder.rename(tmp_path / "moved")
        await until(lambda: "no sign of life could be given" in caplog.text)
        moved.rename(folder)
        os.utime(file, (0, 0))
        await until(lambda: is_healthy(file))


async def test_a_place_that_cannot_be_written_is_named_at_once(tmp_path: Path) -> None:
    file = tmp_path / "no-such-folder" / "alive"
    with pytest.raises(BadSettings, match=r"GENREBOT_HEALTH_FILE is .*alive") as caught:
        async with heartbeat(file, alive=lambda: True):
            pass
    assert str(file) in str(caught.value)


async def test_no_file_is_written_where_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked: list[int] = []
    async with heartbeat(None, alive=lambda: bool(asked.append(1)), every=EVERY):
        await asyncio.sleep(EVERY)
    assert asked == []
    assert list(tmp_path.iterdir()) == []


async def test_the_error_of_the_bot_passes_and_the_file_is_removed(tmp_path: Path) -> None:
    file = tmp_path / "alive"

    async def fail() -> None:
        async with heartbeat(file, alive=lambda: True, every=EVERY):
            await until(file.exists)
            raise RuntimeError("of the bot")

    with pytest.raises(RuntimeError, match="of the bot"):
        await fail()
    assert not file.exists()


@given(age=st.floats(min_value=0, max_value=10 * STALE_SECONDS))
def test_a_sign_of_life_counts_for_a_minute(tmp_path_factory: pytest.TempPathFactory, age: float) -> None:
    file = tmp_path_factory.getbasetemp() / "aged"
    file.touch()
    os.utime(file, (1_000_000, 1_000_000))
    assert is_healthy(file, now=1_000_000 + age) is (age < STALE_SECONDS)
