"""Long jobs take nobody's turn, and hear playlists anew."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.analyzer import LocalAnalyzer
from bot.jobs.hearing import ItemHearing
from bot.jobs.job import Place
from bot.playlists.errors import NoSuchPlaylist, NoSuchTrack
from bot.playlists.hearing import hearing_of
from bot.playlists.track import NewTrack, Source
from classifier.answer import Answer
from classifier.workers import WorkerConfig
from tests.bot.listed_site import ListedSite, track_link
from tests.bot.timelines import analysis_of
from tests.end_to_end.conftest import OpenServer
from tests.end_to_end.importing import JAZZ, card, playlist, shown, songs, start, titles

BLUES = analysis_of((0.0, [{"blues": 0.9}]))


@pytest.fixture
def site() -> ListedSite:
    return ListedSite()


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.board.EDIT_EVERY_SECONDS", 0.01)
    monkeypatch.setattr("bot.progress.FIRST_AFTER_SECONDS", 0.01)
    monkeypatch.setattr("bot.progress.EDIT_EVERY_SECONDS", 0.01)


class HeldWorkers:
    """Workers that say what they were handed, and end each job when the test says so."""

    def __init__(self) -> None:
        self.config = WorkerConfig(Path("unused"), job_timeout=7200.0)
        self.jobs: dict[bytes, Future[Answer]] = {}

    def submit(self, path: Path, _: object) -> Future[Answer]:
        job: Future[Answer] = Future()
        self.jobs[path.read_bytes()] = job
        return job

    async def wait_for(self, *clips: bytes) -> None:
        async with asyncio.timeout(60):
            while not set(clips) <= self.jobs.keys():
                await asyncio.sleep(0.01)

    def finish(self, clip: bytes) -> None:
        self.jobs[clip].set_result(Answer(JAZZ))


async def test_whoever_asks_for_a_genre_is_heard_before_any_further_track_of_an_import(
    open_knowing_server: OpenServer, site: ListedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = HeldWorkers()
    async with open_knowing_server(links=site.reader, workers=workers) as server:
        for name in ("analyze", "analyze_in_background"):
            analyze = getattr(LocalAnalyzer, name)

            async def end_when_the_test_says(*arguments: Any, analyze: Any = analyze, **options: Any) -> Any:
                waiting = analyze(*arguments, **options)
                return await server.env.external_wait(waiting, reason="a job of the test")

            monkeypatch.setattr(LocalAnalyzer, name, end_when_the_test_says)
        ann, bob = server.member("ann"), server.member("bob")
        chill = await playlist(server, owner=ann)
        begun = (await start(server, ann, site.album(a=b"a", b=b"b", c=b"c"))).response
        await workers.wait_for(b"a")
        # One worker is free all the time.
        asked = [await ann.slash(server.channel, "genre", file=("x.mp3", b"x"))]
        await workers.wait_for(b"x")
        assert list(workers.jobs) == [b"a", b"x"]
        asked.append(await bob.slash(server.channel, "genre", file=("y.mp3", b"y")))
        workers.finish(b"a")
        await workers.wait_for(b"y")
        await server.env.settle()
        assert list(workers.jobs) == [b"a", b"x", b"y"]
        for clip in (b"x", b"y", b"b", b"c"):
            await workers.wait_for(clip)
            workers.finish(clip)
        async with asyncio.timeout(60):
            while "All done" not in card(server, begun.id):
                await asyncio.sleep(0.01)
        await server.env.settle()
        assert await titles(server, chill) == ["Song a", "Song b", "Song c"]
        assert [shown(server, result.response.id).embeds[0].title for result in asked] == ["Jazz, clearly"] * 2


async def test_retagging_hears_again_what_it_can_find_and_says_what_is_gone(
    open_knowing_server: OpenServer, site: ListedSite
) -> None:
    async with open_knowing_server(links=site.reader) as server:
        ann = server.member("ann")
        chill = await playlist(server, owner=ann)
        store, key = server.bot.services.store, server.bot.services.model_key
        old = replace(hearing_of(BLUES, "older"), tags=())
        known = await songs(server, "cached", "linked", "sent", "other")
        site.album(linked=known["linked"])
        sent = await ann.send(server.channel, attachments=[("other.mp3", known["other"]), ("song.mp3", known["sent"])])

        def digest(name: str) -> str:
            return sha256(known.get(name, name.encode())).hexdigest()

        await store.tracks.add(chill, NewTrack("cached", digest=digest("cached"), heard=old))
        await store.tracks.add(
            chill, NewTrack("linked", digest=digest("older linked"), link=track_link("linked"), heard=old)
        )
        for name, message in (("sent", sent.id), ("gone", 1)):
            source = Source(server.channel.id, message, 0)
            await store.tracks.add(chill, NewTrack(name, digest=digest(name), source=source, heard=old))
        result = await ann.slash(server.channel, "playlist retag", playlist="Chill")
        text = card(server, result.response.id)
        tracks = {track.title: track for track in await store.track_pages.all_of(chill)}
        await store.tracks.remove(tracks["gone"].id, ann.id)
        again = (await ann.slash(server.channel, "playlist retag", playlist="Chill")).response.content
    assert "Listening again to Chill" in text
    assert "✅ 3 heard again · ⚠️ 1 failed" in text
    assert "• **gone**: Its file is gone" in text
    heard = {title: (track.genre, track.model_key) for title, track in tracks.items()}
    assert heard == {**dict.fromkeys(("cached", "linked", "sent"), ("jazz", key)), "gone": ("blues", "older")}
    assert site.fetched == {"linked": 1}
    assert "nothing to do" in again


async def test_a_track_whose_playlist_is_deleted_waits_for_it_and_one_that_is_removed_is_gone(
    open_knowing_server: OpenServer,
) -> None:
    async with open_knowing_server() as server:
        ann = server.member("ann")
        chill = await playlist(server, owner=ann)
        services = server.bot.services
        store = services.store
        old = replace(hearing_of(BLUES, "older"), tags=())
        link = track_link("linked")
        added = await store.tracks.add(chill, NewTrack("linked", digest=sha256(b"x").hexdigest(), link=link, heard=old))
        await store.job_starts.begin_retag(
            chill, "Chill", Place(ann.id, server.channel.id, "en"), model_key=services.model_key
        )
        item = await store.job_items.begin(after=0)
        assert item is not None
        nowhere: Any = None
        hearing = ItemHearing(services, nowhere)
        await store.playlists.delete(chill)
        with pytest.raises(NoSuchPlaylist):
            await hearing.hear(item)
        await store.playlists.bring_back(chill, server.channel.guild.id)
        await store.tracks.remove(added.track_id, ann.id)
        with pytest.raises(NoSuchTrack):
            await hearing.hear(item)
