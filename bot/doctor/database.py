"""Opens the database, brings it up to date and looks whether it is whole."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from bot.doctor.finding import Finding, advice, ok, problem
from bot.errors import StoreUnavailable
from bot.store.database import open_store
from bot.store.postgresql import server_version
from bot.store.sqlite import BUSY_TIMEOUT_MS

SUBJECT: Final = "database"

RESTORE: Final = "Stop the bot and restore the file from a copy, or set DATABASE_URL to another file."


def check_database(url: str) -> Finding:
    """Open the database as the bot does, which makes and migrates it; have SQLite look through a file.

    Parameters
    ----------
    url
        SQLAlchemy address; a password in it is not told.

    Returns
    -------
    Finding
    """
    address = make_url(url)
    shown = address.render_as_string(hide_password=True)
    try:
        version = asyncio.run(_open(url))
    except StoreUnavailable as error:
        return problem(SUBJECT, f"{shown} cannot be used: {error.detail}", error.what_to_do)
    if version is not None:
        return ok(SUBJECT, f"{shown} opens, its tables are up to date; PostgreSQL {version}")
    file = sqlite_file(url)
    if file is None:
        return ok(SUBJECT, f"{shown} opens, its tables are up to date")
    return look_through(file)


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite database.

    Parameters
    ----------
    url
        SQLAlchemy address.

    Returns
    -------
    Path or None
        None for a database that is no file.
    """
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database or address.database == ":memory:":
        return None
    return Path(address.database)


def look_through(file: Path) -> Finding:
    """Have SQLite look through a database for damage.

    Parameters
    ----------
    file
        The database; others may use it meanwhile.

    Returns
    -------
    Finding
    """
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_TIMEOUT_MS / 1000)) as connection:
            (whole,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
    except sqlite3.Error as error:
        return problem(SUBJECT, f"{file} cannot be looked through: {error}", RESTORE)
    if whole != "ok":
        return problem(SUBJECT, f"{file} is damaged: {' '.join(whole.split())}", RESTORE)
    if journal != "wal":
        return advice(
            SUBJECT,
            f"{file} opens, but without a write-ahead log (journal mode {journal}): readers wait for writers",
            "Put the file on a local disk: network drives do not allow it.",
        )
    return ok(SUBJECT, f"{file} opens, its tables are up to date, it is whole")


async def _open(url: str) -> str | None:
    """Open and migrate a database; return the version of the server, and None where there is none."""
    address = make_url(url)
    async with open_store(url):
        return await server_version(address) if address.get_backend_name() == "postgresql" else None
