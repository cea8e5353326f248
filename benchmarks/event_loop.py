"""How long the event loop keeps others waiting while every worker is busy and clips stand in the queue.

Usage: ``python -m benchmarks.event_loop [CLIP] [--clips N] [--workers N]``, with an audio file; a clip of 30 s is made
where none is given. Each upload of it ends in bytes of its own, or it would be analysed only once. The real queue and
the real workers take fifty clips of ten members in five servers at once, each through a temporary file and with its
progress shown, as the bot does it. Meanwhile a heartbeat wakes the loop every 10 ms, and every 50 ms a trivial command
of another member is answered. The goal is 250 ms at the 99th percentile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clips import write_clip
from bot.analyzer import LocalAnalyzer
from bot.cards.analysis import answer_card
from bot.cards.failure import failure_card
from bot.cards.progress import progress_text
from bot.errors import QueueFull
from bot.fair_queue import Owner
from bot.illustrator import TimelineIllustrator
from bot.media.attachments import Attachment, on_disk
from bot.progress import Progress
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
    """Takes edits as slowly as Discord does."""

    async def show(self, _: str) -> None:
        """Show a text."""
        await asyncio.sleep(EDIT_SECONDS)


async def fetch(attachment: Attachment) -> AsyncGenerator[bytes, None]:
    """Yield an upload in chunks, as from a network."""
    assert isinstance(attachment, Upload)
    for start in range(0, len(attachment.data), CHUNK_BYTES):
        yield attachment.data[start : start + CHUNK_BYTES]
        await asyncio.sleep(0)
    yield attachment.ending


async def answer_clip(analyzer: LocalAnalyzer, upload: Upload, owner: Owner, folder: Path) -> None:
    """Do for a clip all that the bot does, but for Discord."""
    progress = Progress(Surface(), on_gone=lambda: None)
    heard = await analyzer.analyze(
        lambda: on_disk(upload, fetch=fetch, folder=folder, max_bytes=MOST_BYTES),
        owner=owner,
        report=lambda state: progress.show(progress_text(state)),
    )
    await progress.stop()
    embed, _ = answer_card(heard.answer, file_name="clip.wav", genres=3)
    json.dumps(embed.to_dict())


async def answer_trivially() -> None:
    """Answer a command that needs no work."""
    json.dumps(failure_card(QueueFull()).to_dict())


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
    analyzer = LocalAnalyzer(workers, at_once=count, queue_limit=clips, jobs_per_member=clips)
    found: dict[str, list[float]] = {"heartbeat": [], "command": []}
    with tempfile.TemporaryDirectory() as folder:
        meters = [
            asyncio.create_task(delays(HEARTBEAT_SECONDS, beat, found["heartbeat"])),
            asyncio.create_task(delays(COMMAND_SECONDS, answer_trivially, found["command"])),
        ]
        await asyncio.gather(
            *(
                answer_clip(analyzer, Upload(data, number), Owner(number % MEMBERS, number % SERVERS), Path(folder))
                for number in range(clips)
            )
        )
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
