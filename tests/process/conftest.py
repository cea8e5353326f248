"""The real process against a stand-in for Discord on this machine, and what is needed to look inside."""

from __future__ import annotations

import contextlib
import hashlib
import os
import select
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.loopback_discord import DEAF, PATIENCE_SECONDS, TOKEN, Attachment, LoopbackDiscord, write_launcher

REPOSITORY = Path(__file__).resolve().parents[2]
LAST_BREATH_SECONDS = 10.0


class BotProcess:
    """``genre-bot`` as an operator starts it, in a folder of its own."""

    def __init__(self, folder: Path, discord_url: str, arguments: tuple[str, ...], settings: dict[str, str]) -> None:
        self.folder = folder
        # Of sockets in there, the kernel takes short paths only.
        self.temporary = Path(tempfile.gettempdir(), f"bot-{hashlib.sha256(bytes(folder)).hexdigest()[:12]}")
        folder.mkdir(parents=True, exist_ok=True)
        self.temporary.mkdir(exist_ok=True)
        self.health_file = folder / "alive"
        launcher = write_launcher(folder)
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GENREBOT_") and name not in {"DISCORD_TOKEN", "DATABASE_URL"}
        }
        self.environment = {
            **inherited,
            "PYTHONPATH": str(REPOSITORY),
            # Every process that the bot starts inherits it: by this mark they are found again.
            "TMPDIR": str(self.temporary),
            "DISCORD_TOKEN": TOKEN,
            "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.sqlite3",
            "GENREBOT_WORKERS": "1",
            "GENREBOT_HEALTH_FILE": str(self.health_file),
            **settings,
        }
        self._command = [sys.executable, str(launcher), discord_url]
        self._stderr = folder / "stderr.txt"
        with self._stderr.open("wb") as stderr:
            self.popen = subprocess.Popen(
                [*self._command, *arguments],
                cwd=folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=stderr,
                stderr=stderr,
                start_new_session=True,
            )

    @property
    def stderr(self) -> str:
        return self._stderr.read_text()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command of ``genre-bot`` with the same settings."""
        return subprocess.run(
            [*self._command, *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )

    def signal(self, number: signal.Signals) -> None:
        self.popen.send_signal(number)

    def signal_group(self, number: signal.Signals) -> None:
        """Signal as a terminal does: everything in the foreground gets it."""
        os.killpg(self.popen.pid, number)

    def wait(self) -> int:
        return self.popen.wait(PATIENCE_SECONDS)

    def wait_for_output(self, text: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while text not in self.stderr:
            if self.popen.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the bot never said {text!r}:\n{self.stderr}")
            time.sleep(0.05)

    def wait_until_healthy(self) -> None:
        self._wait_for_health_file(exists=True)

    def wait_until_unhealthy(self) -> None:
        self._wait_for_health_file(exists=False)

    def _wait_for_health_file(self, *, exists: bool) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.health_file.exists() is not exists:
            if self.popen.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the sign of life is still {'absent' if exists else 'there'}:\n{self.stderr}")
            time.sleep(0.05)

    def processes(self) -> dict[int, str]:
        """Return the command lines of all processes that stem from this bot, by their id."""
        mark = f"TMPDIR={self.temporary}".encode()
        found = {}
        for entry in Path("/proc").iterdir():
            # A process may end while it is looked at.
            with contextlib.suppress(OSError):
                if entry.name.isdecimal() and mark in (entry / "environ").read_bytes().split(b"\0"):
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        return found

    def leftovers(self) -> tuple[list[str], list[str]]:
        """Return the processes that outlive the bot and the files that it left in the temporary folder."""
        # Python's own resource tracker ends by itself, but only once it sees that its parent has.
        deadline = time.monotonic() + LAST_BREATH_SECONDS
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.05)
        files = sorted(str(path.relative_to(self.temporary)) for path in self.temporary.rglob("*"))
        return list(self.processes().values()), files

    def end(self) -> None:
        """Make sure that nothing outlives a test, whatever happened in it."""
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.popen.wait(PATIENCE_SECONDS)
        shutil.rmtree(self.temporary, ignore_errors=True)


class Decoder:
    """A stand-in for ffmpeg that waits for leave and then becomes the real one."""

    def __init__(self, folder: Path, real: str) -> None:
        folder.mkdir()
        self.folder = folder
        self._entered, self._leave = (self._make_pipe(name) for name in ("entered", "leave"))
        script = folder / "ffmpeg"
        script.write_text(
            f'#!/bin/sh\necho entered > "{folder}/entered"\nread -r _ < "{folder}/leave"\nexec "{real}" "$@"\n'
        )
        script.chmod(script.stat().st_mode | stat.S_IXUSR)

    @property
    def settings(self) -> dict[str, str]:
        return {"GENREBOT_FFMPEG": "path", "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}"}

    def wait_until_entered(self, bot: BotProcess) -> None:
        ready, _, _ = select.select([self._entered], [], [], PATIENCE_SECONDS)
        assert ready, f"no file was decoded\n{bot.stderr}"
        assert os.read(self._entered, len("entered\n")) == b"entered\n"

    def release(self) -> None:
        os.write(self._leave, b"go\n")

    def close(self) -> None:
        for pipe in (self._entered, self._leave):
            os.close(pipe)

    def _make_pipe(self, name: str) -> int:
        os.mkfifo(self.folder / name)
        # Opened for both ways, so that neither side waits for the other to open it.
        return os.open(self.folder / name, os.O_RDWR)


StartBot = Callable[..., BotProcess]


@pytest.fixture(scope="session")
def discord_server() -> type[LoopbackDiscord]:
    return LoopbackDiscord


@pytest.fixture(scope="session")
def new_bot() -> StartBot:
    """Start ``genre-bot run`` in a folder; the caller ends it."""
    return lambda folder, url, settings: BotProcess(folder, url, ("run",), settings)


@pytest.fixture
def discord() -> Iterator[LoopbackDiscord]:
    with LoopbackDiscord().running() as server:
        yield server


@pytest.fixture
def start_bot(tmp_path: Path) -> Iterator[StartBot]:
    """Start ``genre-bot run``, deaf where no clip is analysed; every process is gone after the test."""
    started: list[BotProcess] = []

    def start(url: str, *, deaf: bool = False, command: str = "run", **settings: str) -> BotProcess:
        bot = BotProcess(tmp_path / "bot", url, (command,), settings | ({DEAF: "1"} if deaf else {}))
        started.append(bot)
        return bot

    yield start
    for bot in started:
        bot.end()


@pytest.fixture
def decoder(tmp_path: Path, ffmpeg: str) -> Iterator[Decoder]:
    decoder = Decoder(tmp_path / "decoder", ffmpeg)
    yield decoder
    decoder.close()


@dataclass(frozen=True)
class Online:
    """A bot that is logged in, and the Discord that it is logged in to."""

    discord: LoopbackDiscord
    bot: BotProcess

    def ask(self, attachment: Attachment, **options: Any) -> dict[str, Any]:
        """Run ``/genre`` and return the embed of the answer."""
        return self.discord.wait_for_embed(self.bot, self.discord.slash(self.bot, attachment, **options))


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Online]:
    """One bot for all tests that do not stop it."""
    with LoopbackDiscord().running() as discord:
        bot = BotProcess(tmp_path_factory.mktemp("online"), discord.url, ("run",), {"GENREBOT_MAX_UPLOAD_MB": "3"})
        try:
            discord.wait_until_connected(bot)
            yield Online(discord, bot)
        finally:
            bot.end()
