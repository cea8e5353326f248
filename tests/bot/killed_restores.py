"""Restores a backup over copies of a database, in processes that are killed somewhat later each.

A program of its own, started by a test, so that a process with a single thread is forked::

    python -m tests.bot.killed_restores BACKUP DATABASE FOLDER TIMES

makes ``FOLDER/01``, ``FOLDER/02`` and so on, each with what a killed process has left.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from bot.store import backup as package
from bot.store.backup.restoring import ready_to_restore

OURS = str(Path(package.__file__).parent)


def restore(backup: Path, database: Path, moment: Callable[[], None]) -> None:
    """Restore, and call something at the beginning and end of every function of ours; one is called between pages."""

    def watch(frame: FrameType, event: str, _: object) -> None:
        # Nothing happens to the disk within a comprehension.
        ours = frame.f_code.co_filename.startswith(OURS) and not frame.f_code.co_name.startswith("<")
        if ours and event in {"call", "return"}:
            moment()

    sys.setprofile(watch)
    with ready_to_restore(backup, database) as ready:
        ready.put_in_place()
    sys.setprofile(None)


def restore_killed(backup: Path, database: Path, moment: int) -> None:
    child = os.fork()
    if child:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        return
    left = moment

    def count_down() -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    restore(backup, database, count_down)
    os._exit(0)


def main() -> None:
    backup, database, folder = (Path(argument) for argument in sys.argv[1:4])
    times = int(sys.argv[4])
    moments = 0

    def count() -> None:
        nonlocal moments
        moments += 1

    for number in range(times + 1):
        copy = folder / f"{number:02}" / database.name
        copy.parent.mkdir(parents=True)
        shutil.copy(database, copy)
        if not number:
            restore(backup, copy, count)
            shutil.rmtree(copy.parent)
            continue
        # What comes first happens in the private folder only.
        restore_killed(backup, copy, round((0.3 + 0.7 * number / times) * moments))


if __name__ == "__main__":
    main()
