"""Real time for those who wait for real processes, where simcord's own clock stands still for threads of the bot."""

from __future__ import annotations

import multiprocessing.connection
import time
from types import SimpleNamespace
from typing import Any


def keep_real_time() -> None:
    """Let `multiprocessing.connection` tell the time by what is the real clock now."""
    connection: Any = multiprocessing.connection
    connection.time = SimpleNamespace(monotonic=time.monotonic)
