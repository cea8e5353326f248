"""Long jobs in the database: no track is lost, none is added twice, and every one has its turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from bot.jobs.errors import NoSuchJob, NothingToRetag, TooManyJobs
from bot.jobs.job import MOST_UNFINISHED, Counts, Failure, Item, ItemState, JobKind, JobState, NewItem, Place
from bot.playlists.errors import NoSuchPlaylist, PlaylistFull
from bot.playlists.hearing import hearing_of
from bot.playlists.track import NewTrack, Told
from bot.store.database import Store, open_store
from bot.store.votes import GenreVotes
from classifier.result import TagProbability
from tests.bot.stores import ANSWER, MODEL, ONE, OTHER, THIRD, Calendar, statements

HERE, THERE = 2**62, 2**62 + 1
ANN, CHANNEL, MESSAGE = 2**61, 2**61 + 1, 2**61 + 2
PLACE = Place(ANN, CHANNEL, "en")
ALBUM = "https://site.example/album"
HEARING = hearing_of(ANSWER.analysis, MODEL)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url, clock=Calendar()) as store:
        yield store


@pytest.fixture
async def playlist(store: Store) -> int:
    return await store.playlists.create(HERE, "Chill", ANN)


def items(*names: str) -> list[NewItem]:
    return [NewItem(name, f"https://site.example/{name}", 60.0) for name in names]


def track(name: str, digest: str = ONE) -> NewTrack:
    return NewTrack(name, digest=digest, link=f"https://site.example/{name}", duration=60.0, heard=HEARING)


async def running(store: Store, playlist: int, *names: str) -> int:
    """Begin an import whose tracks are known."""
    job_id = await store.job_starts.begin_link(playlist, ALBUM, "site.example", PLACE)
    await store.job_starts.list_found(job_id, "Album", items(*names), left_out=0, cut_off=False)
    return job_id


async def begin(store: Store, **options: object) -> Item:
    item = await store.job_items.begin(after=0, **options)  # type: ignore[arg-type]
    assert item is not None
    return item


async def test_a_job_is_there_from_its_beginning_to_its_end(store: Store, playlist: int) -> None:
    job_id = await store.job_starts.begin_link(playlist, ALBUM, "site.example", PLACE)
    begun = await store.jobs.get(job_id, HERE)
    assert (begun.kind, begun.state, begun.name, begun.link) == (JobKind.LINK, JobState.LISTING, "site.example", ALBUM)
    assert (begun.asker, begun.channel, begun.message, begun.language) == (ANN, CHANNEL, None, "en")
    assert (begun.playlist, begun.guild, begun.owner) == ("Chill", HERE, ANN)
    assert await store.jobs.to_settle(()) == begun
    assert await store.jobs.to_settle([job_id]) is None

    await store.job_starts.list_found(job_id, "Album", items(*"aba"), left_out=3, cut_off=True)
    # Whoever lists again after a crash changes nothing.
    await store.job_starts.list_found(job_id, "Other", items("z"), left_out=0, cut_off=False)
    listed = await store.jobs.get(job_id)
    assert (listed.state, listed.name) == (JobState.RUNNING, "Album")
    assert (listed.left_out, listed.cut_off) == (4, True)
    assert await store.jobs.counts([job_id]) == {job_id: Counts(waiting=2)}

    await store.jobs.place(job_id, MESSAGE)
    first = await begin(store)
    assert (first.title, first.link, first.track_id, first.attempts) == ("a", "https://site.example/a", None, 1)
    assert await store.job_items.add(first, track("a")) is ItemState.DONE
    second = await begin(store)
    assert await store.job_items.fail(second, "It is private.") is ItemState.FAILED
    assert await store.jobs.counts([job_id]) == {job_id: Counts(done=1, failed=1)}
    assert await store.jobs.failures(job_id) == (Failure("b", "It is private."),)
    settled = await store.jobs.to_settle(())
    assert settled is not None
    assert (settled.id, settled.message) == (job_id, MESSAGE)
    assert await store.jobs.done(job_id)
    assert not await store.jobs.done(job_id)
    assert await store.jobs.to_settle(()) is None
    assert [job.state for job in await store.jobs.of_guild(HERE)] == [JobState.DONE]
    (added,) = await store.track_pages.all_of(playlist)
    assert (added.title, added.adder, added.model_key) == ("a", ANN, MODEL)


async def test_a_track_ends_exactly_once_however_often_it_is_begun(
    store: Store, database_url: str, playlist: int
) -> None:
    job_id = await running(store, playlist, "a")
    first, again = await begin(store), await begin(store)
    assert (first.attempts, again.attempts) == (1, 2)
    async with open_store(database_url) as other:
        ended = await asyncio.gather(
            *(kept.job_items.add(item, track("a")) for kept in (store, other) for item in (first, again)),
            other.job_items.fail(again, "No."),
        )
    assert len([state for state in ended if state is not None]) == 1
    assert await store.job_items.begin(after=0) is None
    counts = (await store.jobs.counts([job_id]))[job_id]
    assert len(await store.track_pages.all_of(playlist)) == counts.done
    assert counts.total == 1


async def test_a_track_that_is_put_back_was_not_begun(store: Store, playlist: int) -> None:
    await running(store, playlist, "a")
    for _ in range(3):
        item = await begin(store)
        assert item.attempts == 1
        await store.job_items.put_back(item)
    # The bot died under it twice, and what was begun then is put back once, however often that is tried.
    await begin(store)
    await begin(store)
    item = await begin(store)
    for _ in range(2):
        await store.job_items.put_back(item)
    item = await begin(store)
    assert item.attempts == 3
    await store.job_items.add(item, track("a"))
    await store.job_items.put_back(item)
    assert await store.job_items.begin(after=0) is None


async def test_what_the_bot_may_have_died_of_comes_last_and_alone(store: Store, playlist: int) -> None:
    await running(store, playlist, *"abc")
    # The bot dies while it listens to two tracks, and begins again.
    died = [await begin(store)]
    died.append(await begin(store, under_way=[died[0].key]))
    first = await begin(store)
    assert ([item.title for item in died], first.title, first.is_suspect) == (["a", "b"], "c", False)
    assert await store.job_items.begin(after=0, under_way=[first.key]) is None
    await store.job_items.add(first, track("c", THIRD))
    alone = await begin(store)
    assert (alone.title, alone.is_suspect, alone.attempts) == ("a", True, 2)
    # It was not that one.
    await store.job_items.add(alone, track("a", ONE))
    await store.job_items.add(await begin(store), track("b", OTHER))
    tracks = await store.track_pages.all_of(playlist)
    # The album keeps its order, whatever was ready first.
    assert [kept.title for kept in tracks] == ["a", "b", "c"]


async def test_jobs_take_turns_and_what_rests_or_is_under_way_is_passed_over(store: Store, playlist: int) -> None:
    other = await store.playlists.create(THERE, "Loud", ANN)
    one, two = await running(store, playlist, *"abc"), await running(store, other, *"xyz")
    taken: list[Item] = []
    for _ in range(5):
        item = await store.job_items.begin(
            after=taken[-1].job_id if taken else 0, under_way=[item.key for item in taken]
        )
        assert item is not None
        taken.append(item)
    assert [item.title for item in taken] == ["a", "x", "b", "y", "c"]
    assert (await begin(store, resting=[one])).job_id == two
    assert await store.job_items.begin(after=0, resting=[one, two]) is None
    await store.jobs.pause(one)
    await store.jobs.cancel(two)
    assert await store.job_items.begin(after=0) is None
    assert await store.jobs.resume(one)
    assert (await begin(store)).job_id == one


async def test_a_job_that_rests_by_itself_says_why_until_it_goes_on(store: Store, playlist: int) -> None:
    job_id = await running(store, playlist, *"ab")
    for go_on in (store.jobs.resume, store.jobs.cancel):
        assert await store.jobs.pause(job_id, "They take me for a robot.")
        assert not await store.jobs.pause(job_id, "Too late.")
        assert (await store.jobs.get(job_id)).pause_reason == "They take me for a robot."
        assert await go_on(job_id)
        assert (await store.jobs.get(job_id)).pause_reason is None


async def test_what_is_in_the_playlist_already_is_known_and_not_heard(store: Store, playlist: int) -> None:
    await store.tracks.add(playlist, track("a"))
    job_id = await running(store, playlist, *"abc")
    assert (await store.jobs.counts([job_id]))[job_id] == Counts(waiting=2, known=1)
    # The same bytes by another link.
    assert await store.job_items.add(await begin(store), track("b")) is ItemState.KNOWN
    assert await store.job_items.add(await begin(store), track("c", OTHER)) is ItemState.DONE
    assert (await store.jobs.counts([job_id]))[job_id] == Counts(done=1, known=2)


async def test_nothing_is_added_for_a_job_that_is_over_and_what_a_paused_one_has_heard_is(
    store: Store, playlist: int
) -> None:
    job_id = await running(store, playlist, *"ab")
    paused = await begin(store)
    assert await store.jobs.pause(job_id)
    assert not await store.jobs.pause(job_id)
    assert await store.job_items.add(paused, track("a")) is ItemState.DONE
    await store.jobs.resume(job_id)
    late = await begin(store)
    assert await store.jobs.cancel(job_id)
    assert not await store.jobs.fail(job_id, "No.")
    assert await store.job_items.add(late, track("b", OTHER)) is None
    assert [found.title for found in await store.track_pages.all_of(playlist)] == ["a"]
    assert (await store.jobs.get(job_id)).state is JobState.CANCELLED


async def test_a_playlist_that_is_deleted_or_full_adds_nothing_and_the_track_waits(
    store: Store, playlist: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = await running(store, playlist, "a")
    item = await begin(store)
    with monkeypatch.context() as patch:
        patch.setattr("bot.store.tracks.MOST_TRACKS", 0)
        with pytest.raises(PlaylistFull):
            await store.job_items.add(item, track("a"))
    await store.playlists.delete(playlist)
    with pytest.raises(NoSuchPlaylist):
        await store.job_items.add(item, track("a"))
    assert (await store.jobs.counts([job_id]))[job_id] == Counts(waiting=1)
    assert await store.jobs.of_guild(HERE) == ()
    with pytest.raises(NoSuchPlaylist):
        await running(store, playlist, "a")


async def test_a_server_has_only_so_many_unfinished_jobs(store: Store, playlist: int) -> None:
    other = await store.playlists.create(THERE, "Loud", ANN)
    jobs = [await running(store, playlist, "a") for _ in range(MOST_UNFINISHED)]
    with pytest.raises(TooManyJobs):
        await running(store, playlist, "a")
    await running(store, other, "a")
    await store.jobs.pause(jobs[0])
    with pytest.raises(TooManyJobs):
        await running(store, playlist, "a")
    await store.jobs.cancel(jobs[0])
    jobs.append(await running(store, playlist, "a"))
    assert [job.id for job in await store.jobs.of_guild(HERE)] == sorted(jobs, reverse=True)
    with pytest.raises(NoSuchJob):
        await store.jobs.get(jobs[0], THERE)


async def test_a_file_adds_at_once_what_it_tells_of_and_its_links_are_heard(store: Store, playlist: int) -> None:
    await store.tracks.add(playlist, track("a"))
    told = Told(genre="jazz", probability=0.9)
    job_id = await store.job_starts.begin_file(
        playlist,
        "list.xspf",
        PLACE,
        items=items(*"abb"),
        tracks=[
            NewTrack("alone", heard=told),
            NewTrack("linked", link="https://site.example/linked", heard=told),
            NewTrack("same", digest=ONE),
        ],
        left_out=1,
    )
    assert (await store.jobs.counts([job_id]))[job_id] == Counts(waiting=2, done=1, known=2)
    assert (await store.jobs.get(job_id)).left_out == 2
    assert [found.title for found in await store.track_pages.all_of(playlist)] == ["a", "alone", "linked"]
    item = await begin(store)
    assert (item.title, item.link) == ("linked", "https://site.example/linked")
    assert item.track_id is not None
    await store.job_items.hear(item, item.track_id, OTHER, HEARING, duration=30.0)
    linked = await store.track_pages.get(item.track_id, HERE)
    assert (linked.model_key, linked.digest, linked.duration) == (MODEL, OTHER, 30.0)
    assert await store.job_items.add(await begin(store), track("b", THIRD)) is ItemState.DONE


async def test_the_tracks_of_a_long_file_keep_their_order_and_each_has_its_own_tags(
    store: Store, playlist: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.tracks.AT_ONCE", 4)
    # Between them another playlist grows, too.
    other = await store.playlists.create(HERE, "Other", ANN)
    await store.tracks.add(other, NewTrack("elsewhere"))
    names = [f"song {number % 11}" for number in range(23)]
    told = {name: Told(tags=(TagProbability(f"tag of {name}", 0.5), TagProbability("all", 0.1))) for name in names}
    tracks = [NewTrack(name, digest=sha256(name.encode()).hexdigest(), heard=told[name]) for name in names]
    await store.job_starts.begin_file(playlist, "long.csv", PLACE, tracks=tracks[:9])
    job_id = await store.job_starts.begin_file(playlist, "long.csv", PLACE, tracks=tracks)
    assert (await store.jobs.counts([job_id]))[job_id] == Counts(done=2, known=21)
    kept = await store.track_pages.all_of(playlist)
    assert [found.title for found in kept] == [f"song {number}" for number in range(11)]
    assert all(found.tags == told[found.title].tags for found in kept)


@pytest.mark.parametrize("is_known", [False, True], ids=["tracks to hear", "tracks to add"])
async def test_a_file_costs_as_many_statements_however_many_of_its_tracks_lack_something(
    store: Store, playlist: int, *, is_known: bool
) -> None:
    costs = []
    for count in (6, 60):
        names = [f"{count}-{number}" for number in range(count)]
        told = [
            NewTrack(
                name,
                digest=sha256(name.encode()).hexdigest() if place % 2 else None,
                link=f"https://site.example/{name}" if place % 3 else None,
                duration=1.0 if place % 4 else None,
                heard=Told(genre="jazz", probability=0.5) if place % 5 else Told(),
            )
            for place, name in enumerate(names)
        ]
        wanted = [
            NewItem(name, f"https://site.example/{name}", 1.0 if place % 2 else None)
            for place, name in enumerate(names)
        ]
        with statements() as asked:
            await store.job_starts.begin_file(
                playlist, "list.csv", PLACE, tracks=told if is_known else (), items=() if is_known else wanted
            )
        costs.append(len(asked))
        await store.jobs.cancel(1)
    assert costs[0] == costs[1] < 20


async def test_retagging_takes_what_another_model_heard_and_votes_stay_whatever_the_link_leads_to(
    store: Store, playlist: int
) -> None:
    old = replace(HEARING, model_key="older")
    added = await store.tracks.add(playlist, replace(track("old"), heard=old))
    await store.tracks.add(playlist, track("new", OTHER))
    await store.tracks.add(playlist, NewTrack("told"))
    await store.votes.cast(ONE, HERE, ANN, "blues")
    job_id = await store.job_starts.begin_retag(playlist, "Chill", PLACE, model_key=MODEL)
    item = await begin(store)
    assert (item.title, item.track_id) == ("old", added.track_id)
    assert await store.job_items.hear(item, added.track_id, THIRD, HEARING, duration=61.0) is ItemState.DONE
    assert (await store.jobs.counts([job_id]))[job_id] == Counts(done=1)
    heard = await store.track_pages.get(added.track_id, HERE)
    assert (heard.model_key, heard.digest, heard.votes, heard.top_genre) == (MODEL, THIRD, 1, "blues")
    assert await store.votes.tally(ONE, HERE) == (GenreVotes("blues", 1),)
    await store.tracks.add(playlist, NewTrack("double", link="https://site.example/double"))
    await store.job_starts.begin_retag(playlist, "Chill", PLACE, model_key=MODEL)
    double = await begin(store)
    assert double.track_id is not None
    assert await store.job_items.hear(double, double.track_id, THIRD, HEARING, duration=61.0) is ItemState.KNOWN
    await store.tracks.remove(double.track_id, ANN)
    with pytest.raises(NothingToRetag):
        await store.job_starts.begin_retag(playlist, "Chill", PLACE, model_key=MODEL)
    assert len(await store.jobs.of_guild(HERE)) == 2


async def test_a_job_of_a_server_that_the_bot_is_gone_from_waits_until_it_is_back(store: Store, playlist: int) -> None:
    await store.job_starts.begin_link(playlist, ALBUM, "site.example", PLACE)
    await running(store, playlist, "a")
    await store.servers.left(HERE)
    assert await store.jobs.to_settle(()) is None
    assert await store.job_items.begin(after=0) is None
    await store.servers.arrived(HERE)
    assert await store.jobs.to_settle(()) is not None
    assert (await begin(store)).title == "a"


async def test_a_job_of_a_playlist_that_was_deleted_waits_until_it_is_brought_back(store: Store, playlist: int) -> None:
    await store.job_starts.begin_link(playlist, ALBUM, "site.example", PLACE)
    await running(store, playlist, "a")
    await store.playlists.delete(playlist)
    assert await store.jobs.to_settle(()) is None
    assert await store.job_items.begin(after=0) is None
    await store.playlists.bring_back(playlist, HERE)
    assert await store.jobs.to_settle(()) is not None
    assert (await begin(store)).title == "a"


async def test_a_job_goes_with_its_playlist(store: Store, playlist: int) -> None:
    job_id = await running(store, playlist, "a")
    item = await begin(store)
    await store.playlists.delete(playlist)
    await store.playlists.sweep(timedelta(days=-1))
    assert await store.job_items.add(item, track("a")) is None
    assert await store.job_items.fail(item, "No.") is None
    await store.job_items.put_back(item)
    assert not await store.jobs.fail(job_id, "No.")
    assert await store.jobs.counts([job_id]) == {job_id: Counts()}
    for number in (job_id, 0, -1, 2**63, 10**40):
        with pytest.raises(NoSuchJob):
            await store.jobs.get(number)
