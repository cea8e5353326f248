"""The database: a real SQLite file, real migrations."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, event, inspect
from sqlalchemy.exc import IntegrityError, StatementError

from bot.errors import StoreFailed, StoreUnavailable
from bot.store.database import MIGRATIONS, migrate, open_store
from bot.store.models import Base
from tests.bot.stores import MODEL, NEW_YEAR, ONE, OTHER, address

REVISIONS = [script.revision for script in reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions()))]
HEAD = REVISIONS[-1]


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


EXAMPLES: dict[str, dict[str, object]] = {
    "command_sync": {"application_id": 7, "digest": ONE, "synced_at": NEW_YEAR},
    "analyses": {
        "digest": ONE,
        "model_key": MODEL,
        "analysis": "{}",
        "picture": b"PNG",
        "made_at": NEW_YEAR,
        "used_at": NEW_YEAR,
    },
    "answers": {
        "digest": ONE,
        "model_key": MODEL,
        "asker": 1,
        "community": 2,
        "channel": 3,
        "message": 4,
        "source": 5,
        "position": 0,
        "posted_at": NEW_YEAR,
    },
    "votes": {"digest": ONE, "community": 2, "member": 1, "genre": "jazz", "voted_at": NEW_YEAR},
    "channel_settings": {"channel": 3, "guild": 2, "mode": "reply", "links": True},
}
"""A row for each table, parents first."""


def insert(connection: Connection, table: str, **other: object) -> None:
    """Add the example of a table to a database, with other values where the test says so."""
    connection.execute(Base.metadata.tables[table].insert().values(EXAMPLES[table] | other))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A migrated database whose foreign keys count, as the bot's do."""
    engine = create_engine(f"sqlite:///{tmp_path}/examples.sqlite3")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON"))
    with engine.connect() as connection:
        migrate(connection)
        connection.commit()
        yield connection
    engine.dispose()


def test_tables_with_rows_in_them_are_taken_back_one_step_and_all_the_way(connection: Connection) -> None:
    assert set(EXAMPLES) == set(Base.metadata.tables)
    for table in EXAMPLES:
        insert(connection, table)
    connection.commit()
    migrate(connection, "-1")
    connection.commit()
    assert tables(connection) == {"command_sync"}
    assert connection.exec_driver_sql("SELECT application_id, digest FROM command_sync").fetchall() == [(7, ONE)]
    migrate(connection)
    connection.commit()
    assert tables(connection) == set(EXAMPLES)
    for table in list(EXAMPLES)[1:]:
        insert(connection, table)
    connection.commit()
    migrate(connection, "base")
    connection.commit()
    assert tables(connection) == set()


def test_models_and_migrations_agree_on_the_constraints(connection: Connection, tmp_path: Path) -> None:
    def constraints(connection: Connection) -> dict[str, list[tuple[str | None, str]]]:
        found = inspect(connection)
        return {
            table: sorted((check["name"], check["sqltext"]) for check in found.get_check_constraints(table))
            for table in tables(connection)
        }

    engine = create_engine(f"sqlite:///{tmp_path}/models.sqlite3")
    with engine.begin() as other:
        Base.metadata.create_all(other)
        assert constraints(connection) == constraints(other)
    engine.dispose()


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("analyses", {"digest": "0"}),
        ("analyses", {"model_key": ""}),
        ("analyses", {"model_key": "x" * 201}),
        ("analyses", {"analysis": None}),
        ("analyses", {}),
        ("answers", {"digest": OTHER}),
        ("answers", {"model_key": "another"}),
        ("answers", {"source": None}),
        ("answers", {"position": None}),
        ("answers", {"position": 5}),
        ("answers", {"position": -1}),
        ("answers", {"asker": None}),
        ("answers", {}),
        ("votes", {"digest": "0"}),
        ("votes", {"genre": ""}),
        ("votes", {"genre": "x" * 101}),
        ("votes", {"member": None}),
        ("votes", {}),
        ("channel_settings", {"mode": "off"}),
        ("channel_settings", {"guild": None}),
        ("channel_settings", {}),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_the_database(
    connection: Connection, table: str, wrong: dict[str, object]
) -> None:
    for name in EXAMPLES:
        insert(connection, name)
    other = {
        "analyses": {"digest": OTHER},
        "answers": {"source": 6},
        "votes": {"member": 2},
        "channel_settings": {"channel": 4},
    }
    insert(connection, table, **other[table])
    # Nothing but what is wrong tells the row from the ones that were taken.
    with pytest.raises(IntegrityError):
        insert(connection, table, **wrong)


def test_a_moment_without_a_time_zone_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="has no time zone"):
        insert(connection, "votes", voted_at=NEW_YEAR.replace(tzinfo=None))


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
