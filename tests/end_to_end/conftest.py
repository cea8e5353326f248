"""The whole bot: the real discord.py against an in-memory Discord, real workers, a real database."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import discord
import pytest
import simcord
import simcord.interactions

from bot.client import GenreBot
from bot.drawing.process import DrawingProcess
from bot.illustrator import TimelineIllustrator
from bot.media.attachments import Attachment, Fetch
from bot.media.linked_clip import LinkReader
from bot.memory import StoredMemory
from bot.service import build_services, link_reader
from bot.settings import Settings
from bot.store.database import open_store
from bot.store.utc import Clock, utc_now
from classifier.answer import Answer
from classifier.location import default_model_dir
from classifier.options import DecodeOptions
from classifier.result import Analysis
from classifier.workers import AnalysisWorkers, WorkerConfig
from tests.real_time import keep_real_time

WORKERS = 2

keep_real_time()


class NoWorkers:
    """For clips that the bot remembers: that any other reaches it is a failure of the test."""

    config = WorkerConfig(Path("unused"))

    def submit(self, *_: object) -> NoReturn:
        pytest.fail("a clip that is known reached the workers")


@pytest.fixture(scope="session")
def workers() -> Iterator[AnalysisWorkers]:
    config = WorkerConfig(
        default_model_dir(),
        DecodeOptions(max_bytes=50_000_000),
        job_timeout=60.0,
        illustrator=TimelineIllustrator(),
    )
    with AnalysisWorkers(config, count=WORKERS) as workers:
        workers.warm_up()
        yield workers


async def fetch_from_memory(attachment: Attachment) -> AsyncIterator[bytes]:
    """Read from the in-memory Discord, in pieces as from a network."""
    assert isinstance(attachment, discord.Attachment)
    data = await attachment.read()
    for start in range(0, len(data), 1 << 16):
        yield data[start : start + (1 << 16)]


@dataclass(frozen=True)
class Server:
    """A Discord server with the bot in it, as a member sees it."""

    env: simcord.Env
    bot: GenreBot
    channel: simcord.ChannelHandle
    clip_folder: Path
    fresh_bot: Callable[[], Awaitable[GenreBot]]

    def member(self, name: str = "ann") -> simcord.MemberActor:
        return self.channel.guild.add_member(self.env.create_user(name))

    def admin(self, name: str = "admin") -> simcord.MemberActor:
        """Return a member who may manage the server."""
        guild = self.channel.guild
        role = guild.create_role(name, permissions=discord.Permissions(manage_guild=True))
        return guild.add_member(self.env.create_user(name), roles=[role])

    async def genre(
        self, name: str, data: bytes, *, member: simcord.MemberActor | None = None, **options: object
    ) -> discord.Embed:
        """Send a file with ``/genre`` and return the reply."""
        result = await (member or self.member()).slash(self.channel, "genre", file=(name, data), **options)
        assert result.response is not None
        (embed,) = result.response.embeds
        return embed

    async def know(self, data: bytes, analysis: Analysis, picture: bytes | None = None) -> None:
        """Let the bot remember a clip, so that no worker is needed for it."""
        services = self.bot.services
        memory = StoredMemory(services.store.analyses, services.model_key)
        await memory.remember(hashlib.sha256(data).hexdigest(), Answer(analysis, picture))

    async def restart(self) -> None:
        """Restart the bot: Discord and the database file are as they were, and nothing else is."""
        object.__setattr__(self, "bot", await self.fresh_bot())
        await self.env.restart_bot(self.bot)

    def failures(self) -> list[type[Exception]]:
        """Return what ended the requests that failed; simcord raises those that nobody asked for."""
        return [type(getattr(error, "original", None) or error.__cause__) for error in self.env.errors]


OpenServer = Callable[..., AbstractAsyncContextManager[Server]]


@pytest.fixture
def open_server(workers: AnalysisWorkers, tmp_path: Path, migrated_sqlite: Path) -> OpenServer:
    """Start the bot, with settings of the test's own, for as long as a context lasts."""
    return server_opener(workers, tmp_path, migrated_sqlite)


@pytest.fixture
def open_knowing_server(tmp_path: Path, migrated_sqlite: Path) -> OpenServer:
    """Start the bot without workers, for tests whose clips it knows; see `Server.know`."""
    return server_opener(NoWorkers(), tmp_path, migrated_sqlite)


def server_opener(workers: Any, tmp_path: Path, migrated: Path) -> OpenServer:
    standard = workers
    # Every migration for each of some hundred servers would take half a minute.
    shutil.copy(migrated, tmp_path / "bot.sqlite3")

    @asynccontextmanager
    async def open_server(
        *,
        workers: Any = standard,
        fetch: Fetch = fetch_from_memory,
        links: Callable[..., LinkReader] = link_reader,
        drawing: DrawingProcess | None = None,
        reads_messages: bool = False,
        at_once: int = WORKERS,
        clock: Clock = utc_now,
        **overrides: object,
    ) -> AsyncIterator[Server]:
        settings = Settings(
            _env_file=None, workers=at_once, database_url=f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3", **overrides
        )
        folder = tmp_path / "clips"
        folder.mkdir(exist_ok=True)
        async with AsyncExitStack() as stores:

            async def fresh_bot() -> GenreBot:
                services = build_services(
                    settings,
                    workers=workers,
                    store=await stores.enter_async_context(open_store(settings.database_url, clock=clock)),
                    fetch=fetch,
                    links=links(settings, folder=folder),
                    folder=folder,
                )
                if drawing is not None:
                    services = replace(services, drawing=drawing)
                else:
                    stores.push_async_callback(services.drawing.close)
                return GenreBot(services, reads_messages=reads_messages)

            bot = await fresh_bot()
            async with simcord.run(bot, settle_timeout=90.0) as env:
                yield Server(env, bot, env.create_guild().create_text_channel("music"), folder, fresh_bot)
                assert list(folder.iterdir()) == []

    return open_server


def speak(monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    """Have members use Discord in a language; simcord knows only English ones."""
    base_payload = simcord.interactions.base_payload

    def in_language(*arguments: Any, **options: Any) -> Any:
        record, payload = base_payload(*arguments, **options)
        return record, payload | {"locale": locale}

    monkeypatch.setattr(simcord.interactions, "base_payload", in_language)


@pytest.fixture
def limit_uploads(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Say from now on how many bytes a file may have that is attached to an answer."""
    from_data = discord.Interaction._from_data

    def limit(most: int) -> None:
        def limited(interaction: discord.Interaction[Any], data: Any) -> None:
            from_data(interaction, {**data, "attachment_size_limit": most})

        monkeypatch.setattr(discord.Interaction, "_from_data", limited)

    return limit


class StuckDecoder:
    """A stand-in for ffmpeg that hangs until it is let go, so that a job is certainly in the middle."""

    def __init__(self, folder: Path, real: str) -> None:
        self._worker = folder / "worker"
        self._go_on = folder / "go-on"
        binary = folder / "ffmpeg"
        binary.write_text(
            "#!/bin/sh\n"
            # A link to nothing: a decoder may write no file.
            f'ln -s $PPID "{self._worker}"\n'
            f'while [ ! -e "{self._go_on}" ]; do sleep 0.05; done\n'
            f'exec "{real}" "$@"\n'
        )
        binary.chmod(0o755)

    def wait_for_worker(self) -> int:
        """Wait until a decoder was started and return the process that started it."""
        while not self._worker.is_symlink():
            time.sleep(0.02)
        return int(self._worker.readlink().name)

    def let_go(self) -> None:
        """Decode from now on."""
        self._go_on.touch()


@pytest.fixture
def stuck_decoder(tmp_path: Path, ffmpeg: str, monkeypatch: pytest.MonkeyPatch) -> StuckDecoder:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return StuckDecoder(folder, ffmpeg)


@pytest.fixture
def stuck_workers(stuck_decoder: StuckDecoder) -> Iterator[AnalysisWorkers]:
    """One worker whose decoder is the stuck one."""
    config = WorkerConfig(default_model_dir(), DecodeOptions(ffmpeg="path"), job_timeout=60.0)
    with AnalysisWorkers(config, count=1) as workers:
        workers.warm_up()
        yield workers
