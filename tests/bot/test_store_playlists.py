"""Playlists of servers: one of a name, brought back when they were deleted; and what messages show of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.playlists.errors import NoSuchPlaylist, PageForgotten, PlaylistExists, TooManyPlaylists
from bot.playlists.place import Place
from bot.playlists.playlist import Collaborator, SharedWith
from bot.playlists.wanted import Sort, Wanted
from bot.store import playlists as playlists_module
from bot.store.database import Store, open_store
from classifier.result import Verdict
from tests.bot.stores import Calendar, rows_of

GUILD, ELSEWHERE = 2**62, 2**62 + 1
OWNER = 2**61


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def store(database_url: str, calendar: Calendar) -> AsyncIterator[Store]:
    async with open_store(database_url, clock=calendar) as store:
        yield store


async def test_a_server_has_one_playlist_of_a_name_however_it_is_written(store: Store) -> None:
    chill = await store.playlists.create(GUILD, "Chill", OWNER)
    loud = await store.playlists.create(GUILD, "Loud", OWNER)
    for other in ("Chill", "chïll", "CHILL", "Ｃｈｉｌｌ"):  # noqa: RUF001 - other widths are the point
        with pytest.raises(PlaylistExists):
            await store.playlists.create(GUILD, other, OWNER)
        with pytest.raises(PlaylistExists):
            await store.playlists.rename(loud, other)
        assert (await store.playlists.by_name(GUILD, other)).id == chill
        assert await store.playlists.suggest(GUILD, other[:3]) == ("Chill",)
    other = "chïll"
    await store.playlists.create(ELSEWHERE, other, OWNER)
    await store.playlists.rename(chill, other)
    await store.playlists.delete(chill)
    again = await store.playlists.create(GUILD, "Chill", OWNER)
    with pytest.raises(PlaylistExists):
        await store.playlists.bring_back(chill, GUILD)
    await store.playlists.rename(again, "Calm")
    with pytest.raises(NoSuchPlaylist):
        await store.playlists.bring_back(chill, ELSEWHERE)
    assert (await store.playlists.bring_back(chill, GUILD)).name == other
    assert [found.name for found in await store.playlists.of_guild(GUILD)] == ["Calm", other, "Loud"]


async def test_a_server_has_no_more_playlists_than_it_may(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playlists_module, "MOST_PLAYLISTS", 1)
    only = await store.playlists.create(GUILD, "One", OWNER)
    with pytest.raises(TooManyPlaylists):
        await store.playlists.create(GUILD, "Two", OWNER)
    assert [found.name for found in await store.playlists.of_guild(GUILD)] == ["One"]
    await store.playlists.delete(only)
    await store.playlists.create(GUILD, "Two", OWNER)


async def test_a_playlist_is_shared_until_it_is_not(store: Store) -> None:
    playlist = await store.playlists.create(GUILD, "Chill", OWNER)
    everyone, role = Collaborator(SharedWith.EVERYONE), Collaborator(SharedWith.ROLE, 5)
    for _ in range(2):
        await store.playlists.share(playlist, role)
        await store.playlists.share(playlist, everyone)
    assert (await store.playlists.get(playlist)).collaborators == (everyone, role)
    await store.playlists.unshare(playlist, everyone)
    await store.playlists.unshare(playlist, everyone)
    assert (await store.playlists.get(playlist)).collaborators == (role,)


async def test_what_is_shown_outlives_a_restart_and_is_swept_when_nobody_looks(
    store: Store, database_url: str, calendar: Calendar
) -> None:
    playlist = await store.playlists.create(GUILD, "Chill", OWNER)
    wanted = Wanted("jazz", "säx", 2**62, Verdict.UNSURE, True, "x" * 100, Sort.CALM)
    first = await store.playlist_views.open(playlist, OWNER, Place(wanted, 7, marked=2**62))
    other = await store.playlist_views.open(playlist, OWNER, Place())
    async with open_store(database_url) as restarted:
        kept = await restarted.playlist_views.get(first)
    assert (kept.playlist_id, kept.opener, kept.place) == (playlist, OWNER, Place(wanted, 7, marked=2**62))
    assert (await store.playlist_views.get(other)).place == Place()
    calendar.move(days=20)
    await store.playlist_views.change(first, Place(page=8))
    calendar.move(days=20)
    assert await store.playlist_views.sweep(timedelta(days=30)) == 1
    assert (await store.playlist_views.get(first)).place == Place(page=8)
    for gone in (other, 0, -1, 2**63, 10**40):
        with pytest.raises(PageForgotten):
            await store.playlist_views.get(gone)
    # As a version of the bot would leave it that knows other orders.
    rows_of(database_url, "UPDATE playlist_views SET wanted = :wanted", wanted='{"wanted":{"sort":"by mood"}}')
    with pytest.raises(PageForgotten):
        await store.playlist_views.get(first)
    await store.playlists.delete(playlist)
    with pytest.raises(NoSuchPlaylist):
        await store.playlist_views.open(playlist, OWNER, Place())
