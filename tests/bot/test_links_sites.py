"""Tracks of sites: the real yt-dlp in its real process, reading a site on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.media.link_errors import (
    AddressRefused,
    AgeRestricted,
    CookiesUnreadable,
    LinkTimeout,
    LinkUnreachable,
    LiveStream,
    NoAudioThere,
    PlaylistLink,
    PrivateOrRemoved,
    RuntimeMissing,
    SiteChanged,
    SiteFailed,
    SiteNotListed,
    TrackTooLong,
)
from bot.media.links import parse_link
from bot.media.site_job import SiteJob
from bot.media.site_names import DEFAULT_SITES, unknown_sites
from bot.media.sites import Sites
from bot.redaction import REDACTED
from classifier.errors import FileTooLarge
from tests.bot.strangers import SiteServer, site_server

CONTENT = bytes(range(256)) * 500
LIMIT = 1_000_000


@pytest.fixture
async def site() -> AsyncIterator[SiteServer]:
    async with site_server() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    folder.mkdir()
    return folder


async def take(sites: Sites, text: str, folder: Path) -> tuple[bytes, str | None]:
    async with sites.on_disk(parse_link(text), folder=folder) as track:
        assert track.path.parent.stat().st_mode & 0o777 == 0o700
        result = track.path.read_bytes(), track.title
    assert list(folder.iterdir()) == []
    return result


async def refuse(sites: Sites, text: str, folder: Path, error: type[Exception]) -> Exception:
    with pytest.raises(error) as caught:
        await take(sites, text, folder)
    assert list(folder.iterdir()) == []
    return caught.value


async def test_a_track_is_fetched_with_its_title(site: SiteServer, folder: Path) -> None:
    assert await take(site.sites(), site.track("song", CONTENT, title="One Love"), folder) == (CONTENT, "One Love")


async def test_a_track_in_pieces_is_put_together(site: SiteServer, folder: Path) -> None:
    pieces = [CONTENT[:100_000], CONTENT[100_000:]]
    urls = [site.serve(piece, f"/piece{number}") for number, piece in enumerate(pieces)]
    playlist = "\n".join(
        ["#EXTM3U", "#EXT-X-TARGETDURATION:3", *(f"#EXTINF:2.5,\n{url}" for url in urls), "#EXT-X-ENDLIST"]
    )
    formats = [{"url": site.serve(playlist.encode(), "/list.m3u8"), "protocol": "m3u8_native", "vcodec": "none"}]
    link = site.describe("song", id="song", title="In pieces", duration=5, formats=formats)
    assert await take(site.sites(), link, folder) == (CONTENT, "In pieces")


def sound(site: SiteServer, name: str, size: int, **fields: Any) -> dict[str, Any]:
    url = site.serve(name.encode().ljust(size), f"/{name}")
    return {"format_id": name, "url": url, "ext": "m4a", "acodec": "mp4a.40.2", "vcodec": "none"} | fields


async def test_the_best_sound_that_fits_is_taken(site: SiteServer, folder: Path) -> None:
    formats = [
        sound(site, "film", 500, vcodec="h264", height=1080),
        sound(site, "poor", 100, abr=64, filesize=100),
        sound(site, "good", 300, abr=128, filesize=300),
        sound(site, "large", 2000, abr=320, filesize=2 * LIMIT),
        sound(site, "foreign", 300, abr=256, protocol="rtmp", url="rtmp://127.0.0.1/x"),
    ]
    link = site.describe("song", id="song", title="Choice", duration=5, formats=formats)
    content, _ = await take(site.sites(), link, folder)
    assert content.startswith(b"good")


async def test_of_films_the_smallest_is_taken(site: SiteServer, folder: Path) -> None:
    formats = [
        sound(site, "small", 100, vcodec="h264", height=240),
        sound(site, "large", 200, vcodec="h264", height=1080),
        sound(site, "mute", 100, vcodec="h264", height=144, acodec="none"),
    ]
    link = site.describe("film", id="film", title="Film", duration=5, formats=formats)
    content, _ = await take(site.sites(), link, folder)
    assert content.startswith(b"small")


async def test_a_track_that_is_too_large_in_every_version_is_refused(site: SiteServer, folder: Path) -> None:
    formats = [sound(site, "large", 10, filesize=2 * LIMIT), sound(site, "larger", 10, filesize_approx=3 * LIMIT)]
    link = site.describe("song", id="song", title="Large", duration=5, formats=formats)
    await refuse(site.sites(), link, folder, FileTooLarge)


@pytest.mark.parametrize("declares", [True, False])
async def test_bytes_are_counted_whatever_the_site_declares(site: SiteServer, folder: Path, declares: bool) -> None:
    async def send(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if declares:
            response.content_length = 100 * LIMIT
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            for _ in range(100):
                await response.write(bytes(LIMIT))
        return response

    link = site.track("song", b"", formats=[sound(site, "endless", 10, filesize=10)])
    site.handlers["/endless"] = send
    await refuse(site.sites(), link, folder, FileTooLarge)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"_type": "playlist", "entries": [{"url": "https://loopback.example/a"}]}, PlaylistLink),
        ({"_type": "multi_video", "entries": []}, PlaylistLink),
        ({"duration": 601}, TrackTooLong),
        ({"is_live": True}, LiveStream),
        ({"live_status": "is_upcoming"}, LiveStream),
        ({"formats": []}, SiteChanged),
        ({"formats": [{"url": "http://127.0.0.1/", "acodec": "none", "vcodec": "h264"}]}, NoAudioThere),
        ({"formats": [{"url": "rtmp://127.0.0.1/", "acodec": "aac", "vcodec": "none"}]}, NoAudioThere),
        ({"error": "This video is private"}, PrivateOrRemoved),
        ({"error": "Sign in to confirm your age"}, AgeRestricted),
        ({"error": "Unable to extract title", "expected": False}, SiteChanged),
        ({"breaks": True}, SiteChanged),
        ({"warns": "No supported JavaScript runtime could be found", "formats": []}, RuntimeMissing),
        ({"_type": "url", "url": "https://elsewhere.example/"}, SiteNotListed),
        ({"_type": "url", "url": "file:///etc/passwd"}, SiteNotListed),
        ({"dies": "last words"}, SiteFailed),
    ],
)
async def test_each_failure_has_its_own_answer(
    site: SiteServer, folder: Path, fields: dict[str, Any], error: type[Exception]
) -> None:
    await refuse(site.sites(), site.track("song", CONTENT, **fields), folder, error)


async def test_a_page_that_is_not_there_is_named(site: SiteServer, folder: Path) -> None:
    await refuse(site.sites(), "https://loopback.example/nothing", folder, PrivateOrRemoved)


async def test_a_link_within_a_playlist_that_names_a_track_leads_to_the_track(site: SiteServer, folder: Path) -> None:
    site.track("song", CONTENT)
    link = site.describe("short", _type="url", url="https://loopback.example/song", ie_key="Loopback")
    assert (await take(site.sites(), link, folder))[0] == CONTENT


@pytest.mark.parametrize(
    "link",
    ["https://www.youtube.com/watch?v=BaW_jenozKc", "https://example.com/", "https://example.com/watch?v=BaW_jenozKc"],
)
async def test_a_site_that_is_not_on_the_list_is_not_even_asked(site: SiteServer, folder: Path, link: str) -> None:
    # This one runs the process as it ships; it knows every site, and may read one.
    sites = Sites(("soundcloud",), max_bytes=LIMIT, max_seconds=600, timeout=60, at_once=1)
    await refuse(sites, link, folder, SiteNotListed)


# What a site may not do.


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/audio",
        "http://localhost/audio",
        "http://[::1]/audio",
        "http://[::ffff:127.0.0.1]/audio",
        "http://10.0.0.1/audio",
        "http://169.254.169.254/latest/meta-data",
        "https://[64:ff9b::7f00:1]/audio",
    ],
)
async def test_a_site_cannot_lead_inside(site: SiteServer, folder: Path, url: str) -> None:
    formats = [{"url": url, "format_id": "inside", "vcodec": "none", "ext": "mp3"}]
    await refuse(site.sites(), site.track("song", CONTENT, formats=formats), folder, AddressRefused)


async def test_a_site_cannot_redirect_inside(site: SiteServer, folder: Path) -> None:
    async def send(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://10.0.0.1/audio"})

    link = site.track("song", CONTENT)
    site.handlers["/audio/song"] = send
    await refuse(site.sites(), link, folder, AddressRefused)


async def test_pieces_of_a_track_cannot_lie_inside(site: SiteServer, folder: Path) -> None:
    playlist = "#EXTM3U\n#EXTINF:5,\nhttp://10.0.0.1/piece\n#EXT-X-ENDLIST"
    formats = [{"url": site.serve(playlist.encode(), "/list.m3u8"), "protocol": "m3u8_native", "vcodec": "none"}]
    await refuse(site.sites(), site.track("song", CONTENT, formats=formats), folder, AddressRefused)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "data:audio/mpeg;base64,AAAA"])
async def test_a_site_cannot_name_a_file_of_this_machine(site: SiteServer, folder: Path, url: str) -> None:
    formats = [{"url": url, "format_id": "file", "vcodec": "none", "ext": "mp3"}]
    await refuse(site.sites(), site.track("song", CONTENT, formats=formats), folder, NoAudioThere)


async def test_pieces_of_a_track_cannot_be_files_of_this_machine(site: SiteServer, folder: Path) -> None:
    playlist = "#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST"
    formats = [{"url": site.serve(playlist.encode(), "/list.m3u8"), "protocol": "m3u8_native", "vcodec": "none"}]
    with pytest.raises((LinkUnreachable, SiteChanged, SiteFailed, AddressRefused)):
        await take(site.sites(), site.track("song", CONTENT, formats=formats), folder)


async def test_no_program_is_started(site: SiteServer, folder: Path) -> None:
    await refuse(site.sites(), site.track("song", CONTENT, starts="/bin/true"), folder, SiteFailed)
    assert not told(site)


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "a" * 5000, "clip\x00", "%(id)s"])
async def test_a_title_names_no_file(site: SiteServer, folder: Path, name: str) -> None:
    link = site.track("song", CONTENT, title=name, id=name, ext=name)
    content, title = await take(site.sites(), link, folder)
    assert content == CONTENT
    assert title is not None
    assert len(title) <= 1000


def told(site: SiteServer) -> list[web.Request]:
    return [request for request in site.requests if request.path == "/tell"]


@pytest.fixture
def reports(site: SiteServer) -> list[Any]:
    """What the process told of itself."""
    heard: list[Any] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append(json.loads(await request.text()))
        return web.Response(text="thanks")

    site.handlers["/tell"] = hear
    return heard


async def test_the_process_knows_nothing_of_the_bot(
    site: SiteServer, folder: Path, reports: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret")
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///very-secret")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    await take(site.sites(), site.track("song", CONTENT, tells=True), folder)
    (report,) = reports
    assert "very-secret" not in str(report["environment"])
    assert not [name for name in report["environment"] if "PROXY" in name.upper()]
    assert Path(report["folder"]).parent == folder
    assert not {"discord", "numpy", "sqlalchemy", "pydantic"} & set(report["modules"])


async def test_the_operator_s_cookies_are_used_and_never_changed(
    site: SiteServer, folder: Path, tmp_path: Path
) -> None:
    cookies = tmp_path / "cookies.txt"
    cookies.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tname\tvalue\n")
    before = cookies.read_bytes()

    async def send(request: web.Request) -> web.Response:
        assert request.cookies == {"name": "value"}
        return web.Response(body=CONTENT, headers={"Set-Cookie": "name=changed"})

    link = site.track("song", CONTENT)
    site.handlers["/audio/song"] = send
    assert (await take(site.sites(cookies_file=cookies), link, folder))[0] == CONTENT
    assert cookies.read_bytes() == before


@pytest.mark.parametrize("content", [b"no cookies at all", b"\xff\xfe\x00", None])
async def test_cookies_that_cannot_be_read_are_named(
    site: SiteServer, folder: Path, tmp_path: Path, content: bytes | None
) -> None:
    cookies = tmp_path / "cookies.txt"
    if content is not None:
        cookies.write_bytes(content)
    await refuse(site.sites(cookies_file=cookies), site.track("song", CONTENT), folder, CookiesUnreadable)


# When it is ended.


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    # What nobody has buried yet is dead all the same.
    return state != "Z"


async def wait_until_gone(pids: list[int]) -> None:
    async with asyncio.timeout(30):
        while any(map(is_running, pids)):
            await asyncio.sleep(0.02)


@pytest.fixture
def sleeper(tmp_path: Path) -> Path:
    """A stand-in for a JavaScript runtime, which is a program that the process may start."""
    program = tmp_path / "node"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o755)
    return program


End = Callable[[asyncio.Task[Any]], Awaitable[None]]


@pytest.mark.parametrize("how", ["its time is up", "the request is cancelled", "it dies"])
async def test_a_process_that_hangs_is_ended_with_what_it_started(
    site: SiteServer, folder: Path, reports: list[Any], sleeper: Path, how: str
) -> None:
    link = site.track("song", CONTENT, starts=str(sleeper), hangs=True)
    sites = site.sites(timeout=5.0 if how == "its time is up" else 60.0, js_runtime=("node", sleeper))
    job = asyncio.create_task(take(sites, link, folder))
    async with asyncio.timeout(60):
        while not reports:
            await asyncio.sleep(0.02)
    (pids,) = reports
    assert all(map(is_running, pids))
    expected: type[BaseException] = LinkTimeout
    if how == "the request is cancelled":
        job.cancel()
        expected = asyncio.CancelledError
    elif how == "it dies":
        os.kill(pids[0], signal.SIGKILL)
        expected = SiteFailed
    with pytest.raises(expected):
        await job
    await wait_until_gone(pids)
    assert list(folder.iterdir()) == []


async def test_a_process_does_not_outlive_the_bot(
    site: SiteServer, folder: Path, reports: list[Any], sleeper: Path
) -> None:
    link = site.track("song", CONTENT, starts=str(sleeper), hangs=True)
    job = SiteJob(link, folder, ("soundcloud",), LIMIT, 600.0, 60.0, js_runtime=("node", sleeper))
    script = Path(__file__).with_name("loopback_site.py")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        script,
        str(site.port),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        env=environment,
    )
    assert process.stdin is not None
    process.stdin.write(job.to_line())
    async with asyncio.timeout(60):
        while not reports:
            await asyncio.sleep(0.02)
    # As the system does with the pipes of a bot that was killed.
    process.stdin.close()
    async with asyncio.timeout(30):
        assert await process.wait() == -signal.SIGKILL
    await wait_until_gone(reports[0])


@pytest.mark.parametrize(("level", "told"), [("INFO", False), ("DEBUG", True)])
async def test_what_a_process_said_last_is_logged_at_the_level_debug(
    level: str, told: bool, site: SiteServer, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(level)
    await refuse(site.sites(), site.track("song", CONTENT, dies="last words"), folder, SiteFailed)
    assert "gave no answer" in caplog.text
    said = [record.__dict__["said"] for record in caplog.records if "said" in record.__dict__]
    assert ("last words" in str(said)) is told


@pytest.mark.parametrize("fields", [{"dies": "it is a-secret-cookie"}, {"error": "it is a-secret-cookie"}])
async def test_the_content_of_the_cookies_file_is_never_logged(
    fields: dict[str, str], site: SiteServer, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    cookies = tmp_path / "cookies.txt"
    cookies.write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tname\ta-secret-cookie\n")
    await refuse(site.sites(cookies_file=cookies), site.track("song", CONTENT, **fields), folder, SiteFailed)
    said = [record.__dict__["said"] for record in caplog.records if "said" in record.__dict__]
    assert f"it is {REDACTED}" in str(said)
    assert "a-secret-cookie" not in str([record.__dict__ for record in caplog.records])


async def test_what_members_listen_to_is_not_logged(
    site: SiteServer, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    link = site.track("a-secret-love", CONTENT, error="Unable to extract title of a-secret-love", expected=False)
    await refuse(site.sites(), link, folder, SiteChanged)
    ours = [record.__dict__ for record in caplog.records if record.name.startswith("bot.")]
    assert "outdated" in str(ours)
    assert "a-secret-love" not in str(ours)


async def test_only_so_many_pages_are_read_at_once(site: SiteServer, folder: Path) -> None:
    under_way, most = 0, 0

    async def send(request: web.Request) -> web.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.2)
        under_way -= 1
        return web.Response(body=CONTENT)

    link = site.track("song", CONTENT)
    site.handlers["/audio/song"] = send
    sites = site.sites(at_once=1)
    results = await asyncio.gather(*(sites_take(sites, link, folder) for _ in range(2)))
    assert results == [CONTENT, CONTENT]
    assert most == 1


async def sites_take(sites: Sites, link: str, folder: Path) -> bytes:
    async with sites.on_disk(parse_link(link), folder=folder) as track:
        return track.path.read_bytes()


def test_every_site_of_the_default_list_is_one_that_yt_dlp_knows() -> None:
    assert unknown_sites(DEFAULT_SITES.split(",")) == []


@pytest.mark.parametrize("name", ["soundclod", "generic", ".*", "sound"])
def test_an_unknown_site_is_found(name: str) -> None:
    assert unknown_sites(["soundcloud", name]) == [name]
