"""Starts ``genre-bot run`` again and again, each time as a process of its own that is there within moments.

What a start takes longest for is done once: the modules are loaded here, and each bot is a copy of this process. The
classifier is a stand-in that answers at once; links are read from servers on this machine. All else is the real bot.

Arguments are the addresses of the stand-in for Discord and of the site. Each line of the standard input starts a bot;
its process id is written, and once it has ended, its exit status.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

import bot.service
from bot.__main__ import main
from bot.media.linked_clip import LinkReader
from bot.media.links import Link
from bot.media.listing import ListedTrack, Listing
from bot.media.sites import SiteTrack
from classifier.answer import Answer
from classifier.workers import WorkerConfig
from tests.bot.timelines import analysis_of

DISCORD, SITE = sys.argv[1:]
ANSWER = Answer(analysis_of((0.0, [{"jazz": 0.9}])))
LISTENING_SECONDS = 0.03


class QuickWorkers:
    """Threads that say the same of every clip, a moment later."""

    def __init__(self, config: WorkerConfig, *, count: int) -> None:
        self.config = config
        self._threads = ThreadPoolExecutor(count)

    def warm_up(self) -> None:
        pass

    def submit(self, path: Path, _: object) -> Future[Answer]:
        return self._threads.submit(self._listen, path)

    def close(self) -> None:
        self._threads.shutdown()

    def _listen(self, path: Path) -> Answer:
        hashlib.sha256(path.read_bytes())
        time.sleep(LISTENING_SECONDS)
        return ANSWER


class LoopbackSites:
    """One album on this machine, whose tracks are fetched from there."""

    async def listing(self, link: Link, *, most: int, folder: Path) -> Listing:
        del link, folder
        names: list[str] = await self._get("/album", "json")
        tracks = tuple(ListedTrack(Link(f"https://site.example/{name}"), name, None) for name in names)
        return Listing("Album", tracks[:most], more=False, left_out={})

    @asynccontextmanager
    async def on_disk(self, link: Link, *, folder: Path, background: bool = False) -> AsyncIterator[SiteTrack]:
        assert background
        path = folder / "clip"
        path.write_bytes(await self._get(yarl.URL(link.url).path, "read"))
        try:
            yield SiteTrack(path, None)
        finally:
            path.unlink()

    async def _get(self, path: str, how: str) -> Any:
        async with aiohttp.ClientSession(SITE) as session, session.get(path) as response:
            response.raise_for_status()
            return await getattr(response, how)()


def link_reader(_: object, *, folder: Path) -> LinkReader:
    sites: Any = LoopbackSites()
    return LinkReader(sites, sites, folder=folder, max_bytes=1_000_000)


def run_bot() -> None:
    log = os.open("bot.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(log, stream)
    sys.argv = ["genre-bot", "run"]
    main()


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    Route.BASE = f"{DISCORD}/api"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{DISCORD}/gateway")
    stand_ins: Any = bot.service
    stand_ins.AnalysisWorkers = QuickWorkers
    stand_ins.link_reader = link_reader
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            run_bot()
        tell(child)
        _, status = os.waitpid(child, 0)
        tell(os.waitstatus_to_exitcode(status))
