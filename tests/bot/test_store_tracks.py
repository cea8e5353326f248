"""Tracks of playlists: none twice, none lost, found by what they are, and shown as their community says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.jobs.job import ItemState, Place
from bot.playlists.errors import IsThereAgain, NoSuchPlaylist, NoSuchTrack, NothingToUndo, PlaylistFull
from bot.playlists.track import Hearing, NewTrack, Source, Told
from bot.playlists.wanted import Sort, Wanted
from bot.store import tracks as tracks_module
from bot.store.database import Store, open_store
from bot.store.removed_tracks import RemovedTrack
from bot.store.track_pages import PAGE_SIZE, SUGGESTED
from bot.store.votes import GenreVotes
from classifier.result import TagProbability, Verdict
from tests.bot.stores import NEW_YEAR, ONE, OTHER, THIRD, Calendar, statements
from tests.bot.tracks import digest_of, heard, track

GUILD, ELSEWHERE = 2**62, 2**62 + 1


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def store(database_url: str, calendar: Calendar) -> AsyncIterator[Store]:
    async with open_store(database_url, clock=calendar) as store:
        yield store


@pytest.fixture
async def playlist(store: Store) -> int:
    return await store.playlists.create(GUILD, "Chill", 1)


async def found(store: Store, playlist: int, **wanted: Any) -> list[str]:
    page = await store.track_pages.page(playlist, Wanted(**wanted), 0)
    return [track.title for track in page.tracks]


async def hear_anew(store: Store, track_id: int, digest: str, hearing: Hearing, *, duration: float) -> ItemState | None:
    playlist = (await store.track_pages.get(track_id, GUILD)).playlist_id
    job = await store.job_starts.begin_retag(playlist, "Chill", Place(1, 2, "en"), model_key="another model")
    while (item := await store.job_items.begin(after=0)) is not None and item.track_id != track_id:
        await store.job_items.fail(item, "Not that one.")
    assert item is not None
    state = await store.job_items.hear(item, track_id, digest, hearing, duration=duration)
    await store.jobs.cancel(job)
    return state


async def test_a_track_is_kept_as_it_was_added(store: Store, playlist: int) -> None:
    told = Told("polka", 0.4, Verdict.CLOSE_CALL, 99.5, 0.25, (TagProbability("accordion", 0.3),))
    new = NewTrack(
        title="Sóng",
        digest=ONE,
        link="https://example.com/song",
        source=Source(5, 6, 4),
        duration=12.5,
        heard=told,
        told_votes=(GenreVotes("jazz", 2),),
        adder=7,
    )
    added = await store.tracks.add(playlist, new)
    kept = await store.track_pages.get(added.track_id, GUILD)
    assert (kept.title, kept.digest, kept.link, kept.source) == ("Sóng", ONE, new.link, new.source)
    assert (kept.adder, kept.added_at, kept.duration, kept.told_votes) == (7, NEW_YEAR, 12.5, new.told_votes)
    assert (kept.model_key, kept.genre, kept.probability, kept.verdict) == (None, "polka", 0.4, Verdict.CLOSE_CALL)
    assert (kept.tempo, kept.energy, kept.tags) == (99.5, 0.25, told.tags)
    assert (kept.votes, kept.top_genre, kept.settled, kept.shown_genre) == (0, None, None, "polka")
    await hear_anew(store, added.track_id, ONE, heard("jazz", tags=["sax"]), duration=13.0)
    again = await store.track_pages.get(added.track_id, GUILD)
    assert (again.model_key, again.genre, again.duration) == ("model", "jazz", 13.0)
    assert [tag.name for tag in again.tags] == ["sax"]
    assert again.told_votes == new.told_votes
    (sound,) = await store.track_pages.sounds(playlist)
    assert (sound.genre, sound.embedding) == ("jazz", b"\0" * 200)


async def test_the_same_bytes_or_the_same_link_are_in_a_playlist_once(store: Store, playlist: int) -> None:
    link = "https://example.com/song"
    first = await store.tracks.add(playlist, track("Song", digest=ONE, link=link))
    for digest, other_link, known in (
        (ONE, None, True),
        (None, "https://www.example.com/song/?utm_source=x", True),
        (OTHER, link, True),
        (OTHER, "https://example.com/song2", False),
        (None, None, False),
    ):
        new = track("Another name", Told(), digest=digest, link=other_link)
        second = await store.tracks.add(playlist, new)
        assert (second.known, second.track_id == first.track_id) == (known, known)
    assert (await store.playlists.get(playlist)).tracks == 3
    other = await store.playlists.create(GUILD, "Other", 1)
    assert not (await store.tracks.add(other, track("Song", digest=ONE, link=link))).known


async def test_whoever_adds_the_same_at_once_adds_it_once(store: Store, playlist: int) -> None:
    added = await asyncio.gather(*(store.tracks.add(playlist, track("Song")) for _ in range(10)))
    assert len({one.track_id for one in added}) == 1
    assert [one.known for one in added].count(False) == 1


async def test_a_full_playlist_takes_no_more_and_loses_nothing(
    store: Store, playlist: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracks_module, "MOST_TRACKS", 2)
    first = await store.tracks.add(playlist, track("One"))
    await store.tracks.add(playlist, track("Two", place=1))
    with pytest.raises(PlaylistFull):
        await store.tracks.add(playlist, track("Three"))
    assert (await store.tracks.add(playlist, track("Two"))).known
    await store.tracks.remove(first.track_id, by=1)
    await store.tracks.add(playlist, track("Three", place=2))
    with pytest.raises(PlaylistFull):
        await store.removed_tracks.bring_back(await store.removed_tracks.last(playlist))
    assert await found(store, playlist) == ["Three", "Two"]
    assert (await store.removed_tracks.last(playlist)).title == "One"


async def test_what_was_removed_comes_back_as_it_was(store: Store, playlist: int, calendar: Calendar) -> None:
    ids = [(await store.tracks.add(playlist, track(title, heard(tags=["sad"])))).track_id for title in ("One", "Two")]
    await store.votes.cast(digest_of("One"), GUILD, 1, "jazz")
    before = await store.track_pages.get(ids[0], GUILD)
    with pytest.raises(NothingToUndo):
        await store.removed_tracks.last(playlist)
    for track_id in ids[::-1]:
        calendar.move(minutes=1)
        await store.tracks.remove(track_id, by=9)
    with pytest.raises(NoSuchTrack):
        await store.tracks.remove(ids[0], by=8)
    with pytest.raises(NoSuchTrack):
        await store.track_pages.get(ids[0], GUILD)
    last = await store.removed_tracks.last(playlist)
    assert last == RemovedTrack(ids[0], playlist, "One", 9) == await store.removed_tracks.get(ids[0], GUILD)
    with pytest.raises(NothingToUndo):
        await store.removed_tracks.get(ids[0], ELSEWHERE)
    results = await asyncio.gather(*(store.removed_tracks.bring_back(last) for _ in range(3)), return_exceptions=True)
    assert [type(result) for result in results if result is not None] == [NothingToUndo] * 2
    assert await store.track_pages.get(ids[0], GUILD) == before
    await store.tracks.add(playlist, track("Two"))
    with pytest.raises(IsThereAgain):
        await store.removed_tracks.bring_back(await store.removed_tracks.get(ids[1], GUILD))
    # It would be in the way of what was removed before it.
    with pytest.raises(NothingToUndo):
        await store.removed_tracks.last(playlist)
    calendar.move(days=40)
    await store.playlists.sweep(timedelta(days=30))
    with pytest.raises(NothingToUndo):
        await store.removed_tracks.get(ids[1], GUILD)


async def test_the_last_removal_is_a_members_own_where_there_is_one(
    store: Store, playlist: int, calendar: Calendar
) -> None:
    for title, by in (("One", 8), ("Two", 9), ("Three", 8), ("Four", 9)):
        added = await store.tracks.add(playlist, track(title))
        calendar.move(minutes=1)
        await store.tracks.remove(added.track_id, by=by)
    lasts = [await store.removed_tracks.last(playlist, by=by) for by in (None, 8, 9, 10)]
    assert [last.title for last in lasts] == ["Four", "Three", "Four", "Four"]
    await store.tracks.add(playlist, track("Three"))
    assert (await store.removed_tracks.last(playlist, by=8)).title == "One"
    # Whose remover is forgotten comes before nothing that was removed later.
    await store.privacy.forget(8)
    assert (await store.removed_tracks.last(playlist)).title == "Four"


async def test_a_genre_is_settled_by_enough_members_who_are_more_than_half(store: Store, playlist: int) -> None:
    for needed, votes, settled in (
        (3, [], None),
        (3, ["jazz"] * 2, None),
        (3, ["jazz"] * 3, "jazz"),
        (3, ["jazz"] * 3 + ["pop"] * 2, "jazz"),
        (3, ["jazz"] * 3 + ["pop"] * 3, None),
        (3, ["jazz"] * 3 + ["pop", "rock", "blues"], None),
        (1, ["jazz"], "jazz"),
        (1, ["jazz", "pop"], None),
        (3, ["rock"] * 3, "rock"),
    ):
        title = f"{needed} of {votes}"
        digest = digest_of(title)
        added = await store.tracks.add(playlist, track(title, heard("rock")))
        await store.servers.need_votes(GUILD, needed)
        for member, genre in enumerate(votes):
            await store.votes.cast(digest, GUILD, member, genre)
        # Of another server, it counts there.
        await store.votes.cast(digest, ELSEWHERE, 1, "metal")
        shown = await store.track_pages.get(added.track_id, GUILD)
        assert (shown.votes, shown.settled, shown.shown_genre) == (len(votes), settled, settled or "rock"), title
        tally = await store.votes.tally(digest, GUILD)
        top = [] if shown.top_genre is None else [GenreVotes(shown.top_genre, shown.top_votes)]
        assert list(tally[:1]) == top
        assert (await store.track_pages.votes_of(playlist)).get(digest, ()) == tally
        # What the database filters is what the track itself says.
        assert (title in await found(store, playlist, genre="rock")) is (shown.shown_genre == "rock")
        disputed = shown.top_genre not in {None, "rock"} and 2 * shown.top_votes > shown.votes
        assert (title in await found(store, playlist, disputed=True)) is disputed
        for member in range(len(votes)):
            await store.votes.withdraw(digest, GUILD, member)
        assert (await store.track_pages.get(added.track_id, GUILD)).top_genre is None


async def test_text_is_searched_without_cases_accents_and_wildcards(store: Store, playlist: int) -> None:
    for place, title in enumerate(("Chïll öut", "100% pure", "100 pure", "snake_case", "snake case", "back\\slash")):
        await store.tracks.add(playlist, track(title, place=place))

    async def search(text: str) -> list[str]:
        page = await found(store, playlist, text=text, sort=Sort.OLDEST)
        suggested = [one.title for one in await store.track_pages.suggest(playlist, text)]
        assert sorted(page) == sorted(suggested)
        return page

    assert await search("CHILL") == ["Chïll öut"]
    assert await search("out chill") == ["Chïll öut"]
    assert await search("chïll") == ["Chïll öut"]
    assert await search("%") == ["100% pure"]
    assert await search("_") == ["snake_case"]
    assert await search("\\") == ["back\\slash"]
    assert await search("'; DROP TABLE tracks --") == []
    assert len(await search("  ")) == 6


async def test_pages_hold_every_track_once_whatever_the_order(store: Store, playlist: int) -> None:
    for n in range(25):
        told = Told(("rock", "jazz")[n % 2], 0.5, Verdict.CLEAR, float(n % 3), (n % 4) / 4) if n % 6 else Told()
        await store.tracks.add(playlist, track(f"Song {n % 5}", told, digest=None, place=n))
    for sort in Sort:
        wanted = Wanted(sort=sort)
        ids = []
        for number in range(3):
            page = await store.track_pages.page(playlist, wanted, number)
            assert (page.number, page.pages, page.total) == (number, 3, 25)
            ids += [shown.id for shown in page.tracks]
            for shown in page.tracks[::4]:
                assert await store.track_pages.page_of(playlist, wanted, shown.id) == number
        assert len(set(ids)) == 25
    last = await store.track_pages.page(playlist, Wanted(), 10**9)
    assert (last.number, len(last.tracks)) == (2, 5)
    assert (await store.track_pages.page(playlist, Wanted(), -5)).number == 0
    with pytest.raises(NoSuchTrack):
        await store.track_pages.page_of(playlist, Wanted(genre="polka"), ids[0])
    assert len(await store.track_pages.suggest(playlist, "")) == SUGGESTED
    assert PAGE_SIZE == 10


async def test_words_are_suggested_the_most_frequent_first(store: Store, playlist: int) -> None:
    for title, genre, tags in (("A", "rock", ["R&B", "sad"]), ("B", "jazz", ["sad"]), ("C", "jazz", ["100%"])):
        await store.tracks.add(playlist, track(title, heard(genre, tags=tags)))
    pages = store.track_pages
    assert await pages.suggest_tags(playlist, "") == ("sad", "100%", "R&B")
    assert await pages.suggest_tags(playlist, "r&b") == ("R&B",)
    assert await pages.suggest_tags(playlist, "%") == ("100%",)
    assert await pages.suggest_genres(playlist, "") == ("jazz", "rock")
    assert await pages.suggest_genres(playlist, " AZ") == ("jazz",)
    assert await pages.suggest_genres(playlist, "_") == ()


async def test_numbers_that_nobody_gave_find_nothing(store: Store, playlist: int) -> None:
    await store.tracks.add(playlist, track("Song"))
    for forged in (0, -1, 424_242, 2**63 - 1, 2**63, 10**40):
        with pytest.raises(NoSuchTrack):
            await store.track_pages.get(forged, GUILD)
        with pytest.raises(NoSuchTrack):
            await store.track_pages.page_of(playlist, Wanted(), forged)
        with pytest.raises(NothingToUndo):
            await store.removed_tracks.get(forged, GUILD)
        with pytest.raises(NoSuchPlaylist):
            await store.playlists.get(forged)


async def test_what_belongs_to_a_deleted_playlist_or_another_server_is_not_found(store: Store, playlist: int) -> None:
    added = await store.tracks.add(playlist, track("Song"))
    with pytest.raises(NoSuchTrack):
        await store.track_pages.get(added.track_id, ELSEWHERE)
    await store.playlists.delete(playlist)
    with pytest.raises(NoSuchTrack):
        await store.track_pages.get(added.track_id, GUILD)
    with pytest.raises(NoSuchPlaylist):
        await store.tracks.add(playlist, track("Other"))
    assert await found(store, playlist) == []
    await store.playlists.bring_back(playlist, GUILD)
    assert await found(store, playlist) == ["Song"]


async def test_bytes_that_turn_out_to_be_known_stay_with_the_track_that_had_them(store: Store, playlist: int) -> None:
    await store.tracks.add(playlist, track("First", digest=ONE))
    late = await store.tracks.add(playlist, track("Late", Told(), digest=None, link="https://example.com/late"))
    assert await hear_anew(store, late.track_id, ONE, heard("jazz"), duration=1.0) is ItemState.KNOWN
    late_track = await store.track_pages.get(late.track_id, GUILD)
    assert (late_track.digest, late_track.model_key) == (None, None)
    assert await hear_anew(store, late.track_id, THIRD, heard("jazz"), duration=1.0) is ItemState.DONE
    assert (await store.track_pages.get(late.track_id, GUILD)).genre == "jazz"
    # One that had bytes of its own keeps them, and is not heard again and again.
    assert await hear_anew(store, late.track_id, ONE, heard("blues"), duration=2.0) is ItemState.KNOWN
    late_track = await store.track_pages.get(late.track_id, GUILD)
    assert (late_track.digest, late_track.genre, late_track.duration) == (THIRD, "blues", 2.0)


async def test_reading_costs_as_many_queries_however_many_tracks_there_are(store: Store, playlist: int) -> None:
    pages, costs = store.track_pages, []
    for more in (range(2), range(2, 40)):
        for n in more:
            await store.tracks.add(playlist, track(f"Song {n}", heard(tags=["sad", "piano"]), place=n))
        costs.append([])
        for ask in (
            lambda: pages.page(playlist, Wanted(text="song"), 0),
            lambda: pages.page_of(playlist, Wanted(), 1),
            lambda: pages.all_of(playlist),
            lambda: pages.votes_of(playlist),
            lambda: pages.sounds(playlist),
            lambda: pages.suggest(playlist, "s"),
            lambda: pages.suggest_tags(playlist, "s"),
            lambda: pages.suggest_genres(playlist, "r"),
            lambda: store.playlists.of_guild(GUILD),
        ):
            with statements() as asked:
                await ask()
            costs[-1].append(len(asked))
    assert costs[0] == costs[1] == [3, 1, 2, 1, 1, 1, 1, 1, 2]
