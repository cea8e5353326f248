"""Links through the whole bot: a stranger's server and a site on this machine, read as any other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from bot.errors import FileOrLink
from bot.media.link_errors import (
    AddressRefused,
    AgeRestricted,
    BotCheck,
    LinkError,
    LiveStream,
    NotALink,
    PlaylistLink,
    PrivateOrRemoved,
    RedirectRefused,
    RegionLocked,
    SiteChanged,
    SiteNotListed,
    TrackTooLong,
)
from bot.media.linked_clip import LinkReader
from classifier.errors import FileTooLarge, NotAudio
from tests.bot.strangers import SiteServer, Stranger, site_server, stranger
from tests.bot.timelines import analysis_of

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

SONG = b"the bytes of a song" * 100
REGGAE = analysis_of((0.0, [{"reggae": 0.8, "hiphop": 0.1}] * 6))
LIMIT = 100_000


@pytest.fixture
async def web() -> AsyncIterator[Stranger]:
    async with stranger() as server:
        yield server


@pytest.fixture
async def site() -> AsyncIterator[SiteServer]:
    async with site_server() as server:
        yield server


@pytest.fixture
def links(web: Stranger, site: SiteServer) -> Callable[..., LinkReader]:
    """Read links as the bot does, but that these two servers may be dialled."""

    def reader(_: Any, *, folder: Path) -> LinkReader:
        return LinkReader(web.http, site.sites(max_bytes=LIMIT), folder=folder, max_bytes=LIMIT)

    return reader


async def ask(server: Any, link: str, **options: Any) -> Any:
    return (await server.member().slash(server.channel, "genre", link=link, **options)).response


async def test_a_link_to_a_file_is_answered(open_knowing_server: OpenServer, links: Any, web: Stranger) -> None:
    async with open_knowing_server(links=links) as server:
        await server.know(SONG, REGGAE)
        shown = await ask(server, web.serve(SONG))
    assert shown.embeds[0].title == "Reggae, clearly"
    assert "song.example" in str(shown.embeds[0].to_dict())


async def test_a_link_to_a_track_of_a_site_is_answered_with_its_title(
    open_knowing_server: OpenServer, links: Any, site: SiteServer
) -> None:
    async with open_knowing_server(links=links) as server:
        await server.know(SONG, REGGAE)
        shown = await ask(server, site.track("song", SONG, title="@everyone **One** Love https://evil.example"))
    assert shown.embeds[0].title == "Reggae, clearly"
    clip = next(field.value for field in shown.embeds[0].fields if field.name == "Clip")
    assert "@everyone" not in clip
    assert "https://" not in clip
    assert r"\*\*One\*\*" in clip


async def test_the_same_bytes_by_file_and_by_link_are_one_clip(
    open_knowing_server: OpenServer, links: Any, web: Stranger
) -> None:
    async with open_knowing_server(links=links) as server:
        await server.know(SONG, REGGAE)
        ann = server.member("ann")
        by_file = await ann.slash(server.channel, "genre", file=("song.mp3", SONG))
        await ann.click(by_file.response, label="Agree")
        by_link = await ask(server, web.serve(SONG))
    assert by_link.embeds[0].fields[-1].value == "**Reggae (1 of 1)**"


async def test_a_private_link_is_answered_to_the_asker_alone(
    open_knowing_server: OpenServer, links: Any, web: Stranger
) -> None:
    async with open_knowing_server(links=links) as server:
        await server.know(SONG, REGGAE)
        shown = await ask(server, web.serve(SONG), private=True)
    assert shown.ephemeral


def file_of(data: bytes) -> Callable[[Stranger, SiteServer], str]:
    return lambda web, _: web.serve(data)


def page(**described: Any) -> Callable[[Stranger, SiteServer], str]:
    return lambda _, site: site.describe("page", **{"id": "page", "title": "A title"} | described)


def failing(message: str, **described: Any) -> Callable[[Stranger, SiteServer], str]:
    return page(error=message, **described)


SOUND = {"url": "https://song.example/a", "vcodec": "none"}

FAILURES: dict[str, tuple[Callable[[Stranger, SiteServer], str], type[Exception]]] = {
    "not a link": (lambda *_: "song.mp3", NotALink),
    "file scheme": (lambda *_: "file:///etc/passwd", NotALink),
    "plain http": (lambda *_: "http://song.example/song.mp3", NotALink),
    "user info": (lambda *_: "https://song.example@127.0.0.1/song.mp3", NotALink),
    "private address": (lambda *_: "https://169.254.169.254/song.mp3", AddressRefused),
    "redirect inside": (lambda web, _: web.redirect("https://10.0.0.1/song.mp3"), AddressRefused),
    "redirect to http": (lambda web, _: web.redirect("http://song.example/song.mp3"), RedirectRefused),
    "nothing there": (lambda web, _: web.link("/nothing.mp3"), PrivateOrRemoved),
    "a page": (
        lambda web, _: web.serve(b"<html>", "/page.mp3", **{"Content-Type": "text/html"}),
        SiteNotListed,
    ),
    "not on the list": (lambda *_: "https://song.example/somewhere", PrivateOrRemoved),
    "too large": (file_of(b"x" * (LIMIT + 1)), FileTooLarge),
    "not audio": (file_of(b"This is a letter and no song.\n" * 50), NotAudio),
    "private": (failing("This video is private"), PrivateOrRemoved),
    "age": (failing("Sign in to confirm your age"), AgeRestricted),
    "region": (failing("This video is not available in your country"), RegionLocked),
    "live": (page(is_live=True, formats=[SOUND]), LiveStream),
    "too long": (page(duration=100_000, formats=[SOUND]), TrackTooLong),
    "bot check": (failing("Sign in to confirm you're not a bot"), BotCheck),
    "changed": (failing("Unable to extract data", expected=False), SiteChanged),
    "playlist": (page(_type="playlist", entries=[]), PlaylistLink),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_each_kind_of_failure_has_its_own_sentence(
    failure: str, open_server: OpenServer, links: Any, web: Stranger, site: SiteServer
) -> None:
    make, error = FAILURES[failure]
    async with open_server(links=links) as server:
        shown = await ask(server, make(web, site))
        assert server.failures() == [error]
    assert shown.embeds[0].title == "I could not listen to that"
    if issubclass(error, LinkError) and error is not TrackTooLong:
        assert shown.embeds[0].description == str(error())


@pytest.mark.parametrize("both", [True, False])
async def test_a_file_and_a_link_or_neither_is_no_question(
    both: bool, open_knowing_server: OpenServer, links: Any
) -> None:
    options = {"file": ("song.mp3", SONG), "link": "https://song.example/song.mp3"} if both else {}
    async with open_knowing_server(links=links) as server:
        result = await server.member().slash(server.channel, "genre", **options)
        assert server.failures() == [FileOrLink]
    assert result.ephemeral
