"""Which tracks a playlist holds: the real yt-dlp in its real process, reading a site on this machine."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.errors import RequestError
from bot.media import listing_errors
from bot.media.guarded_http import GuardedHttp
from bot.media.link_errors import AddressRefused, BotCheck, LinkError, LinkTimeout, LiveStream, SiteFailed
from bot.media.linked_clip import LinkedClip, LinkReader
from bot.media.links import parse_link
from bot.media.listing import Listing
from bot.media.listing_errors import EmptyListing, NothingPlayable, NotImportable, PrivateListing
from bot.media.site_job import LeftOut, SiteAnswer, SiteListing, Trouble
from bot.media.site_names import DEFAULT_SITES
from bot.media.sites import Sites
from tests.bot.strangers import SiteServer, site_server

CONTENT = bytes(range(256)) * 50


@pytest.fixture
async def site() -> AsyncIterator[SiteServer]:
    async with site_server() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "clips"
    folder.mkdir()
    return folder


async def list_at(sites: Sites, text: str, folder: Path, *, most: int = 50) -> Listing:
    listing = await sites.listing(parse_link(text), most=most, folder=folder)
    assert list(folder.iterdir()) == []
    return listing


def entry(url: str | None, **fields: Any) -> dict[str, Any]:
    return {"_type": "url", "url": url} | fields


def song(name: str) -> str:
    return f"https://loopback.example/{name}"


def asked(site: SiteServer) -> list[str]:
    return [request.path for request in site.requests]


def album(site: SiteServer, *entries: Any, **fields: Any) -> str:
    return site.describe("album", **{"_type": "playlist", "title": "An album", "entries": entries} | fields)


async def test_tracks_come_in_order_once_and_only_if_they_can_be_fetched(site: SiteServer, folder: Path) -> None:
    left_out = {
        LeftOut.REPEATED: [entry(song("one")), entry(song("one") + "#again")],
        LeftOut.PRIVATE: [None, entry(song("p1"), availability="private"), entry(song("p2"), title="[Deleted video]")],
        LeftOut.LIVE: [entry(song("l1"), live_status="is_upcoming"), entry(song("l2"), is_live=True)],
        LeftOut.NESTED: [
            entry("https://soundcloud.com/artist/sets/more"),
            {"_type": "playlist", "entries": [entry(song("deep"))]},
        ],
        LeftOut.FOREIGN: [
            entry("https://www.youtube.com/watch?v=BaW_jenozKc"),
            entry("https://127.0.0.1/song"),
            entry("https://169.254.169.254/latest/meta-data"),
            entry("file:///etc/passwd"),
            entry("http://soundcloud.com/artist/not-by-https"),
            entry("https://soundcloud.com/artist/" + 3000 * "x"),
            entry(None),
            {"title": "Neither page nor name", "formats": []},
        ],
    }
    kept = [
        entry(song("one"), title="One", duration=61.5),
        entry("https://soundcloud.com/artist/song", title="\u202eevil\n\x1b[31m" + 900 * "x", duration=-1),
        entry(song("three"), title="\u200b \x00", duration="long"),
        {"webpage_url": song("four"), "title": ["odd"], "duration": 7},
        # The Internet Archive tells of the files in an item, and each has a page.
        {"id": "item/05 What?.mp3", "title": "What?", "formats": []},
    ]
    dropped = [each for several in left_out.values() for each in several]
    link = album(site, kept[0], *dropped, *kept[1:], extractor="archive.org")
    listing = await list_at(site.sites("soundcloud", "archive.org"), link, folder)
    assert [(track.link.url, track.duration) for track in listing.tracks] == [
        (song("one"), 61.5),
        ("https://soundcloud.com/artist/song", None),
        (song("three"), None),
        (song("four"), 7.0),
        ("https://archive.org/details/item/05%20What%3F.mp3", None),
    ]
    titles = [track.title for track in listing.tracks]
    assert (titles[0], *titles[2:]) == ("One", None, None, "What?")
    assert titles[1] is not None
    assert titles[1].startswith("evil [31mxxx")
    assert len(titles[1]) == 200
    assert (listing.title, listing.more) == ("An album", False)
    assert listing.left_out == {why: len(several) for why, several in left_out.items()}
    # Of the tracks, nothing was opened.
    assert asked(site) == ["/describe/album"]


async def test_no_more_is_read_than_was_asked_for(site: SiteServer, folder: Path) -> None:
    # Whoever asks for the seventh waits for ever.
    listing = await list_at(site.sites(), album(site, endless=6), folder, most=5)
    assert [track.link.url for track in listing.tracks] == [song(f"song-{number}") for number in range(5)]
    assert listing.more


async def test_a_listing_ends_where_the_answer_would_grow_too_long(site: SiteServer, folder: Path) -> None:
    link = album(site, *(entry(song(f"{number}{1800 * 'x'}"), title=5000 * "\U0001f3b5") for number in range(400)))
    listing = await list_at(site.sites(), link, folder, most=1000)
    assert 150 < len(listing.tracks) < 250
    assert listing.more


async def test_a_link_to_a_track_lists_that_track(site: SiteServer, folder: Path) -> None:
    listing = await list_at(site.sites(), site.track("song", CONTENT, title="Alone"), folder)
    (track,) = listing.tracks
    assert (track.link.url, track.title, track.duration) == (song("song"), "Alone", 5.0)
    assert (listing.title, listing.more, listing.left_out) == (None, False, {})
    assert asked(site) == ["/describe/song"]


async def test_a_link_to_a_track_within_a_playlist_is_either_as_it_is_asked_for(site: SiteServer, folder: Path) -> None:
    link = site.track("song", CONTENT, within=album(site, entry(song("other"))))
    assert [track.link.url for track in (await list_at(site.sites(), link, folder)).tracks] == [song("other")]
    async with site.sites().on_disk(parse_link(link), folder=folder) as track:
        assert track.path.read_bytes() == CONTENT


async def test_a_broadcast_is_no_listing(site: SiteServer, folder: Path) -> None:
    with pytest.raises(LiveStream):
        await list_at(site.sites(), site.track("song", CONTENT, is_live=True), folder)


async def test_a_playlist_cannot_lead_inside(site: SiteServer, folder: Path) -> None:
    async def send(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://10.0.0.1/describe"})

    site.handlers["/describe/album"] = send
    with pytest.raises(AddressRefused):
        await list_at(site.sites(), song("album"), folder)


async def test_a_site_that_is_not_on_the_list_is_not_even_asked(folder: Path) -> None:
    # This one runs the process as it ships.
    sites = Sites(("soundcloud",), max_bytes=1, max_seconds=600, timeout=60, at_once=1)
    with pytest.raises(NotImportable, match=r"at SoundCloud\.$"):
        await list_at(sites, "https://www.youtube.com/playlist?list=PLaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", folder)


# What follows has programs that take the place of the process, and need no second to start.


def reading_with(program: str, **options: Any) -> Sites:
    limits: dict[str, Any] = {"max_bytes": 1_000_000, "max_seconds": 600.0, "timeout": 30.0, "at_once": 2}
    return Sites(("soundcloud",), child=(sys.executable, "-c", program), **limits | options)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (SiteAnswer(listing=SiteListing("Album", (), more=False, left_out={})), EmptyListing),
        (SiteAnswer(listing=SiteListing("Album", (), more=False, left_out={LeftOut.LIVE: 3})), NothingPlayable),
        (SiteAnswer(trouble=Trouble.PRIVATE), PrivateListing),
        (SiteAnswer(trouble=Trouble.NOT_LISTED), NotImportable),
        (SiteAnswer(trouble=Trouble.BOT_CHECK), BotCheck),
    ],
)
async def test_each_failure_has_its_own_answer(folder: Path, answer: SiteAnswer, error: type[LinkError]) -> None:
    with pytest.raises(error):
        await list_at(reading_with(f"print({answer.to_line().decode()!r})"), song("album"), folder)


@pytest.mark.parametrize("end", ["b'\\n'", "b''"])
async def test_an_answer_that_is_too_long_is_not_read(folder: Path, end: str) -> None:
    program = f"import sys\nwhile True: sys.stdout.buffer.write(bytes(1 << 22) + {end})"
    async with asyncio.timeout(25):
        with pytest.raises(SiteFailed):
            await list_at(reading_with(program), song("album"), folder)


async def test_a_listing_that_never_ends_is_ended(folder: Path) -> None:
    with pytest.raises(LinkTimeout):
        await list_at(reading_with("import time; time.sleep(600)", timeout=0.2), song("album"), folder)


READS_WHEN_ALLOWED = """
import json, pathlib, sys, time
job = json.loads(sys.stdin.readline())
name = job["url"].rpartition("/")[2]
desk = pathlib.Path({desk!r})
(desk / name).touch()
while name != "waited-for" and not (desk / "allowed").exists():
    time.sleep(0.01)
pathlib.Path("clip").write_bytes(b"sound")
entry = {{"url": job["url"], "title": None, "duration": None}}
listing = {{"title": None, "entries": [entry], "more": False, "left_out": {{}}}}
print(json.dumps({{"title": None, "trouble": None, "detail": "", "listing": listing}}))
"""


@pytest.mark.parametrize("at_once", [1, 3])
async def test_the_background_leaves_a_place_to_what_members_wait_for(
    folder: Path, tmp_path: Path, at_once: int
) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    sites = reading_with(READS_WHEN_ALLOWED.format(desk=str(desk)), at_once=at_once)
    reader = LinkReader(GuardedHttp(timeout=30), sites, folder=folder, max_bytes=1000)

    finished: list[str] = []

    async def fetch(name: str, *, background: bool = True) -> None:
        async with LinkedClip(parse_link(song(name)), reader, background=background).on_disk() as path:
            assert path.read_bytes() == b"sound"
        finished.append(name)

    several = [asyncio.create_task(fetch(f"imported-{number}")) for number in range(4)]
    listing = asyncio.create_task(sites.listing(parse_link(song("album")), most=5, folder=folder))
    at_work = max(1, at_once - 1)
    async with asyncio.timeout(30):
        while len(list(desk.iterdir())) < at_work:
            await asyncio.sleep(0.01)
        waited_for = asyncio.create_task(fetch("waited-for", background=False))
        if at_once > 1:
            await waited_for
            assert {file.name for file in desk.iterdir()} == {"imported-0", "imported-1", "waited-for"}
        # With a single place, it has the next turn, however much waits in the background.
        await asyncio.sleep(0)
        (desk / "allowed").touch()
        await asyncio.gather(waited_for, *several)
        assert finished.index("waited-for") == (1 if at_once == 1 else 0)
        assert len((await listing).tracks) == 1


def test_every_sentence_tells_what_to_do_next() -> None:
    some = [NotImportable(()), NotImportable(DEFAULT_SITES.split(",")), NotImportable(("vimeo", "youtube"))]
    kinds = [
        kind for kind in vars(listing_errors).values() if isinstance(kind, type) and issubclass(kind, RequestError)
    ]
    others = [kind() for kind in kinds if kind not in {NotImportable, LinkError}]
    assert "Bandcamp, YouTube, Vimeo," in str(some[1])
    assert str(some[2]).endswith("at Vimeo or YouTube.")
    for sentence in map(str, [*some, *others]):
        assert "Send" in sentence or "send" in sentence
        assert sentence.endswith(".")
        assert len(sentence) <= 250
