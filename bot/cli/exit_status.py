"""Exit statuses of ``genre-bot``, so that scripts can tell what happened."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """What the process returns; 2 is the command line's own, for wrong arguments."""

    OK = 0
    SOME_FILES_FAILED = 1
    """``classify``: at least one file could not be analysed."""
    USAGE = 2
    NO_TOKEN = 3
    """``run``: there is no Discord token."""
    BAD_TOKEN = 4
    """``run``: Discord refuses the token."""
    BAD_SETTINGS = 5
    """A setting has a value that is not allowed."""
    NOT_USABLE = 6
    """A model, a training table, ffmpeg or the database cannot be used."""
    UNREACHABLE = 7
    """``run``: Discord cannot be reached, or refuses the bot."""
    UNHEALTHY = 8
    """``health``: the bot is not connected."""
