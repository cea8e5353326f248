"""Attachments, fetched from a real HTTP server on this machine into a private file."""

from __future__ import annotations

import asyncio
import hashlib
import stat
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import DownloadFailed
from bot.media.attachments import Fetch, fetch_over, on_disk
from bot.media.clip_file import CHUNK_BYTES
from classifier.errors import FileTooLarge

LIMIT = 1_000_000
CONTENT = bytes(range(256)) * 3000

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class FileServer:
    """Serves whatever the test's handler answers."""

    url: str = ""
    handler: Handler | None = None
    requests: int = 0
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests += 1
        assert self.handler is not None
        return await self.handler(request)

    def serve(self, data: bytes) -> None:
        async def send(request: web.Request) -> web.Response:
            return web.Response(body=data)

        self.handler = send


@dataclass(frozen=True)
class Upload:
    url: str
    size: int = 1


@pytest.fixture
async def server() -> AsyncIterator[FileServer]:
    server = FileServer()
    application = web.Application()
    application.router.add_get("/file", server.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/file"
    yield server
    server.closing.set()
    await runner.cleanup()


@pytest.fixture
async def fetch() -> AsyncIterator[Fetch]:
    async with aiohttp.ClientSession() as session:
        yield fetch_over(session, timeout=60.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    folder.mkdir()
    return folder


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def take(upload: Upload, fetch: Fetch, folder: Path, *, max_bytes: int = LIMIT) -> bytes:
    """Hold an attachment, look at it, and let it go."""
    async with on_disk(upload, fetch=fetch, folder=folder, max_bytes=max_bytes) as path:
        assert files(folder) == [path]
        return path.read_bytes()


async def test_the_bytes_arrive_as_they_were_sent_and_the_file_is_gone_afterwards(
    server: FileServer, fetch: Fetch, folder: Path
) -> None:
    server.serve(CONTENT)
    assert await take(Upload(server.url, len(CONTENT)), fetch, folder) == CONTENT
    assert files(folder) == []


async def test_nobody_else_can_read_the_file_and_its_name_is_ours(
    server: FileServer, fetch: Fetch, folder: Path
) -> None:
    server.serve(b"x")
    async with on_disk(Upload(server.url), fetch=fetch, folder=folder, max_bytes=LIMIT) as path:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.parent == folder
        assert path.name.startswith("clip-")


async def test_an_empty_file_is_an_empty_file(server: FileServer, fetch: Fetch, folder: Path) -> None:
    server.serve(b"")
    assert await take(Upload(server.url, 0), fetch, folder) == b""


async def test_a_file_is_streamed_in_bounded_pieces(server: FileServer, fetch: Fetch) -> None:
    data = bytes(5 * CHUNK_BYTES + 1)
    server.serve(data)
    sizes = [len(chunk) async for chunk in fetch(Upload(server.url))]
    assert sum(sizes) == len(data)
    assert max(sizes) <= CHUNK_BYTES


async def test_the_first_bytes_are_taken_before_the_last_are_sent(
    server: FileServer, fetch: Fetch, folder: Path
) -> None:
    first_taken = asyncio.Event()

    async def send(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"first")
        await first_taken.wait()
        await response.write(b"last")
        return response

    async def watched(attachment: Upload) -> AsyncIterator[bytes]:
        async for chunk in fetch(attachment):
            yield chunk
            first_taken.set()

    server.handler = send
    async with asyncio.timeout(60):
        assert await take(Upload(server.url), watched, folder) == b"firstlast"


async def test_a_declared_size_above_the_limit_is_refused_without_a_request(
    server: FileServer, fetch: Fetch, folder: Path
) -> None:
    with pytest.raises(FileTooLarge):
        await take(Upload(server.url, LIMIT + 1), fetch, folder)
    assert server.requests == 0
    assert files(folder) == []


async def test_an_endless_file_is_given_up_at_the_limit_whatever_its_size_says(
    server: FileServer, fetch: Fetch, folder: Path
) -> None:
    disconnected = asyncio.Event()

    async def send(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(bytes(CHUNK_BYTES))
        except ConnectionError:
            disconnected.set()
            raise

    server.handler = send
    with pytest.raises(FileTooLarge) as caught:
        await take(Upload(server.url, 1), fetch, folder)
    assert caught.value.limit_bytes == LIMIT
    assert files(folder) == []
    async with asyncio.timeout(60):
        await disconnected.wait()


async def test_what_a_compressed_answer_unpacks_to_counts(server: FileServer, fetch: Fetch, folder: Path) -> None:
    async def send(request: web.Request) -> web.Response:
        return web.Response(body=zlib.compress(bytes(10 * LIMIT)), headers={"Content-Encoding": "deflate"})

    server.handler = send
    with pytest.raises(FileTooLarge):
        await take(Upload(server.url, 1), fetch, folder)
    assert files(folder) == []


@settings(max_examples=50, deadline=None)
@given(
    chunks=st.lists(st.binary(max_size=40), max_size=8),
    declared=st.integers(min_value=0, max_value=250),
    limit=st.integers(min_value=1, max_value=200),
)
def test_exactly_what_fits_the_limit_is_taken(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[bytes], declared: int, limit: int
) -> None:
    async def fetch(attachment: Upload) -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    async def taken() -> bytes | None:
        try:
            return await take(Upload("unused", declared), fetch, folder, max_bytes=limit)
        except FileTooLarge:
            return None

    folder = tmp_path_factory.mktemp("clips")
    whole = b"".join(chunks)
    fits = declared <= limit and len(whole) <= limit
    assert asyncio.run(taken()) == (whole if fits else None)
    assert files(folder) == []


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 503])
async def test_a_server_that_refuses_is_named(server: FileServer, fetch: Fetch, folder: Path, status: int) -> None:
    async def send(request: web.Request) -> web.Response:
        return web.Response(status=status, text="a page about it")

    server.handler = send
    with pytest.raises(DownloadFailed):
        await take(Upload(server.url), fetch, folder)
    assert files(folder) == []


async def test_a_connection_that_closes_in_the_middle_is_named(server: FileServer, fetch: Fetch, folder: Path) -> None:
    async def send(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(len(CONTENT))})
        await response.prepare(request)
        await response.write(CONTENT[:1000])
        assert request.transport is not None
        request.transport.close()
        return response

    server.handler = send
    with pytest.raises(DownloadFailed):
        await take(Upload(server.url, len(CONTENT)), fetch, folder)
    assert files(folder) == []


async def test_a_server_that_never_ends_its_answer_is_given_up(server: FileServer, folder: Path) -> None:
    async def send(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"beginning")
        await server.closing.wait()
        return response

    server.handler = send
    async with aiohttp.ClientSession() as session:
        with pytest.raises(DownloadFailed):
            await take(Upload(server.url), fetch_over(session, timeout=0.5), folder)
    assert files(folder) == []


async def test_a_server_that_is_not_there_is_named(
    server: FileServer, fetch: Fetch, folder: Path, unused_tcp_port: int
) -> None:
    with pytest.raises(DownloadFailed):
        await take(Upload(f"http://127.0.0.1:{unused_tcp_port}/file"), fetch, folder)
    assert files(folder) == []


async def test_an_address_that_is_none_is_named(fetch: Fetch, folder: Path) -> None:
    with pytest.raises(DownloadFailed):
        await take(Upload("not an address"), fetch, folder)
    assert files(folder) == []


async def test_the_file_is_gone_when_its_job_fails(server: FileServer, fetch: Fetch, folder: Path) -> None:
    async def fail() -> None:
        async with on_disk(Upload(server.url), fetch=fetch, folder=folder, max_bytes=LIMIT):
            raise RuntimeError("of the job")

    server.serve(CONTENT)
    with pytest.raises(RuntimeError, match="of the job"):
        await fail()
    assert files(folder) == []


async def test_a_cancelled_download_leaves_no_file_and_no_connection(
    server: FileServer, fetch: Fetch, folder: Path
) -> None:
    begun, disconnected = asyncio.Event(), asyncio.Event()

    async def send(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        begun.set()
        try:
            while True:
                await response.write(b"x")
                await asyncio.sleep(0)
        except ConnectionError:
            disconnected.set()
            raise

    server.handler = send
    job = asyncio.create_task(take(Upload(server.url), fetch, folder, max_bytes=1 << 40))
    async with asyncio.timeout(60):
        await begun.wait()
        job.cancel()
        with pytest.raises(asyncio.CancelledError):
            await job
        assert files(folder) == []
        await disconnected.wait()


async def test_many_at_once_do_not_mix(server: FileServer, fetch: Fetch, folder: Path) -> None:
    async def send(request: web.Request) -> web.Response:
        return web.Response(body=hashlib.sha256(request.query_string.encode()).digest() * 2000)

    async def digest(number: int) -> bytes:
        upload = Upload(f"{server.url}?{number}")
        async with on_disk(upload, fetch=fetch, folder=folder, max_bytes=LIMIT) as path:
            await everybody.wait()
            return path.read_bytes()

    server.handler = send
    everybody = asyncio.Barrier(20)
    async with asyncio.timeout(60):
        found = await asyncio.gather(*(digest(number) for number in range(20)))
    assert found == [hashlib.sha256(str(number).encode()).digest() * 2000 for number in range(20)]
    assert files(folder) == []
