"""What only a file has: its journal, its one writer at a time, and whatever else may lie in its place."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreFailed, StoreUnavailable
from bot.store import sqlite
from bot.store.database import open_store
from bot.store.sweeping import sweeping
from bot.store.votes import GenreVotes
from tests.bot.stores import ANSWER, MODEL, ONE, OTHER, address, rows

HERE = 2**62
KEEP = timedelta(days=90)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.sqlite3"


async def test_readers_do_not_wait_for_writers_and_nothing_stays_beside_the_file(file: Path) -> None:
    async with open_store(address(file)) as store:
        await store.commands.remember_sync(1, ONE)
        with closing(sqlite3.connect(file)) as other:
            assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            other.execute("BEGIN IMMEDIATE")
            other.execute("UPDATE command_sync SET digest = ?", (OTHER,))
            assert await store.commands.synced_digest(1) == ONE
            other.rollback()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


async def test_a_writer_waits_for_another_one(file: Path) -> None:
    async with open_store(address(file)) as store:
        with closing(sqlite3.connect(file)) as other:
            other.execute("BEGIN IMMEDIATE")
            writing = asyncio.create_task(store.commands.remember_sync(1, ONE))
            # It has begun to wait for the lock; had it not, it would fail and not wait.
            await asyncio.sleep(0.2)
            assert not writing.done()
            other.rollback()
            await writing
        assert await store.commands.synced_digest(1) == ONE


async def test_writers_of_one_bot_wait_for_their_turn_and_not_for_a_timeout(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 0)
    async with open_store(address(file)) as store:
        await asyncio.gather(*(store.votes.cast(ONE, HERE, member, "jazz") for member in range(100)))
        assert await store.votes.tally(ONE, HERE) == (GenreVotes("jazz", 100),)


async def test_a_database_that_stays_busy_is_told_in_a_sentence(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 1)
    async with open_store(address(file)) as store:
        await store.votes.cast(ONE, HERE, 1, "jazz")
        with closing(sqlite3.connect(file)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreFailed) as caught:
                await store.votes.cast(ONE, HERE, 2, "jazz")
            assert "locked" in str(caught.value.__cause__)
            # Whoever only asks is not held up.
            assert await store.votes.tally(ONE, HERE) == (GenreVotes("jazz", 1),)
            other.rollback()
        await store.votes.cast(ONE, HERE, 2, "jazz")
        assert await store.votes.tally(ONE, HERE) == (GenreVotes("jazz", 2),)
    assert rows(file, "SELECT count(*) FROM votes") == [(2,)]


async def test_it_ends_in_the_middle_of_a_sweep_and_the_database_goes_on(
    file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # SQLite itself cannot be interrupted while it waits.
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 500)
    async with open_store(address(file)) as store:
        with closing(sqlite3.connect(file)) as other:
            other.execute("BEGIN IMMEDIATE")
            async with sweeping(store, keep=KEEP, at_most=1, undo=KEEP, leave_grace=KEEP):
                # It has begun to wait for the lock.
                await asyncio.sleep(0.2)
            other.rollback()
        assert caplog.records == []
        await store.analyses.remember(ONE, MODEL, ANSWER)
        assert await store.analyses.recall(ONE, MODEL) == ANSWER


# What cannot be used


async def assert_unavailable(url: str, *, shows: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        async with open_store(url):
            pytest.fail("it was opened")
    assert shows in str(caught.value)
    assert "Check DATABASE_URL" in str(caught.value)


async def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    await assert_unavailable(address(tmp_path / "file" / "bot.sqlite3"), shows=str(tmp_path / "file"))


async def test_a_file_that_is_a_folder_is_named(tmp_path: Path) -> None:
    await assert_unavailable(address(tmp_path), shows="unable to open database file")


async def test_a_file_that_is_no_database_is_named_and_kept(tmp_path: Path) -> None:
    content = b"this is somebody's diary, not a database" * 100
    (tmp_path / "diary").write_bytes(content)
    await assert_unavailable(address(tmp_path / "diary"), shows="not a database")
    assert (tmp_path / "diary").read_bytes() == content
