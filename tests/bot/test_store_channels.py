"""Settings of channels: in memory for every message, and in the database for the next start."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from bot.errors import StoreFailed
from bot.store.channels import ChannelSetting, ListeningMode
from bot.store.database import Store, open_store
from tests.bot.stores import opened, rows_of, statements

GUILD, OTHER_GUILD = 2**62, 2**62 + 1


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as store:
        yield store


async def test_the_bot_listens_to_no_channel_that_nobody_set(store: Store) -> None:
    assert store.channels.mode(1) is None
    assert store.channels.of_guild(GUILD) == ()


@pytest.mark.parametrize("mode", ListeningMode)
@pytest.mark.parametrize("links", [True, False])
async def test_a_setting_outlives_a_restart(store: Store, database_url: str, mode: ListeningMode, links: bool) -> None:
    await store.channels.set(1, GUILD, mode, links=links)
    expected = ChannelSetting(1, GUILD, mode, links)
    assert store.channels.mode(1) == expected
    async with open_store(database_url) as restarted:
        assert restarted.channels.mode(1) == expected
        assert isinstance(restarted.channels.mode(1).mode, ListeningMode)
        assert restarted.channels.mode(1).links is links


async def test_the_last_setting_counts_until_it_is_removed(store: Store, database_url: str) -> None:
    await store.channels.set(1, GUILD, ListeningMode.REPLY, links=False)
    await store.channels.set(1, GUILD, ListeningMode.THREAD, links=True)
    assert store.channels.mode(1) == ChannelSetting(1, GUILD, ListeningMode.THREAD, True)
    for _ in range(2):
        await store.channels.remove(1)
        assert store.channels.mode(1) is None
    assert rows_of(database_url, "SELECT * FROM channel_settings") == []


async def test_the_channels_of_a_server_are_listed_the_oldest_first(store: Store) -> None:
    for channel, guild in ((3, GUILD), (1, GUILD), (2, OTHER_GUILD)):
        await store.channels.set(channel, guild, ListeningMode.REACTION, links=False)
    assert [setting.channel for setting in store.channels.of_guild(GUILD)] == [1, 3]
    assert [setting.channel for setting in store.channels.of_guild(OTHER_GUILD)] == [2]


async def test_no_message_costs_a_query(store: Store, database_url: str) -> None:
    await store.channels.set(1, GUILD, ListeningMode.REPLY, links=False)
    async with open_store(database_url) as restarted:
        with statements() as asked:
            for channels in (store.channels, restarted.channels):
                assert channels.mode(1) is not None
                assert channels.mode(2) is None
                assert len(channels.of_guild(GUILD)) == 1
    assert asked == []


async def test_a_setting_that_could_not_be_written_stays_as_it_was(store: Store, database_url: str) -> None:
    await store.channels.set(1, GUILD, ListeningMode.REPLY, links=False)
    rows_of(database_url, "ALTER TABLE channel_settings RENAME TO elsewhere")
    with pytest.raises(StoreFailed):
        await store.channels.set(1, GUILD, ListeningMode.THREAD, links=False)
    with pytest.raises(StoreFailed):
        await store.channels.set(2, GUILD, ListeningMode.THREAD, links=False)
    with pytest.raises(StoreFailed):
        await store.channels.remove(1)
    assert store.channels.of_guild(GUILD) == (ChannelSetting(1, GUILD, ListeningMode.REPLY, False),)


@pytest.mark.parametrize(("mode", "links"), [("off", False), ("", False), ("reply", 2), ("reply", None)])
async def test_a_setting_that_nobody_knows_is_refused_by_the_database(
    store: Store, database_url: str, mode: str, links: int | None
) -> None:
    query = "INSERT INTO channel_settings (channel, guild, mode, links) VALUES (1, 2, :mode, :links)"
    with pytest.raises(DBAPIError):
        rows_of(database_url, query, mode=mode, links=links)


CHANGES = st.lists(
    st.tuples(st.integers(1, 4), st.none() | st.sampled_from(ListeningMode), st.booleans()), min_size=1, max_size=20
)


def test_changes_at_the_same_time_leave_in_memory_what_the_database_has(database_url: str) -> None:
    with opened(database_url) as (store, run):

        async def change_at_once(changes: list[tuple[int, ListeningMode | None, bool]]) -> None:
            await asyncio.gather(
                *(
                    store.channels.set(channel, GUILD, mode, links=links) if mode else store.channels.remove(channel)
                    for channel, mode, links in changes
                )
            )
            async with open_store(database_url) as restarted:
                assert store.channels.of_guild(GUILD) == restarted.channels.of_guild(GUILD)
                assert {setting.channel for setting in store.channels.of_guild(GUILD)} <= {1, 2, 3, 4}

        @settings(max_examples=8, deadline=None)
        @given(changes=CHANGES)
        def any_changes(changes: list[tuple[int, ListeningMode | None, bool]]) -> None:
            run(change_at_once(changes))

        any_changes()
