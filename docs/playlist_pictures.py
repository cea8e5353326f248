"""Makes the pictures of docs/playlists.md: the real bot's replies about playlists of made-up titles.

Usage: ``python docs/playlist_pictures.py CLIP FEATURES TAGGRAMS...`` with a piece of classical music, GTZAN's table of
features and musicnn's published taggrams, whose sounds the made-up tracks have; with the dependency groups ``dev`` and
``pictures`` installed and a Chromium that Playwright finds (``playwright install chromium``).
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import discord
import simcord
from made_up_tracks import SONGS, TRACKS, digest_of, made_tracks

import bot.client
import bot.jobs.board
from bot.commands.playlists.options import track_value
from bot.game.host import GameHost
from bot.media.attachments import Attachment
from bot.media.link_errors import AgeRestricted, PrivateOrRemoved
from bot.memory import StoredMemory
from bot.playlists.playlist import Collaborator, SharedWith
from bot.service import build_services
from bot.services import Services
from bot.settings import Settings
from bot.store.database import open_store
from classifier.answer import Answer
from classifier.location import default_model_dir
from classifier.workers import AnalysisWorkers, WorkerConfig
from tests.bot.listed_site import ListedSite, track_link
from tests.bot.stores import NEW_YEAR
from tests.bot.timelines import analysis_of
from tests.real_time import keep_real_time

PICTURES = Path(__file__).parent / "playlists"
DESKTOP = (640, 900)
PHONE = (360, 900)
SMALL = (640, 520)
SLOW_TRACK = "Low-Tide"
"""The one in the middle of whose import a picture is taken."""


class VirtualTime:
    """Tells the time that simcord's pictures show."""

    def __init__(self) -> None:
        self.env: simcord.Env | None = None

    def __call__(self) -> datetime:
        """Return the present moment."""
        return NEW_YEAR if self.env is None else self.env.now()


def show_names(members: Sequence[Any]) -> None:
    """Have cards show names, as Discord does, where simcord's pictures show ids."""
    to_dict = discord.Embed.to_dict

    def with_names(embed: discord.Embed) -> Any:
        text = json.dumps(to_dict(embed))
        for member in members:
            text = text.replace(f"<@{member.id}>", f"@{member.name}")
        return json.loads(text)

    discord.Embed.to_dict = with_names  # type: ignore[method-assign]


class Pause:
    """Holds the bot up until a picture was taken; simcord's own clock would not wait for that."""

    def __init__(self) -> None:
        self._over = asyncio.Event()
        self._env: simcord.Env | None = None

    def begin(self, env: simcord.Env) -> None:
        """Hold up whoever comes from now on."""
        self._env = env
        self._over.clear()

    async def end(self) -> None:
        """Let it go on, and wait until it has."""
        assert self._env is not None
        self._over.set()
        await self._env.settle()

    async def wait(self, *_: object) -> None:
        """Wait for the end, if it has begun."""
        if self._env is not None and not self._over.is_set():
            await self._env.external_wait(self._over.wait(), reason="a picture is taken")

    async def wait_at_track(self, name: str) -> None:
        """Wait at one track of the album."""
        if name == SLOW_TRACK:
            await self.wait()


async def fetch(attachment: Attachment) -> AsyncIterator[bytes]:
    """Read from the in-memory Discord."""
    assert isinstance(attachment, discord.Attachment)
    yield await attachment.read()


async def album(site: ListedSite, services: Services) -> str:
    """Have an album of songs that the bot knows and of some that it cannot have; return its address."""
    memory = StoredMemory(services.store.analyses, services.model_key)
    songs = {name.replace(" ", "-"): name.encode() for name in SONGS if name.isascii()}
    for data in songs.values():
        await memory.remember(sha256(data).hexdigest(), Answer(analysis_of((0.0, [{"jazz": 0.8, "blues": 0.2}] * 6))))
    return site.album(**songs, **{"Harvest-Moon-Live": AgeRestricted(), "Hidden-Track": PrivateOrRemoved()})


async def take_pictures(
    env: simcord.Env, services: Services, site: ListedSite, pause: Pause, *, features: Path, taggrams: Sequence[Path]
) -> None:
    """Do what members do, and take pictures of what they see."""
    guild = env.create_guild()
    channel = guild.create_text_channel("music")
    ann, bob, *_ = members = [guild.add_member(env.create_user(name)) for name in ("ann", "bob", "cleo", "dan")]
    show_names(members)
    store = services.store
    friday = await store.playlists.create(guild.id, "Friday night", ann.id, description="When the week is over")
    quiet = await store.playlists.create(guild.id, "Quiet mornings", bob.id, description="Coffee, rain, no drums")
    for playlist_id in (friday, quiet):
        await store.playlists.share(playlist_id, Collaborator(SharedWith.EVERYONE))
    await store.playlist_channels.set(channel.id, friday)
    made = made_tracks(features, taggrams, services.model_key, [member.id for member in members])
    classical = next(track for track in made if track.heard.genre == "classical")
    dances = await store.playlists.create(guild.id, "Dances", bob.id)
    await store.tracks.add(dances, replace(classical, title="Hungarian Dance No. 5", link=track_link("clip")))
    for track in made:
        await store.tracks.add(friday, track)
    last = (await store.track_pages.all_of(friday))[-1]
    assert last.digest is not None
    others = sorted(set(services.facts.genres) - {last.genre})
    for member, genre in zip(members, (others[0], others[0], others[0], others[1]), strict=True):
        await store.votes.cast(last.digest, guild.id, member.id, genre)
    chance = random.Random(3)  # noqa: S311 - as above
    for place in chance.sample(range(TRACKS - 1), 120):
        for member in chance.sample(members, chance.randint(1, 4)):
            await store.votes.cast(digest_of(place), guild.id, member.id, chance.choice(services.facts.genres[:4]))

    async with env.preview(channel, viewers=[ann]) as preview:

        async def take(name: str, result: Any, size: tuple[int, int]) -> None:
            await preview.refresh()
            # Of sounds, the picture shows no player.
            report = await preview.screenshot(
                PICTURES / f"{name}.png", target=result, viewport=size, viewer=ann, allow_incomplete=True
            )
            troubles = ", ".join(str(diagnostic["message"]) for diagnostic in report.diagnostics)
            print(f"{name}.png: {'complete' if report.complete else troubles}")

        async def playlist(command: str, **options: Any) -> Any:
            return await ann.slash(channel, f"playlist {command}", **options)

        await take("list", await playlist("list"), SMALL)
        page = await playlist("open", playlist="Friday night")
        await take("open-phone", page, PHONE)
        menus = [part for row in page.response.components for part in row["components"] if part["type"] == 3]
        await take("track", await ann.select(page.response, [str(last.id)], custom_id=menus[0]["custom_id"]), PHONE)
        for picture in ("fingerprint", "map"):
            await take(picture, await playlist(picture, playlist="Friday night"), DESKTOP)
        await take("odd-one-out", await playlist("odd-one-out", playlist="Friday night"), SMALL)
        await take("smooth-order", await playlist("smooth-order", playlist="Friday night"), DESKTOP)
        await take(
            "neighbours", await playlist("neighbours", playlist="Friday night", track=track_value(last.id)), DESKTOP
        )
        await take("stats", await ann.slash(channel, "server-stats"), DESKTOP)
        link = await album(site, services)
        pause.begin(env)
        imported = await playlist("import", playlist="Quiet mornings", link=link)
        await take("import", imported, SMALL)
        await pause.end()
        await take("summary", imported, SMALL)
        pause.begin(env)
        played = await ann.slash(channel, "beat-the-bot start", playlist="Dances")
        for member, label in zip(members, ("Classical", "Classical", "Jazz", "Blues"), strict=True):
            await member.click(played.response, label=label)
        await take("round", played, DESKTOP)
        await pause.end()
        await take("result", played, SMALL)


async def main(clip: bytes, features: Path, taggrams: Sequence[Path]) -> None:
    """Start the real bot and take the pictures."""
    keep_real_time()
    pause, clock = Pause(), VirtualTime()
    bot.jobs.board.utc_now = clock  # type: ignore[attr-defined]
    site = ListedSite({"clip": clip}, before=pause.wait_at_track)
    settings = Settings(_env_file=None)
    with (
        tempfile.TemporaryDirectory() as folder,
        AnalysisWorkers(WorkerConfig(default_model_dir()), count=1) as workers,
    ):
        async with open_store(f"sqlite+aiosqlite:///{folder}/store.sqlite3", clock=clock) as store:
            services = build_services(
                settings,
                workers=workers,
                store=store,
                fetch=fetch,
                links=site.reader(settings, folder=Path(folder)),
                folder=Path(folder),
            )
            # A round lasts until its picture was taken.
            bot.client.GameHost = partial(GameHost, sleep=pause.wait)  # type: ignore[misc]
            genre_bot = bot.client.GenreBot(services, reads_messages=True)
            async with simcord.run(genre_bot, settle_timeout=120.0, check_errors=False) as env:
                clock.env = env
                await take_pictures(env, services, site, pause, features=features, taggrams=taggrams)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).read_bytes(), Path(sys.argv[2]), [Path(argument) for argument in sys.argv[3:]]))
