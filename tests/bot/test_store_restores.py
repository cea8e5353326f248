"""A backup that is restored under a running bot counts without a restart."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.backup.restoring import ready_to_restore
from bot.store.backup.saving import back_up
from bot.store.channels import ListeningMode
from bot.store.database import Store, open_store
from bot.store.restores import MOST_RESTORES, mark_after, noticing_restores
from tests.bot.nights import Nights
from tests.bot.stores import ANSWER, MODEL, ONE, address, rows, statements

GUILD = 2**62


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "bot.sqlite3"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[Store]:
    async with open_store(address(file)) as store:
        yield store


def restore(backup: Path, database: Path) -> None:
    with ready_to_restore(backup, database) as ready:
        ready.put_in_place()


async def test_what_was_restored_counts_without_a_restart(store: Store, file: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.sqlite3"
    await store.channels.set(1, GUILD, ListeningMode.REPLY, links=True)
    await store.analyses.remember(ONE, MODEL, ANSWER)
    await asyncio.to_thread(back_up, file, backup)
    nights = Nights()
    async with noticing_restores(store.restores, sleep=nights.sleep):
        await nights.fall()
        # The second is no other than the first to whoever looks at the backup only.
        for _ in range(2):
            await store.channels.set(1, GUILD, ListeningMode.THREAD, links=False)
            await store.channels.set(2, GUILD, ListeningMode.REACTION, links=False)
            await store.analyses.sweep(timedelta(days=90), 0)
            await asyncio.to_thread(restore, backup, file)
            # The database is asked anew each time.
            assert await store.analyses.recall(ONE, MODEL) == ANSWER
            await nights.pass_by()
            assert store.channels.mode(1).mode is ListeningMode.REPLY
            assert store.channels.mode(2) is None
            assert [setting.channel for setting in store.channels.of_guild(GUILD)] == [1]
        await store.channels.set(3, GUILD, ListeningMode.REPLY, links=True)
    assert nights.asked == [60.0] * 3
    assert rows(file, "SELECT channel FROM channel_settings ORDER BY channel") == [(1,), (3,)]


async def test_nothing_is_read_anew_where_nothing_was_restored(store: Store) -> None:
    await store.channels.set(1, GUILD, ListeningMode.REPLY, links=True)
    with statements() as asked:
        assert not await store.restores.notice()
    assert asked == ["PRAGMA user_version"]


async def test_a_database_in_which_something_was_restored_is_opened_as_any_other(store: Store, file: Path) -> None:
    rows(file, "PRAGMA user_version = 7")
    async with open_store(address(file)) as restarted:
        assert not await restarted.restores.notice()
    assert await store.restores.notice()


async def test_a_look_that_fails_is_logged_and_made_up_for(
    store: Store, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows(file, "INSERT INTO channel_settings VALUES (1, ?, 'reply', 1)", GUILD)
    rows(file, "PRAGMA user_version = 7")
    rows(file, "ALTER TABLE channel_settings RENAME TO elsewhere")
    nights = Nights()
    async with noticing_restores(store.restores, sleep=nights.sleep):
        await nights.fall()
        (record,) = caplog.records
        assert (record.levelno, record.message) == (logging.ERROR, "it could not be seen whether a backup was restored")
        assert "no such table" in caplog.text
        assert store.channels.mode(1) is None
        rows(file, "ALTER TABLE elsewhere RENAME TO channel_settings")
        await nights.pass_by()
        assert store.channels.mode(1).mode is ListeningMode.REPLY


@pytest.mark.parametrize("mark", [0, 1, MOST_RESTORES - 1, MOST_RESTORES, -5])
def test_every_restore_leaves_another_mark_that_sqlite_can_keep(mark: int) -> None:
    after = mark_after(mark)
    assert after != mark
    assert 1 <= after <= MOST_RESTORES
