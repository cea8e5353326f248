"""Members who add, vote, edit and remove at once, by bots of their own on one database, lose nothing."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack
from hashlib import sha256

import pytest

from bot.playlists.errors import NoSuchTrack, PlaylistExists, PlaylistFull
from bot.playlists.playlist import Collaborator, SharedWith
from bot.playlists.track import NewTrack
from bot.store import tracks
from bot.store.database import Store, open_store
from bot.store.votes import GenreVotes

GUILD = 2**62
BOTS = 3
MEMBERS = 12

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
    except (NoSuchTrack, PlaylistExists, PlaylistFull) as error:
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
