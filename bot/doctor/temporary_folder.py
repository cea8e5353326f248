"""Looks whether clips are safe from others on this machine while they are analysed."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, ok, problem

SUBJECT: Final = "temporary folder"


def check_temporary_folder(parent: Path) -> Finding:
    """Make a private folder as the bot does, and look who may use it.

    Parameters
    ----------
    parent
        The system's folder for temporary files.

    Returns
    -------
    Finding
    """
    another = "Set TMPDIR to a folder of the bot's own account: mkdir -m 700 FOLDER."
    try:
        with tempfile.TemporaryDirectory(dir=parent, prefix="doctor-") as name:
            made = Path(name).stat()
        around = parent.stat()
    except OSError as error:
        return problem(SUBJECT, f"nothing can be written to {parent}: {error.strerror}", another)
    if made.st_uid != os.geteuid() or stat.S_IMODE(made.st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
        return problem(SUBJECT, f"what is made in {parent} can be read by others", another)
    # Where all may write, the sticky bit keeps them from renaming what is not theirs.
    if around.st_mode & stat.S_IWOTH and not around.st_mode & stat.S_ISVTX:
        return problem(SUBJECT, f"in {parent}, others may put their own files in the place of the bot's", another)
    return ok(SUBJECT, f"private ({parent})")
