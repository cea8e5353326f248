"""The databases that the tests of what is stored run on: a new one of each kind for every test.

Take `database_url` and open it; the test then runs twice, as ``[sqlite]`` and as ``[postgresql]``::

    @pytest.fixture
    async def store(database_url: str) -> AsyncIterator[Store]:
        async with open_store(database_url) as store:
            yield store

- `database_url`: the address of a database with the newest tables and nothing in them.
- `empty_database_url`: the same without tables, for migrations.
- `postgresql`: the server itself, for what only a server has; the test is skipped where there is none.
- `rows_of` in `tests.bot.stores` asks either, past the bot.
- Tests that are not asynchronous, such as those with ``@given``, take `opened` there: one store for all examples.
- What is about files (locks, journals, damage) is SQLite's alone: take `tmp_path`, and put it into a file of its own.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import open_store
from tests.postgresql import PostgresqlServer, programs, running_postgresql

KINDS = ("sqlite", "postgresql")
TEMPLATE = "migrated"


async def migrate_new(url: str) -> None:
    async with open_store(url):
        pass


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A server; one for each process of the tests."""
    binaries = programs()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed: on Debian, apt-get install postgresql")
    with running_postgresql(binaries) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: PostgresqlServer) -> str:
    """Name of a database with the newest tables, which others are copied from."""
    postgresql.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
    asyncio.run(migrate_new(postgresql.address(TEMPLATE)))
    postgresql.watch(TEMPLATE)
    return TEMPLATE


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest tables, which others are copied from."""
    file = tmp_path_factory.mktemp("migrated") / "bot.sqlite3"
    asyncio.run(migrate_new(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database with the newest tables and nothing in them; see the head of this module."""
    if request.param == "sqlite":
        file = tmp_path / "database.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite+aiosqlite:///{file}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    with server.copied(request.getfixturevalue("migrated_postgresql")) as name:
        yield server.address(name)


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite3"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    with server.new() as name:
        yield server.address(name)
