"""Makes the pictures of the README: the real bot's replies, as members and admins see them.

Usage: ``python docs/pictures.py CLIP SPEECH NOT_AUDIO`` with a piece of music, somebody speaking and a file that is no
audio, the dependency group ``pictures`` installed and a Chromium that Playwright finds (``playwright install
chromium``).
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import simcord
import simcord.interactions

from bot.client import GenreBot
from bot.illustrator import TimelineIllustrator
from bot.media.attachments import Attachment
from bot.service import build_services, link_reader
from bot.settings import Settings
from bot.store.database import open_store
from classifier.workers import AnalysisWorkers, WorkerConfig

PICTURES = Path(__file__).parent
DESKTOP = (640, 760)
PHONE = (360, 760)
SMALL = (640, 420)

File = tuple[str, bytes]
"""Name and content."""


async def fetch(attachment: Attachment) -> AsyncIterator[bytes]:
    """Read from the in-memory Discord."""
    assert isinstance(attachment, discord.Attachment)
    yield await attachment.read()


def speak(locale: str) -> None:
    """Have members use Discord in a language."""
    base_payload = simcord.interactions.base_payload

    def in_language(*arguments: Any, **options: Any) -> Any:
        record, payload = base_payload(*arguments, **options)
        return record, payload | {"locale": locale}

    simcord.interactions.base_payload = in_language


async def take_pictures(env: simcord.Env, clip: File, speech: File, bad_file: File) -> None:
    """Do what members and an admin do, and take pictures of what they see."""
    guild = env.create_guild()
    channel = guild.create_text_channel("music")
    managing = guild.create_role("admins", permissions=discord.Permissions(manage_guild=True))
    ann, bob, cleo = (guild.add_member(env.create_user(name)) for name in ("ann", "bob", "cleo"))
    admin = guild.add_member(env.create_user("dora"), roles=[managing])
    async with env.preview(channel, viewers=[ann, admin]) as preview:

        async def take(name: str, result: Any, size: tuple[int, int], viewer: Any = ann) -> None:
            await preview.refresh()
            report = await preview.screenshot(PICTURES / f"{name}.png", target=result, viewport=size, viewer=viewer)
            print(f"{name}.png: {'complete' if report.complete else report}")

        answer = await ann.slash(channel, "genre", file=clip)
        await ann.click(answer.response, label="Agree")
        await bob.click(answer.response, label="Agree")
        form = await cleo.click(answer.response, label="Wrong?")
        (label,) = form.modal["components"]
        await cleo.submit_modal(form, {label["component"]["custom_id"]: ["jazz"]})
        await take("reply", answer, DESKTOP)
        await take("reply-phone", answer, PHONE)
        await take("why", await ann.click(answer.response, label="Why?"), SMALL)
        await take("not-music", await ann.slash(channel, "genre", file=speech), SMALL)
        await take("refusal", await ann.slash(channel, "genre", file=bad_file), SMALL)
        await take("help", await ann.slash(channel, "help"), PHONE)
        await take("about", await ann.slash(channel, "about"), DESKTOP)
        panel = await admin.slash(channel, "genre-settings")
        await admin.select(panel.response, ["reply"])
        await take("settings", panel, DESKTOP, admin)
        speak("ja")
        await take("reply-ja", await ann.slash(channel, "genre", file=clip), PHONE)


async def main(clip: File, speech: File, bad_file: File) -> None:
    """Start the real bot with real workers and take the pictures."""
    settings = Settings()
    with (
        tempfile.TemporaryDirectory() as folder,
        AnalysisWorkers(WorkerConfig(settings.model_dir, illustrator=TimelineIllustrator()), count=1) as workers,
    ):
        await asyncio.to_thread(workers.warm_up)
        async with open_store(f"sqlite+aiosqlite:///{folder}/store.sqlite3") as store:
            services = build_services(
                settings,
                workers=workers,
                store=store,
                fetch=fetch,
                links=link_reader(settings, folder=Path(folder)),
                folder=Path(folder),
            )
            bot = GenreBot(services, reads_messages=True)
            async with simcord.run(bot, settle_timeout=120.0, check_errors=False) as env:
                await take_pictures(env, clip, speech, bad_file)


if __name__ == "__main__":
    asyncio.run(main(*((path.name, path.read_bytes()) for path in map(Path, sys.argv[1:4]))))
