"""Exit statuses of ``genre-bot``, so that scripts can tell what happened."""

from __future__ import annotations

import signal
from enum import IntEnum


class ExitStatus(IntEnum):
    """What the process returns; 2 and 130 are the command line's own."""

    OK = 0
    SOME_FILES_FAILED = 1
    """``classify``, ``extract``: at least one file could not be analysed or measured."""
    USAGE = 2
    BAD_TOKEN = 4
    """``run``: Discord refuses the token. 3 was once that there is none."""
    BAD_SETTINGS = 5
    """A setting has a value that is not allowed."""
    NOT_USABLE = 6
    """A model, a training table or list, the place for a result, ffmpeg or the database cannot be used."""
    UNREACHABLE = 7
    """``run``: Discord cannot be reached, or refuses the bot."""
    UNHEALTHY = 8
    """``health``: the bot is not connected."""
    PROBLEMS_FOUND = 9
    """``doctor``: at least one thing that the bot needs is missing or broken."""
    REFUSED = 10
    """``backup``, ``restore``: nothing was saved or changed; the message says why."""
    ON_SERVER = 11
    """``backup``, ``restore``: the database is on a PostgreSQL server; the message says how it is done there."""
    INTERRUPTED = 128 + signal.SIGINT
    """Ended by Ctrl-C, as shells have it; ``run`` takes the first one for the request to stop and ends with 0."""
