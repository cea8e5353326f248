"""The real process against a stand-in for Discord on this machine, and what is needed to look inside."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import select
import signal
import stat
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSMsgType, web

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120.0
LAST_BREATH_SECONDS = 10.0
TOKEN = "a-token-that-the-stand-in-knows"
APPLICATION = {"id": "1000", "flags": 0}
BOT_USER = {"id": "1000", "username": "genre-bot", "discriminator": "0", "avatar": None, "bot": True}
MEMBER_USER = {"id": "2000", "username": "ann", "discriminator": "0", "avatar": None}
SENT_AT = "2026-01-01T00:00:00+00:00"

Body = Callable[[web.Request], AsyncIterator[bytes]]


@dataclass(frozen=True)
class Request:
    """What the bot asked of the stand-in."""

    method: str
    path: str
    body: Any


@dataclass(frozen=True)
class Attachment:
    """A file as the stand-in describes it, and how it is served."""

    id: str
    filename: str
    size: int
    data: bytes
    status: int = 200
    cut_after: int | None = None
    stalls: bool = False


@dataclass(eq=False)
class LoopbackDiscord:
    """As much of Discord's REST API and gateway (version 10) as a bot needs to log in and answer a command.

    It runs in a thread of its own; tests wait for what the bot sends.
    """

    token: str = TOKEN
    refuses_gateway: bool = False
    login_status: int | None = None
    login_hangs: bool = False
    closes_with: int | None = None
    requests: list[Request] = field(default_factory=list)
    gateway_connections: int = 0
    url: str = ""
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _attachments: dict[str, Attachment] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(5000))
    _sockets: list[Gateway] = field(default_factory=list)

    @contextlib.contextmanager
    def running(self) -> Iterator[LoopbackDiscord]:
        started = threading.Event()
        thread = threading.Thread(target=asyncio.run, args=(self._serve(started),), name="loopback-discord")
        thread.start()
        assert started.wait(PATIENCE_SECONDS)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(self._stop.set)
            thread.join(PATIENCE_SECONDS)
            assert not thread.is_alive()

    # What a test does.

    def wait_for(self, condition: Callable[[], Any], *, bot: BotProcess, what: str) -> Any:
        """Wait until a condition on what was received holds; fail at once when the bot has ended."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        with self._changed:
            while not (result := condition()):
                ended = bot.popen.poll() is not None
                if ended or time.monotonic() > deadline:
                    reason = "the bot ended" if ended else "nothing came"
                    pytest.fail(f"waiting for {what}: {reason}\n{self.requests}\n{bot.stderr}")
                self._changed.wait(0.2)
        return result

    def slash(self, bot: BotProcess, attachment: Attachment, *, genres: int | None = None, member: int = 2000) -> str:
        """Have a member run ``/genre``; return the interaction's token."""
        self._attachments[attachment.id] = attachment
        token = f"interaction-{next(self._ids)}"
        options = [{"name": "file", "type": 11, "value": attachment.id}]
        if genres is not None:
            options.append({"name": "genres", "type": 4, "value": genres})
        described = {
            "id": attachment.id,
            "filename": attachment.filename,
            "size": attachment.size,
            "url": f"{self.url}/attachments/{attachment.id}",
            "proxy_url": f"{self.url}/attachments/{attachment.id}",
            "content_type": "audio/flac",
        }
        interaction = {
            "id": str(next(self._ids)),
            "application_id": APPLICATION["id"],
            "type": 2,
            "token": token,
            "version": 1,
            "guild_id": "3000",
            "guild": {"id": "3000", "locale": "en-US", "features": []},
            "channel_id": "4000",
            "channel": {"id": "4000", "type": 0, "name": "music", "guild_id": "3000", "position": 0},
            "member": {
                "user": {**MEMBER_USER, "id": str(member)},
                "roles": [],
                "joined_at": SENT_AT,
                "deaf": False,
                "mute": False,
                "flags": 0,
                "permissions": "0",
            },
            "locale": "en-US",
            "guild_locale": "en-US",
            "app_permissions": "0",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 0,
            "attachment_size_limit": 10_000_000,
            "data": {
                "id": "6000",
                "name": "genre",
                "type": 1,
                "options": options,
                "resolved": {"attachments": {attachment.id: described}},
            },
        }
        gateway = self.wait_for(self._ready_gateway, bot=bot, what="a connection to the gateway")
        asyncio.run_coroutine_threadsafe(gateway.dispatch("INTERACTION_CREATE", interaction), self._loop).result(
            PATIENCE_SECONDS
        )
        return token

    def attachment(self, data: bytes, *, filename: str = "song.flac", **served: Any) -> Attachment:
        """Describe a file that a member uploads."""
        return Attachment(id=str(next(self._ids)), filename=filename, data=data, **{"size": len(data), **served})

    def replies(self, token: str) -> list[Request]:
        """Return what the bot sent for an interaction, in order."""
        return [request for request in self.requests if token in request.path]

    def wait_for_embed(self, bot: BotProcess, token: str) -> dict[str, Any]:
        """Wait for the answer after the deferral and the progress, and return its only embed."""
        embeds: list[dict[str, Any]] = self.wait_for(lambda: self.embeds(token), bot=bot, what="an answer")
        (embed,) = embeds
        return embed

    def embeds(self, token: str) -> list[dict[str, Any]]:
        """Return the embeds that were sent for an interaction; progress has none."""
        return [embed for reply in self.replies(token)[1:] for embed in reply.body.get("embeds") or ()]

    def syncs(self) -> list[Request]:
        """Return the requests that told Discord of the commands."""
        return [request for request in self.requests if request.method == "PUT"]

    def downloads(self) -> list[Request]:
        """Return the requests for attachments."""
        return [request for request in self.requests if request.path.startswith("/attachments/")]

    def wait_until_connected(self, bot: BotProcess) -> None:
        self.wait_for(self._ready_gateway, bot=bot, what="a connection to the gateway")

    def wait_until_disconnected(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: not self._sockets, PATIENCE_SECONDS)

    def close_gateway(self, code: int) -> None:
        """End every connection to the gateway."""
        for gateway in self._sockets:
            asyncio.run_coroutine_threadsafe(gateway.socket.close(code=code), self._loop).result(PATIENCE_SECONDS)

    # What the bot talks to.

    async def _serve(self, started: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        application = web.Application(middlewares=[self._record])
        application.router.add_get("/attachments/{id}", self._send_attachment)
        application.router.add_get("/gateway", self._gateway)
        application.router.add_get("/api/users/@me", self._log_in)
        application.router.add_get("/api/oauth2/applications/@me", self._application)
        application.router.add_put("/api/applications/{id}/commands", self._take_commands)
        application.router.add_post("/api/interactions/{id}/{token}/callback", self._take_callback)
        application.router.add_patch("/api/webhooks/{id}/{token}/messages/@original", self._take_message)
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        started.set()
        await self._stop.wait()
        await runner.cleanup()

    @web.middleware
    async def _record(self, request: web.Request, handler: Any) -> web.StreamResponse:
        body = json.loads(text) if (text := await request.text()) else None
        # The answer is made first: what a test sees recorded has had its effect.
        api = request.path.startswith("/api")
        if api and "Authorization" in request.headers and request.headers["Authorization"] != f"Bot {self.token}":
            response: web.StreamResponse = json_response({"message": "401: Unauthorized", "code": 0}, status=401)
            self._note(Request(request.method, request.path, body))
            return response
        self._note(Request(request.method, request.path, body))
        return await handler(request)

    def _note(self, request: Request) -> None:
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()

    async def _log_in(self, request: web.Request) -> web.Response:
        if self.login_hangs:
            await self._stop.wait()
        if self.login_status is not None:
            return json_response({"message": "no", "code": 0}, status=self.login_status)
        return json_response(BOT_USER)

    async def _application(self, request: web.Request) -> web.Response:
        owner = {**MEMBER_USER, "id": "2999"}
        described = {"name": "genre-bot", "description": "", "icon": None, "verify_key": "", "owner": owner}
        return json_response({**APPLICATION, **described, "bot_public": False, "bot_require_code_grant": False})

    async def _take_commands(self, request: web.Request) -> web.Response:
        commands = [
            {
                **command,
                "id": str(next(self._ids)),
                "application_id": APPLICATION["id"],
                "version": "1",
                "default_member_permissions": None,
            }
            for command in await request.json()
        ]
        return json_response(commands)

    async def _take_callback(self, request: web.Request) -> web.Response:
        answer = {"id": request.match_info["id"], "type": 2, "response_message_loading": True}
        return json_response({"interaction": answer})

    async def _take_message(self, request: web.Request) -> web.Response:
        body = await request.json()
        message = {
            "id": str(next(self._ids)),
            "channel_id": "4000",
            "type": 20,
            "author": BOT_USER,
            "content": body.get("content") or "",
            "embeds": body.get("embeds", []),
            "attachments": [],
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            "timestamp": SENT_AT,
            "edited_timestamp": None,
        }
        return json_response(message)

    async def _send_attachment(self, request: web.Request) -> web.StreamResponse:
        attachment = self._attachments[request.match_info["id"]]
        if attachment.status != 200:
            return web.Response(status=attachment.status)
        response = web.StreamResponse()
        if attachment.cut_after is not None:
            response.content_length = len(attachment.data)
        await response.prepare(request)
        await response.write(attachment.data[: attachment.cut_after])
        if attachment.stalls:
            await self._stop.wait()
        if attachment.cut_after is not None:
            assert request.transport is not None
            request.transport.close()
        return response

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        self.gateway_connections += 1
        if self.refuses_gateway:
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        gateway = Gateway(socket, compresses=request.query.get("compress") == "zlib-stream")
        await gateway.send({"op": 10, "d": {"heartbeat_interval": 45_000}})
        async for message in socket:
            assert message.type is WSMsgType.TEXT
            sent = json.loads(message.data)
            if sent["op"] == 1:
                await gateway.send({"op": 11})
            elif sent["op"] == 2:
                await gateway.dispatch("READY", self._ready())
                if self.closes_with is not None:
                    await socket.close(code=self.closes_with)
                with self._changed:
                    self._sockets.append(gateway)
                    self._changed.notify_all()
            elif sent["op"] == 6:
                # A connection that dropped is not resumed here but begun anew.
                await gateway.send({"op": 9, "d": False})
        with self._changed:
            self._sockets[:] = [other for other in self._sockets if other is not gateway]
            self._changed.notify_all()
        return socket

    def _ready(self) -> dict[str, Any]:
        return {
            "v": 10,
            "user": BOT_USER,
            "guilds": [],
            "session_id": "session",
            "resume_gateway_url": f"{self.url}/gateway",
            "application": APPLICATION,
        }

    def _ready_gateway(self) -> Gateway | None:
        return self._sockets[-1] if self._sockets else None


def json_response(data: Any, *, status: int = 200) -> web.Response:
    # As Discord does: discord.py reads JSON only where no charset is named.
    return web.Response(body=json.dumps(data).encode(), status=status, content_type="application/json")


class Gateway:
    """One connection to the gateway."""

    def __init__(self, socket: web.WebSocketResponse, *, compresses: bool) -> None:
        self.socket = socket
        self._compressor = zlib.compressobj() if compresses else None
        self._sequence = itertools.count(1)

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        await self.send({"op": 0, "t": event, "s": next(self._sequence), "d": data})

    async def send(self, payload: dict[str, Any]) -> None:
        text = json.dumps(payload)
        if self._compressor is None:
            await self.socket.send_str(text)
        else:
            packed = self._compressor.compress(text.encode()) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
            await self.socket.send_bytes(packed)


LAUNCHER = """
import sys

if __name__ == "__main__":
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    discord_url, *arguments = sys.argv[1:]
    Route.BASE = f"{discord_url}/api"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{discord_url}/gateway")
    sys.argv = ["genre-bot", *arguments]

    from bot.__main__ import main

    main()
"""


class BotProcess:
    """``genre-bot`` as an operator starts it, in a folder of its own."""

    def __init__(self, folder: Path, discord_url: str, arguments: tuple[str, ...], settings: dict[str, str]) -> None:
        self.folder = folder
        self.temporary = folder / "tmp"
        self.temporary.mkdir(parents=True, exist_ok=True)
        self.health_file = folder / "alive"
        launcher = folder / "launcher.py"
        launcher.write_text(LAUNCHER)
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
    """Start ``genre-bot run``; every process is gone after the test."""
    started: list[BotProcess] = []

    def start(url: str, **settings: str) -> BotProcess:
        bot = BotProcess(tmp_path / "bot", url, ("run",), settings)
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
