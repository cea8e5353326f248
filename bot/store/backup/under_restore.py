"""The private folder beside the database in which a backup is made ready, by one process at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.backup.errors import CopyFailed, RestoreUnderWay


@contextmanager
def restoring_folder(database: Path) -> Iterator[Path]:
    """Hold an empty folder, readable by nobody else; what a killed process has left in it is removed first.

    Parameters
    ----------
    database
        Which is going to be replaced. Its own folder is made where there is none.

    Yields
    ------
    pathlib.Path
        On the same disk as the database.

    Raises
    ------
    RestoreUnderWay
        If another process holds one beside the database.
    CopyFailed
        If it cannot be made.
    """
    folder = database.with_name(f"{database.name}.restoring")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        # The kernel lets go of the lock when the process ends, however it ends.
        lock = os.open(database.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise CopyFailed(folder, error.strerror or str(error)) from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if folder.exists():
                shutil.rmtree(folder)
            folder.mkdir(mode=0o700)
        except BlockingIOError as error:
            raise RestoreUnderWay(database) from error
        except OSError as error:
            raise CopyFailed(folder, error.strerror or str(error)) from error
        try:
            yield folder
        finally:
            shutil.rmtree(folder)
    finally:
        os.close(lock)
