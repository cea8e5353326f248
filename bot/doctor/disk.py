"""Looks how much room there is where clips and the database lie."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, ok, problem

LEAST_FREE_BYTES: Final = 1_000_000_000
"""Least free space, in bytes: two of the largest clips that can be allowed."""


def check_free_space(purpose: str, folder: Path, *, least: int = LEAST_FREE_BYTES) -> Finding:
    """Look how much can still be written to a folder.

    Parameters
    ----------
    purpose
        What lies there, in a word or two.
    folder
        It need not be there yet.
    least
        Least free space, in bytes.

    Returns
    -------
    Finding
    """
    subject = f"disk: {purpose}"
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        return problem(subject, f"{there} cannot be looked at: {error.strerror}", "Let the bot's account use it.")
    what = f"{free / 1e9:.1f} GB free at {there}"
    if free < least:
        return problem(subject, what, f"Make room: at least {least / 1e9:g} GB should be free.")
    return ok(subject, what)
