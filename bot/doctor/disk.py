"""Looks how much room there is where clips and the database lie."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, ok, problem

DATABASE_BYTES: Final = 1_000_000_000
"""Least free space for the database, in bytes: over twice 5,000 remembered analyses of 40 kB and as large a log."""


def check_room_for_clips(folder: Path, *, clips: int, clip_bytes: int) -> Finding:
    """Look whether all clips that may be under way fit, since each is fetched as soon as it is taken.

    Parameters
    ----------
    folder
        Where they lie; it need not be there yet.
    clips
        How many may be under way.
    clip_bytes
        Largest of them, in bytes.

    Returns
    -------
    Finding
    """
    fewer = (
        f"{clips} clips of {clip_bytes / 1e6:g} MB may be there at once; or set GENREBOT_QUEUE_LIMIT or"
        " GENREBOT_MAX_UPLOAD_MB to less."
    )
    return check_free_space("clips", folder, least=clips * clip_bytes, or_else=fewer)


def check_free_space(purpose: str, folder: Path, *, least: int, or_else: str = "") -> Finding:
    """Look how much can still be written to a folder.

    Parameters
    ----------
    purpose
        What lies there, in a word or two.
    folder
        It need not be there yet.
    least
        Least free space, in bytes.
    or_else
        What else the operator can do than to make room.

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
        return problem(subject, what, f"Make room: at least {least / 1e9:g} GB should be free. {or_else}".rstrip())
    return ok(subject, what)
