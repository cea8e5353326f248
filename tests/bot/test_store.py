"""The database: real ones of both kinds, real migrations."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, MetaData, String, event, inspect, select, type_coerce
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StoreFailed, StoreUnavailable
from bot.store.database import MIGRATIONS, migrate, open_store
from bot.store.models import Base
from tests.bot.stores import MODEL, NEW_YEAR, ONE, OTHER, opened, rows_of

REVISIONS = [script.revision for script in reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions()))]
HEAD = REVISIONS[-1]


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    """Connect to a database whose foreign keys count, as the bot's do; what is not committed is lost."""
    engine = create_async_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(
            engine.sync_engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys = ON").close()
        )
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()


async def on(url: str, work: Callable[[Connection], None]) -> None:
    """Do something in a transaction, and commit it."""
    async with connected(url) as connection:
        await connection.run_sync(work)
        await connection.commit()


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


async def test_nothing_is_remembered_of_an_application_that_never_synced(database_url: str) -> None:
    async with open_store(database_url) as store:
        assert await store.commands.synced_digest(1) is None


async def test_a_digest_outlives_a_restart(database_url: str) -> None:
    async with open_store(database_url) as store:
        await store.commands.remember_sync(1, ONE)
        assert await store.commands.synced_digest(1) == ONE
    async with open_store(database_url) as store:
        assert await store.commands.synced_digest(1) == ONE


async def test_the_last_digest_counts(database_url: str) -> None:
    async with open_store(database_url) as store:
        for digest in (ONE, OTHER, ONE, ONE):
            await store.commands.remember_sync(1, digest)
            assert await store.commands.synced_digest(1) == digest


async def test_two_applications_are_told_apart(database_url: str) -> None:
    # Discord's ids have up to 64 bits.
    first, second = 2**62, 2**62 + 1
    async with open_store(database_url) as store:
        await store.commands.remember_sync(first, ONE)
        assert await store.commands.synced_digest(second) is None
        await store.commands.remember_sync(second, OTHER)
        assert await store.commands.synced_digest(first) == ONE
        assert await store.commands.synced_digest(second) == OTHER


async def test_many_at_once_neither_fail_nor_mix(database_url: str) -> None:
    digests = {number: hashlib.sha256(bytes([number])).hexdigest() for number in range(50)}
    async with open_store(database_url) as store:
        await asyncio.gather(*(store.commands.remember_sync(number, digest) for number, digest in digests.items()))
        found = await asyncio.gather(*(store.commands.synced_digest(number) for number in digests))
    assert found == list(digests.values())


def test_what_cannot_be_a_digest_is_refused_by_the_database(database_url: str) -> None:
    with opened(database_url) as (store, run):

        @settings(max_examples=20, deadline=None)
        @given(digest=st.text(max_size=70).filter(lambda text: len(text) != 64))
        def refused(digest: str) -> None:
            with pytest.raises(StoreFailed):
                run(store.commands.remember_sync(1, digest))
            assert run(store.commands.synced_digest(1)) is None

        refused()


# Migrations


async def test_a_new_database_gets_the_newest_tables(empty_database_url: str) -> None:
    async with open_store(empty_database_url):
        pass
    assert rows_of(empty_database_url, "SELECT version_num FROM alembic_version") == [(HEAD,)]


async def test_bots_that_start_at_once_on_a_new_database_do_not_get_into_each_others_way(
    empty_database_url: str,
) -> None:
    async def start(number: int) -> None:
        async with open_store(empty_database_url) as store:
            await store.votes.cast(ONE, 1, number, "jazz")

    await asyncio.gather(*(start(number) for number in range(5)))
    assert rows_of(empty_database_url, "SELECT count(*) FROM votes") == [(5,)]


async def test_models_and_migrations_agree(empty_database_url: str) -> None:
    def compare(connection: Connection) -> None:
        migrate(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        assert tables(connection) == set(Base.metadata.tables)

    await on(empty_database_url, compare)


def test_migrations_form_one_line_from_an_empty_database() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert script.get_bases() == [REVISIONS[0]]
    assert script.get_heads() == [HEAD]


async def test_every_revision_is_reached_one_by_one_and_taken_back(empty_database_url: str) -> None:
    def step(connection: Connection) -> None:
        for revision in REVISIONS:
            migrate(connection, revision)
            assert MigrationContext.configure(connection).get_current_revision() == revision
            connection.commit()
        assert tables(connection) == set(Base.metadata.tables)
        connection.commit()
        migrate(connection, "base")
        connection.commit()
        assert tables(connection) == set()
        assert MigrationContext.configure(connection).get_current_revision() is None
        connection.commit()
        migrate(connection)
        assert tables(connection) == set(Base.metadata.tables)

    await on(empty_database_url, step)


async def test_an_upgrade_keeps_what_was_remembered(empty_database_url: str) -> None:
    def begin(connection: Connection) -> None:
        migrate(connection, REVISIONS[0])
        insert(connection, "command_sync")

    await on(empty_database_url, begin)
    async with open_store(empty_database_url) as store:
        assert await store.commands.synced_digest(7) == ONE
    assert rows_of(empty_database_url, "SELECT version_num FROM alembic_version") == [(HEAD,)]


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


def contents(connection: Connection) -> dict[str, list[dict[str, object]]]:
    """Return all rows of all tables as the database has them now."""
    found = MetaData()
    found.reflect(connection, only=tables(connection))
    return {
        name: [dict(row) for row in connection.execute(select(table)).mappings()]
        for name, table in found.tables.items()
    }


def fill(connection: Connection) -> None:
    """Add the example of each table that is empty, with the columns that it has at this revision."""
    found = MetaData()
    found.reflect(connection, only=tables(connection))
    there = contents(connection)
    for name in (name for name in EXAMPLES if there.get(name) == []):
        columns = found.tables[name].columns.keys()
        values = {column: value for column, value in EXAMPLES[name].items() if column in columns}
        connection.execute(found.tables[name].insert().values(values))


@pytest.mark.parametrize("revision", REVISIONS)
async def test_rows_of_any_revision_survive_the_way_to_the_newest_and_back(
    empty_database_url: str, revision: str
) -> None:
    def there_and_back(connection: Connection) -> None:
        migrate(connection, revision)
        fill(connection)
        before = contents(connection)
        assert all(before.values())
        connection.commit()
        migrate(connection)
        after = contents(connection)
        for name in before.keys() & after.keys():
            kept = before[name][0].keys() & after[name][0].keys()
            assert [{column: row[column] for column in kept} for row in after[name]] == [
                {column: row[column] for column in kept} for row in before[name]
            ]
        fill(connection)
        assert set(EXAMPLES) == tables(connection)
        connection.commit()
        for _ in REVISIONS[REVISIONS.index(revision) + 1 :]:
            migrate(connection, "-1")
            connection.commit()
        assert contents(connection) == before
        connection.commit()
        migrate(connection, "base")
        assert tables(connection) == set()

    await on(empty_database_url, there_and_back)


async def test_models_and_migrations_agree_on_the_constraints(empty_database_url: str) -> None:
    def constraints(connection: Connection) -> dict[str, list[tuple[str | None, str]]]:
        found = inspect(connection)
        return {
            table: sorted((check["name"], check["sqltext"]) for check in found.get_check_constraints(table))
            for table in tables(connection)
        }

    def compare(connection: Connection) -> None:
        migrate(connection)
        migrated = constraints(connection)
        connection.commit()
        migrate(connection, "base")
        connection.commit()
        Base.metadata.create_all(connection)
        assert constraints(connection) == migrated

    await on(empty_database_url, compare)


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
        ("votes", {"genre": type_coerce("", String)}),
        ("votes", {"genre": type_coerce("x" * 101, String)}),
        ("votes", {"member": None}),
        ("votes", {}),
        ("channel_settings", {"mode": "off"}),
        ("channel_settings", {"guild": None}),
        ("channel_settings", {}),
    ],
)
async def test_a_row_that_cannot_be_is_refused_by_the_database(
    database_url: str, table: str, wrong: dict[str, object]
) -> None:
    other = {
        "analyses": {"digest": OTHER},
        "answers": {"source": 6},
        "votes": {"member": 2},
        "channel_settings": {"channel": 4},
    }

    def insert_all(connection: Connection) -> None:
        for name in EXAMPLES:
            insert(connection, name)
        insert(connection, table, **other[table])
        # Nothing but what is wrong tells the row from the ones that were taken.
        with pytest.raises(DBAPIError):
            insert(connection, table, **wrong)

    async with connected(database_url) as connection:
        await connection.run_sync(insert_all)


async def test_a_moment_without_a_time_zone_is_refused(database_url: str) -> None:
    async with connected(database_url) as connection:
        with pytest.raises(StatementError, match="has no time zone"):
            await connection.run_sync(insert, "votes", voted_at=NEW_YEAR.replace(tzinfo=None))


async def test_a_migration_that_is_not_committed_leaves_the_tables_as_they_were(database_url: str) -> None:
    async with connected(database_url) as connection:
        await connection.run_sync(migrate, "base")
        assert await connection.run_sync(tables) == set()
        await connection.rollback()
        assert await connection.run_sync(tables) == set(Base.metadata.tables)
    assert rows_of(database_url, "SELECT version_num FROM alembic_version") == [(HEAD,)]


async def test_a_database_of_a_newer_bot_is_refused_and_kept(database_url: str) -> None:
    async with open_store(database_url) as store:
        await store.commands.remember_sync(1, ONE)
    rows_of(database_url, "UPDATE alembic_version SET version_num = 'of-the-future'")
    with pytest.raises(StoreUnavailable, match="used by a newer version of the bot") as caught:
        async with open_store(database_url):
            pytest.fail("it was opened")
    assert "of-the-future" in str(caught.value)
    assert rows_of(database_url, "SELECT digest FROM command_sync") == [(ONE,)]
