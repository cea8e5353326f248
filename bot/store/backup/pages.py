"""Copies a database that others use, page by page and all in one transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from bot.store.backup.errors import DatabaseBusy

BACKUP_MARK: Final = int.from_bytes(b"GBbk")
"""SQLite's application id of a backup. A database has none, so that the one is not taken for the other."""

PATIENCE_S: Final = 30.0
"""How long a pause between others' transactions is waited for, in seconds. The bot's take a few milliseconds each."""

PAUSE_S: Final = 0.01
"""Time between two attempts to get hold of a database, in seconds."""

STEPS: Final = 16
"""About how many steps a copy is made in where something is to be done under its lock; SQLite's smallest database that
holds a table has two pages."""

UNREADABLE: Final = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
"""SQLite's errors of what is no database, or none any more."""

HELD: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""SQLite's errors of what somebody else is using just now."""


def error_code(error: sqlite3.Error) -> int:
    """Return SQLite's number of an error, without the finer distinctions.

    Parameters
    ----------
    error
        Python's form of it.

    Returns
    -------
    int
        0 where the error is not SQLite's but the driver's.
    """
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


@contextmanager
def connected(
    file: Path, *, patience: float = PATIENCE_S, make: bool = False, private: bool = False
) -> Iterator[sqlite3.Connection]:
    """Hold a connection on which every statement is a transaction of its own, unless one is begun.

    Parameters
    ----------
    file
        A database. What its schema holds is not trusted to be harmless.
    patience
        How long a statement waits for others, in seconds.
    make
        Whether the file is made where there is none.
    private
        Whether it is a file that nobody knows yet: then SQLite does not wait for the disk, and `force_to_disk` has to
        before the file gets its name.

    Yields
    ------
    sqlite3.Connection

    Raises
    ------
    sqlite3.Error
        If it cannot be opened.
    """
    address = f"{file.absolute().as_uri()}?mode={'rwc' if make else 'rw'}"
    with closing(sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        if private:
            connection.execute("PRAGMA synchronous = OFF")
        yield connection


def save_pages(source: sqlite3.Connection, file: Path, *, database: Path, patience: float) -> None:
    """Write a backup: what a database holds at one moment, whatever others write meanwhile.

    Parameters
    ----------
    source
        Of the database.
    file
        Where the backup comes to be; nothing must be there. Nobody else may read it.
    database
        What the source is called in messages.
    patience
        How long others are waited for, in seconds.

    Raises
    ------
    DatabaseBusy
        If they give no time.
    OSError, sqlite3.Error
        If one cannot be read or the other cannot be written.
    """
    file.touch(mode=0o600, exist_ok=False)
    with connected(file, private=True) as target:
        copy_pages(source, target, database=database, patience=patience)
        # The pages say that there is a log beside them, as there is beside the database; a backup is one file.
        target.execute("PRAGMA journal_mode = DELETE").fetchall()
        target.execute(f"PRAGMA application_id = {BACKUP_MARK}")
    force_to_disk(file)


def copy_pages(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    *,
    database: Path,
    patience: float,
    when_locked: Callable[[], None] | None = None,
) -> None:
    """Copy all pages of one database into another in one transaction; where it fails, that is rolled back.

    Parameters
    ----------
    source
        What is copied.
    target
        What is overwritten. Others see what was there until the transaction ends.
    database
        What is in use where others give no time, for the message.
    patience
        How long others are waited for, in seconds.
    when_locked
        Called when nobody else can write to the target any more, before it ends. It may change the source, but by the
        same connection: SQLite copies such changes, too. Then the source should be nobody else's: between two steps
        it is not locked, and SQLite begins anew where it has been changed.

    Raises
    ------
    DatabaseBusy
        If others give no time.
    sqlite3.Error
        If one cannot be read or the other cannot be written.
    """
    attempts, locked = 0, False

    def watch(status: int, _remaining: int, _total: int) -> None:
        nonlocal attempts, locked
        if status in HELD:
            attempts += 1
            if attempts * PAUSE_S >= patience:
                raise DatabaseBusy(database, patience)
        elif not locked:
            locked = True
            if when_locked is not None:
                when_locked()

    for connection in (source, target):
        # SQLite would wait deaf to Ctrl-C; `watch` is called between two attempts.
        connection.execute("PRAGMA busy_timeout = 0").fetchall()
    pages = -1
    if when_locked is not None:
        # The first step locks the target. With all pages in it, it would be too late to do anything under the lock.
        (total,) = source.execute("PRAGMA page_count").fetchone()
        pages = max(1, total // STEPS)
    source.backup(target, pages=pages, progress=watch, sleep=PAUSE_S)


def force_to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk.

    Parameters
    ----------
    path
        Of the file or folder.

    Raises
    ------
    OSError
        If the disk fails.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
