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
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import StoreFailed, StoreUnavailable
from bot.store.analyses import Analyses
from bot.store.answers import Answers
from bot.store.channels import Channels, load_channels
from bot.store.command_sync import CommandSyncs
from bot.store.privacy import Privacy
from bot.store.sessions import Sessions
from bot.store.utc import Clock, utc_now
from bot.store.votes import Votes

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
    analyses
        What models said of clips.
    answers
        Which answers were posted.
    votes
        What members say of clips.
    channels
        How the bot listens to channels.
    privacy
        What is kept about members and servers.
    """

    commands: CommandSyncs
    analyses: Analyses
    answers: Answers
    votes: Votes
    channels: Channels
    privacy: Privacy


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
            store = await _store_on(engine, clock)
        # Alembic's own error tells of tables that a newer version of the bot has made.
        except (SQLAlchemyError, CommandError, StoreFailed) as error:
            reason = error.__cause__ if isinstance(error, StoreFailed) else error
            raise StoreUnavailable(shown, str(getattr(reason, "orig", None) or reason)) from error
        yield store
    finally:
        await engine.dispose()


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to a revision.

    Parameters
    ----------
    connection
        At the beginning of a transaction.
    revision
        Alembic revision to upgrade to; ``-1`` takes the last step back, ``base`` everything.
    """
    if connection.dialect.name == "sqlite":
        # Python's driver would begin only after the tables were changed, and a crash would leave half of them.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    if revision == "base" or revision.startswith("-"):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


async def _store_on(engine: AsyncEngine, clock: Clock) -> Store:
    sessions = Sessions(engine)
    channels = await load_channels(sessions)
    return Store(
        commands=CommandSyncs(sessions, clock=clock),
        analyses=Analyses(sessions, clock=clock),
        answers=Answers(sessions, clock=clock),
        votes=Votes(sessions, clock=clock),
        channels=channels,
        privacy=Privacy(sessions, channels),
    )


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
