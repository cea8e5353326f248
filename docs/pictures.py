"""Makes the pictures of the README: the real bot's replies, as a member sees them.

Usage: ``python docs/pictures.py CLIP NOT_AUDIO`` with the dependency group ``pictures`` installed
and a Chromium that Playwright finds (``playwright install chromium``).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import discord
import simcord

from bot.analyzer import LocalAnalyzer
from bot.client import GenreBot
from bot.illustrator import TimelineIllustrator
from bot.media.attachments import Attachment
from bot.service import link_reader
from bot.services import Services
from bot.settings import Settings
from bot.store.database import open_store
from classifier.workers import AnalysisWorkers, WorkerConfig

PICTURES = Path(__file__).parent
DESKTOP = (640, 790)
PHONE = (360, 820)
REFUSAL = (640, 420)


async def fetch(attachment: Attachment) -> AsyncIterator[bytes]:
    """Read from the in-memory Discord."""
    assert isinstance(attachment, discord.Attachment)
    yield await attachment.read()


async def main(clip: Path, bad_file: Path) -> None:
    """Ask the bot for a clip and for a file that is none, and take pictures of the replies."""
    settings = Settings()
    with (
        tempfile.TemporaryDirectory() as folder,
        AnalysisWorkers(WorkerConfig(settings.model_dir, illustrator=TimelineIllustrator()), count=1) as workers,
    ):
        await asyncio.to_thread(workers.warm_up)
        async with open_store(f"sqlite+aiosqlite:///{folder}/store.sqlite3") as store:
            analyzer = LocalAnalyzer(workers, at_once=1, queue_limit=1, jobs_per_member=1)
            services = Services(
                settings=settings,
                analyzer=analyzer,
                store=store,
                fetch=fetch,
                links=link_reader(settings, folder=Path(folder)),
                clip_folder=Path(folder),
            )
            async with simcord.run(GenreBot(services), settle_timeout=120.0, check_errors=False) as env:
                channel = env.create_guild().create_text_channel("music")
                member = channel.guild.add_member(env.create_user("ann"))
                async with env.preview(channel, viewers=[member]) as preview:
                    for path, picture, viewport in (
                        (clip, "reply.png", DESKTOP),
                        (clip, "reply-phone.png", PHONE),
                        (bad_file, "refusal.png", REFUSAL),
                    ):
                        result = await member.slash(channel, "genre", file=(path.name, path.read_bytes()))
                        await preview.refresh()
                        report = await preview.screenshot(PICTURES / picture, target=result, viewport=viewport)
                        print(f"{picture}: {'complete' if report.complete else report}")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
