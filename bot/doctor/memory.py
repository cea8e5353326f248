"""Compares the memory that the workers take with what the machine has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, advice, ok, problem

SUBJECT: Final = "memory"

WORKER_BYTES: Final = 500_000_000
"""Most memory of one worker with its pictures, in bytes, rounded up from what ``benchmarks.memory`` measures."""

COMFORTABLE_SHARE: Final = 0.75
"""Share of the memory that the workers may take; the bot itself, ffmpeg and the system need the rest."""

CGROUP_LIMIT: Final = Path("/sys/fs/cgroup/memory.max")
"""Where Linux tells the limit of a container, in bytes, or ``max``."""


def check_memory(workers: int, memory_bytes: int | None = None) -> Finding:
    """Compare what all workers take at most with what there is.

    Parameters
    ----------
    workers
        How many there are.
    memory_bytes
        What there is, in bytes; that of this machine or container where None.

    Returns
    -------
    Finding
    """
    there_is = machine_memory() if memory_bytes is None else memory_bytes
    needed = workers * WORKER_BYTES
    what = f"{workers} workers take up to {needed / 1e9:.1f} GB of {there_is / 1e9:.1f} GB"
    fewer = "Set GENREBOT_WORKERS to fewer, or give the machine more memory."
    if needed > there_is:
        return problem(SUBJECT, what, fewer)
    if needed > COMFORTABLE_SHARE * there_is:
        return advice(SUBJECT, f"{what}, which leaves little for the rest", fewer)
    return ok(SUBJECT, what)


def machine_memory(cgroup_limit: Path = CGROUP_LIMIT) -> int:
    """Return the memory of this machine, or of the container if that is less.

    Parameters
    ----------
    cgroup_limit
        File that tells the container's limit; there is none outside of one, and none but on Linux.

    Returns
    -------
    int
        In bytes.
    """
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        limit = cgroup_limit.read_text().strip()
    except OSError:
        return physical
    return min(physical, int(limit)) if limit.isdecimal() else physical
