"""Answers that were posted: found by their id and by the message they are about, and gone with either."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.errors import AlreadyAnswered, StoreFailed
from bot.store.answers import PostedAnswer
from bot.store.database import Store, open_store
from tests.bot.stores import ANSWER, MODEL, ONE, OTHER, Calendar, rows_of, statements

# Discord's ids have up to 64 bits, of which databases take 63.
ASKER, COMMUNITY, CHANNEL, MESSAGE, SOURCE = range(2**63 - 6, 2**63 - 1)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as store:
        await store.analyses.remember(ONE, MODEL, ANSWER)
        yield store


async def post(store: Store, *, source: int | None = None, position: int = 0) -> int:
    return await store.answers.post(
        ONE, MODEL, asker=ASKER, community=COMMUNITY, channel=CHANNEL, source=source, position=position
    )


async def test_an_answer_is_found_after_a_restart(store: Store, database_url: str) -> None:
    answer = await post(store)
    expected = PostedAnswer(answer, ONE, MODEL, ASKER, COMMUNITY, CHANNEL, None, None, None)
    assert await store.answers.get(answer) == expected
    await store.answers.place(answer, MESSAGE)
    async with open_store(database_url) as restarted:
        found = await restarted.answers.get(answer)
    assert found == PostedAnswer(answer, ONE, MODEL, ASKER, COMMUNITY, CHANNEL, MESSAGE, None, None)


@pytest.mark.parametrize("forged", [0, -1, 2, 2**63 - 1, 2**63, -(2**63) - 1, 10**40])
async def test_an_id_that_nobody_gave_finds_nothing(store: Store, forged: int) -> None:
    assert await post(store) == 1
    assert await store.answers.get(forged) is None


async def test_an_id_never_means_another_answer(store: Store, database_url: str) -> None:
    given = []
    for _ in range(3):
        given.append(await post(store))
        await store.answers.remove(given[-1])
    async with open_store(database_url) as restarted:
        given.append(await post(restarted))
    assert len(set(given)) == 4
    assert [await store.answers.get(answer) is not None for answer in given] == [False, False, False, True]


async def test_the_clips_of_a_message_are_found_in_their_order(store: Store) -> None:
    given = {position: await post(store, source=SOURCE, position=position) for position in (3, 0, 4, 1, 2)}
    await post(store)
    await post(store, source=MESSAGE)
    found = await store.answers.by_source(SOURCE)
    assert [(answer.id, answer.position) for answer in found] == [(given[number], number) for number in range(5)]
    assert await store.answers.by_source(CHANNEL) == ()


async def test_a_clip_of_a_message_is_answered_once(store: Store) -> None:
    first = await post(store, source=SOURCE)
    with pytest.raises(AlreadyAnswered):
        await post(store, source=SOURCE)
    await store.answers.remove(first)
    assert await post(store, source=SOURCE) != first


async def test_of_many_answers_to_one_clip_at_the_same_time_one_is_taken(store: Store, database_url: str) -> None:
    async with open_store(database_url) as second:
        outcomes = await asyncio.gather(
            *(post(where, source=SOURCE) for where in (store, second) * 10), return_exceptions=True
        )
    assert [type(outcome) for outcome in outcomes if not isinstance(outcome, int)] == [AlreadyAnswered] * 19
    assert len(await store.answers.by_source(SOURCE)) == 1


async def test_posting_and_removing_at_once_leaves_what_was_not_removed(store: Store, database_url: str) -> None:
    async def post_and_perhaps_remove(where: Store, number: int) -> int | None:
        answer = await post(where, source=number)
        removing = asyncio.create_task(store.answers.remove(answer)) if number % 2 else None
        await where.answers.place(answer, number)
        if removing is None:
            return answer
        await removing
        return None

    async with open_store(database_url) as second:
        kept = await asyncio.gather(
            *(post_and_perhaps_remove((store, second)[number // 2 % 2], number) for number in range(1, 41))
        )
    found = rows_of(database_url, "SELECT id, message, source FROM answers ORDER BY source")
    assert found == [(answer, number, number) for number, answer in enumerate(kept, 1) if answer is not None]


async def test_the_limits_of_a_message_are_kept(store: Store) -> None:
    for position in (-1, 5):
        with pytest.raises(StoreFailed):
            await post(store, source=SOURCE, position=position)
    assert await store.answers.by_source(SOURCE) == ()


async def test_an_analysis_that_is_not_there_has_no_answers(store: Store, database_url: str) -> None:
    for digest, model in ((OTHER, MODEL), (ONE, "another")):
        with pytest.raises(StoreFailed):
            await store.answers.post(digest, model, asker=ASKER, community=COMMUNITY, channel=CHANNEL)
    assert rows_of(database_url, "SELECT count(*) FROM answers") == [(0,)]


async def test_removing_twice_and_placing_what_is_gone_do_nothing(store: Store) -> None:
    answer, other = await post(store), await post(store)
    for _ in range(2):
        await store.answers.remove(answer)
    await store.answers.place(answer, MESSAGE)
    assert await store.answers.get(answer) is None
    assert await store.answers.get(other) is not None


async def test_answers_go_with_their_message_and_with_their_source(store: Store) -> None:
    in_a_message = await post(store)
    await store.answers.place(in_a_message, MESSAGE)
    reactions = [await post(store, source=SOURCE, position=position) for position in range(2)]
    others = [await post(store), await post(store, source=7)]
    await store.answers.messages_gone([CHANNEL])
    await store.answers.messages_gone(set())
    found = [await store.answers.get(answer) for answer in (in_a_message, *reactions, *others)]
    assert None not in found
    await store.answers.messages_gone({MESSAGE, 12})
    assert await store.answers.get(in_a_message) is None
    assert len(await store.answers.by_source(SOURCE)) == 2
    await store.answers.messages_gone(range(SOURCE - 99, SOURCE + 1))
    assert await store.answers.by_source(SOURCE) == ()
    assert None not in [await store.answers.get(answer) for answer in others]


async def test_every_question_costs_one_query(store: Store) -> None:
    answer = await post(store, source=SOURCE)
    for ask in (
        store.answers.get(answer),
        store.answers.by_source(SOURCE),
        store.answers.place(answer, MESSAGE),
        store.answers.messages_gone([MESSAGE]),
        store.answers.remove(answer),
    ):
        with statements() as asked:
            await ask
        assert len(asked) == 1


async def test_what_a_page_left_behind_is_forgotten_once_it_is_old(database_url: str) -> None:
    calendar = Calendar()
    async with open_store(database_url, clock=calendar) as store:
        await store.analyses.remember(ONE, MODEL, ANSWER)

        async def answer(channel: int) -> int:
            return await store.answers.post(ONE, MODEL, asker=ASKER, community=COMMUNITY, channel=channel)

        old, others = await answer(99), await answer(100)
        calendar.move(days=2)
        young = await answer(99)
        await store.answers.channels_gone(below=100, age=timedelta(days=1))
        assert [await store.answers.get(one) is not None for one in (old, others, young)] == [False, True, True]
