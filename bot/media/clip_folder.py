"""The private folder that clips lie in for as long as the bot runs, and the remains of bots that were killed."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

PREFIX: Final = "genre-bot-"

LOCK_NAME: Final = "lock"
"""A file that its bot holds a lock on. The kernel lets go of it when the process ends, however it ends."""

NOT_OURS: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EACCES, errno.ENXIO, errno.EISDIR})
"""Why something could not be opened that is no remains of a bot: it is gone, a file, a symbolic link, somebody else's,
a socket or pipe, a folder."""


@contextmanager
def clip_folder(parent: Path | None = None) -> Iterator[Path]:
    """Hold a folder for clips, readable by nobody else, for as long as the context lasts.

    First, folders that killed bots have left behind are removed; those of running ones are not touched.

    Parameters
    ----------
    parent
        Where it is made; the system's folder for temporary files if None.

    Yields
    ------
    Path
        It holds nothing but the lock and what is put into it.

    Raises
    ------
    OSError
        If it cannot be made.
    """
    place = Path(tempfile.gettempdir()) if parent is None else parent
    remove_remains(place)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=place) as name:
        folder = Path(name)
        # Locked before it gets its name: who finds a lock that nobody holds may believe it.
        new = folder / f"{LOCK_NAME}.new"
        with new.open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            new.rename(folder / LOCK_NAME)
            yield folder


def remove_remains(parent: Path) -> None:
    """Remove the folders of bots that are no longer there.

    Removed is what has the prefix, belongs to this user, is a real folder and holds a lock that no process has. What
    cannot be removed is logged.

    Parameters
    ----------
    parent
        Where they lie; others may write there, too.
    """
    parent_descriptor = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for path in sorted(parent.glob(f"{PREFIX}*")):
            try:
                _remove_if_left(path.name, parent_descriptor)
            except OSError as error:
                log.warning("%s is left from a bot that was killed, and cannot be removed: %s", path.name, error)
    finally:
        os.close(parent_descriptor)


def _remove_if_left(name: str, parent: int) -> None:
    with _opened(name, os.O_RDONLY | os.O_DIRECTORY, parent) as folder:
        if folder is None or os.fstat(folder).st_uid != os.getuid():
            return
        with _opened(LOCK_NAME, os.O_RDWR | os.O_NONBLOCK, folder) as lock:
            if lock is None or not stat.S_ISREG(os.fstat(lock).st_mode) or not _locked(lock):
                return
            shutil.rmtree(name, dir_fd=parent)
            log.info("removed %s, which a bot that was killed had left behind", name)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _opened(name: str, flags: int, parent: int) -> Iterator[int | None]:
    """Open what is in a folder, by the folder's descriptor; None where it is something else, or not there any more."""
    try:
        descriptor = os.open(name, flags | os.O_NOFOLLOW, dir_fd=parent)
    except OSError as error:
        if error.errno not in NOT_OURS:
            raise
        yield None
        return
    try:
        yield descriptor
    finally:
        os.close(descriptor)
