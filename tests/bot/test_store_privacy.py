"""What is kept about a member or a server: all of it is shown, and all of it goes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta, timezone

import pytest

from bot.errors import StoreFailed
from bot.store.channels import ListeningMode
from bot.store.database import Store, open_store
from bot.store.models import Base
from bot.store.privacy import Forgotten
from tests.bot.stores import ANSWER, MODEL, ONE, OTHER, Calendar, fail_deleting, rows_of, statements

ANN, BOB = 10**18 + 1, 10**18 + 2
HERE, THERE = 10**18 + 3, 10**18 + 4
CHANNEL, MESSAGE, SOURCE = 10**18 + 5, 10**18 + 6, 10**18 + 7


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """Two servers in which Ann and Bob each asked and voted."""
    calendar = Calendar()
    # A server may stand anywhere.
    calendar.now = calendar.now.astimezone(timezone(timedelta(hours=9)))
    async with open_store(database_url, clock=calendar) as store:
        for digest in (ONE, OTHER):
            await store.analyses.remember(digest, MODEL, ANSWER)
        for community in (HERE, THERE):
            await store.channels.set(community + 100, community, ListeningMode.REPLY, links=False)
            for member in (ANN, BOB):
                first = await store.answers.post(ONE, MODEL, asker=member, community=community, channel=CHANNEL)
                await store.answers.place(first, MESSAGE)
                calendar.move(minutes=1)
                await store.votes.cast(ONE, community, member, "jazz")
        await store.answers.post(OTHER, MODEL, asker=ANN, community=HERE, channel=CHANNEL, source=SOURCE)
        yield store


def mentions(database_url: str, number: int) -> int:
    """Count the rows, of all tables, that hold a number anywhere."""
    found = 0
    for table in Base.metadata.sorted_tables:
        columns = " OR ".join(f"CAST({column.name} AS TEXT) LIKE '%' || :number || '%'" for column in table.columns)
        ((count,),) = rows_of(database_url, f"SELECT count(*) FROM {table.name} WHERE {columns}", number=str(number))
        found += count
    return found


async def test_a_member_sees_all_that_is_kept_and_nothing_of_others(store: Store, database_url: str) -> None:
    kept = await store.privacy.kept_about(ANN)
    assert kept == {
        "member": str(ANN),
        "answers": [
            {
                "asked_at": "2026-01-01T00:00:00+00:00",
                "community": str(HERE),
                "channel": str(CHANNEL),
                "message": str(MESSAGE),
                "source": None,
                "digest": ONE,
            },
            {
                "asked_at": "2026-01-01T00:02:00+00:00",
                "community": str(THERE),
                "channel": str(CHANNEL),
                "message": str(MESSAGE),
                "source": None,
                "digest": ONE,
            },
            {
                "asked_at": "2026-01-01T00:04:00+00:00",
                "community": str(HERE),
                "channel": str(CHANNEL),
                "message": None,
                "source": str(SOURCE),
                "digest": OTHER,
            },
        ],
        "votes": [
            {"voted_at": "2026-01-01T00:01:00+00:00", "community": str(HERE), "digest": ONE, "genre": "jazz"},
            {"voted_at": "2026-01-01T00:03:00+00:00", "community": str(THERE), "digest": ONE, "genre": "jazz"},
        ],
    }
    assert json.loads(json.dumps(kept)) == kept
    assert mentions(database_url, ANN) == len(kept["answers"]) + len(kept["votes"])


async def test_of_a_stranger_nothing_is_kept(store: Store) -> None:
    assert await store.privacy.kept_about(1) == {"member": "1", "answers": [], "votes": []}
    assert await store.privacy.forget(1) == Forgotten(0, 0)


async def test_a_member_is_forgotten_and_others_are_not(store: Store, database_url: str) -> None:
    bob = await store.privacy.kept_about(BOB)
    with statements() as asked:
        assert await store.privacy.forget(ANN) == Forgotten(answers=3, votes=2)
    assert len(asked) == 2
    assert mentions(database_url, ANN) == 0
    assert await store.privacy.kept_about(ANN) == {"member": str(ANN), "answers": [], "votes": []}
    assert await store.privacy.kept_about(BOB) == bob
    assert await store.analyses.recall(ONE, MODEL) == ANSWER


async def test_a_member_is_forgotten_as_a_whole_or_not_at_all(store: Store, database_url: str) -> None:
    ann = await store.privacy.kept_about(ANN)
    fail_deleting(database_url, "votes")
    with pytest.raises(StoreFailed):
        await store.privacy.forget(ANN)
    assert await store.privacy.kept_about(ANN) == ann


async def test_a_server_is_forgotten_and_others_are_not(store: Store, database_url: str) -> None:
    await store.privacy.forget_community(HERE)
    assert mentions(database_url, HERE) == 0
    assert store.channels.of_guild(HERE) == ()
    assert len(store.channels.of_guild(THERE)) == 1
    assert await store.votes.tally(ONE, HERE) == ()
    for member in (ANN, BOB):
        kept = await store.privacy.kept_about(member)
        assert [answer["community"] for answer in kept["answers"]] == [str(THERE)]
        assert [vote["community"] for vote in kept["votes"]] == [str(THERE)]


async def test_a_server_is_forgotten_as_a_whole_or_not_at_all(store: Store, database_url: str) -> None:
    fail_deleting(database_url, "votes")
    before = mentions(database_url, HERE)
    with pytest.raises(StoreFailed):
        await store.privacy.forget_community(HERE)
    assert mentions(database_url, HERE) == before
    assert len(store.channels.of_guild(HERE)) == 1
