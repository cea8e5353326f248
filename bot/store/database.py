"""Opens the database, brings its tables up to date and closes it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import StoreUnavailable
from bot.store.command_sync import CommandSyncs
from bot.store.sessions import Sessions
from bot.store.utc import Clock, utc_now

MIGRATIONS: Final = Path(__file__).with_name("migrations")
BUSY_TIMEOUT_MS: Final = 5000
"""How long SQLite waits for another writer, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Store:
    """What outlives a restart; `open_store` makes one.

    Parameters
    ----------
    commands
        Which commands Discord was told of.
    """

    commands: CommandSyncs


@asynccontextmanager
async def open_store(url: str, *, clock: Clock = utc_now) -> AsyncIterator[Store]:
    """Open the database and migrate it.

    Parameters
    ----------
    url
        SQLAlchemy address with an async driver. The folder of a SQLite file is made.
    clock
        Tells the time.

    Yields
    ------
    Store
        Usable until the context ends.

    Raises
    ------
    StoreUnavailable
        If the database cannot be opened or migrated.
    """
    address = make_url(url)
    shown = address.render_as_string(hide_password=True)
    try:
        if address.database and address.database != ":memory:":
            await asyncio.to_thread(_make_file, Path(address.database))
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(shown, str(error)) from error
    engine = create_async_engine(address)
    event.listen(engine.sync_engine, "connect", _configure_sqlite)
    try:
        try:
            async with engine.begin() as connection:
                await connection.run_sync(migrate)
        # Alembic's own error tells of tables that a newer version of the bot has made.
        except (SQLAlchemyError, CommandError) as error:
            raise StoreUnavailable(shown, str(getattr(error, "orig", None) or error)) from error
        yield Store(commands=CommandSyncs(Sessions(engine), clock=clock))
    finally:
        await engine.dispose()


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to a revision.

    Parameters
    ----------
    connection
        At the beginning of a transaction.
    revision
        Alembic revision to upgrade to; ``base`` takes everything back.
    """
    if connection.dialect.name == "sqlite":
        # Python's driver would begin only after the tables were changed, and a crash would leave half of them.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def _make_file(path: Path) -> None:
    """Open the file once: where the asynchronous driver cannot, its thread may complain after the loop is closed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sqlite3.connect(path).close()


def _configure_sqlite(connection: Any, _: Any) -> None:
    try:
        with closing(connection.cursor()) as cursor:
            # Readers do not wait for a writer, and a crash loses nothing that was committed.
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            cursor.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        # The pool never gets to see this connection, and its thread would outlive the bot.
        connection.close()
        raise
