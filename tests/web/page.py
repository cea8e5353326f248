"""The page as a browser without JavaScript has it: the real server on loopback, and a real client."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.media.linked_clip import LinkReader
from bot.memory import StoredMemory
from bot.service import build_services, link_reader
from bot.services import Services
from bot.settings import Settings
from bot.store.database import open_store
from bot.web.address import Address, open_socket
from bot.web.server import serving
from classifier.answer import Answer
from classifier.result import Analysis


async def no_attachments(_: object) -> AsyncIterator[bytes]:
    raise AssertionError("nothing of Discord is fetched here")
    yield b""


@dataclass
class Page:
    """The page, and a browser that looks at it."""

    services: Services
    address: Address
    folder: Path
    browser: aiohttp.ClientSession
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.address.url.rstrip("/")

    async def get(self, path: str = "/", **headers: str) -> str:
        return (await self.response("GET", path, headers=headers))[1]

    async def response(self, method: str, path: str, **options: Any) -> tuple[aiohttp.ClientResponse, str]:
        options["headers"] = {"Origin": self.origin} | self.headers | (options.get("headers") or {})
        options["headers"] = {name: value for name, value in options["headers"].items() if value}
        async with self.browser.request(method, self.origin + path, **options) as response:
            return response, await response.text(errors="replace")

    async def ask(self, *files: tuple[str, bytes], link: str | None = None, **headers: str) -> str:
        """Send the form as a browser does, and return the channel that it leads back to."""
        form = aiohttp.FormData(default_to_multipart=True, quote_fields=False)
        for name, data in files:
            form.add_field("file", io.BytesIO(data), filename=name)
        if link is not None:
            form.add_field("link", link)
        response, text = await self.response("POST", "/ask", data=form, headers=headers)
        assert response.status in {200, 204}, text
        return text

    async def press(self, label: str, text: str | None = None, **more: str) -> tuple[aiohttp.ClientResponse, str]:
        """Press the first button with this label in the channel."""
        text = await self.get() if text is None else text
        for action, form in re.findall(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', text, re.DOTALL):
            match = re.search(rf'<button name="press" value="([^"]+)"[^>]*>{re.escape(label)}</button>', form)
            if match is not None:
                return await self.response("POST", action, data={"press": match[1], **more})
        raise AssertionError(f"no button {label}")

    async def know(self, data: bytes, analysis: Analysis, picture: bytes | None = None) -> None:
        """Let the bot remember a clip, so that no worker is needed for it."""
        memory = StoredMemory(self.services.store.analyses, self.services.model_key)
        await memory.remember(hashlib.sha256(data).hexdigest(), Answer(analysis, picture))

    @asynccontextmanager
    async def events(self, seen: str | None = None) -> AsyncIterator[Events]:
        if seen is None:
            seen = re.findall(r'data-seen="([^"]+)"', await self.get())[0]
        headers = {"Accept": "text/event-stream"} | self.headers
        async with self.browser.get(f"{self.origin}/events", params={"seen": seen}, headers=headers) as response:
            yield Events(response)


@dataclass
class Events:
    """What the server tells a browser."""

    response: aiohttp.ClientResponse

    async def next(self) -> tuple[str, str]:
        """Return the next event that tells of a change."""
        kind = ""
        async with asyncio.timeout(30):
            while True:
                line = (await self.response.content.readline()).decode().rstrip("\n")
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                if line.startswith("data:") and kind not in {"seen", "welcome"}:
                    return kind, json.loads(line.removeprefix("data: "))

    async def until(self, kind: str, holds: str) -> str:
        while True:
            found, data = await self.next()
            if found == kind and holds in data:
                return data


OpenPage = Callable[..., AbstractAsyncContextManager[Page]]


def page_opener(workers: Any, folder: Path) -> OpenPage:
    """Return what serves the page, with settings of the test's own, for as long as a context lasts."""

    @asynccontextmanager
    async def open_page(
        *,
        workers: Any = workers,
        links: Callable[..., LinkReader] = link_reader,
        password: str | None = None,
        web_port: int = 0,
        send_buffer: int | None = None,
        **settings: Any,
    ) -> AsyncIterator[Page]:
        chosen = Settings(
            _env_file=None,
            workers=2,
            web_port=web_port,
            web_password=None if password is None else SecretStr(password),
            database_url=f"sqlite+aiosqlite:///{folder}/bot.sqlite3",
            **settings,
        )
        clips = folder / "clips"
        clips.mkdir(exist_ok=True)
        async with AsyncExitStack() as resources:
            store = await resources.enter_async_context(open_store(chosen.database_url))
            services = build_services(
                chosen,
                workers=workers,
                store=store,
                fetch=no_attachments,
                links=links(chosen, folder=clips),
                folder=clips,
            )
            resources.push_async_callback(services.drawing.close)
            listening, address = open_socket(chosen)
            resources.enter_context(listening)
            if send_buffer is not None:
                # Each connection has it from here.
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, send_buffer)
            await resources.enter_async_context(serving(services, listening, address))
            # With cookies for addresses without a name, as browsers have them.
            jar = aiohttp.CookieJar(unsafe=True)
            browser = await resources.enter_async_context(aiohttp.ClientSession(cookie_jar=jar))
            yield Page(services, address, clips, browser)
            assert list(clips.iterdir()) == []

    return open_page
