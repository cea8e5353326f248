"""Playlists leave as files and come back, and nothing in a file counts as if it had happened here."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from bot.playlists.errors import ExportTooLarge, FileOrLinkToImport, NotACollaborator, NoTracksInFile
from bot.playlists.formats.errors import UnknownFormat
from bot.playlists.formats.formats import FORMATS, Format, read_playlist
from bot.playlists.formats.json_lines import write
from bot.playlists.portable import PortableList, PortableTrack
from bot.playlists.track import NewTrack, Told
from bot.store.votes import GenreVotes
from classifier.result import TagProbability, Verdict
from tests.bot.listed_site import ListedSite, track_link
from tests.bot.tracks import digest_of, heard, track
from tests.end_to_end.conftest import OpenServer, Server
from tests.end_to_end.importing import card, playlist, songs, start, titles


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.board.EDIT_EVERY_SECONDS", 0.01)


async def take_away(server: Server, member: Any, name: str, kind: Format) -> tuple[str, bytes]:
    """Export a playlist and return the file."""
    result = await member.slash(server.channel, "playlist export", playlist=name, format=kind.name)
    assert result.ephemeral
    (file,) = result.response.attachments
    return file.filename, await file.read()


async def bring(server: Server, member: Any, file: tuple[str, bytes], name: str) -> Any:
    return (await member.slash(server.channel, "playlist import", playlist=name, file=file)).response


def read(data: bytes) -> PortableList:
    return read_playlist(data, most_tracks=100)[1].playlist


async def test_a_playlist_that_left_as_a_file_comes_back_as_it_was(open_knowing_server: OpenServer) -> None:
    site = ListedSite()
    told = Told("polka", 0.4, Verdict.CLOSE_CALL, 99.5, 0.25, (TagProbability("accordion", 0.3),))
    async with open_knowing_server(links=site.reader) as server:
        store = server.bot.services.store
        ann, bob = server.member("ann"), server.member("bob")
        chill = await playlist(server, owner=ann)
        await start(server, ann, site.album(**await songs(server, "a", "b")))
        for new in (
            track('A, "quoted" #title', heard("rock", tags=["sad", "R&B"]), adder=bob.id, duration=61.25),
            NewTrack("Öld tape", heard=told, told_votes=(GenreVotes("jazz", 2), GenreVotes("pop", 1)), adder=ann.id),
        ):
            await store.tracks.add(chill, new)
        for member, genre in enumerate(("jazz", "jazz", "metal"), start=1):
            await store.votes.cast(digest_of('A, "quoted" #title'), server.channel.guild.id, member, genre)
        for kind in FORMATS:
            file = await take_away(server, ann, "Chill", kind)
            await bob.slash(server.channel, "playlist create", name=kind.title)
            shown = await bring(server, bob, file, kind.title)
            again = await take_away(server, ann, kind.title, kind)
            assert "✅ 4 added" in card(server, shown.id)
            assert file[0] == f"Chill{kind.endings[0]}"
            left, back = read(file[1]), read(again[1])
            assert {one.adder for one in left.tracks} == {ann.id, bob.id}
            # Nobody can be made to have added something.
            assert back.tracks == tuple(replace(one, adder=bob.id) for one in left.tracks), kind.name
    by_title = {one.title: one for one in back.tracks}
    assert list(by_title) == ['A, "quoted" #title', "Song a", "Song b", "Öld tape"]
    assert by_title["Song a"].genre == "jazz"
    assert by_title["Song a"].link == track_link("a")
    assert by_title["Song a"].digest == sha256(b"the sound of a").hexdigest()
    assert by_title['A, "quoted" #title'].votes == (GenreVotes("jazz", 2), GenreVotes("metal", 1))
    assert by_title["Öld tape"].votes == (GenreVotes("jazz", 2), GenreVotes("pop", 1))


async def test_nothing_that_a_file_claims_counts_as_if_it_had_happened_here(open_knowing_server: OpenServer) -> None:
    site = ListedSite()
    async with open_knowing_server(links=site.reader) as server:
        store, guild = server.bot.services.store, server.channel.guild.id
        ann, bob = server.member("ann"), server.member("bob")
        chill = await playlist(server, owner=ann)
        await songs(server, "a", "b")
        site.album(**await songs(server, "a"))
        loved = sha256(b"the sound of b").hexdigest()
        for member in range(1, 6):
            await store.votes.cast(loved, guild, member, "classical")
        forged = PortableTrack("Mine", track_link("a"), digest=loved, adder=bob.id, votes=(GenreVotes("metal", 999),))
        shown = await bring(server, ann, ("list.jsonl", write(PortableList("", "", (forged,)))), "Chill")
        (kept,) = await store.track_pages.all_of(chill)
        assert "✅ 1 added" in card(server, shown.id)
        votes = await store.votes.tally(sha256(b"the sound of a").hexdigest(), guild)
    assert (kept.adder, kept.digest, kept.genre) == (ann.id, sha256(b"the sound of a").hexdigest(), "jazz")
    assert (kept.votes, kept.settled, votes) == (0, None, ())
    assert kept.told_votes == (GenreVotes("metal", 999),)


async def test_what_cannot_be_taken_from_a_file_is_said(open_knowing_server: OpenServer) -> None:
    data = b"title,link,tempo\nGood,,120\n,,\nOdd,http://[broken,fast\n"
    async with open_knowing_server() as server:
        ann, bob = server.member("ann"), server.member("bob")
        chill = await playlist(server, owner=ann)
        shown = await bring(server, ann, ("list.csv", data), "Chill")
        notes = next(
            message for message in server.channel.history() if message.id not in {shown.id} and message.attachments
        )
        (file,) = notes.attachments
        kept = await titles(server, chill)
        refused = [
            (await bring(server, bob, ("list.csv", data), "Chill")),
            (await bring(server, ann, ("song.bin", b"nothing like a list"), "Chill")),
            (await bring(server, ann, ("list.m3u8", b"#EXTM3U\n"), "Chill")),
            (await ann.slash(server.channel, "playlist import", playlist="Chill")).response,
        ]
        assert server.failures() == [NotACollaborator, UnknownFormat, NoTracksInFile, FileOrLinkToImport]
        text = (await file.read()).decode()
    assert kept == ["Good", "Odd"]
    assert "in that file I could not take as" in notes.content
    assert "line 4" in text
    assert all(one.embeds[0].description for one in refused)


async def test_an_export_that_is_too_large_says_which_format_is_not(
    open_knowing_server: OpenServer, limit_uploads: Any
) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        chill = await playlist(server, owner=ann)
        for number in range(20):
            await server.bot.services.store.tracks.add(chill, track(f"Song {number}", heard(tags=["sad", "piano"])))
        sizes = {kind: len((await take_away(server, ann, "Chill", kind))[1]) for kind in FORMATS}
        smallest = min(FORMATS, key=lambda kind: sizes[kind])
        largest = max(FORMATS, key=lambda kind: sizes[kind])
        limit_uploads(sizes[smallest])
        refused = await ann.slash(server.channel, "playlist export", playlist="Chill", format=largest.name)
        limit_uploads(100)
        hopeless = await ann.slash(server.channel, "playlist export", playlist="Chill")
        assert server.failures() == [ExportTooLarge, ExportTooLarge]
    assert f"It fits as {smallest.title}: choose that format." in refused.response.embeds[0].description
    assert "split the playlist" in hopeless.response.embeds[0].description
