"""Servers of strangers, on this machine: by https under names of their own, and a site that yt-dlp can read."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import trustme
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.media.guarded_http import GuardedHttp
from bot.media.sites import Sites

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = "127.0.0.1"
HOST = "song.example"
REBOUND_HOST = "rebound.example"


class Names(AbstractResolver):
    """A name server that says what a test wants."""

    def __init__(self) -> None:
        self.addresses: dict[str, list[tuple[str, int]]] = {}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self.addresses:
            raise OSError(f"no address for {host}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=real_port or port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address, real_port in self.addresses[host]
        ]

    async def close(self) -> None:
        pass


@dataclass
class Stranger:
    """A server that is reached at ``https://song.example/``, and a client that may reach it."""

    port: int
    names: Names
    http: GuardedHttp
    closing: asyncio.Event
    handlers: dict[str, Handler] = field(default_factory=dict)
    requests: list[web.Request] = field(default_factory=list)

    def link(self, path: str = "/song.mp3") -> str:
        return f"https://{HOST}{path}"

    def serve(self, data: bytes, path: str = "/song.mp3", **headers: str) -> str:
        """Serve a file and return its address."""

        async def send(request: web.Request) -> web.Response:
            return web.Response(body=data, headers=headers)

        self.handlers[path] = send
        return self.link(path)

    def redirect(self, to: str, path: str = "/song.mp3", status: int = 302) -> str:
        """Send everybody who asks to another address."""

        async def send(request: web.Request) -> web.Response:
            return web.Response(status=status, headers={"Location": to})

        self.handlers[path] = send
        return self.link(path)


@asynccontextmanager
async def stranger(*, patience: float = 30.0) -> AsyncIterator[Stranger]:
    """Run a server with a certificate of its own; only its very address may be dialled."""
    authority = trustme.CA()
    serving = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST, REBOUND_HOST).configure_cert(serving)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    async with _running(serving) as (port, application):
        names = Names()
        names.addresses[HOST] = [(LOOPBACK, port)]
        http = GuardedHttp(
            timeout=patience, permitted=frozenset({(LOOPBACK, port)}), resolver=names, certificates=trusting
        )
        server = Stranger(port, names, http, application.closing)
        application.handlers = server.handlers
        application.requests = server.requests
        yield server


@dataclass
class SiteServer:
    """What the loopback site of `tests.bot.loopback_site` says, by plain http as that site's pieces are."""

    port: int
    closing: asyncio.Event
    handlers: dict[str, Handler]
    requests: list[web.Request]

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    def serve(self, data: bytes, path: str = "/audio") -> str:
        async def send(request: web.Request) -> web.Response:
            return web.Response(body=data)

        self.handlers[path] = send
        return self.url + path

    def describe(self, name: str, **fields: object) -> str:
        """Say what the site's page holds and return the page's address."""

        async def send(request: web.Request) -> web.Response:
            return web.json_response(fields)

        self.handlers[f"/describe/{name}"] = send
        return f"https://loopback.example/{name}"

    def track(self, name: str, data: bytes, **fields: object) -> str:
        """Have a track and return its page's address."""
        sound = {"url": self.serve(data, f"/audio/{name}"), "format_id": "sound", "vcodec": "none", "ext": "ogg"}
        return self.describe(name, **{"id": name, "title": "A title", "duration": 5.0, "formats": [sound]} | fields)

    def sites(self, *names: str, **options: object) -> Sites:
        """Return what reads this site."""
        defaults: dict[str, object] = {"max_bytes": 1_000_000, "max_seconds": 600.0, "timeout": 60.0, "at_once": 2}
        script = Path(__file__).with_name("loopback_site.py")
        child = (sys.executable, "-P", str(script), str(self.port))
        return Sites(names or ("soundcloud",), child=child, **defaults | options)  # type: ignore[arg-type]


@asynccontextmanager
async def site_server() -> AsyncIterator[SiteServer]:
    async with _running(None) as (port, application):
        yield SiteServer(port, application.closing, application.handlers, application.requests)


@dataclass
class _Application:
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    handlers: dict[str, Handler] = field(default_factory=dict)
    requests: list[web.Request] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        handler = self.handlers.get(request.path)
        return await handler(request) if handler else web.Response(status=404)


@asynccontextmanager
async def _running(certificate: ssl.SSLContext | None) -> AsyncIterator[tuple[int, _Application]]:
    served = _Application()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", served.answer)
    # These are others' servers: what they log is none of the bot's log.
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, LOOPBACK, 0, ssl_context=certificate)
    await site.start()
    try:
        yield runner.addresses[0][1], served
    finally:
        served.closing.set()
        await runner.cleanup()
