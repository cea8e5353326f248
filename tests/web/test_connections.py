"""Connections that bring nothing, that take nothing, or that are too many."""

from __future__ import annotations

import asyncio
import re
import select
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from ipaddress import ip_network
from typing import cast

import pytest
from aiohttp import web

from bot.web.connections import KEPT, MOST_CONNECTIONS, MOST_OF_ONE_SOURCE, Doors
from bot.web.errors import PageBusy
from bot.web.headers import HEADERS
from bot.web.here import MEMBER, SERVER
from bot.web.sources import Sources
from tests.bot.made_tracks import heard_track
from tests.bot.timelines import analysis_of
from tests.web.page import OpenPage, Page

JAZZ = analysis_of((0.0, [{"jazz": 0.9}]))

PATIENCE_SECONDS = 30.0

LITTLE = 4096
"""Bytes that the system keeps for a connection of these tests."""


@asynccontextmanager
async def connected(page: Page, sent: str = "") -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Connect as a client that does as it likes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", page.address.port)
    try:
        writer.write(sent.format(host=page.origin.removeprefix("http://")).encode())
        yield reader, writer
    finally:
        writer.close()


async def everything(reader: asyncio.StreamReader) -> bytes:
    """Return what comes until the other side ends."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        try:
            return await reader.read(-1)
        except ConnectionError:
            return b""


@asynccontextmanager
async def asking_for(
    page: Page, path: str, headers: str = "", *, buffer: int | None = LITTLE
) -> AsyncIterator[socket.socket]:
    """Ask for something, and take no more of it than the system does."""
    with socket.socket() as client:
        if buffer is not None:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        client.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(client, ("127.0.0.1", page.address.port))
        asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{page.address.port}\r\n{headers}\r\n"
        await loop.sock_sendall(client, asked.encode())
        yield client


async def large_picture(page: Page, data: bytes) -> str:
    """Have an answer whose picture is this, and return where that is found."""
    await page.know(b"one", JAZZ, data)
    return re.findall(r'src="(/messages/[^"]+)"', await page.ask(("one.mp3", b"one")))[0]


def is_dropped(client: socket.socket) -> bool:
    """Tell, without reading, whether the other side has thrown a connection away."""
    poll = select.poll()
    poll.register(client, 0)
    return any(events & (select.POLLERR | select.POLLHUP) for _, events in poll.poll(PATIENCE_SECONDS * 1000))


@pytest.mark.parametrize("sent", ["", "GET / HTTP/1.1\r\nHost: {host}\r\nX-Slow: ", "GET / HT"])
async def test_a_connection_that_never_asks_is_ended(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch, sent: str
) -> None:
    monkeypatch.setattr("bot.web.connections.IDLE_SECONDS", 0.2)
    async with open_knowing_page() as page, connected(page, sent) as (reader, _):
        assert await everything(reader) == b""


async def test_a_second_request_that_never_comes_whole_ends_the_connection(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.connections.IDLE_SECONDS", 1.0)
    request = "GET /about HTTP/1.1\r\nHost: {host}\r\n\r\n"
    async with open_knowing_page() as page, connected(page, request + request[:20]) as (reader, _):
        assert (await everything(reader)).count(b"HTTP/1.1 200 OK") == 1


async def test_only_so_many_are_connected_and_one_that_goes_makes_room(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.web.connections.MOST_CONNECTIONS", 2)
    whole = "GET /about HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    async with open_knowing_page() as page:
        async with connected(page), connected(page):
            for _ in range(3):
                async with connected(page, whole) as (reader, _):
                    assert await everything(reader) == b""
        answer = b""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not answer:
                # It may take a moment until the server hears that they are gone.
                async with connected(page, whole) as (reader, _):
                    answer = await everything(reader)
        assert answer.startswith(b"HTTP/1.1 200 OK")
    assert caplog.text.count("the page refuses connections") == 1


def test_nobody_takes_the_connections_of_all() -> None:
    doors = Doors(cast("web.Server", None), Sources([ip_network("192.0.2.128/25")]))
    for address in ("192.0.2.1", "2001:db8::1"):
        assert None not in [doors.let_in(address) for _ in range(MOST_OF_ONE_SOURCE)]
        assert doors.let_in(address) is None
    # Whoever has one address of a network has all of them.
    assert doors.let_in("2001:db8::ffff:1") is None
    assert doors.let_in("2001:db8:1::1") == "2001:db8:1::/48"
    doors.let_out("192.0.2.1")
    assert doors.let_in("192.0.2.1") == "192.0.2.1"


def test_strangers_leave_room_for_this_machine_and_its_proxy() -> None:
    doors = Doors(cast("web.Server", None), Sources([ip_network("192.0.2.128/25")]))
    strangers = [doors.let_in(f"203.0.113.{number % 100}") for number in range(MOST_CONNECTIONS)]
    assert strangers.count(None) == KEPT
    own = ["127.0.0.1", "::1", "192.0.2.200"] * KEPT
    assert [doors.let_in(address) for address in own].count(None) == len(own) - KEPT


async def test_whoever_does_not_take_what_they_asked_for_is_left(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.connections.LOOK_SECONDS", 0.2)
    monkeypatch.setattr("bot.web.connections.GRACE_SECONDS", 0.0)
    async with open_knowing_page(send_buffer=LITTLE) as page:
        picture = await large_picture(page, bytes(1 << 20))
        async with asking_for(page, picture) as client:
            assert await asyncio.to_thread(is_dropped, client)
        # Whoever takes it gets it.
        async with page.browser.get(page.origin + picture) as response:
            assert await response.read() == bytes(1 << 20)


async def test_whoever_takes_it_slowly_gets_it(open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    # With the buffers that the system gives: it takes a lot at once, and then nothing for a while.
    monkeypatch.setattr("bot.web.connections.LOOK_SECONDS", 0.5)
    monkeypatch.setattr("bot.web.connections.GRACE_SECONDS", 2.0)
    async with open_knowing_page() as page:
        picture = await large_picture(page, bytes(8 << 20))
        async with asking_for(page, picture, buffer=None) as client:
            loop = asyncio.get_running_loop()
            begun = loop.time()
            taken = 0
            while (passed := loop.time() - begun) < 5.0:
                while taken < 100_000 * passed:
                    piece = await loop.sock_recv(client, 4096)
                    assert piece, "it was left"
                    taken += len(piece)
                await asyncio.sleep(0.02)


async def test_a_stop_waits_for_nobody_who_does_not_take_what_they_asked_for(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.server.SHUTDOWN_SECONDS", 0.1)
    async with asyncio.timeout(PATIENCE_SECONDS), AsyncExitStack() as server, AsyncExitStack() as clients:
        page = await server.enter_async_context(open_knowing_page(send_buffer=LITTLE))
        picture = await large_picture(page, bytes(1 << 20))
        client = await clients.enter_async_context(asking_for(page, picture))
        # Once something of it is there, the rest is being sent.
        await asyncio.get_running_loop().sock_recv(client, 1)
        await server.aclose()


@pytest.mark.parametrize(
    ("limits", "others"),
    [({"MOST_UNTAKEN_OF_ONE_SOURCE": 1}, 200), ({"MOST_UNTAKEN": 1}, 503)],
)
async def test_only_so_much_of_what_was_published_waits_to_be_taken(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch, limits: dict[str, int], others: int
) -> None:
    for name, value in {"SMALL": 1000, **limits}.items():
        monkeypatch.setattr(f"bot.web.sending.{name}", value)
    behind = {"web_url": "https://music.example.org", "password": "correct horse battery"}
    async with open_knowing_page(send_buffer=LITTLE, **behind) as page:
        path = await published(page)

        async def status(source: str, path: str = path) -> int:
            headers = {"Host": "music.example.org", "X-Forwarded-For": source}
            return (await page.response("GET", path, headers=headers))[0].status

        async def until(expected: int) -> None:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while await status("203.0.113.1") != expected:
                    pass

        async with asking_for(page, path, "X-Forwarded-For: 203.0.113.1\r\n"):
            await until(503)
            assert await status("203.0.113.2") == others
        await until(200)


async def test_what_was_published_is_not_sent_for_ever(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.sending.SMALL", 1000)
    monkeypatch.setattr("bot.web.sending.SENDING_SECONDS", 0.2)
    monkeypatch.setattr("bot.web.sending.LEAST_BYTES_PER_SECOND", 1e9)
    async with open_knowing_page(send_buffer=LITTLE) as page, asking_for(page, await published(page)) as client:
        assert await asyncio.to_thread(is_dropped, client)


async def test_behind_a_proxy_nobody_takes_all_requests(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.crowding.MOST_REQUESTS", 2)
    begun = (
        "POST /login HTTP/1.1\r\nHost: music.example.org\r\nOrigin: https://music.example.org\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n"
        "X-Forwarded-For: 203.0.113.1\r\n\r\np"
    )
    async with open_knowing_page(web_url="https://music.example.org", password="correct horse battery") as page:

        async def status(source: str) -> int:
            headers = {"Host": "music.example.org", "X-Forwarded-For": source}
            return (await page.response("GET", "/login", headers=headers))[0].status

        async with connected(page, begun), connected(page, begun), asyncio.timeout(PATIENCE_SECONDS):
            while await status("203.0.113.1") != 429:
                pass
            assert await status("203.0.113.2") == 200
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await status("203.0.113.1") != 200:
                pass


async def test_of_what_was_published_nobody_has_too_much_made_at_once(
    open_knowing_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.sending.MOST_REQUESTS", 1)
    monkeypatch.setattr("bot.web.sending.SMALL", 1000)
    async with open_knowing_page(send_buffer=LITTLE) as page, asyncio.timeout(PATIENCE_SECONDS):
        path = await published(page)
        async with asking_for(page, path):
            while (answer := await page.response("GET", path))[0].status != 503:
                pass
            assert str(PageBusy()) in answer[1]
        while (await page.response("GET", path))[0].status != 200:
            pass


async def published(page: Page) -> str:
    """Publish a list, and return where it is found as a file of some size."""
    playlist = await page.services.store.playlists.create(SERVER, "Night drive", MEMBER)
    for number in range(100):
        track = heard_track(number, genre="rock", kind=0, title=f"{number} " + "x" * 190)
        await page.services.store.tracks.add(playlist, track)
    return f"/p/{await page.services.store.publications.publish(playlist)}/export/csv"


@pytest.mark.parametrize("sent", ["nonsense\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n bad\r\n\r\n"])
async def test_what_is_no_request_is_told_with_the_headers_of_all_answers(
    open_knowing_page: OpenPage, sent: str
) -> None:
    async with open_knowing_page() as page, connected(page, sent) as (reader, _):
        answer = (await everything(reader)).decode()
    assert answer.startswith("HTTP/1.0 400 ")
    for name, value in HEADERS.items():
        assert f"\r\n{name}: {value}\r\n" in answer
    assert "aiohttp" not in answer
