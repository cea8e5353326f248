"""A real bot process is killed again and again in the middle of an import: no track is lost, and none repeated."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.jobs.job import JobState, Place
from bot.store.database import open_store
from tests.bot.stores import address, rows
from tests.loopback_discord import PATIENCE_SECONDS, TOKEN, LoopbackDiscord

log = logging.getLogger(__name__)

REPOSITORY = Path(__file__).resolve().parents[2]
KILLS = 20
SEED = 5
TRACKS = 36
LATENCY_SECONDS = 0.05
"""How long the site takes for each track: long enough to be killed in the middle of it."""
GUILD, ANN, CHANNEL, MESSAGE = 3000, 2000, 4000, 7000


class Site:
    """Serves the album, and tells when somebody came."""

    def __init__(self) -> None:
        self.names = [f"song-{number:02}" for number in range(TRACKS)]
        self.asked: Counter[str] = Counter()
        self.visited = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.removeprefix("/")
                site.asked[name] += 1
                site.visited.set()
                time.sleep(LATENCY_SECONDS)
                body = json.dumps(site.names).encode() if name == "album" else f"sound of {name}".encode() * 100
                self.send_response(200)
                self.send_header("Content-Type", "application/json" if name == "album" else "audio/ogg")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def running(self) -> Iterator[Site]:
        thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield self
        self._server.shutdown()
        thread.join()
        self._server.server_close()


class Starter:
    """Starts bots within moments; see `tests.process.importing_bot`."""

    def __init__(self, folder: Path, discord: str, site: str) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.process.importing_bot", discord, site],
            cwd=folder,
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith("GENREBOT_")},
                "PYTHONPATH": str(REPOSITORY),
                "TMPDIR": str(self.temporary),
                "DISCORD_TOKEN": TOKEN,
                "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.sqlite3",
                "GENREBOT_WORKERS": "1",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._line())

    def end(self, pid: int, number: signal.Signals) -> int:
        os.kill(pid, number)
        return int(self._line())

    @property
    def log(self) -> str:
        return (self.folder / "bot.log").read_text()

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE_SECONDS)
        self._process.stdout.close()

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


async def begin_import(file: Path) -> tuple[int, int]:
    """Ask for the import; return the playlist and the job."""
    async with open_store(address(file)) as store:
        playlist = await store.playlists.create(GUILD, "Chill", ANN)
        job = await store.job_starts.begin_link(
            playlist, "https://site.example/album", "site", Place(ANN, CHANNEL, "en")
        )
        await store.jobs.place(job, MESSAGE)
    return playlist, job


def wait_until(condition: Any, starter: Starter) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"that never came\n{starter.log}")
        time.sleep(0.01)


def test_a_bot_that_is_killed_twenty_times_in_an_import_loses_no_track_and_repeats_none(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    log.info("seed %d", SEED)
    file = tmp_path / "bot.sqlite3"
    playlist, job = asyncio.run(begin_import(file))

    def state() -> str:
        return str(rows(file, "SELECT state FROM jobs")[0][0])

    points = Counter[str]()
    with LoopbackDiscord().running() as discord, Site().running() as site:
        # Of a server that the bot is gone from, jobs would wait.
        discord.guilds = (str(GUILD),)
        starter = Starter(tmp_path, discord.url, site.url)
        try:
            for kill in range(KILLS):
                site.visited.clear()
                pid = starter.start()
                if chance.random() < 0.8:
                    wait_until(site.visited.is_set, starter)
                wait = chance.uniform(0, 0.2)
                time.sleep(wait)
                assert starter.end(pid, signal.SIGKILL) == -signal.SIGKILL
                points[state()] += 1
                ended = rows(file, "SELECT count(*) FROM job_items WHERE state <> 'waiting'")[0][0]
                log.info("kill %d: %.3f s, %s, %d of %d tracks had ended", kill + 1, wait, state(), ended, TRACKS)
            assert points[JobState.LISTING] + points[JobState.RUNNING] == KILLS, points
            # Who is told to stop puts back what is under way.
            site.visited.clear()
            pid = starter.start()
            wait_until(site.visited.is_set, starter)
            assert starter.end(pid, signal.SIGTERM) == 0
            assert rows(file, "SELECT max(attempts) FROM job_items WHERE state = 'waiting'")[0][0] <= 1
            pid = starter.start()
            wait_until(lambda: state() == JobState.DONE, starter)
            assert starter.end(pid, signal.SIGTERM) == 0
        finally:
            starter.close()
        sums = [
            embed["description"]
            for request in discord.requests
            if request.path.endswith(f"/channels/{CHANNEL}/messages/{MESSAGE}")
            for embed in request.body["embeds"]
        ]
    assert rows(file, "SELECT state, reason, count(*), count(DISTINCT track_id) FROM job_items GROUP BY 1, 2") == [
        ("done", None, TRACKS, TRACKS)
    ]
    tracks = rows(file, "SELECT id, title, digest FROM tracks WHERE playlist_id = ? ORDER BY added_at, id", playlist)
    assert [title for _, title, _ in tracks] == site.names
    assert len({digest for _, _, digest in tracks}) == TRACKS
    items = rows(file, "SELECT track_id, title FROM job_items WHERE job_id = ? ORDER BY position", job)
    assert items == [(track_id, title) for track_id, title, _ in tracks]
    # Nothing was heard twice but what was under way when the bot died.
    assert site.asked.total() - site.asked["album"] <= TRACKS + KILLS + 1
    assert f"✅ {TRACKS} added\n" in sums[-1]
    assert list(starter.temporary.iterdir()) == []
    assert "Traceback" not in starter.log
