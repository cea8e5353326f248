"""Opens the database, brings its tables up to date and closes it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import StoreFailed, StoreUnavailable
from bot.store import postgresql, sqlite
from bot.store.analyses import Analyses
from bot.store.answers import Answers
from bot.store.channels import Channels, load_channels
from bot.store.command_sync import CommandSyncs
from bot.store.privacy import Privacy
from bot.store.restores import Restores, read_mark
from bot.store.sessions import Sessions
from bot.store.utc import Clock, utc_now
from bot.store.votes import Votes

MIGRATIONS: Final = Path(__file__).with_name("migrations")


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
    restores
        Whether a backup was restored meanwhile.
    """

    commands: CommandSyncs
    analyses: Analyses
    answers: Answers
    votes: Votes
    channels: Channels
    privacy: Privacy
    restores: Restores


@asynccontextmanager
async def open_store(url: str, *, clock: Clock = utc_now) -> AsyncIterator[Store]:
    """Open the database and migrate it.

    Parameters
    ----------
    url
        As of `bot.database_address.usable_address`. The folder of a SQLite file is made.
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
    database = postgresql if address.get_backend_name() == "postgresql" else sqlite
    engine: AsyncEngine | None = None
    try:
        try:
            engine = await database.open_migrated(address, migrate)
            store = await _store_on(engine, clock)
        except StoreFailed as error:
            raise _unavailable(address, error.__cause__ or error) from error
        except (SQLAlchemyError, CommandError, sqlite3.Error, *postgresql.DRIVER_ERRORS) as error:
            raise _unavailable(address, error) from error
        yield store
    finally:
        if engine is not None:
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
    else:
        postgresql.wait_for_other_migrations(connection)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    if revision == "base" or revision.startswith("-"):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


async def _store_on(engine: AsyncEngine, clock: Clock) -> Store:
    sessions = Sessions(engine)
    # Before anything is loaded: what is restored in between is then noticed.
    mark = await read_mark(sessions)
    channels = await load_channels(sessions)
    return Store(
        commands=CommandSyncs(sessions, clock=clock),
        analyses=Analyses(sessions, clock=clock),
        answers=Answers(sessions, clock=clock),
        votes=Votes(sessions, clock=clock),
        channels=channels,
        privacy=Privacy(sessions, channels),
        restores=Restores(sessions, mark, held=(channels,)),
    )


def _unavailable(address: URL, error: BaseException) -> StoreUnavailable:
    """Word an error without the password."""
    if isinstance(error, CommandError):
        # Alembic does not know the revision that the tables are at.
        what = f"it was used by a newer version of the bot ({error})"
        what_to_do = "Install that version or a newer one, or set DATABASE_URL to another database."
    elif address.get_backend_name() == "postgresql":
        what, what_to_do = postgresql.explain(error, address)
    else:
        what, what_to_do = str(getattr(error, "orig", None) or error), sqlite.WHAT_TO_DO
    if address.password:
        what = what.replace(str(address.password), "***")
    return StoreUnavailable(address.render_as_string(hide_password=True), what, what_to_do)
