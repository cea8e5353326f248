"""SQLite: one file, made where there is none, whose readers do not wait for a writer."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY_TIMEOUT_MS: Final = 5000
"""How long SQLite waits for another writer, in milliseconds."""

BUSY_PAUSE_SECONDS: Final = 0.02
"""Between two attempts where SQLite does not wait by itself, in seconds."""

PRIMARY: Final = 0xFF
"""Bits of an error's code that name its kind (https://www.sqlite.org/rescode.html)."""

WHAT_TO_DO: Final = (
    "Check DATABASE_URL, that the file is a database, and that the bot's account may write it and its folder."
)


async def open_migrated(address: URL, migrate: Callable[[Connection], None]) -> AsyncEngine:
    """Open a file, whose folder is made, and migrate it.

    Parameters
    ----------
    address
        With the driver aiosqlite.
    migrate
        Brings the tables up to date, given a connection at the beginning of a transaction.

    Returns
    -------
    sqlalchemy.ext.asyncio.AsyncEngine
        The caller's to dispose of.

    Raises
    ------
    OSError, sqlite3.Error, sqlalchemy.exc.SQLAlchemyError
        If it cannot be opened or migrated.
    """
    if address.database and address.database != ":memory:":
        await asyncio.to_thread(_make_file, Path(address.database))
    # Each step of its threads, whatever was being written, and after the bot has said its last word.
    logging.getLogger("aiosqlite").setLevel(logging.INFO)
    # Where a statement fails, the log holds no names, links and tokens that it was about.
    engine = create_async_engine(address, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _configure)
    try:
        # By the engine that is used afterwards: a database in memory ends with its connection.
        async with engine.begin() as connection:
            await connection.run_sync(migrate)
    except BaseException:
        await engine.dispose()
        raise
    return engine


def _make_file(path: Path) -> None:
    """Make the file and its write-ahead log, or wait for another bot that does.

    Not by the asynchronous driver, whose thread may complain after the loop is closed where that fails.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    ends = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        while True:
            try:
                # Readers do not wait for a writer, and a crash loses nothing that was committed. The file keeps it.
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                # Two who begin with it at once: SQLite itself does not wait here, for neither could go on.
                if error.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                    raise
                time.sleep(BUSY_PAUSE_SECONDS)
            else:
                return


def _configure(connection: Any, _: Any) -> None:
    try:
        with closing(connection.cursor()) as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            cursor.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        # The pool never gets to see this connection, and its thread would outlive the bot.
        connection.close()
        raise
