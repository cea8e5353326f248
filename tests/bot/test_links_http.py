"""Strangers' links to files: every way that we know to reach what is not public, against a real HTTPS server."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from bot.media.addresses import is_public
from bot.media.link_errors import (
    AddressRefused,
    LinkTimeout,
    LinkUnreachable,
    NotALink,
    PrivateOrRemoved,
    RedirectRefused,
    SiteNotListed,
)
from bot.media.links import parse_link
from classifier.errors import FileTooLarge
from tests.bot.strangers import LOOPBACK, Stranger, stranger

LIMIT = 1_000_000
CONTENT = bytes(range(256)) * 3000


@pytest.fixture
async def server() -> AsyncIterator[Stranger]:
    async with stranger() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    folder.mkdir()
    return folder


async def take(server: Stranger, text: str, folder: Path) -> bytes:
    async with server.http.on_disk(parse_link(text), folder=folder, max_bytes=LIMIT) as path:
        assert path.parent == folder
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        return path.read_bytes()


async def refuse(server: Stranger, text: str, folder: Path, error: type[Exception]) -> None:
    with pytest.raises(error):
        await take(server, text, folder)
    assert list(folder.iterdir()) == []


async def test_a_file_is_fetched(server: Stranger, folder: Path) -> None:
    assert await take(server, server.serve(CONTENT), folder) == CONTENT
    assert list(folder.iterdir()) == []


async def test_nothing_of_ours_is_sent_along(
    server: Stranger, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine song.example login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    await take(server, server.serve(CONTENT, **{"Set-Cookie": "a=b"}), folder)
    await take(server, server.link(), folder)
    for request in server.requests:
        assert "Cookie" not in request.headers
        assert "Authorization" not in request.headers
        assert request.headers["Accept-Encoding"] == "identity"


# What is no link that is opened.


@pytest.mark.parametrize(
    "text",
    [
        "",
        "song.mp3",
        "http://song.example/song.mp3",
        "ftp://song.example/song.mp3",
        "file:///etc/passwd",
        "data:audio/wav;base64,UklGRg==",
        "javascript:alert(1)",
        "//song.example/song.mp3",
        "https:///etc/passwd",
        "https://",
        "https://song.example:8443/song.mp3",
        "https://song.example:80/song.mp3",
        "https://song.example:99999/",
        "https://member@song.example/",
        "https://member:password@song.example/",
        "https://song.example@127.0.0.1/",
        "https://song.example%2f@127.0.0.1/",
        "https://song.example\\@127.0.0.1/",
        "https://127.0.0.1\\.song.example/",
        "https://%31%32%37.0.0.1/",
        "https://song.example%00.127.0.0.1/",
        "gopher://song.example/",
        "dict://song.example/",
        "concat:https://song.example/",
        "https://song.example /song.mp3",
        "https://song.example/\nsong.mp3",
        "https://song.example/\u202esong.mp3",
        "https://[127.0.0.1/",
        "https://song.example/" + "a" * 2000,
    ],
)
def test_what_is_no_plain_https_address_is_refused(text: str) -> None:
    with pytest.raises(NotALink):
        parse_link(text)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("  https://song.example/a.mp3\n", "https://song.example/a.mp3"),
        ("<https://song.example/a.mp3>", "https://song.example/a.mp3"),
        ("HTTPS://Song.Example:443/a.mp3", "https://song.example/a.mp3"),
        ("https://song.example/a.mp3#t=@127.0.0.1", "https://song.example/a.mp3"),
        ("https://song.example/ä?q=@x", "https://song.example/%C3%A4?q=@x"),
    ],
)
def test_a_link_is_read_as_people_paste_it(text: str, url: str) -> None:
    assert parse_link(text).url == url


# Addresses that are not public.

PRIVATE = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.8.8.8",
    "169.254.169.254",
    "168.63.129.16",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.0.9",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::1",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%lo",
    "fec0::1",
    "ff02::1",
    "song.example",
    "",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450::1"])
def test_what_is_public_is_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "169.254.169.254",
        "10.0.0.1",
        "0.0.0.0",
        "\uff11\uff12\uff17.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[::]",
        "[2001::7f00:1]",
        # What international names hide.
        "127。0。0。1",
        "①②⑦.0.0.1",
    ],
)
async def test_a_literal_address_inside_is_refused(server: Stranger, folder: Path, host: str) -> None:
    await refuse(server, f"https://{host}/song.mp3", folder, AddressRefused)
    assert server.names.asked == []


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fe80::1"])
async def test_a_name_that_points_inside_is_refused(server: Stranger, folder: Path, address: str) -> None:
    server.names.addresses["inside.example"] = [(address, 0)]
    await refuse(server, "https://inside.example/song.mp3", folder, AddressRefused)


@pytest.mark.parametrize(
    ("host", "error"),
    [
        ("0x7f.1", AddressRefused),
        ("127.0.0.1.", LinkUnreachable),
        ("0x7f000001", AddressRefused),
        ("localhost", AddressRefused),
        # aiohttp itself takes no other way of writing an IPv4 address.
        ("127.1", LinkUnreachable),
        ("2130706433", LinkUnreachable),
        ("017700000001", LinkUnreachable),
    ],
)
async def test_an_address_in_disguise_is_refused(
    server: Stranger, folder: Path, host: str, error: type[Exception]
) -> None:
    # What the C library makes of it, which a system's resolver asks.
    server.names.addresses[host] = [("127.0.0.1", 0)]
    await refuse(server, f"https://{host}/song.mp3", folder, error)


async def test_a_name_that_points_inside_among_others_is_refused(server: Stranger, folder: Path) -> None:
    server.names.addresses["inside.example"] = [("10.0.0.1", 0), ("fe80::1", 0), ("192.168.0.1", 0)]
    await refuse(server, "https://inside.example/song.mp3", folder, AddressRefused)


async def test_another_server_of_this_machine_is_never_dialled(server: Stranger, folder: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as victim:
        victim.setblocking(False)
        server.names.addresses["inside.example"] = [(LOOPBACK, victim.getsockname()[1])]
        await refuse(server, "https://inside.example/song.mp3", folder, AddressRefused)
        with pytest.raises(BlockingIOError):
            victim.accept()


async def test_a_name_that_changes_its_mind_is_looked_at_each_time(server: Stranger, folder: Path) -> None:
    server.serve(CONTENT, "/again.mp3")
    rebound = server.redirect("https://rebound.example/again.mp3", "/song.mp3")
    server.names.addresses["rebound.example"] = [(LOOPBACK, server.port)]
    assert await take(server, rebound, folder) == CONTENT
    server.names.addresses["rebound.example"] = [("10.0.0.1", 0)]
    await refuse(server, rebound, folder, AddressRefused)


# Redirects.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed(server: Stranger, folder: Path, status: int) -> None:
    server.serve(CONTENT, "/there.mp3")
    assert await take(server, server.redirect("/there.mp3", status=status), folder) == CONTENT


@pytest.mark.parametrize("target", ["https://127.0.0.1/", "https://[::ffff:10.0.0.1]/", "//169.254.169.254/latest/"])
async def test_a_redirect_inside_is_refused(server: Stranger, folder: Path, target: str) -> None:
    await refuse(server, server.redirect(target), folder, AddressRefused)


@pytest.mark.parametrize(
    "target",
    [
        "http://song.example/song.mp3",
        "file:///etc/passwd",
        "https://song.example:8443/",
        "https://member@song.example/",
        "ftp://song.example/",
        "https://[",
    ],
)
async def test_a_redirect_to_what_is_no_plain_https_address_is_refused(
    server: Stranger, folder: Path, target: str
) -> None:
    await refuse(server, server.redirect(target), folder, RedirectRefused)


@pytest.mark.parametrize(("redirects", "arrives"), [(3, True), (4, False)])
async def test_only_so_many_redirects_are_followed(
    server: Stranger, folder: Path, redirects: int, arrives: bool
) -> None:
    for number in range(redirects):
        server.redirect(f"/{number + 1}", f"/{number}")
    server.serve(CONTENT, f"/{redirects}")
    if arrives:
        assert await take(server, server.link("/0"), folder) == CONTENT
    else:
        await refuse(server, server.link("/0"), folder, RedirectRefused)


async def test_a_redirect_in_a_circle_ends(server: Stranger, folder: Path) -> None:
    await refuse(server, server.redirect("/song.mp3"), folder, RedirectRefused)
    await refuse(server, server.redirect(""), folder, RedirectRefused)


# Bytes and time.


async def test_a_body_without_an_end_is_cut_off(server: Stranger, folder: Path) -> None:
    gone = asyncio.Event()

    async def send(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        await response.prepare(request)
        try:
            while True:
                await response.write(bytes(1 << 16))
        except ConnectionError:
            gone.set()
            raise

    server.handlers["/song.mp3"] = send
    await refuse(server, server.link(), folder, FileTooLarge)
    async with asyncio.timeout(30):
        await gone.wait()


@pytest.mark.parametrize("declared", ["10", "-1", "9999999999999999999999", "ten"])
async def test_more_bytes_than_declared_are_no_way_around_the_limit(
    server: Stranger, folder: Path, declared: str
) -> None:
    async def send(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        # By hand, because aiohttp keeps to its own header.
        request.transport.write(f"HTTP/1.1 200 OK\r\nContent-Length: {declared}\r\n\r\n".encode())
        request.transport.write(bytes(2 * LIMIT))
        return web.Response()

    server.handlers["/song.mp3"] = send
    # What comes after the declared end is garbage to some readers and nothing to others.
    with contextlib.suppress(LinkUnreachable, FileTooLarge):
        assert len(await take(server, server.link(), folder)) <= LIMIT
    assert list(folder.iterdir()) == []


async def test_a_body_that_is_declared_too_large_is_not_waited_for(server: Stranger, folder: Path) -> None:
    await refuse(server, server.serve(bytes(LIMIT + 1)), folder, FileTooLarge)
    assert len(await take(server, server.serve(bytes(LIMIT)), folder)) == LIMIT


async def test_nothing_that_is_packed_is_unpacked(server: Stranger, folder: Path) -> None:
    bomb = gzip.compress(bytes(100 * LIMIT))
    link = server.serve(bomb, **{"Content-Encoding": "gzip"})
    assert await take(server, link, folder) == bomb


@pytest.mark.parametrize("stalls", ["before the header", "in the body", "byte by byte", "redirecting"])
async def test_a_slow_server_is_given_up(folder: Path, stalls: str) -> None:
    async with stranger(patience=0.5) as server:

        async def send(request: web.Request) -> web.StreamResponse:
            if stalls == "before the header":
                await server.closing.wait()
            if stalls == "redirecting":
                await asyncio.sleep(0.3)
                return web.Response(status=302, headers={"Location": "/song.mp3"})
            response = web.StreamResponse()
            await response.prepare(request)
            await response.write(b"x")
            while stalls == "byte by byte" and not server.closing.is_set():
                await response.write(b"x")
                await asyncio.sleep(0.02)
            await server.closing.wait()
            return response

        server.handlers["/song.mp3"] = send
        await refuse(server, server.link(), folder, LinkTimeout)


# Servers that have nothing.


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_what_is_not_for_everybody_is_named(server: Stranger, folder: Path, status: int) -> None:
    async def send(request: web.Request) -> web.Response:
        return web.Response(status=status)

    server.handlers["/song.mp3"] = send
    await refuse(server, server.link(), folder, PrivateOrRemoved)


@pytest.mark.parametrize("status", [204, 206, 304, 400, 429, 500, 503])
async def test_a_server_that_fails_is_named(server: Stranger, folder: Path, status: int) -> None:
    async def send(request: web.Request) -> web.Response:
        return web.Response(status=status)

    server.handlers["/song.mp3"] = send
    await refuse(server, server.link(), folder, LinkUnreachable)


async def test_a_page_is_not_a_file(server: Stranger, folder: Path) -> None:
    link = server.serve(b"<html>", **{"Content-Type": "text/html; charset=utf-8"})
    await refuse(server, link, folder, SiteNotListed)


async def test_a_name_without_an_address_is_named(server: Stranger, folder: Path) -> None:
    await refuse(server, "https://nobody.example/song.mp3", folder, LinkUnreachable)


async def test_a_certificate_of_somebody_else_is_refused(server: Stranger, folder: Path) -> None:
    server.serve(CONTENT)
    server.names.addresses["bank.test"] = [(LOOPBACK, server.port)]
    await refuse(server, "https://bank.test/song.mp3", folder, LinkUnreachable)
    assert server.requests == []


async def test_a_connection_that_breaks_in_the_middle_is_named(server: Stranger, folder: Path) -> None:
    async def send(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(len(CONTENT))})
        await response.prepare(request)
        await response.write(CONTENT[:1000])
        assert request.transport is not None
        request.transport.abort()
        return response

    server.handlers["/song.mp3"] = send
    await refuse(server, server.link(), folder, LinkUnreachable)
