"""What is kept about a member: all of it is shown, and all of it goes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import BigInteger, Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StoreFailed
from bot.store.database import Store, open_store
from bot.store.member_data import MEMBER_DATA
from bot.store.models import Base
from bot.store.votes import GenreVotes
from tests.bot.example_rows import EXAMPLES, insert, sizes
from tests.bot.stores import ANSWER, MODEL, ONE, OTHER, Calendar, fail_deleting, rows_of, statements

ANN, BOB = 10**18 + 1, 10**18 + 2
HERE, THERE = 10**18 + 3, 10**18 + 4
CHANNEL, MESSAGE, SOURCE = 10**18 + 5, 10**18 + 6, 10**18 + 7

NOTHING: dict[str, list[Any]] = {kind: [] for kind in MEMBER_DATA}

MEMBERS = {(data.member.class_.__tablename__, data.member.key) for data in MEMBER_DATA.values()}
"""Every column that can hold a member."""

OTHER_NUMBERS = {
    "id",
    "application_id",
    *("guild", "community", "channel", "source_channel"),
    *("message", "source_message", "source"),
    *("playlist_id", "track_id", "job_id", "round_id"),
}
"""Columns of large numbers that are no members."""


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
            for member in (ANN, BOB):
                first = await store.answers.post(ONE, MODEL, asker=member, community=community, channel=CHANNEL)
                await store.answers.place(first, MESSAGE)
                calendar.move(minutes=1)
                await store.votes.cast(ONE, community, member, "jazz")
        await store.answers.post(OTHER, MODEL, asker=ANN, community=HERE, channel=CHANNEL, source=SOURCE)
        yield store


async def fill(url: str, member: int, **common: int) -> None:
    """Add a row to every table, with a member wherever there can be one."""

    def insert_all(connection: Connection) -> None:
        for table in EXAMPLES:
            columns = Base.metadata.tables[table].columns.keys()
            own = {column: member for name, column in MEMBERS if name == table}
            insert(connection, table, **own | {name: value for name, value in common.items() if name in columns})

    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(insert_all)


def mentions(database_url: str, number: int) -> int:
    """Count how often the rows of all tables hold a number."""
    held = [
        f"SELECT count(*) AS rows FROM {table.name} WHERE CAST({column.name} AS TEXT) LIKE '%' || :number || '%'"
        for table in Base.metadata.sorted_tables
        for column in table.columns
    ]
    ((found,),) = rows_of(
        database_url, f"SELECT SUM(rows) FROM ({' UNION ALL '.join(held)}) AS held", number=str(number)
    )
    return int(found)


def test_every_column_that_can_hold_a_member_is_known() -> None:
    numbers = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, BigInteger) and column.name not in OTHER_NUMBERS
    }
    assert numbers == MEMBERS


async def test_a_member_sees_all_that_is_kept_and_nothing_of_others(store: Store, database_url: str) -> None:
    kept = await store.privacy.kept_about(ANN)
    assert kept == {
        "member": str(ANN),
        **NOTHING,
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
    assert await store.privacy.kept_about(1) == {"member": "1", **NOTHING}
    assert await store.privacy.counts(1) == await store.privacy.forget(1) == dict.fromkeys(MEMBER_DATA, 0)


async def test_wherever_a_member_is_held_it_is_shown_counted_and_forgotten(database_url: str) -> None:
    await fill(database_url, ANN, guild=2)
    async with open_store(database_url) as store:
        kept = await store.privacy.kept_about(ANN)
        assert {kind: len(kept[kind]) for kind in MEMBER_DATA} == dict.fromkeys(MEMBER_DATA, 1)
        assert mentions(database_url, ANN) == len(MEMBER_DATA)
        assert kept["playlists"][0].items() >= {"playlist": "Chill", "community": "2"}.items()
        assert kept["additions"][0].items() >= {"title": "Song", "playlist": "Chill", "digest": ONE}.items()
        assert kept["jobs"][0].items() >= {"name": "Album", "kind": "link"}.items()
        assert kept["opt-outs"] == [{"community": "2"}]
        assert json.loads(json.dumps(kept)) == kept
        rows = sum(sizes(database_url).values())
        with statements() as asked:
            assert await store.privacy.counts(ANN) == dict.fromkeys(MEMBER_DATA, 1)
        assert len(asked) == 1
        assert await store.privacy.forget(ANN) == dict.fromkeys(MEMBER_DATA, 1)
        assert mentions(database_url, ANN) == 0
        assert await store.privacy.kept_about(ANN) == {"member": str(ANN), **NOTHING}
        assert (await store.playlists.get(10)).owner is None
    left = sum(sizes(database_url).values())
    # Its tally went with the vote; playlist, track and job stay.
    assert rows - left == sum(not data.stays for data in MEMBER_DATA.values()) + 1


async def test_a_role_with_the_number_of_a_member_stays(database_url: str) -> None:
    await fill(database_url, BOB, guild=2)
    rows_of(database_url, "UPDATE collaborators SET kind = 'role'")
    async with open_store(database_url) as store:
        assert (await store.privacy.forget(BOB))["collaborations"] == 0
        assert [one.subject for one in (await store.playlists.get(10)).collaborators] == [BOB]


async def test_a_member_is_forgotten_and_others_are_not(store: Store, database_url: str) -> None:
    bob = await store.privacy.kept_about(BOB)
    gone = await store.privacy.forget(ANN)
    assert (gone["answers"], gone["votes"]) == (3, 2)
    assert mentions(database_url, ANN) == 0
    assert await store.privacy.kept_about(BOB) == bob
    assert await store.analyses.recall(ONE, MODEL) == ANSWER


async def test_the_votes_of_others_are_counted_anew(store: Store, database_url: str) -> None:
    await store.votes.cast(OTHER, HERE, ANN, "pop")
    await store.votes.cast(ONE, HERE, ANN, "blues")
    many = [f"{number:064x}" for number in range(1200)]
    for member in (ANN, BOB):
        some = many if member == ANN else many[:3]
        values = ", ".join(f"('{digest}', 5, {member}, 'pop', '2026-01-01')" for digest in some)
        rows_of(database_url, f"INSERT INTO votes (digest, community, member, genre, voted_at) VALUES {values}")
    values = ", ".join(f"('{digest}', 5, {1 + (place < 3)}, 'pop', 1)" for place, digest in enumerate(many))
    rows_of(database_url, f"INSERT INTO tallies (digest, community, votes, top_genre, top_votes) VALUES {values}")
    with statements() as asked:
        assert (await store.privacy.forget(ANN))["votes"] == 1203
    assert len(asked) < 30
    assert await store.votes.tally(ONE, HERE) == (GenreVotes("jazz", 1),)
    tallies = "SELECT digest, community, votes, top_genre, top_votes FROM tallies"
    assert sorted(rows_of(database_url, tallies)) == sorted(
        [(ONE, HERE, 1, "jazz", 1), (ONE, THERE, 1, "jazz", 1), *((digest, 5, 1, "pop", 1) for digest in many[:3])]
    )


async def test_whoever_votes_while_members_are_forgotten_is_counted(database_url: str) -> None:
    digests = [f"{number:064x}" for number in range(8)]
    async with open_store(database_url) as one, open_store(database_url) as two:
        await asyncio.gather(
            *(one.votes.cast(digest, HERE, member, "jazz") for digest in digests for member in (ANN, BOB))
        )
        await asyncio.gather(
            one.privacy.forget(ANN),
            two.privacy.forget(BOB),
            *(two.votes.cast(digest, HERE, member, "pop") for digest in digests for member in (1, 2)),
        )
    assert sorted(rows_of(database_url, "SELECT digest, votes, top_genre, top_votes FROM tallies")) == [
        (digest, 2, "pop", 2) for digest in digests
    ]


@pytest.mark.parametrize("table", ["votes", "statistics_opt_outs"])
async def test_a_member_is_forgotten_as_a_whole_or_not_at_all(database_url: str, table: str) -> None:
    await fill(database_url, ANN, guild=2)
    async with open_store(database_url) as store:
        ann = await store.privacy.kept_about(ANN)
        fail_deleting(database_url, table)
        with pytest.raises(StoreFailed):
            await store.privacy.forget(ANN)
        assert await store.privacy.kept_about(ANN) == ann
