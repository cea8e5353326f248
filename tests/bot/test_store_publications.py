"""Published playlists: each has one token for as long as it is published, and a link that ended stays dead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playlists.errors import NoSuchPlaylist
from bot.store.database import Store, open_store
from bot.store.publications import TOKEN
from tests.bot.stores import NEW_YEAR, Calendar, opened, rows_of

GUILD, ELSEWHERE = 2**62, 2**62 + 1
OWNER = 2**61
MADE_UP = 32 * "A"


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def store(database_url: str, calendar: Calendar) -> AsyncIterator[Store]:
    async with open_store(database_url, clock=calendar) as store:
        yield store


@pytest.fixture
async def chill(store: Store) -> int:
    return await store.playlists.create(GUILD, "Chill", OWNER)


async def assert_dead(store: Store, token: str) -> None:
    with pytest.raises(NoSuchPlaylist):
        await store.publications.playlist_of(token)


async def test_a_playlist_has_one_token_for_as_long_as_it_is_published(
    store: Store, chill: int, database_url: str, calendar: Calendar
) -> None:
    loud = await store.playlists.create(GUILD, "Loud", OWNER)
    assert await store.publications.token_of(chill) is None
    token = await store.publications.publish(chill)
    other = await store.publications.publish(loud)
    calendar.move(days=1)
    assert await store.publications.publish(chill) == token
    async with open_store(database_url) as restarted:
        assert await restarted.publications.publish(chill) == token
        assert await restarted.publications.token_of(chill) == token
        assert await restarted.publications.playlist_of(token) == chill
        assert await restarted.publications.playlist_of(other) == loud
    assert TOKEN.fullmatch(token)
    assert token != other
    assert rows_of(database_url, "SELECT count(*) FROM publications") == [(2,)]
    ((published_at,),) = rows_of(
        database_url, "SELECT published_at FROM publications WHERE playlist_id = :id", id=chill
    )
    assert str(published_at).startswith(NEW_YEAR.strftime("%Y-%m-%d 00:00"))


async def test_a_link_that_ended_stays_dead(store: Store, chill: int) -> None:
    assert not await store.publications.withdraw(chill)
    ended = []
    for _ in range(3):
        token = await store.publications.publish(chill)
        assert token not in ended
        assert await store.publications.withdraw(chill)
        assert not await store.publications.withdraw(chill)
        assert await store.publications.token_of(chill) is None
        ended.append(token)
    now = await store.publications.publish(chill)
    for token in ended:
        await assert_dead(store, token)
    assert await store.publications.playlist_of(now) == chill


async def test_what_is_not_there_is_not_published(store: Store, chill: int) -> None:
    await store.playlists.delete(chill)
    for gone in (chill, chill + 1, 0, -1):
        with pytest.raises(NoSuchPlaylist):
            await store.publications.publish(gone)
        assert await store.publications.token_of(gone) is None
        assert not await store.publications.withdraw(gone)


async def test_a_deleted_playlist_is_read_again_once_it_is_back_unless_it_was_withdrawn(
    store: Store, chill: int
) -> None:
    token = await store.publications.publish(chill)
    await store.playlists.delete(chill)
    await assert_dead(store, token)
    assert await store.publications.token_of(chill) is None
    await store.playlists.bring_back(chill, GUILD)
    assert await store.publications.playlist_of(token) == chill
    await store.playlists.delete(chill)
    assert await store.publications.withdraw(chill)
    await store.playlists.bring_back(chill, GUILD)
    await assert_dead(store, token)


async def test_a_link_goes_with_its_playlist(store: Store, chill: int, database_url: str, calendar: Calendar) -> None:
    token = await store.publications.publish(chill)
    await store.playlists.delete(chill)
    calendar.move(days=2)
    assert await store.playlists.sweep(timedelta(days=1)) == 1
    assert rows_of(database_url, "SELECT count(*) FROM publications") == [(0,)]
    await assert_dead(store, token)


async def test_nobody_reads_playlists_of_a_server_that_the_bot_is_gone_from(store: Store, chill: int) -> None:
    token = await store.publications.publish(chill)
    other = await store.publications.publish(await store.playlists.create(ELSEWHERE, "Chill", OWNER))
    await store.servers.left(GUILD)
    await assert_dead(store, token)
    assert await store.publications.token_of(chill) is None
    await store.publications.playlist_of(other)
    await store.servers.arrived(GUILD)
    assert await store.publications.playlist_of(token) == chill


async def test_only_the_token_as_it_is_opens_a_playlist(store: Store, chill: int) -> None:
    token = await store.publications.publish(chill)
    pieces = (token[:-1], f"{token}A", f"{token}\n", f" {token}", token.swapcase(), f"{token[:-1]}%", 32 * "_")
    for wrong in (*pieces, MADE_UP, "", str(chill), "\0", 32 * "\0", 32 * "\ud800", 32 * "é", 10_000 * "A"):
        await assert_dead(store, wrong)


def test_no_text_opens_a_playlist_that_is_not_its_token(database_url: str) -> None:
    with opened(database_url) as (store, run):
        run(store.publications.publish(run(store.playlists.create(GUILD, "Chill", OWNER))))

        @settings(max_examples=25, deadline=None)
        @given(token=st.text(max_size=40) | st.from_regex(TOKEN, fullmatch=True))
        def refused(token: str) -> None:
            with pytest.raises(NoSuchPlaylist):
                run(store.publications.playlist_of(token))

        refused()


async def test_those_who_publish_at_once_get_one_token(store: Store, chill: int, database_url: str) -> None:
    async with open_store(database_url) as other:
        tokens = await asyncio.gather(*(bot.publications.publish(chill) for _ in range(10) for bot in (store, other)))
        assert len(set(tokens)) == 1
        assert await other.publications.playlist_of(tokens[0]) == chill
    assert rows_of(database_url, "SELECT count(*) FROM publications") == [(1,)]


async def test_publishing_withdrawing_and_deleting_at_once_neither_fails_nor_leaves_a_link_that_ended(
    store: Store, chill: int, database_url: str
) -> None:
    async with open_store(database_url) as other:
        tokens = []
        for _ in range(10):
            first, _, second, _ = await asyncio.gather(
                store.publications.publish(chill),
                other.publications.withdraw(chill),
                other.publications.publish(chill),
                store.publications.withdraw(chill),
            )
            tokens += [first, second]
        await store.publications.withdraw(chill)
        for token in tokens:
            await assert_dead(store, token)
        outcomes = await asyncio.gather(
            store.publications.publish(chill), other.playlists.delete(chill), return_exceptions=True
        )
        assert outcomes[1] is None
        assert isinstance(outcomes[0], str | NoSuchPlaylist)
        if isinstance(outcomes[0], str):
            await assert_dead(other, outcomes[0])
