"""Puts a backup in the place of the database, while the bot runs."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.store.backup.contents import Contents
from bot.store.backup.errors import CopyFailed, DatabaseBusy, UnfitBackup, WithoutLog
from bot.store.backup.pages import (
    HELD,
    PATIENCE_S,
    UNREADABLE,
    connected,
    copy_pages,
    error_code,
    force_to_disk,
    save_pages,
)
from bot.store.backup.preparing import prepare
from bot.store.backup.saving import BESIDE
from bot.store.backup.under_restore import restoring_folder
from bot.store.restores import mark_after
from bot.store.utc import Clock, utc_now


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done.

    Parameters
    ----------
    saved
        Where the database before is kept; None where there was none.
    in_place
        Whether a running bot goes on with what was restored. Otherwise it still has the unreadable file that was moved
        away open, and must be started anew.
    """

    saved: Path | None
    in_place: bool


class ReadyBackup:
    """A backup that can be put in the place of the database; `ready_to_restore` makes one.

    Parameters
    ----------
    contents
        What the backup holds.
    copy
        A copy that is up to date, on the database's disk.
    database
        What is replaced.
    patience
        How long others are waited for, in seconds.
    clock
        Tells the time.
    """

    def __init__(self, contents: Contents, copy: Path, database: Path, *, patience: float, clock: Clock) -> None:
        self.contents = contents
        self._copy = copy
        self._database = database
        self._patience = patience
        self._clock = clock

    def put_in_place(self) -> Restored:
        """Save the present database beside it, and replace what it holds in one transaction.

        Between the two nobody can write. Who uses the database meanwhile sees what it held, and then what the backup
        holds.

        Returns
        -------
        Restored

        Raises
        ------
        BackupError
            If it cannot be done; then the database is as it was.
        """
        try:
            try:
                saved = self._replace_pages()
                in_place = True
            except sqlite3.DatabaseError as error:
                if error_code(error) not in UNREADABLE:
                    raise
                saved = self._replace_file()
                in_place = False
            force_to_disk(self._database.parent)
        except sqlite3.Error as error:
            if error_code(error) in HELD:
                raise DatabaseBusy(self._database, self._patience) from error
            raise CopyFailed(self._database, str(error)) from error
        except OSError as error:
            raise CopyFailed(self._database, error.strerror or str(error)) from error
        return Restored(saved, in_place)

    def _replace_pages(self) -> Path | None:
        saved: Path | None = None
        with (
            connected(self._database, patience=self._patience, make=True) as present,
            connected(self._database, patience=self._patience) as target,
            connected(self._copy, private=True) as source,
        ):
            (pages,) = present.execute("PRAGMA page_count").fetchone()
            for connection in (present, target):
                # A log lets us read under the lock what was there before, and others all the time.
                if connection.execute("PRAGMA journal_mode = WAL").fetchall() != [("wal",)]:
                    raise WithoutLog(self._database)
            _take_page_size(source, present)

            def keep_and_carry_over() -> None:
                nonlocal saved
                if pages:
                    saved = self._save(present)
                _carry_over(present, source)

            copy_pages(
                source, target, database=self._database, patience=self._patience, when_locked=keep_and_carry_over
            )
        return saved

    def _save(self, present: sqlite3.Connection) -> Path:
        copy = self._copy.with_name("before.sqlite3")
        save_pages(present, copy, database=self._database, patience=self._patience)
        saved = self._name_for_saved()
        copy.replace(saved)
        force_to_disk(saved.parent)
        return saved

    def _replace_file(self) -> Path:
        """Move away what is no database, or none any more, and put the copy there."""
        owner = self._database.stat()
        shutil.copymode(self._database, self._copy)
        os.chown(self._copy, owner.st_uid, owner.st_gid)
        force_to_disk(self._copy)
        saved = self._name_for_saved()
        # The log first: SQLite would play it into whatever has the name of the database.
        for suffix in reversed(BESIDE):
            if (part := Path(f"{self._database}{suffix}")).exists():
                part.rename(f"{saved}{suffix}")
        self._copy.rename(self._database)
        return saved

    def _name_for_saved(self) -> Path:
        name = f"{self._database.name}.before-restore-{self._clock():%Y%m%dT%H%M%SZ}"
        saved, number = self._database.with_name(name), 1
        while saved.exists():
            number += 1
            saved = self._database.with_name(f"{name}-{number}")
        return saved


@contextmanager
def ready_to_restore(
    file: Path, database: Path, *, patience: float = PATIENCE_S, clock: Clock = utc_now
) -> Iterator[ReadyBackup]:
    """Look through a backup and make a copy of it ready.

    Parameters
    ----------
    file
        The backup; it is only read.
    database
        What is going to be replaced; it need not be there.
    patience
        How long others are waited for, in seconds.
    clock
        Tells the time.

    Yields
    ------
    ReadyBackup
        Usable until the context ends.

    Raises
    ------
    BackupError
        If it cannot be restored.
    """
    if os.path.realpath(file) == os.path.realpath(database):
        raise UnfitBackup(file, "is the database itself")
    with restoring_folder(database) as folder:
        copy = folder / "ready.sqlite3"
        contents = prepare(file, copy)
        yield ReadyBackup(contents, copy, database, patience=patience, clock=clock)


def _take_page_size(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Write the source anew where its pages have another size; they could not be copied one by one."""
    (size,) = target.execute("PRAGMA page_size").fetchone()
    if source.execute("PRAGMA page_size").fetchone() != (size,):
        source.execute(f"PRAGMA page_size = {size}")
        source.execute("VACUUM")


def _carry_over(present: sqlite3.Connection, source: sqlite3.Connection) -> None:
    """Take over what must not go back in time: which ids were given away, and how often something was restored."""
    tables = {name for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    if present.execute("SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone() == (1,):
        # Buttons of messages hold such ids. None may come to mean something else.
        for table, last in present.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
            if table in tables:
                had = source.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()[0]
                source.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
                source.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, max(last, had or 0)))
    (mark,) = present.execute("PRAGMA user_version").fetchone()
    source.execute(f"PRAGMA user_version = {mark_after(mark)}")
