"""Playlists looked at as a whole: compared and drawn by a real process of its own, answered by the real bot."""

from __future__ import annotations

import asyncio
import io
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import discord
import pytest
from PIL import Image

from bot.commands.playlists.options import track_value
from bot.drawing.errors import LookingFailed, LookingUnderWay, NotHeardYet, TooFewTracks, TooManyTracks
from bot.drawing.process import DrawingProcess
from bot.playlists.errors import NoSuchTrack
from bot.playlists.formats.formats import read_playlist
from bot.playlists.track import NewTrack
from tests.bot.made_tracks import hang, hanging, heard_track
from tests.end_to_end.conftest import speak

OpenServer = Callable[..., AbstractAsyncContextManager[Any]]

KINDS = ("rock", "jazz", "metal")
ODD = 30
LINK = "https://songs.example/30"
STRANGER = 9_004_411
"""A member who has left."""


@pytest.fixture(scope="module")
def drawing() -> Iterator[DrawingProcess]:
    """One for all tests here: it takes seconds to load what it draws with."""
    process = DrawingProcess()
    yield process
    asyncio.run(process.close())


async def made(server: Any, owner: Any, tracks: Iterable[NewTrack], name: str = "Chill") -> list[int]:
    store = server.bot.services.store
    playlist_id = await store.playlists.create(server.channel.guild.id, name, owner.id)
    return [(await store.tracks.add(playlist_id, track)).track_id for track in tracks]


def mixed(ann: int, bob: int) -> list[NewTrack]:
    """Return thirty tracks of three kinds, of two members and one who has left, and an odd one."""
    adders = (ann, ann, bob, STRANGER)
    tracks = [
        heard_track(number, genre=KINDS[number % 3], kind=number % 3, adder=adders[number % 4]) for number in range(ODD)
    ]
    return [*tracks, heard_track(ODD, genre="polka", kind=20, title="Odd *One* $x$ 🔥", adder=ann)]


async def png_of(response: Any) -> Any:
    (attachment,) = response.attachments
    image = Image.open(io.BytesIO(await attachment.read()))
    (embed,) = response.embeds
    assert image.format == "PNG"
    assert embed.image.url.partition("?")[0].endswith(attachment.filename)
    return attachment


async def ask(server: Any, member: Any, command: str, **options: Any) -> tuple[discord.Embed, Any]:
    result = await member.slash(server.channel, f"playlist {command}", playlist="chill", **options)
    (embed,) = result.response.embeds
    return embed, result.response


async def test_a_playlist_is_drawn_over_time_by_member_and_as_a_map(
    open_knowing_server: OpenServer, drawing: DrawingProcess
) -> None:
    async with open_knowing_server(drawing=drawing) as server:
        ann, bob = server.member("ann"), server.member("bob")
        await made(server, ann, mixed(ann.id, bob.id))
        genres, drawn = await ask(server, bob, "fingerprint")
        names = (await png_of(drawn)).description.rpartition("Lately")[2]
        mapped, drawn = await ask(server, bob, "map")
        map_words = (await png_of(drawn)).description

    assert genres.title == "Genres of Chill"
    assert genres.description == "31 tracks: jazz 32%, metal 32%, rock 32%, polka 3%."
    over_time, by_member = (field.value for field in genres.fields)
    assert over_time.startswith("From week to week, by the Monday it begins with. At first mostly ")
    for who, name, tracks in ((ann.id, "ann", 17), (bob.id, "bob", 7), (STRANGER, "…4411", 7)):
        assert f"<@{who}>: {tracks} tracks, " in by_member
        assert f"{name}: {tracks} tracks, " in names

    assert mapped.title == "Map of Chill"
    assert mapped.description.startswith("31 tracks: the closer two lie, the more alike they sound. Closest together: ")
    outliers, typical = (field.value for field in mapped.fields)
    assert outliers.startswith("**1** Odd \\*One\\* $x$ 🔥 (polka), next to ")
    assert [line[:5] for line in typical.splitlines()] == ["**2**", "**3**", "**4**"]
    assert "Genres: jazz 10, metal 10, rock 10, polka 1." in map_words
    assert "Odd *One* $x$ 🔥 (polka) sounds like no other" in map_words


async def test_whoever_opted_out_of_statistics_is_named_nowhere(
    open_knowing_server: OpenServer, drawing: DrawingProcess
) -> None:
    async with open_knowing_server(drawing=drawing) as server:
        ann, bob = server.member("ann"), server.member("bob")
        await made(server, ann, mixed(ann.id, bob.id))
        await server.bot.services.store.statistics.hide(server.channel.guild.id, ann.id)
        genres, drawn = await ask(server, bob, "fingerprint")
        words = (await png_of(drawn)).description
    assert str(ann.id) not in str(genres.to_dict())
    assert "ann" not in words
    assert genres.fields[1].value.splitlines()[-1].startswith("others: 17 tracks, ")
    assert "bob: 7 tracks, " in words


async def test_the_odd_one_the_neighbours_and_a_running_order_are_told(
    open_knowing_server: OpenServer, drawing: DrawingProcess
) -> None:
    async with open_knowing_server(drawing=drawing) as server:
        ann = server.member("ann")
        tracks = await made(server, ann, mixed(ann.id, ann.id))
        odd, _ = await ask(server, ann, "odd-one-out")
        neighbours, _ = await ask(server, ann, "neighbours", track=track_value(tracks[0]))
        order, reply = await ask(server, ann, "smooth-order")
        files = {attachment.filename: await attachment.read() for attachment in reply.attachments}

    assert odd.description.startswith(f"**[Odd \\*One\\* $x$ 🔥]({LINK})** (polka) sounds like no other: it is ")

    assert neighbours.title == "What sounds like Song 0"
    found = neighbours.description.splitlines()
    assert all(" · rock · " in line for line in found[:9])
    assert found[0].endswith("BPM · almost the same")
    assert found[9].endswith("hardly alike")

    gain, _, *lines, last = order.description.splitlines()
    assert gain.startswith("From one track to the next, ")
    assert lines[0].startswith("1. Song ")
    assert last == "… and 16 more: all are in the files."
    _, read = read_playlist(files["Chill.m3u8"], most_tracks=100)
    titles = [track.title for track in read.playlist.tracks]
    assert sorted(titles) == sorted(["Odd *One* $x$ 🔥", *(f"Song {number}" for number in range(ODD))])
    words = files["Chill.txt"].decode().splitlines()
    assert [line.partition(". ")[2].partition(" · ")[0] for line in words[2:-2]] == titles
    changes = [track.genre != other.genre for track, other in pairwise(read.playlist.tracks)]
    assert sum(changes) <= len(KINDS) + 1


async def test_what_there_is_too_little_or_too_much_for_is_said(
    open_knowing_server: OpenServer, drawing: DrawingProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.playlists.looking.LONGEST_ORDER", 5)
    async with open_knowing_server(drawing=drawing) as server:
        ann = server.member("ann")
        unheard = [NewTrack(title=f"Unheard {number}", link=f"https://songs.example/u{number}") for number in range(4)]
        ids = await made(server, ann, [*unheard, *(heard_track(n, genre="rock", kind=0) for n in range(2))])
        await made(server, ann, [], "Empty")

        async def refused(command: str, playlist: str = "Chill", **options: Any) -> tuple[str, bool]:
            result = await ann.slash(server.channel, f"playlist {command}", playlist=playlist, **options)
            return result.response.embeds[0].description, result.ephemeral

        for command in ("fingerprint", "map", "odd-one-out", "smooth-order"):
            needed = 4 if command == "odd-one-out" else 3
            assert await refused(command, "Empty") == (str(TooFewTracks(needed)), True)
            if command != "smooth-order":
                assert (await refused(command))[0] == str(TooFewTracks(needed))
        assert await refused("smooth-order") == (str(TooManyTracks(5)), True)
        assert (await refused("neighbours", track=track_value(ids[0])))[0] == str(NotHeardYet())
        assert (await refused("neighbours", track=track_value(999_999)))[0] == str(NoSuchTrack())
        kinds = server.failures()
        result = await ann.slash(server.channel, "playlist neighbours", playlist="Chill", track=track_value(ids[-1]))
    assert kinds == [*[TooFewTracks] * 7, TooManyTracks, NotHeardYet, NoSuchTrack]
    (card,) = result.response.embeds
    assert card.description.startswith("1. **Song 0** · rock · 90 BPM · almost the same")
    assert card.footer.text == "4 tracks are missing: I have not listened to them yet."


async def test_nothing_is_called_odd_that_is_not(open_knowing_server: OpenServer, drawing: DrawingProcess) -> None:
    async with open_knowing_server(drawing=drawing) as server:
        ann = server.member("ann")
        await made(server, ann, [heard_track(number, genre="rock", kind=0) for number in range(12)])
        odd = await ann.slash(server.channel, "playlist odd-one-out", playlist="Chill")
        mapped = await ann.slash(server.channel, "playlist map", playlist="Chill")
    assert odd.response.embeds[0].description.startswith("None stands out. **[Song ")
    assert mapped.response.embeds[0].fields[0].value == "No track stands out."


async def test_a_process_that_is_killed_in_the_middle_is_told_and_the_next_map_is_drawn(
    open_knowing_server: OpenServer, drawing: DrawingProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_knowing_server(drawing=drawing) as server:
        ann = server.member("ann")
        await made(server, ann, mixed(ann.id, ann.id))
        with monkeypatch.context() as patch:
            patch.setattr("bot.commands.playlists.looking.map_playlist", partial(hang, str(tmp_path)))
            asked = asyncio.create_task(ask(server, ann, "map"))
            async with asyncio.timeout(60):
                while (process := hanging(tmp_path)) is None:
                    await asyncio.sleep(0.01)
            with pytest.raises(LookingUnderWay):
                drawing.require_room(ann.id)
            os.kill(process, signal.SIGKILL)
            failed, _ = await asked
        assert server.failures() == [LookingFailed]
        _, again = await ask(server, ann, "map")
        await png_of(again)
    assert failed.description == str(LookingFailed())


async def test_where_files_are_not_allowed_the_words_are_sent_alone(
    open_knowing_server: OpenServer, drawing: DrawingProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = discord.Interaction.edit_original_response

    async def refuse(self: Any, **options: Any) -> Any:
        if options.get("attachments"):
            response = type("Response", (), {"status": 403, "reason": "Forbidden"})()
            raise discord.Forbidden(response, {"code": 50013, "message": "Missing Permissions"})
        return await edit(self, **options)

    monkeypatch.setattr(discord.Interaction, "edit_original_response", refuse)
    speak(monkeypatch, "ja")
    async with open_knowing_server(drawing=drawing) as server:
        ann = server.member("ann")
        await made(server, ann, mixed(ann.id, ann.id))
        for command in ("fingerprint", "map", "smooth-order"):
            result = await ann.slash(server.channel, f"playlist {command}", playlist="Chill")
            (card,) = result.response.embeds
            assert result.response.attachments == []
            assert card.image.url is None
            assert "ロック" in str(card.to_dict())
