"""What a server collects is shown to all of it, and each member decides whether to be named there."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import pytest

from bot.drawing.errors import TooManyLooking
from bot.drawing.process import DrawingProcess
from bot.store.utc import utc_now
from tests.bot.tracks import digest_of, heard, track
from tests.end_to_end.browsing import fields, playlist_of
from tests.end_to_end.conftest import OpenServer


@pytest.fixture(autouse=True)
def _drawn_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw in the process of the test, all that travels to the drawing process and back included."""

    async def run(_: DrawingProcess, function: Any, *arguments: object, member: int) -> Any:
        assert member
        function, arguments = pickle.loads(pickle.dumps((function, arguments)))
        return function(*arguments)

    monkeypatch.setattr(DrawingProcess, "run", run)


def added_now(title: str, genre: str, adder: Any) -> Any:
    return replace(track(title, heard(genre), adder=adder.id), added_at=utc_now())


async def stats(server: Any, member: Any, **options: Any) -> Any:
    return await member.slash(server.channel, "server-stats", **options)


async def test_statistics_show_what_was_shared_agreed_and_disputed_with_a_picture(
    open_knowing_server: OpenServer,
) -> None:
    async with open_knowing_server() as server:
        ann, bob = server.member("ann"), server.member("bob")
        songs = (("One", "rock", ann), ("Two", "rock", ann), ("Three", "jazz", bob))
        await playlist_of(server, ann, *(added_now(*song) for song in songs))
        for member, (title, genre) in enumerate(
            [("One", "rock"), ("One", "rock"), ("Three", "pop"), ("Three", "jazz")]
        ):
            await server.bot.services.store.votes.cast(digest_of(title), server.channel.guild.id, member, genre)
        shown = (await stats(server, bob)).response
    (card,) = shown.embeds
    (picture,) = shown.attachments
    assert card.title == "Music of this server"
    assert card.description == "1 playlist · 3 tracks · 4 votes"
    assert fields(shown) == {
        "Genres of the week": "rock (2), jazz (1)",
        "Most agreed": "🎸 One · **rock**, say 2 of 2",
        "Most disputed": "🎷 Three · I heard **jazz**; 1 of 2 say something else",
        "Who shares what": f"1. <@{ann.id}> · 2 tracks: rock (2)\n2. <@{bob.id}> · 1 track: jazz (1)",
    }
    assert card.image.url is not None
    assert (await picture.read())[:4] == b"\x89PNG"
    assert (picture.filename, picture.description) == (
        "statistics.png",
        "Bars in a picture. Genres of the last seven days: rock (2), jazz (1). "
        "Who shares what: 1. rock (2); 2. jazz (1).",
    )


async def test_where_nothing_can_be_drawn_now_the_words_are_shown(
    open_knowing_server: OpenServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object, **__: object) -> None:
        raise TooManyLooking

    monkeypatch.setattr(DrawingProcess, "run", busy)
    async with open_knowing_server() as server:
        ann = server.member("ann")
        await playlist_of(server, ann, added_now("One", "rock", ann))
        shown = (await stats(server, ann)).response
    assert shown.attachments == []
    assert fields(shown)["Genres of the week"] == "rock (1)"


async def test_a_server_without_tracks_is_told_what_to_do(open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        shown = (await stats(server, server.member("ann"))).response
    assert "Nothing is collected here yet." in shown.embeds[0].description
    assert shown.attachments == []


@pytest.mark.parametrize("hides", [True, False])
async def test_each_member_decides_whether_to_be_named(hides: bool, open_knowing_server: OpenServer) -> None:
    async with open_knowing_server() as server:
        ann, bob = server.member("ann"), server.member("bob")
        await playlist_of(server, ann, added_now("One", "rock", ann), added_now("Two", "jazz", bob))
        told = [await stats(server, ann, me="hide")]
        if not hides:
            await server.restart()
            told.append(await stats(server, ann, me="show"))
        shares = fields((await stats(server, bob)).response)["Who shares what"]
        hidden = await server.bot.services.store.statistics.hidden(server.channel.guild.id)
    assert all(answer.ephemeral for answer in told)
    assert "I do not name you" in told[0].response.content
    assert hidden == ({ann.id} if hides else frozenset())
    assert shares.splitlines()[-1] == (
        "2. everybody else · 1 track: rock (1)" if hides else f"2. <@{bob.id}> · 1 track: jazz (1)"
    )
    assert (f"<@{ann.id}>" in shares) is not hides
    if not hides:
        assert "I name you" in told[1].response.content
