"""Rounds of the game in the database: one at a time, judged once, guessed in time, and counted for good."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import delete

from bot.game.errors import NoSuchRound, RoundIsOpen
from bot.game.round import Guess, NewRound, Round, RoundState, Score, choices_of, ranked
from bot.playlists.track import Source, Told
from bot.store.database import Store, open_store
from bot.store.models import PlaylistRow
from classifier.result import Verdict
from tests.bot.stores import Calendar, statements
from tests.bot.tracks import digest_of, heard, track

HERE, THERE = 2**62, 2**62 + 1
ANN, BOB, CID, DAN = (2**61 + number for number in range(4))
CHANNEL, OTHER_CHANNEL, MESSAGE = 11, 12, 21
GENRES = ("jazz", "reggae", "rock")
LINK = "https://site.example/song"


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def store(database_url: str, calendar: Calendar) -> AsyncIterator[Store]:
    async with open_store(database_url, clock=calendar) as store:
        yield store


@pytest.fixture
async def playlist(store: Store) -> int:
    return await store.playlists.create(HERE, "Chill", ANN)


@pytest.fixture
async def song(store: Store, playlist: int) -> int:
    return (await store.tracks.add(playlist, track("Song", heard("rock"), link=LINK))).track_id


async def begun(store: Store, playlist: int, song: int, *, channel: int = CHANNEL, guild: int = HERE) -> Round:
    new = NewRound(
        guild=guild,
        playlist_id=playlist,
        track_id=song,
        channel=channel,
        bot_genre="rock",
        probability=0.87,
        choices=GENRES,
        language="en",
    )
    return await store.rounds.open(new, 60.0)


async def settle(store: Store, genre: str, *, title: str = "Song") -> None:
    for member in (ANN, BOB, CID):
        await store.votes.cast(digest_of(title), HERE, member, genre)


async def test_a_round_is_there_from_its_beginning_until_it_is_told(
    store: Store, playlist: int, song: int, calendar: Calendar
) -> None:
    rounds = store.rounds
    await rounds.require_none_open(CHANNEL)
    played = await begun(store, playlist, song)
    assert (played.guild, played.channel, played.track_id, played.message) == (HERE, CHANNEL, song, None)
    assert (played.bot_genre, played.probability, played.choices) == ("rock", 0.87, GENRES)
    assert (played.state, played.answer, played.guesses) == (RoundState.OPEN, None, 0)
    assert rounds.seconds_left(played) == 60.0
    await rounds.place(played.id, MESSAGE)
    second = await begun(store, playlist, song, channel=OTHER_CHANNEL)
    for refused in (begun(store, playlist, song), rounds.require_none_open(CHANNEL)):
        with pytest.raises(RoundIsOpen) as caught:
            await refused
        assert caught.value.ends_at == played.ends_at

    assert await rounds.guess(played.id, ANN, "jazz")
    calendar.move(seconds=59.9)
    assert await rounds.guess(played.id, BOB, "rock")
    calendar.move(seconds=0.05)
    assert await rounds.guess(played.id, ANN, "reggae")
    calendar.move(seconds=0.05)
    # By this clock it is over, though nobody has closed it yet.
    assert not await rounds.guess(played.id, CID, "rock")
    assert not await rounds.guess(played.id, ANN, "rock")
    assert (await rounds.get(played.id)).guesses == 2
    assert rounds.seconds_left(played) == 0.0

    await rounds.close(played.id)
    closed = await rounds.get(played.id)
    assert (closed.state, closed.answer, closed.message) == (RoundState.CLOSED, "rock", MESSAGE)
    assert await rounds.guesses(played.id) == (Guess(BOB, "rock"), Guess(ANN, "reggae"))
    assert [left.id for left in await rounds.unfinished()] == [played.id, second.id]
    await rounds.note_told(played.id)
    assert [left.id for left in await rounds.unfinished()] == [second.id]
    await begun(store, playlist, song)


async def test_right_is_what_the_community_has_settled_on_and_a_round_is_judged_once(
    store: Store, playlist: int, song: int
) -> None:
    first = await begun(store, playlist, song)
    await settle(store, "reggae")
    await asyncio.gather(*(store.rounds.close(first.id) for _ in range(5)))
    await settle(store, "jazz")
    await store.rounds.close(first.id)
    assert (await store.rounds.get(first.id)).answer == "reggae"

    # What nobody could guess does not count, and neither does what was said of a track that is not there any more.
    second = await begun(store, playlist, song)
    await settle(store, "polka")
    await store.rounds.close(second.id)
    third = await begun(store, playlist, song)
    await settle(store, "jazz")
    await store.tracks.remove(song, ANN)
    await store.rounds.close(third.id)
    assert [(await store.rounds.get(number)).answer for number in (second.id, third.id)] == ["rock", "rock"]


async def test_of_many_that_begin_in_a_channel_at_once_one_does(store: Store, playlist: int, song: int) -> None:
    results = await asyncio.gather(*(begun(store, playlist, song) for _ in range(6)), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Round", *["RoundIsOpen"] * 5]


async def test_a_guess_that_was_taken_counts_whoever_judges_meanwhile(store: Store, playlist: int, song: int) -> None:
    played = await begun(store, playlist, song)
    members = range(1, 21)
    taken, _ = await asyncio.gather(
        asyncio.gather(*(store.rounds.guess(played.id, member, "rock") for member in members)),
        store.rounds.close(played.id),
    )
    counted = {guess.member for guess in await store.rounds.guesses(played.id)}
    assert counted == {member for member, was_taken in zip(members, taken, strict=True) if was_taken}


async def test_the_scores_are_those_of_the_server_and_of_members_who_may_be_named(
    store: Store, playlist: int, song: int
) -> None:
    assert await store.rounds.scores(HERE) == ()
    for answer, guesses in (
        ("rock", {ANN: "rock", BOB: "jazz", DAN: "rock"}),
        ("reggae", {ANN: "rock", BOB: "reggae", DAN: "reggae"}),
        ("reggae", {ANN: "reggae"}),
    ):
        played = await begun(store, playlist, song)
        for member, genre in guesses.items():
            await store.rounds.guess(played.id, member, genre)
        await settle(store, answer)
        await store.rounds.close(played.id)
    still_open = await begun(store, playlist, song)
    await store.rounds.guess(still_open.id, CID, "rock")
    elsewhere = await store.playlists.create(THERE, "Other", ANN)
    there = await store.tracks.add(elsewhere, track("Song", link=LINK))
    other = await begun(store, elsewhere, there.track_id, channel=OTHER_CHANNEL, guild=THERE)
    await store.rounds.guess(other.id, CID, "rock")
    await store.rounds.close(other.id)

    await store.statistics.hide(HERE, DAN)
    with statements() as asked:
        scores = await store.rounds.scores(HERE)
    assert len([query for query in asked if query.startswith("SELECT guesses")]) == 1
    assert scores == (Score(ANN, points=3, rounds=3, right=2), Score(BOB, points=2, rounds=2, right=1))
    await store.statistics.show(HERE, DAN)
    assert (await store.rounds.scores(HERE))[0] == Score(DAN, points=3, rounds=2, right=2)
    assert await store.rounds.scores(THERE) == (Score(CID, points=1, rounds=1, right=1),)


async def test_points_stay_when_the_track_and_its_playlist_are_gone(store: Store, playlist: int, song: int) -> None:
    played = await begun(store, playlist, song)
    await store.rounds.guess(played.id, ANN, "rock")
    async with store.rounds._sessions.writing() as session:
        await session.execute(delete(PlaylistRow))
    await store.rounds.close(played.id)
    assert (await store.rounds.get(played.id)).track_id is None
    assert await store.rounds.scores(HERE) == (Score(ANN, points=1, rounds=1, right=1),)


async def test_a_round_that_never_reached_its_channel_is_forgotten(store: Store, playlist: int, song: int) -> None:
    lost, kept = await begun(store, playlist, song), await begun(store, playlist, song, channel=OTHER_CHANNEL)
    await store.rounds.place(kept.id, MESSAGE)
    for played in (lost, kept):
        await store.rounds.drop(played.id)
    for number in (lost.id, 0, -1, 2**70, 999):
        with pytest.raises(NoSuchRound):
            await store.rounds.get(number)
        assert not (0 < number < 2**60 and await store.rounds.guess(number, ANN, "rock"))
    assert (await store.rounds.get(kept.id)).message == MESSAGE


async def test_only_what_was_heard_named_and_can_be_had_again_is_played(store: Store, playlist: int, song: int) -> None:
    source = Source(CHANNEL, MESSAGE, 0)
    tracks = {
        "File": track("File", heard("jazz", verdict=Verdict.CLOSE_CALL), source=source),
        "Unsure": track("Unsure", heard("rock", verdict=Verdict.UNSURE), link=f"{LINK}/1"),
        "Talk": track("Talk", heard(None, verdict=Verdict.NOT_MUSIC), link=f"{LINK}/2"),
        "Told": track("Told", Told(genre="rock", probability=0.9, verdict=Verdict.CLEAR), link=f"{LINK}/3"),
        "Nowhere": track("Nowhere", heard("rock")),
        "Polka": track("Polka", heard("polka"), link=f"{LINK}/4"),
        "Settled": track("Settled", heard("rock"), link=f"{LINK}/5"),
        "Removed": track("Removed", heard("rock"), link=f"{LINK}/6"),
    }
    ids = {title: (await store.tracks.add(playlist, new)).track_id for title, new in tracks.items()}
    await settle(store, "polka", title="Settled")
    await store.tracks.remove(ids["Removed"], ANN)
    await begun(store, playlist, song)
    assert await store.playable_tracks.of(playlist, GENRES) == ((song, True), (ids["File"], False))
    found = await store.playable_tracks.get(playlist, [ids["File"], ids["Removed"], song])
    assert [(one.title, one.source) for one in found] == [("File", source), ("Song", None)]


def test_the_buttons_hold_what_may_be_right_and_do_not_tell_what_is() -> None:
    genres = [f"genre {letter}" for letter in "abcdefghijklmnopqrst"]
    chance = random.Random(1)
    for _ in range(50):
        choices = choices_of(genres, "genre t", "genre k", chance)
        assert len(choices) == 10
        assert list(choices) == sorted(choices)
        assert {"genre t", "genre k"} <= set(choices) <= set(genres)
    assert choices_of(GENRES, "rock", None, chance) == GENRES


def test_whoever_has_as_many_points_has_the_same_rank() -> None:
    scores = [Score(member, points, 5, 1) for member, points in ((1, 9), (2, 5), (3, 5), (4, 2))]
    assert [rank for rank, _ in ranked(scores)] == [1, 2, 2, 4]
    assert ranked([]) == ()
