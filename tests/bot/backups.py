"""What the tests of backups share: a database with something in it, a busy writer, and a full disk."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import BinaryIO

from bot.store.channels import ListeningMode
from bot.store.database import open_store
from tests.bot.stores import ANSWER, MODEL, ONE, address, rows

GUILD = 2**62

VOTES_WITHOUT_END = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
for member in range(1_000_000):
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO votes VALUES (?, 1, ?, 'jazz', '2026-01-01 00:00:00')", ("0" * 64, member))
    connection.execute("UPDATE channel_settings SET guild = guild + 1 WHERE channel = 99")
    connection.execute("COMMIT")
    print(member, flush=True)
    # No lock is fair: without it, the others would hardly ever find a moment.
    time.sleep(0.001)
"""
"""Each vote comes with a change of another table; tells whose vote is committed."""


def make_database(file: Path, *, channel: int = 1) -> None:
    """Make a database in which the bot listens to a channel and has given one answer."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_made())
    rows(file, "UPDATE channel_settings SET channel = ? WHERE channel = 1", channel)


@cache
def _made() -> bytes:
    async def fill(file: Path) -> None:
        async with open_store(address(file)) as store:
            await store.channels.set(1, GUILD, ListeningMode.REPLY, links=False)
            await store.commands.remember_sync(7, ONE)
            await store.analyses.remember(ONE, MODEL, ANSWER)

    with TemporaryDirectory() as folder:
        file = Path(folder, "bot.sqlite3")
        asyncio.run(fill(file))
        rows(file, "INSERT INTO channel_settings VALUES (99, 0, 'reply', 0)")
        add_answer(file)
        return file.read_bytes()


def add_answer(file: Path) -> int:
    """Post an answer; returns its id."""
    rows(
        file,
        "INSERT INTO answers (digest, model_key, asker, community, channel, posted_at) VALUES (?, ?, 1, 2, 3, ?)",
        ONE,
        MODEL,
        "2026-01-01 00:00:00",
    )
    return int(rows(file, "SELECT max(id) FROM answers")[0][0])


def channels(file: Path) -> list[int]:
    """Return the channels that are listened to, besides the one that the writers count in."""
    found = rows(file, "SELECT channel FROM channel_settings WHERE channel <> 99 ORDER BY channel")
    return [channel for (channel,) in found]


def members(file: Path) -> set[int]:
    return {member for (member,) in rows(file, "SELECT member FROM votes")}


def is_whole(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file become larger, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class Writer:
    """Another process that votes without a pause, for one member after the other."""

    def __init__(self, database: Path, process: subprocess.Popen[bytes], told: BinaryIO) -> None:
        self._database = database
        self._process = process
        self._told = told

    def wait_for_votes(self, number: int) -> None:
        """Wait until at least so many are in the database."""
        while len(members(self._database)) < number:
            assert self._process.poll() is None
            time.sleep(0.005)

    def stop(self) -> set[int]:
        """End it, between two transactions or within one; returns whose votes it has committed."""
        self._process.kill()
        self._process.wait()
        self._told.seek(0)
        return {int(line) for line in self._told if line.endswith(b"\n")}


@contextmanager
def writing_all_the_time(database: Path) -> Iterator[Writer]:
    program = [sys.executable, "-c", VOTES_WITHOUT_END, str(database)]
    with TemporaryFile() as told, subprocess.Popen(program, stdout=told) as process:
        try:
            yield Writer(database, process, told)
        finally:
            process.kill()
