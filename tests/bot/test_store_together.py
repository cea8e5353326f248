"""Members who add, vote, edit and remove at once, by bots of their own on one database, lose nothing."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack
from dataclasses import replace
from hashlib import sha256

import pytest

from bot.jobs.errors import TooManyJobs
from bot.jobs.job import MOST_UNFINISHED, Item, ItemState, NewItem, Place
from bot.playlists.errors import NoSuchTrack, PlaylistExists, PlaylistFull, TooManyPlaylists
from bot.playlists.hearing import hearing_of
from bot.playlists.playlist import Collaborator, SharedWith
from bot.playlists.track import NewTrack
from bot.store import playlists, tracks
from bot.store.database import Store, open_store
from bot.store.votes import GenreVotes
from tests.bot.stores import ANSWER, MODEL

GUILD = 2**62
BOTS = 3
MEMBERS = 12
HEARING = hearing_of(ANSWER.analysis, MODEL)

Stores = list[Store]


@pytest.fixture
async def stores(database_url: str) -> AsyncIterator[Stores]:
    """Bots, each with connections of its own."""
    async with AsyncExitStack() as resources:
        yield [await resources.enter_async_context(open_store(database_url)) for _ in range(BOTS)]


@pytest.fixture
async def playlist(stores: Stores) -> int:
    return await stores[0].playlists.create(GUILD, "Chill", 1)


def song(number: int) -> NewTrack:
    return NewTrack(f"Song {number}", digest=sha256(b"%d" % number).hexdigest(), link=f"https://example.com/{number}")


async def outcome(work: Awaitable[object]) -> type[Exception] | None:
    """Return the kind of sentence that a request ends with, if any."""
    try:
        await work
    except (NoSuchTrack, PlaylistExists, PlaylistFull, TooManyJobs, TooManyPlaylists) as error:
        return type(error)
    return None


async def test_the_same_songs_from_everybody_are_added_once(stores: Stores, playlist: int) -> None:
    added = await asyncio.gather(
        *(
            stores[member % BOTS].tracks.add(playlist, song((member + turn) % 8))
            for member in range(MEMBERS)
            for turn in range(4)
        )
    )
    kept = await stores[0].track_pages.all_of(playlist)
    assert sorted(track.title for track in kept) == [f"Song {number}" for number in range(8)]
    assert Counter(result.known for result in added) == {False: 8, True: MEMBERS * 4 - 8}
    assert {result.track_id for result in added} == {track.id for track in kept}


async def test_a_track_is_removed_once_and_all_others_stay(stores: Stores, playlist: int) -> None:
    ids = [(await stores[0].tracks.add(playlist, song(number))).track_id for number in range(6)]
    outcomes = await asyncio.gather(
        *(outcome(stores[member % BOTS].tracks.remove(ids[member % 3], by=member)) for member in range(MEMBERS)),
        *(outcome(stores[turn % BOTS].tracks.add(playlist, song(10 + turn))) for turn in range(6)),
    )
    kept = {track.title for track in await stores[1].track_pages.all_of(playlist)}
    assert Counter(outcomes) == {None: 3 + 6, NoSuchTrack: MEMBERS - 3}
    assert kept == {f"Song {number}" for number in (3, 4, 5, *range(10, 16))}


async def test_votes_adds_and_edits_at_once_are_all_there_in_the_end(stores: Stores, playlist: int) -> None:
    first = song(0)
    assert first.digest is not None
    track_id = (await stores[0].tracks.add(playlist, first)).track_id
    await asyncio.gather(
        *(stores[member % BOTS].votes.cast(first.digest, GUILD, member, "jazz") for member in range(MEMBERS)),
        *(stores[member % BOTS].votes.cast(first.digest, GUILD, 100 + member, "rock") for member in range(5)),
        *(stores[member % BOTS].tracks.add(playlist, song(member)) for member in range(1, MEMBERS)),
        stores[1].tracks.edit(track_id, "Another title"),
        *(
            stores[member % BOTS].playlists.share(playlist, Collaborator(SharedWith.MEMBER, 1 + member))
            for member in range(MEMBERS)
        ),
    )
    track = await stores[2].track_pages.get(track_id, GUILD)
    chill = await stores[2].playlists.get(playlist)
    assert (track.title, track.votes, track.top_genre, track.top_votes) == ("Another title", 17, "jazz", MEMBERS)
    assert track.settled == "jazz"
    assert await stores[2].votes.tally(first.digest, GUILD) == (GenreVotes("jazz", MEMBERS), GenreVotes("rock", 5))
    assert chill.tracks == MEMBERS
    assert len(chill.collaborators) == MEMBERS


async def test_the_last_place_in_a_playlist_is_given_away_once(
    stores: Stores, playlist: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracks, "MOST_TRACKS", 3)
    outcomes = await asyncio.gather(
        *(outcome(stores[number % BOTS].tracks.add(playlist, song(number))) for number in range(8))
    )
    assert Counter(outcomes) == {None: 3, PlaylistFull: 5}
    assert len(await stores[0].track_pages.all_of(playlist)) == 3


async def test_a_name_is_given_away_once(stores: Stores) -> None:
    outcomes = await asyncio.gather(
        *(outcome(stores[member % BOTS].playlists.create(GUILD, "Loud", member)) for member in range(MEMBERS))
    )
    assert Counter(outcomes) == {None: 1, PlaylistExists: MEMBERS - 1}


async def test_the_last_place_of_a_server_is_given_away_once(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playlists, "MOST_PLAYLISTS", 3)
    deleted = await stores[0].playlists.create(GUILD, "Deleted", 1)
    await stores[0].playlists.delete(deleted)
    outcomes = await asyncio.gather(
        *(outcome(stores[number % BOTS].playlists.create(GUILD, f"List {number}", 1)) for number in range(8)),
        outcome(stores[1].playlists.bring_back(deleted, GUILD)),
    )
    assert Counter(outcomes) == {None: 3, TooManyPlaylists: 6}
    assert len(await stores[0].playlists.of_guild(GUILD)) == 3


async def test_no_more_jobs_begin_at_once_than_may(stores: Stores, playlist: int) -> None:
    other = await stores[0].playlists.create(GUILD, "Other", 1)
    outcomes = await asyncio.gather(
        *(
            outcome(
                stores[number % BOTS].job_starts.begin_link(
                    (playlist, other)[number % 2], "https://example.com/album", "Album", Place(1, 2, "en")
                )
            )
            for number in range(8)
        )
    )
    assert Counter(outcomes) == {None: MOST_UNFINISHED, TooManyJobs: 8 - MOST_UNFINISHED}


async def test_who_is_forgotten_in_the_middle_of_an_import_holds_it_up_nowhere(stores: Stores, playlist: int) -> None:
    """All that one needs the other has to hold in the same order, or the two would wait for each other for ever."""
    ann, songs = 1, [song(number) for number in range(12)]
    old = replace(HEARING, model_key="older")
    for new in songs[:6]:
        assert new.digest is not None
        await stores[0].tracks.add(playlist, replace(new, heard=old, adder=ann))
        await stores[0].votes.cast(new.digest, GUILD, ann, "jazz")
    place = Place(ann, 2, "en")
    retag = await stores[0].job_starts.begin_retag(playlist, "Chill", place, model_key=MODEL)
    items = [NewItem(new.title, new.link or "") for new in songs[6:]]
    await stores[0].job_starts.begin_file(playlist, "list.csv", place, items=items)
    begun: list[Item] = []
    while (item := await begin_next(stores[0], begun)) is not None:
        begun.append(item)

    async def end(number: int, item: Item) -> ItemState | None:
        items = stores[number % BOTS].job_items
        if item.job_id == retag:
            assert item.track_id is not None
            return await items.hear(item, item.track_id, song(100 + number).digest or "", HEARING, duration=1.0)
        return await items.add(item, replace(songs[6 + item.position], heard=HEARING))

    ended, *forgotten = await asyncio.gather(
        asyncio.gather(*(end(number, item) for number, item in enumerate(begun))),
        *(stores[number].privacy.forget(ann) for number in range(BOTS)),
    )
    assert ended == [ItemState.DONE] * 12
    assert sum(gone["votes"] for gone in forgotten) >= 6
    assert sum(gone["jobs"] for gone in forgotten) == 2
    # What was carried to other bytes, or added, a moment after that was forgotten is hers no more, or is found now.
    await stores[0].privacy.forget(ann)
    assert set((await stores[0].privacy.counts(ann)).values()) == {0}
    assert len(await stores[1].track_pages.all_of(playlist)) == 12


async def begin_next(store: Store, begun: list[Item]) -> Item | None:
    after = begun[-1].job_id if begun else 0
    return await store.job_items.begin(after=after, under_way=[item.key for item in begun])
