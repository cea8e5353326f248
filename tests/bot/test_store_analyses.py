"""The cache of analyses: what is recalled is what was remembered, and no more is kept than allowed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StoreFailed
from bot.store.database import Store, open_store
from classifier.answer import Answer
from classifier.result import Analysis
from tests.bot.stores import ANSWER, MODEL, ONE, OTHER, THIRD, Calendar, opened, rows_of, statements
from tests.bot.timelines import analysis_of, any_analysis

YEARS = timedelta(days=3650)
MANY = 1_000_000
NEWER = Answer(analysis_of((0.0, [{"metal": 0.9}])), None)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def store(database_url: str, calendar: Calendar) -> AsyncIterator[Store]:
    async with open_store(database_url, clock=calendar) as store:
        yield store


async def remembered(store: Store) -> set[str]:
    """Tell which of the clips are there, without noting that they were used."""
    return {digest for digest in (ONE, OTHER, THIRD) if await store.analyses.get(digest, MODEL)}


async def test_what_was_never_heard_is_not_recalled(store: Store) -> None:
    assert await store.analyses.recall(ONE, MODEL) is None
    assert await store.analyses.get(ONE, MODEL) is None


async def test_an_answer_outlives_a_restart(database_url: str) -> None:
    async with open_store(database_url) as store:
        await store.analyses.remember(ONE, MODEL, ANSWER)
        assert await store.analyses.recall(ONE, MODEL) == ANSWER
    async with open_store(database_url) as store:
        assert await store.analyses.recall(ONE, MODEL) == ANSWER
        assert await store.analyses.get(ONE, MODEL) == ANSWER.analysis


def test_whatever_was_remembered_is_recalled_to_the_last_digit(database_url: str) -> None:
    with opened(database_url) as (store, run):

        @settings(max_examples=25, deadline=None)
        @given(analysis=any_analysis(), picture=st.none() | st.binary(max_size=300))
        def there_and_back(analysis: Analysis, picture: bytes | None) -> None:
            run(store.analyses.remember(ONE, MODEL, Answer(analysis, picture)))
            assert run(store.analyses.recall(ONE, MODEL)) == Answer(analysis, picture)

        there_and_back()


async def test_clips_and_models_are_told_apart(store: Store) -> None:
    await store.analyses.remember(ONE, MODEL, ANSWER)
    await store.analyses.remember(ONE, "newer", NEWER)
    assert await store.analyses.recall(ONE, MODEL) == ANSWER
    assert await store.analyses.recall(ONE, "newer") == NEWER
    assert await store.analyses.recall(OTHER, MODEL) is None


async def test_why_a_drawing_failed_is_not_kept(store: Store, database_url: str) -> None:
    await store.analyses.remember(ONE, MODEL, replace(ANSWER, picture=None, drawing_failure="Traceback of a song"))
    assert await store.analyses.recall(ONE, MODEL) == replace(ANSWER, picture=None)
    assert "Traceback" not in str(rows_of(database_url, "SELECT * FROM analyses"))


async def test_the_last_answer_counts_and_what_was_posted_stays(store: Store) -> None:
    await store.analyses.remember(ONE, MODEL, ANSWER)
    answer = await store.answers.post(ONE, MODEL, asker=1, community=2, channel=3)
    await store.analyses.remember(ONE, MODEL, NEWER)
    assert await store.analyses.recall(ONE, MODEL) == NEWER
    assert await store.answers.get(answer) is not None


async def test_many_at_once_neither_fail_nor_mix(database_url: str, store: Store) -> None:
    answers = [Answer(analysis_of((0.0, [{"jazz": share / 20}])), bytes([share])) for share in range(20)]
    async with open_store(database_url) as second:
        for where in (store, second):
            await asyncio.gather(
                *(where.analyses.remember(ONE, str(number), answer) for number, answer in enumerate(answers, 1)),
                *(second.analyses.recall(ONE, str(number)) for number in range(1, 21)),
            )
        found = await asyncio.gather(*(store.analyses.recall(ONE, str(number)) for number in range(1, 21)))
    assert found == answers


async def test_recalling_and_getting_cost_one_query_each(store: Store) -> None:
    await store.analyses.remember(ONE, MODEL, ANSWER)
    for ask in (store.analyses.recall, store.analyses.get):
        for digest in (ONE, OTHER):
            with statements() as asked:
                await ask(digest, MODEL)
            assert len(asked) == 1


# Sweeping


async def test_what_nobody_used_for_too_long_goes(store: Store, calendar: Calendar) -> None:
    for digest in (ONE, OTHER):
        await store.analyses.remember(digest, MODEL, ANSWER)
    calendar.move(days=90)
    assert await store.analyses.sweep(timedelta(days=90), MANY) == 0
    await store.analyses.recall(OTHER, MODEL)
    calendar.move(seconds=1)
    assert await store.analyses.sweep(timedelta(days=90), MANY) == 1
    assert await remembered(store) == {OTHER}


async def test_of_too_many_those_go_that_were_used_least_recently(store: Store, calendar: Calendar) -> None:
    for digest in (ONE, OTHER, THIRD):
        await store.analyses.remember(digest, MODEL, ANSWER)
        calendar.move(minutes=1)
    await store.analyses.recall(ONE, MODEL)
    await store.analyses.get(OTHER, MODEL)
    assert await store.analyses.sweep(YEARS, 3) == 0
    assert await store.analyses.sweep(YEARS, 2) == 1
    assert await remembered(store) == {ONE, THIRD}
    calendar.move(minutes=1)
    await store.analyses.remember(OTHER, MODEL, ANSWER)
    assert await store.analyses.sweep(YEARS, 1) == 2
    assert await remembered(store) == {OTHER}


async def test_old_ones_and_too_many_are_counted_once(store: Store, calendar: Calendar) -> None:
    for digest in (ONE, OTHER, THIRD):
        await store.analyses.remember(digest, MODEL, ANSWER)
        calendar.move(days=1)
    assert await store.analyses.sweep(timedelta(days=2), 1) == 2
    assert await remembered(store) == {THIRD}


async def test_clips_of_the_same_moment_are_not_all_swept(store: Store) -> None:
    for digest in (ONE, OTHER, THIRD):
        await store.analyses.remember(digest, MODEL, ANSWER)
    assert await store.analyses.sweep(YEARS, 2) == 1
    assert len(await remembered(store)) == 2


async def test_posted_answers_go_with_their_analysis_and_votes_stay(store: Store, calendar: Calendar) -> None:
    for digest in (ONE, OTHER):
        await store.analyses.remember(digest, MODEL, ANSWER)
        calendar.move(days=1)
    gone, kept = [await store.answers.post(digest, MODEL, asker=1, community=2, channel=3) for digest in (ONE, OTHER)]
    await store.votes.cast(ONE, 2, 1, "jazz")
    assert await store.analyses.sweep(YEARS, 1) == 1
    assert await store.answers.get(gone) is None
    assert await store.answers.get(kept) is not None
    assert await store.votes.of(ONE, 2, 1) == "jazz"


# What cannot be read any more


def without_codec(text: str) -> str:
    analysis = json.loads(text)
    del analysis["audio"]["codec"]
    return json.dumps(analysis)


UNREADABLE = {
    "an older version": without_codec,
    "an unknown verdict": lambda text: text.replace('"clear"', '"maybe"'),
    "a cut text": lambda text: text[:-20],
    "nothing": lambda _: "",
    "another thing": lambda _: "[1, 2]",
}


@pytest.mark.parametrize("spoil", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("ask", ["recall", "get"])
async def test_what_cannot_be_read_any_more_counts_as_absent_and_goes(
    store: Store, database_url: str, caplog: pytest.LogCaptureFixture, spoil: Any, ask: str
) -> None:
    await store.analyses.remember(ONE, MODEL, ANSWER)
    await store.analyses.remember(OTHER, MODEL, ANSWER)
    ((text,),) = rows_of(database_url, "SELECT analysis FROM analyses WHERE digest = :one", one=ONE)
    rows_of(database_url, "UPDATE analyses SET analysis = :text WHERE digest = :one", text=spoil(text), one=ONE)
    assert await getattr(store.analyses, ask)(ONE, MODEL) is None
    assert rows_of(database_url, "SELECT digest FROM analyses") == [(OTHER,)]
    (record,) = caplog.records
    assert "cannot be read any more" in record.message
    await store.analyses.remember(ONE, MODEL, ANSWER)
    assert await store.analyses.recall(ONE, MODEL) == ANSWER


async def test_a_new_answer_that_came_in_the_place_of_an_unreadable_one_stays(store: Store, database_url: str) -> None:
    await store.analyses.remember(ONE, MODEL, ANSWER)
    ((text,),) = rows_of(database_url, "SELECT analysis FROM analyses")
    rows_of(database_url, "UPDATE analyses SET analysis = '{}'")

    def somebody_is_faster(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("DELETE"):
            rows_of(database_url, "UPDATE analyses SET analysis = :text", text=text)

    event.listen(Engine, "before_cursor_execute", somebody_is_faster)
    try:
        assert await store.analyses.recall(ONE, MODEL) is None
    finally:
        event.remove(Engine, "before_cursor_execute", somebody_is_faster)
    assert await store.analyses.recall(ONE, MODEL) == ANSWER


async def test_a_database_that_fails_is_told_in_a_sentence_and_in_the_cause(store: Store, database_url: str) -> None:
    rows_of(database_url, "ALTER TABLE analyses RENAME TO elsewhere")
    for failing in (
        store.analyses.recall(ONE, MODEL),
        store.analyses.get(ONE, MODEL),
        store.analyses.remember(ONE, MODEL, ANSWER),
        store.analyses.sweep(YEARS, 1),
    ):
        with pytest.raises(StoreFailed, match="I cannot reach my memory right now") as caught:
            await failing
        assert isinstance(caught.value.__cause__, SQLAlchemyError)
        assert "analyses" in str(caught.value.__cause__.orig)
        # The cause is logged, and is nobody's business.
        assert ONE not in str(caught.value.__cause__)
