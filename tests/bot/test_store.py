"""The database: a real SQLite file, real migrations."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, inspect

from bot.errors import StoreFailed, StoreUnavailable
from bot.store.database import MIGRATIONS, migrate, open_store
from bot.store.models import Base

ONE, OTHER = (hashlib.sha256(word).hexdigest() for word in (b"one", b"other"))
REVISIONS = [script.revision for script in reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions()))]
HEAD = REVISIONS[-1]


def address(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.sqlite3"


async def test_nothing_is_remembered_of_an_application_that_never_synced(file: Path) -> None:
    async with open_store(address(file)) as store:
        assert await store.commands.synced_digest(1) is None


async def test_a_digest_outlives_a_restart(file: Path) -> None:
    async with open_store(address(file)) as store:
        await store.commands.remember_sync(1, ONE)
        assert await store.commands.synced_digest(1) == ONE
    async with open_store(address(file)) as store:
        assert await store.commands.synced_digest(1) == ONE


async def test_the_last_digest_counts(file: Path) -> None:
    async with open_store(address(file)) as store:
        for digest in (ONE, OTHER, ONE, ONE):
            await store.commands.remember_sync(1, digest)
            assert await store.commands.synced_digest(1) == digest


async def test_two_applications_are_told_apart(file: Path) -> None:
    # Discord's ids have up to 64 bits.
    first, second = 2**62, 2**62 + 1
    async with open_store(address(file)) as store:
        await store.commands.remember_sync(first, ONE)
        assert await store.commands.synced_digest(second) is None
        await store.commands.remember_sync(second, OTHER)
        assert await store.commands.synced_digest(first) == ONE
        assert await store.commands.synced_digest(second) == OTHER


async def test_many_at_once_neither_fail_nor_mix(file: Path) -> None:
    digests = {number: hashlib.sha256(bytes([number])).hexdigest() for number in range(50)}
    async with open_store(address(file)) as store:
        await asyncio.gather(*(store.commands.remember_sync(number, digest) for number, digest in digests.items()))
        found = await asyncio.gather(*(store.commands.synced_digest(number) for number in digests))
    assert found == list(digests.values())


@settings(max_examples=20, deadline=None)
@given(digest=st.text(max_size=70).filter(lambda text: len(text) != 64 and "\0" not in text))
def test_what_cannot_be_a_digest_is_refused_by_the_database(
    tmp_path_factory: pytest.TempPathFactory, digest: str
) -> None:
    async def remember() -> None:
        async with open_store(address(tmp_path_factory.getbasetemp() / "refusing.sqlite3")) as store:
            try:
                with pytest.raises(StoreFailed):
                    await store.commands.remember_sync(1, digest)
            finally:
                assert await store.commands.synced_digest(1) is None

    asyncio.run(remember())


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


# Migrations


async def test_a_new_database_gets_the_newest_tables(file: Path) -> None:
    async with open_store(address(file)):
        pass
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/empty.sqlite3")
    try:
        with engine.begin() as connection:
            migrate(connection)
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": True}
            )
            assert compare_metadata(context, Base.metadata) == []
            assert tables(connection) == set(Base.metadata.tables)
    finally:
        engine.dispose()


def test_migrations_form_one_line_from_an_empty_database() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_bases() == [REVISIONS[0]]
    assert script.get_heads() == [HEAD]


def test_every_revision_is_reached_one_by_one_and_taken_back(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/steps.sqlite3")
    try:
        for revision in REVISIONS:
            with engine.begin() as connection:
                migrate(connection, revision)
                assert MigrationContext.configure(connection).get_current_revision() == revision
        with engine.begin() as connection:
            assert tables(connection) == set(Base.metadata.tables)
            migrate(connection, "base")
        with engine.begin() as connection:
            assert tables(connection) == set()
            assert MigrationContext.configure(connection).get_current_revision() is None
            migrate(connection)
            assert tables(connection) == set(Base.metadata.tables)
    finally:
        engine.dispose()


async def test_an_upgrade_keeps_what_was_remembered(file: Path) -> None:
    file.parent.mkdir()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        migrate(connection, REVISIONS[0])
        connection.exec_driver_sql(
            "INSERT INTO command_sync (application_id, digest, synced_at) VALUES (?, ?, ?)",
            (7, ONE, "2026-01-01 00:00:00.000000"),
        )
    engine.dispose()
    async with open_store(address(file)) as store:
        assert await store.commands.synced_digest(7) == ONE
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_a_migration_that_is_not_committed_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/failing.sqlite3")
    try:
        with engine.begin() as connection:
            migrate(connection)
        with engine.connect() as connection:
            migrate(connection, "base")
            assert tables(connection) == set()
            connection.rollback()
        with engine.begin() as connection:
            assert tables(connection) == set(Base.metadata.tables)
            assert MigrationContext.configure(connection).get_current_revision() == HEAD
    finally:
        engine.dispose()


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


async def test_a_database_of_a_newer_bot_is_refused_and_kept(file: Path) -> None:
    async with open_store(address(file)) as store:
        await store.commands.remember_sync(1, ONE)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of-the-future'")
    await assert_unavailable(address(file), shows="of-the-future")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT digest FROM command_sync").fetchall() == [(ONE,)]
