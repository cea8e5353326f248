"""How long the event loop keeps others waiting while every worker is busy and clips stand in the queue.

Usage: ``python -m benchmarks.event_loop [CLIP] [--clips N] [--workers N]``, with an audio file; a clip of 30 s is made
where none is given. Each upload of it ends in bytes of its own, or it would be analysed only once. The real queue and
the real workers take fifty clips of ten members in five servers at once, each through a temporary file and with its
progress shown, and remembers and answers them as the bot does it. Meanwhile a heartbeat wakes the loop every 10 ms, and
every 50 ms another member's ``/about`` is answered. The goal is 250 ms at the 99th percentile.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import numpy as np

from benchmarks.clips import write_clip
from bot.answering import answer_clip
from bot.asking import asking
from bot.commands.about import AboutCommands
from bot.fair_queue import Owner
from bot.illustrator import TimelineIllustrator
from bot.media.attachments import Attachment, on_disk
from bot.service import build_services, link_reader
from bot.services import Services
from bot.settings import Settings
from bot.store.database import open_store
from bot.surfaces.surface import Reply
from bot.texts.catalogue import ENGLISH
from classifier.location import default_model_dir
from classifier.workers import AnalysisWorkers, WorkerConfig

GOAL_SECONDS = 0.25
MEMBERS = 10
SERVERS = 5
HEARTBEAT_SECONDS = 0.01
COMMAND_SECONDS = 0.05
MOST_BYTES = 100_000_000
CHUNK_BYTES = 256 << 10
ENDING_BYTES = 4
EDIT_SECONDS = 0.1
"""What an edit takes at Discord, about."""
MESSAGE_IDS = itertools.count(1)


@dataclass(frozen=True)
class Upload:
    """An attachment whose bytes are in memory."""

    data: bytes
    number: int
    url: str = ""

    @property
    def ending(self) -> bytes:
        """What nobody decodes, and no other upload has."""
        return self.number.to_bytes(ENDING_BYTES, "big")

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data) + ENDING_BYTES


class Surface:
    """A place to answer that takes edits as slowly as Discord does.

    Parameters
    ----------
    owner
        Who asks.
    """

    private = False
    seconds_left = None
    texts = ENGLISH
    message_ids: frozenset[int] = frozenset()

    def __init__(self, owner: Owner) -> None:
        self.owner = owner
        self.community = self.channel_id = owner.server or owner.member

    async def defer(self) -> None:
        """Give a sign."""
        await asyncio.sleep(EDIT_SECONDS)

    async def show(self, _: str) -> None:
        """Show a text."""
        await asyncio.sleep(EDIT_SECONDS)

    async def end_with(self, _: str) -> None:
        """Show a last text."""
        await asyncio.sleep(EDIT_SECONDS)

    async def answer(self, reply: Reply) -> int:
        """Answer as discord.py does, but for the network."""
        json.dumps(reply.embed.to_dict())
        await asyncio.sleep(EDIT_SECONDS)
        return next(MESSAGE_IDS)


class Response:
    """Takes what a command answers, as discord.py does, but for the network."""

    async def send_message(self, *, embed: discord.Embed, ephemeral: bool) -> None:
        """Answer."""
        assert ephemeral
        json.dumps(embed.to_dict())


class AskedInteraction:
    """As much of an interaction as ``/about`` needs."""

    locale = "en-US"
    response = Response()


@dataclass(frozen=True)
class UploadedClip:
    """A clip that comes from an upload."""

    upload: Upload
    folder: Path
    name: str = "clip.wav"
    link: str | None = None

    def on_disk(self) -> AbstractAsyncContextManager[Path]:
        """Hold it in a file for as long as the context lasts."""
        return on_disk(self.upload, fetch=fetch, folder=self.folder, max_bytes=MOST_BYTES)


async def fetch(attachment: Attachment) -> AsyncGenerator[bytes, None]:
    """Yield an upload in chunks, as from a network."""
    assert isinstance(attachment, Upload)
    for start in range(0, len(attachment.data), CHUNK_BYTES):
        yield attachment.data[start : start + CHUNK_BYTES]
        await asyncio.sleep(0)
    yield attachment.ending


async def answer(upload: Upload, owner: Owner, services: Services) -> None:
    """Do for a clip all that the bot does, but for Discord."""
    async with asking(Surface(owner), services) as request:
        await answer_clip(request, UploadedClip(upload, services.clip_folder), services)


async def delays(every: float, action: Callable[[], Coroutine[Any, Any, None]], found: list[float]) -> None:
    """Note how much later than it was due an action is done, again and again until cancelled."""
    while True:
        due = time.perf_counter() + every
        await asyncio.sleep(every)
        await asyncio.create_task(action())
        found.append(time.perf_counter() - due)


async def beat() -> None:
    """Do nothing: the heartbeat."""


async def measure(workers: AnalysisWorkers, data: bytes, clips: int, count: int) -> dict[str, list[float]]:
    """Answer the clips and return the delays in the meantime, in seconds."""
    found: dict[str, list[float]] = {"heartbeat": [], "/about": []}
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None, workers=count, queue_limit=clips, jobs_per_member=clips, jobs_per_server=clips
        )
        async with open_store(f"sqlite+aiosqlite:///{folder}/bench.sqlite3") as store:
            services = build_services(
                settings,
                workers=workers,
                store=store,
                fetch=fetch,
                links=link_reader(settings, folder=Path(folder)),
                folder=Path(folder),
            )
            commands = AboutCommands(services, reads_messages=True)

            async def about() -> None:
                await AboutCommands.about.callback(commands, AskedInteraction())

            meters = [
                asyncio.create_task(delays(HEARTBEAT_SECONDS, beat, found["heartbeat"])),
                asyncio.create_task(delays(COMMAND_SECONDS, about, found["/about"])),
            ]
            owners = [Owner(1 + number % MEMBERS, 100 + number % SERVERS) for number in range(clips)]
            await asyncio.gather(*(answer(Upload(data, n), owner, services) for n, owner in enumerate(owners)))
            for meter in meters:
                meter.cancel()
            await asyncio.wait(meters)
    return found


def main() -> None:
    """Print the delays' median, 99th percentile and maximum, and whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clip", nargs="?", type=Path)
    parser.add_argument("--clips", type=int, default=50)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = (arguments.clip or write_clip(Path(folder) / "clip.wav")).read_bytes()
    config = WorkerConfig(default_model_dir(), job_timeout=600.0, illustrator=TimelineIllustrator())
    with AnalysisWorkers(config, count=arguments.workers) as workers:
        workers.warm_up()
        started = time.perf_counter()
        found = asyncio.run(measure(workers, data, arguments.clips, arguments.workers))
        took = time.perf_counter() - started
    print(f"{arguments.clips} clips, {arguments.workers} workers, {took:.1f} s")
    for name, seconds in found.items():
        median, high, most = np.percentile(seconds, (50, 99, 100)) * 1000
        verdict = "met" if high <= GOAL_SECONDS * 1000 else "missed"
        print(
            f"  {name:9} {len(seconds):6} times: median {median:5.1f} ms, 99th percentile {high:5.1f} ms, "
            f"most {most:5.1f} ms; goal of {GOAL_SECONDS * 1000:.0f} ms {verdict}"
        )


if __name__ == "__main__":
    main()
