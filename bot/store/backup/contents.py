"""Looks into a database: whether it is whole, whether it is Genre Bot's, and how much it holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.store.backup.errors import BackupError
from bot.store.backup.pages import UNREADABLE, connected, error_code
from bot.text import printable

MAGIC: Final = b"SQLite format 3\0"
"""The first bytes of every SQLite database (https://www.sqlite.org/fileformat.html)."""

ALWAYS_THERE: Final = frozenset({"alembic_version", "command_sync"})
"""Tables that every version of the bot has had."""

SHOWN: Final = 200
"""Most characters of what SQLite says, or a file says of itself, in a message."""

Refuse = Callable[[str], BackupError]
"""Makes the error of a file from its flaw, the end of a sentence that begins with the file."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds.

    Parameters
    ----------
    revision
        Alembic's name of what its tables look like.
    rows
        Number of rows of each table, by its name.
    size
        Of the file, in bytes.
    """

    revision: str
    rows: Mapping[str, int]
    size: int


def look_into(file: Path, *, refuse: Refuse) -> Contents:
    """Look through a database from end to end.

    Parameters
    ----------
    file
        Which nobody else uses; whatever is in it does no harm.
    refuse
        Makes the error.

    Returns
    -------
    Contents

    Raises
    ------
    BackupError
        What `refuse` has made, if it is no database, is damaged, or is none of Genre Bot's.
    """
    with file.open("rb") as beginning:
        if beginning.read(len(MAGIC)) != MAGIC:
            raise refuse("is no SQLite file")
    try:
        with connected(file, private=True) as connection:
            return _contents(connection, file, refuse)
    except sqlite3.Error as error:
        raise refuse(flaw_of(error)) from error


def columns_of(file: Path) -> dict[str, set[str]]:
    """Return the names of the columns of each table.

    Parameters
    ----------
    file
        A database that was looked into.

    Returns
    -------
    dict of str to set of str
        By the table's name.

    Raises
    ------
    sqlite3.Error
        If they cannot be read.
    """
    with connected(file, private=True) as connection:
        found = connection.execute(
            "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'"
        ).fetchall()
    columns: dict[str, set[str]] = {}
    for table, column in found:
        columns.setdefault(table, set()).add(column)
    return columns


def flaw_of(error: sqlite3.Error) -> str:
    """Say what is wrong with a database that an error came from.

    Parameters
    ----------
    error
        What was raised when it was read.

    Returns
    -------
    str
        The end of a sentence that begins with the file.
    """
    if error_code(error) == sqlite3.SQLITE_NOTADB:
        return "is no SQLite file"
    verb = "is damaged" if error_code(error) in UNREADABLE else "cannot be read"
    return f"{verb} ({printable(str(error), limit=SHOWN)})"


def _contents(connection: sqlite3.Connection, file: Path, refuse: Refuse) -> Contents:
    (whole,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if whole != "ok":
        raise refuse(f"is damaged ({printable(str(whole), limit=SHOWN)})")
    found = connection.execute("SELECT type, name, coalesce(rootpage, 0) FROM sqlite_master").fetchall()
    tables = {name for kind, name, _ in found if kind == "table" and not name.startswith("sqlite_")}
    # What has no root page is a view, a trigger or a virtual table: code that would run in the bot, which has none.
    if not tables >= ALWAYS_THERE or not all(page for *_, page in found):
        raise refuse("is a SQLite file, but no database of Genre Bot")
    revisions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(revisions) != 1:
        raise refuse("is a SQLite file, but does not say which version of Genre Bot it belongs to")
    rows = {}
    for table in sorted(tables - {"alembic_version"}):
        name = table.replace('"', '""')
        (rows[table],) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608 (quoted)
    return Contents(printable(str(revisions[0][0]), limit=SHOWN), rows, file.stat().st_size)
