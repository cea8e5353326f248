"""Servers that the bot left: they find everything as it was if they come back in time, and nothing is left then."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StoreFailed
from bot.store.channels import ListeningMode
from bot.store.database import Store, open_store
from tests.bot.example_rows import insert_all, sizes
from tests.bot.stores import ONE, OTHER, Calendar, fail_deleting

HERE, THERE = 2, 2**62
GRACE = timedelta(days=14)

KEPT = {"analyses", "command_sync"}
"""Tables that know no servers."""


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def store(database_url: str, calendar: Calendar) -> AsyncIterator[Store]:
    """A server with a row in every table, and another one with votes and a channel."""
    async with create_async_engine(database_url, poolclass=NullPool).begin() as connection:
        await connection.run_sync(insert_all)
    async with open_store(database_url, clock=calendar) as store:
        await store.channels.set(THERE + 1, THERE, ListeningMode.REPLY, links=False)
        await store.votes.cast(OTHER, THERE, 1, "jazz")
        await store.servers.present([HERE, THERE])
        yield store


async def test_a_server_that_was_left_for_too_long_is_forgotten_and_others_are_not(
    store: Store, database_url: str, calendar: Calendar
) -> None:
    before = sizes(database_url)
    await store.servers.left(HERE)
    calendar.move(days=13.9)
    assert await store.departures.sweep(GRACE) == 0
    assert sizes(database_url) == before
    calendar.move(days=0.2)
    assert await store.departures.sweep(GRACE) == 1
    after = sizes(database_url)
    elsewhere = {"channel_settings": 1, "servers": 1, "votes": 1, "tallies": 1}
    assert after == {name: before[name] if name in KEPT else elsewhere.get(name, 0) for name in before}
    assert (store.channels.of_guild(HERE), len(store.channels.of_guild(THERE))) == ((), 1)
    assert store.playlist_channels.playlist(3) is None
    assert await store.departures.sweep(GRACE) == 0


@pytest.mark.parametrize("way", ["invited", "seen"])
async def test_a_server_that_comes_back_in_time_finds_everything(
    store: Store, database_url: str, calendar: Calendar, way: str
) -> None:
    before = sizes(database_url)
    # The bot was away when it was removed, and when it was invited again.
    await store.servers.present([THERE])
    calendar.move(days=13)
    await (store.servers.arrived(HERE) if way == "invited" else store.servers.present([HERE, THERE]))
    calendar.move(days=13)
    assert await store.departures.sweep(GRACE) == 0
    assert sizes(database_url) == before
    assert store.playlist_channels.playlist(3) == 10
    assert await store.votes.of(ONE, HERE, 1) == "jazz"


async def test_a_server_that_took_the_bot_back_while_it_did_not_run_is_not_forgotten_by_the_first_sweep(
    store: Store, database_url: str, calendar: Calendar
) -> None:
    before = sizes(database_url)
    await store.servers.left(HERE)
    await store.servers.left(THERE)
    calendar.move(days=15)
    async with open_store(database_url, clock=calendar) as started:
        assert await started.departures.sweep(GRACE) == 0
        assert sizes(database_url) == before
        await started.servers.present([HERE])
        assert await started.departures.sweep(GRACE) == 1
        assert started.playlist_channels.playlist(3) == 10


async def test_a_server_is_forgotten_as_a_whole_or_not_at_all(
    store: Store, database_url: str, calendar: Calendar
) -> None:
    before = sizes(database_url)
    await store.servers.left(HERE)
    calendar.move(days=15)
    fail_deleting(database_url, "tallies")
    with pytest.raises(StoreFailed):
        await store.departures.sweep(GRACE)
    assert sizes(database_url) == before
    assert len(store.channels.of_guild(HERE)) == 1
