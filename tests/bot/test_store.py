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
from sqlalchemy import CheckConstraint, Connection, MetaData, event, inspect, select
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StoreFailed, StoreUnavailable
from bot.store.database import MIGRATIONS, migrate, open_store
from bot.store.models import Base
from tests.bot.example_rows import EXAMPLES, OTHERS, SPARE_PLAYLIST, WRONG, insert, insert_all
from tests.bot.stores import NEW_YEAR, ONE, OTHER, THIRD, opened, rows_of

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

        @settings(max_examples=8, deadline=None)
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


async def test_an_upgrade_keeps_what_was_remembered(empty_database_url: str) -> None:
    def begin(connection: Connection) -> None:
        migrate(connection, REVISIONS[0])
        insert(connection, "command_sync")

    await on(empty_database_url, begin)
    async with open_store(empty_database_url) as store:
        assert await store.commands.synced_digest(7) == ONE
    assert rows_of(empty_database_url, "SELECT version_num FROM alembic_version") == [(HEAD,)]


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


async def test_every_revision_is_reached_one_by_one_and_taken_back_with_all_rows(empty_database_url: str) -> None:
    def there_and_back(connection: Connection) -> None:
        filled: list[dict[str, list[dict[str, object]]]] = []
        for revision in REVISIONS:
            migrate(connection, revision)
            assert MigrationContext.configure(connection).get_current_revision() == revision
            now = contents(connection)
            for name, rows in filled[-1].items() if filled else ():
                kept = rows[0].keys() & now[name][0].keys()
                assert [{column: row[column] for column in kept} for row in now[name]] == [
                    {column: row[column] for column in kept} for row in rows
                ]
            fill(connection)
            filled.append(contents(connection))
            assert all(filled[-1].values())
            connection.commit()
        assert set(EXAMPLES) == tables(connection)
        connection.commit()
        for before in filled[-2::-1]:
            migrate(connection, "-1")
            assert contents(connection) == before
            connection.commit()
        migrate(connection, "base")
        assert tables(connection) == set()
        assert MigrationContext.configure(connection).get_current_revision() is None
        connection.commit()
        migrate(connection)
        assert set(EXAMPLES) == tables(connection)

    await on(empty_database_url, there_and_back)


async def test_an_upgrade_counts_the_votes_that_there_are(empty_database_url: str) -> None:
    votes = {(ONE, 1): "jazz jazz pop", (ONE, 2): "Zouk zouk", (OTHER, 1): "b B a A a A", (THIRD, 1): "\xe5 z z \xe5"}

    def begin(connection: Connection) -> None:
        migrate(connection, "0002")
        for (digest, community), genres in votes.items():
            for member, genre in enumerate(genres.split()):
                insert(connection, "votes", digest=digest, community=community, member=member, genre=genre)
        insert(connection, "channel_settings")

    await on(empty_database_url, begin)
    async with open_store(empty_database_url) as store:
        counted = {(digest, community): await store.votes.tally(digest, community) for digest, community in votes}
        assert rows_of(empty_database_url, "SELECT id, votes_needed, left_at FROM servers") == [(2, 3, None)]
    assert {
        (digest, community): (total, genre, most)
        for digest, community, total, genre, most in rows_of(
            empty_database_url, "SELECT digest, community, votes, top_genre, top_votes FROM tallies"
        )
    } == {clip: (sum(one.votes for one in all_), all_[0].genre, all_[0].votes) for clip, all_ in counted.items()}


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


def test_there_is_an_example_of_every_table_and_of_everything_that_it_refuses() -> None:
    for name, table in Base.metadata.tables.items():
        refused = {reason for reasons, _ in WRONG[name] for reason in reasons.split("|")}
        checks = {str(check.name) for check in table.constraints if isinstance(check, CheckConstraint)}
        assert {check for check in checks if not check.endswith("_is_boolean")} <= refused
        assert "unique" in refused
        assert ("foreign key" in refused) == bool(table.foreign_keys)
    assert set(Base.metadata.tables) == set(EXAMPLES) == set(OTHERS) == set(WRONG)


async def test_rows_that_cannot_be_are_refused_by_the_database(database_url: str) -> None:
    def refuse(connection: Connection) -> None:
        insert_all(connection)
        insert(connection, "playlists", id=SPARE_PLAYLIST, name_key="spare")
        for table in EXAMPLES:
            with connection.begin_nested() as back:
                # Nothing but what is wrong tells the others from this row, which is taken.
                insert(connection, table, **OTHERS[table])
                for reasons, values in WRONG[table]:
                    if reasons == "unique":
                        assert_refused(connection, table, values, reasons)
                back.rollback()
            for reasons, values in WRONG[table]:
                if reasons != "unique":
                    assert_refused(connection, table, values, reasons)

    def assert_refused(connection: Connection, table: str, values: dict[str, object], reasons: str) -> None:
        with pytest.raises(DBAPIError, match=f"(?i){reasons}"), connection.begin_nested():
            insert(connection, table, **OTHERS[table] | values)

    async with connected(database_url) as connection:
        await connection.run_sync(refuse)


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
