"""Votes: one a member, and none is lost."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.errors import StoreFailed
from bot.store.database import Store, open_store
from bot.store.votes import GenreVotes
from tests.bot.stores import ONE, OTHER, THIRD, rows_of, statements

HERE, THERE = 2**62, 2**62 + 1
GENRES = ("blues", "hiphop", "jazz", "metal")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as store:
        yield store


async def test_votes_are_counted_most_first_and_then_by_name(store: Store) -> None:
    for member, genre in enumerate(("jazz", "Zouk", "blues", "jazz", "zouk", "blues", "ålesund")):
        await store.votes.cast(ONE, HERE, member, genre)
    assert await store.votes.tally(ONE, HERE) == (
        GenreVotes("blues", 2),
        GenreVotes("jazz", 2),
        GenreVotes("Zouk", 1),
        GenreVotes("zouk", 1),
        GenreVotes("ålesund", 1),
    )


async def test_a_vote_outlives_a_restart(store: Store, database_url: str) -> None:
    await store.votes.cast(ONE, HERE, 1, "jazz")
    async with open_store(database_url) as restarted:
        assert await restarted.votes.of(ONE, HERE, 1) == "jazz"


@pytest.mark.parametrize("genre", ["", "x" * 101, "ja\0zz", "jazz\n", "jazz\u202e", "\ud83c"])
async def test_what_cannot_be_a_genre_is_refused(store: Store, genre: str) -> None:
    with pytest.raises(StoreFailed):
        await store.votes.cast(ONE, HERE, 1, genre)
    assert await store.votes.tally(ONE, HERE) == ()


async def test_a_question_costs_one_query_and_a_vote_four_however_many_there_are(store: Store) -> None:
    for members in (range(2), range(2, 30)):
        for member in members:
            await store.votes.cast(ONE, HERE, member, GENRES[member % 2])
        for ask, cost in (
            (store.votes.tally(ONE, HERE), 1),
            (store.votes.of(ONE, HERE, 1), 1),
            (store.votes.cast(ONE, HERE, 1, "metal"), 4),
            (store.votes.withdraw(ONE, HERE, 1), 4),
        ):
            with statements() as asked:
                await ask
            assert len(asked) == cost


async def test_twenty_members_who_vote_and_change_their_minds_at_once_lose_nothing(database_url: str) -> None:
    async def change_mind(store: Store, member: int) -> str | None:
        for turn in range(4):
            await store.votes.cast(ONE, HERE, member, GENRES[(member + turn) % len(GENRES)])
        if member % 5 == 0:
            await store.votes.withdraw(ONE, HERE, member)
            return None
        await store.votes.cast(ONE, HERE, member, GENRES[member % len(GENRES)])
        return GENRES[member % len(GENRES)]

    async with open_store(database_url) as one, open_store(database_url) as two, open_store(database_url) as three:
        wanted = await asyncio.gather(*(change_mind((one, two, three)[member % 3], member) for member in range(20)))
        assert [await one.votes.of(ONE, HERE, member) for member in range(20)] == wanted
        counted = Counter(genre for genre in wanted if genre is not None)
        assert {votes.genre: votes.votes for votes in await two.votes.tally(ONE, HERE)} == counted


async def test_the_same_member_twice_at_once_has_one_vote(database_url: str) -> None:
    async with open_store(database_url) as one, open_store(database_url) as two:
        await asyncio.gather(*(store.votes.cast(ONE, HERE, 1, genre) for store in (one, two) * 5 for genre in GENRES))
        (votes,) = await one.votes.tally(ONE, HERE)
    assert votes.votes == 1
    assert votes.genre in GENRES


VOTERS = {
    "digest": st.sampled_from([ONE, OTHER, THIRD]),
    "community": st.sampled_from([HERE, THERE]),
    "member": st.integers(1, 5),
}


class AnyVotes(RuleBasedStateMachine):
    """Members vote, change their minds and withdraw in any order: a dictionary would say the same."""

    def __init__(self, database_url: str) -> None:
        super().__init__()
        rows_of(database_url, "DELETE FROM votes")
        rows_of(database_url, "DELETE FROM tallies")
        self.database_url = database_url
        self.runner = asyncio.Runner()
        self.model: dict[tuple[str, int, int], str] = {}
        self.touched = (ONE, HERE)
        self.opening = open_store(database_url)
        self.votes = self.runner.run(self.opening.__aenter__()).votes

    @rule(**VOTERS, genre=st.sampled_from(GENRES))
    def cast(self, digest: str, community: int, member: int, genre: str) -> None:
        self.runner.run(self.votes.cast(digest, community, member, genre))
        self.model[digest, community, member] = genre
        self.touched = (digest, community)

    @rule(**VOTERS)
    def withdraw(self, digest: str, community: int, member: int) -> None:
        self.runner.run(self.votes.withdraw(digest, community, member))
        self.model.pop((digest, community, member), None)
        self.touched = (digest, community)

    @rule(**VOTERS)
    def ask(self, digest: str, community: int, member: int) -> None:
        found = self.runner.run(self.votes.of(digest, community, member))
        assert found == self.model.get((digest, community, member))
        self.touched = (digest, community)

    def genres_of(self, clip: tuple[str, int]) -> list[str]:
        return [genre for key, genre in self.model.items() if key[:2] == clip]

    @invariant()
    def the_tally_is_right(self) -> None:
        counted = Counter(self.genres_of(self.touched))
        expected = sorted(counted.items(), key=lambda votes: (-votes[1], votes[0]))
        assert self.runner.run(self.votes.tally(*self.touched)) == tuple(GenreVotes(*votes) for votes in expected)

    def teardown(self) -> None:
        counted = {clip: Counter(self.genres_of(clip)) for clip in {key[:2] for key in self.model}}
        best = {clip: min(votes, key=lambda genre: (-votes[genre], genre)) for clip, votes in counted.items()}
        assert sorted(
            rows_of(self.database_url, "SELECT digest, community, votes, top_genre, top_votes FROM tallies")
        ) == sorted((*clip, votes.total(), best[clip], votes[best[clip]]) for clip, votes in counted.items())
        self.runner.run(self.opening.__aexit__(None, None, None))
        self.runner.close()


def test_any_votes_in_any_order_are_counted(database_url: str) -> None:
    run_state_machine_as_test(
        partial(AnyVotes, database_url), settings=settings(max_examples=5, stateful_step_count=30, deadline=None)
    )
