"""Makes a backup ready to be put in the place of the database, in a private copy: the backup itself is only read."""

from __future__ import annotations

import shutil
import sqlite3
from functools import partial
from pathlib import Path
from typing import Final

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, create_engine
from sqlalchemy.exc import SQLAlchemyError

from bot.store.backup.contents import SHOWN, Contents, columns_of, look_into
from bot.store.backup.errors import CopyFailed, NewerBackup, UnfitBackup
from bot.store.backup.pages import connected
from bot.store.database import MIGRATIONS, migrate
from bot.store.models import Base
from bot.text import printable

WITH_CONTENT: Final = ("", "-wal", "-journal")
"""What SQLite adds to the name of a database for the files without which it would not be whole."""


def prepare(file: Path, copy: Path) -> Contents:
    """Copy a backup, look through it, and bring the copy up to date.

    Parameters
    ----------
    file
        The backup; a copy of the database's files that was made while nothing ran is taken, too.
    copy
        Where the copy comes to be.

    Returns
    -------
    Contents
        What the backup holds, before it was brought up to date.

    Raises
    ------
    UnfitBackup
        If it is no backup, or damaged.
    NewerBackup
        If it has tables that this version does not know.
    CopyFailed
        If it cannot be copied.
    """
    refuse = partial(UnfitBackup, file)
    _copy(file, copy)
    contents = look_into(copy, refuse=refuse)
    if contents.revision not in {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}:
        raise NewerBackup(file, contents.revision)
    engine = create_engine(URL.create("sqlite", database=str(copy)))
    try:
        with engine.begin() as connection:
            migrate(connection)
    except (SQLAlchemyError, CommandError) as error:
        reason = printable(str(getattr(error, "orig", None) or error), limit=SHOWN)
        raise UnfitBackup(file, f"cannot be brought up to date ({reason})") from error
    finally:
        engine.dispose()
    look_into(copy, refuse=refuse)
    try:
        _require_tables(copy, refuse)
        _settle(copy)
    except sqlite3.Error as error:
        raise CopyFailed(copy, str(error)) from error
    return contents


def _copy(file: Path, copy: Path) -> None:
    try:
        if not file.exists():
            raise UnfitBackup(file, "is not there")
        if not file.is_file():
            raise UnfitBackup(file, "is a folder" if file.is_dir() else "is no ordinary file")
        file.open("rb").close()
    except OSError as error:
        raise UnfitBackup(file, f"cannot be read ({error.strerror})") from error
    try:
        parts = [(Path(f"{file}{suffix}"), Path(f"{copy}{suffix}")) for suffix in WITH_CONTENT]
        parts = [(part, target) for part, target in parts if part.is_file()]
        before = [part.stat() for part, _ in parts]
        for part, target in parts:
            target.touch(mode=0o600)
            shutil.copyfile(part, target)
        after = [part.stat() for part, _ in parts]
    except OSError as error:
        raise CopyFailed(copy, error.strerror or str(error)) from error
    if [(was.st_size, was.st_mtime_ns) for was in before] != [(now.st_size, now.st_mtime_ns) for now in after]:
        raise UnfitBackup(file, "is being written to")


def _require_tables(copy: Path, refuse: partial[UnfitBackup]) -> None:
    found = columns_of(copy)
    for name, table in Base.metadata.tables.items():
        if not found.get(name, set()) >= set(table.columns.keys()):
            raise refuse(f"is a SQLite file, but has not the table {name} of Genre Bot")


def _settle(copy: Path) -> None:
    """Make it a database again that is one file, and no backup."""
    with connected(copy, private=True) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute("PRAGMA application_id = 0")
        # What Discord was told since then is known to Discord only; at its next start the bot tells it anew.
        connection.execute("DELETE FROM command_sync")
