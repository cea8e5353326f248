"""Saves the database to a file."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from functools import partial
from pathlib import Path
from typing import Final

from bot.store.backup.contents import MAGIC, Contents, flaw_of, look_into
from bot.store.backup.errors import BadTarget, CopyFailed, UnfitDatabase
from bot.store.backup.pages import BACKUP_MARK, PATIENCE_S, UNREADABLE, connected, error_code, force_to_disk, save_pages

BESIDE: Final = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database for the files that belong to it."""

MARK_AT: Final = slice(68, 72)
"""Where the header of a SQLite file has the application id (https://www.sqlite.org/fileformat.html)."""

HEADER_BYTES: Final = 100
"""Size of the header of a SQLite file, in bytes."""


def back_up(database: Path, file: Path, *, force: bool = False, patience: float = PATIENCE_S) -> Contents:
    """Save what the database holds at one moment, whatever others write meanwhile.

    Parameters
    ----------
    database
        Which may be in use.
    file
        Where to. It is written under another name, looked through, and then put in its place in one step.
    force
        Whether a file may be replaced that is no backup of Genre Bot.
    patience
        How long others are waited for, in seconds.

    Returns
    -------
    Contents
        What was saved.

    Raises
    ------
    BackupError
        If it cannot be saved, or not there; then everything is as it was.
    """
    _require_free(file, database, force=force)
    if not database.is_file():
        raise UnfitDatabase(database, "is not there")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as folder:
            copy = Path(folder, "backup.sqlite3")
            try:
                with connected(database) as source:
                    save_pages(source, copy, database=database, patience=patience)
            except sqlite3.Error as error:
                if error_code(error) in UNREADABLE:
                    raise UnfitDatabase(database, flaw_of(error)) from error
                raise CopyFailed(file, str(error)) from error
            contents = look_into(copy, refuse=partial(UnfitDatabase, database))
            # It took a while.
            _require_free(file, database, force=force)
            copy.replace(file)
        force_to_disk(file.parent)
    except OSError as error:
        raise CopyFailed(file, error.strerror or str(error)) from error
    return contents


def _require_free(file: Path, database: Path, *, force: bool) -> None:
    """Refuse to replace what is no backup."""
    try:
        if file.is_dir():
            raise BadTarget(file, "is a folder", "Name a file in it.")
        if os.path.realpath(file) in {os.path.realpath(database) + suffix for suffix in BESIDE} or (
            file.exists() and database.exists() and file.samefile(database)
        ):
            raise BadTarget(file, "is the database itself, or belongs to it")
        there = file.is_symlink() or file.exists()
        if there and not file.is_symlink() and not file.is_file():
            raise BadTarget(file, "is no ordinary file")
        if there and not force and not _is_backup(file):
            raise BadTarget(
                file,
                "is there already and is no backup of Genre Bot, so it was kept",
                "Name another file, or give --force to replace it.",
            )
    except OSError as error:
        raise CopyFailed(file, error.strerror or str(error)) from error


def _is_backup(file: Path) -> bool:
    if file.is_symlink():
        return False
    with file.open("rb") as opened:
        header = opened.read(HEADER_BYTES)
    return header.startswith(MAGIC) and header[MARK_AT] == BACKUP_MARK.to_bytes(4)
