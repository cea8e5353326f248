"""What only a server has: it can be away, come back, keep silent, and refuse to let somebody in."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote

import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.doctor.database import check_database
from bot.errors import StoreFailed, StoreUnavailable
from bot.store import postgresql as driver
from bot.store.database import open_store
from bot.store.votes import GenreVotes
from tests.bot.doctors import assert_ok, assert_problem
from tests.bot.stores import ONE, rows_of
from tests.postgresql import GUARDED, PASSWORD, PostgresqlServer

HERE = 2**62


@pytest.fixture
def url(postgresql: PostgresqlServer, migrated_postgresql: str) -> Iterator[str]:
    with postgresql.copied(migrated_postgresql) as name:
        yield postgresql.address(name)


def guarded(url: str, *, password: str = PASSWORD) -> str:
    """Return the address for the user who needs a password."""
    return url.replace("genrebot@", f"{GUARDED}:{quote(password, safe='')}@")


async def assert_unavailable(url: str, *, says: str, advises: str) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        async with open_store(url):
            pytest.fail("it was opened")
    assert says in caught.value.detail
    assert advises in caught.value.what_to_do
    for told in (str(caught.value), repr(caught.value)):
        assert PASSWORD not in told
        assert quote(PASSWORD, safe="") not in told


async def test_a_server_that_was_restarted_meanwhile_is_not_noticed(url: str, postgresql: PostgresqlServer) -> None:
    async with open_store(url) as store:
        # More than one connection, each of which is cut.
        await asyncio.gather(*(store.votes.cast(ONE, HERE, member, "jazz") for member in range(5)))
        postgresql.stop()
        postgresql.start()
        await asyncio.gather(*(store.votes.cast(ONE, HERE, member, "jazz") for member in range(5, 10)))
        assert await store.votes.tally(ONE, HERE) == (GenreVotes("jazz", 10),)


async def test_a_server_that_is_away_is_told_in_a_sentence_until_it_is_back(
    url: str, postgresql: PostgresqlServer
) -> None:
    async with open_store(url) as store:
        await store.votes.cast(ONE, HERE, 1, "jazz")
        postgresql.stop()
        try:
            with pytest.raises(StoreFailed, match="I cannot reach my memory right now"):
                await store.votes.cast(ONE, HERE, 2, "jazz")
            with pytest.raises(StoreFailed):
                await store.votes.tally(ONE, HERE)
            await assert_unavailable(url, says=f"127.0.0.1:{postgresql.port} cannot be reached", advises="Start the")
        finally:
            postgresql.start()
        await store.votes.cast(ONE, HERE, 2, "jazz")
        assert await store.votes.tally(ONE, HERE) == (GenreVotes("jazz", 2),)


async def test_a_server_that_falls_silent_holds_nobody_up_for_ever(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "STATEMENT_TIMEOUT_S", 0.3)
    monkeypatch.setattr(driver, "SILENCE_S", 0.2)
    async with open_store(url) as store:
        await store.votes.cast(ONE, HERE, 1, "jazz")
        ((backend,),) = rows_of(
            url,
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'genre-bot' AND datname = current_database()",
        )
        os.kill(backend, signal.SIGSTOP)
        try:
            async with asyncio.timeout(10):
                with pytest.raises(StoreFailed):
                    await store.votes.cast(ONE, HERE, 2, "jazz")
                await store.votes.cast(ONE, HERE, 2, "jazz")
        finally:
            os.kill(backend, signal.SIGCONT)
        assert await store.votes.tally(ONE, HERE) == (GenreVotes("jazz", 2),)


async def test_what_takes_too_long_is_ended_by_the_server(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "LOCK_TIMEOUT_S", 0.1)
    async with open_store(url) as store:
        await store.votes.cast(ONE, HERE, 1, "jazz")
        async with create_async_engine(url, poolclass=NullPool).begin() as other:
            await other.exec_driver_sql("LOCK TABLE votes")
            with pytest.raises(StoreFailed) as caught:
                await store.votes.cast(ONE, HERE, 2, "jazz")
            assert "lock timeout" in str(caught.value.__cause__)
        await store.votes.cast(ONE, HERE, 2, "jazz")


async def test_a_migration_of_somebody_else_is_waited_for_but_not_for_ever(
    url: str, postgresql: PostgresqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with create_async_engine(url, poolclass=NullPool).begin() as other:
        await other.run_sync(driver.wait_for_other_migrations)
        monkeypatch.setattr(driver, "MIGRATION_LOCK_TIMEOUT_S", 0.1)
        await assert_unavailable(url, says="another process has been changing the tables", advises="Wait until")
        monkeypatch.undo()
        waiting = asyncio.create_task(open_store(url).__aenter__())
        await asyncio.sleep(0.2)
        assert not waiting.done()
        waiting.cancel()
        await asyncio.wait({waiting})


async def test_a_server_that_takes_connections_and_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "CONNECT_TIMEOUT_S", 0.2)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        port = silent.getsockname()[1]
        url = f"postgresql+asyncpg://{GUARDED}:{quote(PASSWORD, safe='')}@127.0.0.1:{port}/genres?ssl=disable"
        await assert_unavailable(url, says=f"127.0.0.1:{port} does not answer in time", advises="Start the server")


async def test_a_host_that_is_not_there_is_named() -> None:
    url = "postgresql+asyncpg://user@no-such-host.invalid/genres"
    await assert_unavailable(url, says="no-such-host.invalid:5432 cannot be reached", advises="DATABASE_URL")


async def test_who_is_not_let_in_is_told_so_without_the_password(url: str) -> None:
    says = f"the server refuses the user {GUARDED} or the password"
    await assert_unavailable(guarded(url, password="another"), says=says, advises="Correct the user and the password")
    await assert_unavailable(url.replace("genrebot@", "nobody-here@"), says="nobody-here", advises="Correct the user")


async def test_a_database_that_is_not_there_is_told_with_what_would_make_it(
    url: str, postgresql: PostgresqlServer
) -> None:
    missing = postgresql.address("elsewhere")
    advises = "CREATE DATABASE elsewhere OWNER genrebot"
    await assert_unavailable(missing, says="the server has no database elsewhere", advises=advises)


async def test_who_may_not_make_tables_is_told_how_to_be_allowed(postgresql: PostgresqlServer) -> None:
    with postgresql.new() as name:
        url = guarded(postgresql.address(name))
        await assert_unavailable(url, says="may not change its tables", advises=f"DATABASE {name} OWNER TO {GUARDED}")
        postgresql.execute(f"ALTER DATABASE {name} OWNER TO {GUARDED}")
        async with open_store(url) as store:
            await store.votes.cast(ONE, HERE, 1, "jazz")


async def test_encryption_that_the_server_does_not_have_is_told(url: str) -> None:
    await assert_unavailable(f"{url}?ssl=require", says="rejected SSL upgrade", advises="DATABASE_URL")
    await assert_unavailable(f"{url}?ssl=verify-full", says="root", advises="DATABASE_URL")


def test_the_doctor_names_the_version_and_tells_no_password(url: str, postgresql: PostgresqlServer) -> None:
    postgresql.execute(f"ALTER ROLE {GUARDED} SUPERUSER")
    try:
        finding = check_database(guarded(url))
    finally:
        postgresql.execute(f"ALTER ROLE {GUARDED} NOSUPERUSER")
    assert_ok(finding, says="its tables are up to date; PostgreSQL 1")
    refused = check_database(guarded(url, password="another-password"))
    assert_problem(refused, says="refuses the user", advises="Correct the user and the password")
    assert "another-password" not in str(refused)
    assert PASSWORD not in str(finding)
