"""What a server collects, in numbers: of all its playlists, for all its members, by a constant number of queries."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.playlists.statistics import MEMBERS_NAMED, GenreTracks, ServerStatistics, Share
from bot.playlists.track import NewTrack, Told
from bot.store.database import Store, open_store
from tests.bot.stores import Calendar, statements
from tests.bot.tracks import digest_of, heard, track

HERE, THERE = 2**62, 2**62 + 1
ANN, BOB, CID, DAN = (2**61 + number for number in range(4))


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def store(database_url: str, calendar: Calendar) -> AsyncIterator[Store]:
    async with open_store(database_url, clock=calendar) as store:
        yield store


async def playlist(store: Store, *tracks: NewTrack, guild: int = HERE, name: str = "Chill") -> int:
    playlist_id = await store.playlists.create(guild, name, ANN)
    for new in tracks:
        await store.tracks.add(playlist_id, new)
    return playlist_id


async def vote(store: Store, title: str, *genres: str, guild: int = HERE) -> None:
    for member, genre in enumerate(genres, 100):
        await store.votes.cast(digest_of(title), guild, member, genre)


async def test_a_server_that_collects_nothing_has_nothing_to_show(store: Store) -> None:
    await playlist(store, track("Elsewhere"), guild=THERE)
    assert await store.statistics.of_guild(HERE) == ServerStatistics(0, 0, 0, (), 0, (), (), ())


async def test_the_genres_of_the_week_are_those_that_are_shown(store: Store, calendar: Calendar) -> None:
    day = 24 * 60
    await playlist(
        store,
        track("Old", heard("jazz"), place=0),
        track("One", heard("rock"), place=3 * day),
        track("Two", heard("rock"), place=4 * day),
        track("Settled", heard("rock"), place=5 * day),
        track("Untold", Told(), place=6 * day),
        track("To come", heard("pop"), place=30 * day),
    )
    await playlist(store, track("Three", heard("pop"), place=8 * day), name="Second")
    gone = await playlist(store, track("Deleted", heard("pop"), place=8 * day), name="Third")
    await store.playlists.delete(gone)
    await playlist(store, track("One", heard("rock"), place=8 * day), guild=THERE)
    await vote(store, "Settled", *["reggae"] * 3)
    calendar.move(days=9)
    counted = await store.statistics.of_guild(HERE)
    assert counted.week == (GenreTracks("rock", 2), GenreTracks("pop", 1), GenreTracks("reggae", 1))
    assert counted.week_tracks == 5
    assert (counted.playlists, counted.tracks, counted.votes) == (2, 7, 3)


async def test_members_agree_on_one_track_and_quarrel_about_another(store: Store) -> None:
    titles = ("United", "Nearly", "Split", "Against", "Alone", "Silent", "Unheard")
    tracks = [track(title, Told() if title == "Unheard" else heard("rock")) for title in titles]
    await playlist(store, *tracks)
    await playlist(store, *tracks[:1], name="Again")
    await vote(store, "United", *["rock"] * 4)
    await vote(store, "Nearly", "rock", "rock", "pop")
    await vote(store, "Split", "rock", "rock", "pop", "jazz")
    await vote(store, "Against", "reggae", "reggae", "reggae", "rock")
    await vote(store, "Alone", "polka")
    await vote(store, "Unheard", "jazz", "pop")
    await vote(store, "United", "pop", guild=THERE)
    counted = await store.statistics.of_guild(HERE)
    assert [track.title for track in counted.agreed] == ["United", "Against", "Nearly"]
    assert [(entry.track.title, entry.against) for entry in counted.disputed] == [
        ("Against", 3),
        ("Split", 2),
        ("Nearly", 1),
    ]
    assert (counted.agreed[0].votes, counted.agreed[0].top_genre) == (4, "rock")


async def test_who_is_forgotten_or_does_not_want_to_be_named_is_counted_with_the_others(store: Store) -> None:
    many = [track(f"{member} {number}", adder=member) for member in range(1, 8) for number in range(10 - member)]
    own = [track("a", heard("jazz"), adder=ANN), track("b", adder=ANN), track("c", adder=ANN), track("d", Told())]
    await playlist(store, *many, *own)
    await store.statistics.hide(HERE, 1)
    await store.statistics.hide(HERE, 1)
    await store.statistics.hide(THERE, 2)
    assert await store.statistics.hidden(HERE) == {1}
    shares = (await store.statistics.of_guild(HERE)).shares
    assert [share.member for share in shares] == [2, 3, 4, 5, 6, None]
    assert len(shares) == MEMBERS_NAMED + 1
    assert shares[0] == Share(2, 8, (GenreTracks("rock", 8),))
    # Nine of the one who hides, three of the last one, three of Ann's and one of nobody.
    assert shares[-1] == Share(None, 16, (GenreTracks("rock", 14), GenreTracks("jazz", 1)))
    await store.statistics.show(HERE, 1)
    assert (await store.statistics.of_guild(HERE)).shares[0].member == 1
    assert await store.statistics.hidden(HERE) == frozenset()


async def test_the_database_is_asked_as_often_however_much_there_is(store: Store) -> None:
    asked_of = []
    for size in (1, 12):
        await playlist(store, *(track(f"{size} {n}", adder=n) for n in range(size)), name=str(size))
        for number in range(size):
            await vote(store, f"{size} {number}", "rock", "jazz")
        with statements() as asked:
            await store.statistics.of_guild(HERE)
        asked_of.append(len(asked))
    assert asked_of[0] == asked_of[1] <= 8
