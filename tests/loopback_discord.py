"""A stand-in for Discord on this machine, and what makes ``genre-bot`` talk to it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import subprocess
import threading
import time
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from aiohttp import WSMsgType, web

PATIENCE_SECONDS = 120.0
TOKEN = "a-token-that-the-stand-in-knows"
APPLICATION = {"id": "1000", "flags": 0}
BOT_USER = {"id": "1000", "username": "genre-bot", "discriminator": "0", "avatar": None, "bot": True}
MEMBER_USER = {"id": "2000", "username": "ann", "discriminator": "0", "avatar": None}
GUILD = "3000"
SENT_AT = "2026-01-01T00:00:00+00:00"

Body = Callable[[web.Request], AsyncIterator[bytes]]


class WatchedProcess(Protocol):
    """A bot that tests wait for."""

    popen: subprocess.Popen[bytes]

    @property
    def stderr(self) -> str: ...


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
    logins_before_hanging: int = 0
    closes_with: int | None = None
    guilds: tuple[str, ...] = ()
    application: dict[str, Any] = field(default_factory=dict)
    servers: list[dict[str, Any]] = field(default_factory=list)
    identifies: list[dict[str, Any]] = field(default_factory=list)
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

    def wait_for(self, condition: Callable[[], Any], *, bot: WatchedProcess, what: str) -> Any:
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

    def slash(
        self, bot: WatchedProcess, attachment: Attachment, *, genres: int | None = None, member: int = 2000
    ) -> str:
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
            "guild_id": GUILD,
            "guild": {"id": GUILD, "locale": "en-US", "features": []},
            "channel_id": "4000",
            "channel": {"id": "4000", "type": 0, "name": "music", "guild_id": GUILD, "position": 0},
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

    def add_bot_to_guild(self) -> None:
        """Make the bot a member of the server where commands are run, from its next connection on."""
        self.guilds = (GUILD,)

    def attachment(self, data: bytes, *, filename: str = "song.flac", **served: Any) -> Attachment:
        """Describe a file that a member uploads."""
        return Attachment(id=str(next(self._ids)), filename=filename, data=data, **{"size": len(data), **served})

    def replies(self, token: str) -> list[Request]:
        """Return what the bot sent for an interaction, in order."""
        return [request for request in self.requests if token in request.path]

    def wait_for_embed(self, bot: WatchedProcess, token: str) -> dict[str, Any]:
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

    def logins(self) -> list[Request]:
        """Return the requests that ask who the bot is."""
        return [request for request in self.requests if request.path == "/api/users/@me"]

    def downloads(self) -> list[Request]:
        """Return the requests for attachments."""
        return [request for request in self.requests if request.path.startswith("/attachments/")]

    def wait_until_connected(self, bot: WatchedProcess) -> None:
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
        application.router.add_get("/api/users/@me/guilds", self._send_servers)
        application.router.add_put("/api/applications/{id}/commands", self._take_commands)
        application.router.add_post("/api/interactions/{id}/{token}/callback", self._take_callback)
        application.router.add_patch("/api/webhooks/{id}/{token}/messages/@original", self._take_message)
        application.router.add_patch("/api/channels/{id}/messages/{message}", self._take_message)
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
        if self.login_hangs and len(self.logins()) > self.logins_before_hanging:
            await self._stop.wait()
        if self.login_status is not None:
            return json_response({"message": "no", "code": 0}, status=self.login_status)
        return json_response(BOT_USER)

    async def _application(self, request: web.Request) -> web.Response:
        owner = {**MEMBER_USER, "id": "2999"}
        described = {"name": "genre-bot", "description": "", "icon": None, "verify_key": "", "owner": owner}
        described |= {"bot_public": False, "bot_require_code_grant": False}
        return json_response({**APPLICATION, **described, **self.application})

    async def _send_servers(self, request: web.Request) -> web.Response:
        return json_response(self.servers[: int(request.query["limit"])])

    async def _take_commands(self, request: web.Request) -> web.Response:
        commands = [
            {
                # Commands of a menu are sent without one.
                "description": "",
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
                self.identifies.append(sent["d"])
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
            "guilds": [{"id": guild, "unavailable": True} for guild in self.guilds],
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


DEAF = "LAUNCHED_DEAF"
"""Variable of the environment: when it is set, the workers load no model, which takes most of a start."""

LAUNCHER = """
import os
import sys

if os.environ.get("LAUNCHED_DEAF"):
    # Workers run this file as well, before they import what listens.
    from types import ModuleType, SimpleNamespace

    from classifier.result import ModelInfo

    nothing = ModuleType("classifier.analysis")
    nothing.prepare = lambda *_: SimpleNamespace(model=SimpleNamespace(info=ModelInfo("none", "0", "0" * 64)))
    sys.modules[nothing.__name__] = nothing

if __name__ == "__main__":
    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.http import Route

    discord_url, *arguments = sys.argv[1:]
    Route.BASE = f"{discord_url}/api"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{discord_url}/gateway")
    sys.argv = ["genre-bot", *arguments]

    from bot.__main__ import main
    from classifier import process_server

    if os.environ.get("LAUNCHED_DEAF"):
        # Nor does the process that they are copies of.
        process_server.PRELOADED = "classifier.result"
    main()
"""


def write_launcher(folder: Path) -> Path:
    """Write a program that takes the stand-in's address and then what ``genre-bot`` takes."""
    launcher = folder / "launcher.py"
    launcher.write_text(LAUNCHER)
    return launcher
