"""The daily sweep: at the start, again and again, whatever fails on the way, and not a moment after the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest

from bot.jobs.job import Place as JobPlace
from bot.playlists.place import Place
from bot.store.database import Store, open_store
from bot.store.sweeping import sweeping as sweeping_of
from tests.bot.nights import Nights
from tests.bot.stores import ANSWER, MODEL, ONE, OTHER, Calendar, rows_of
from tests.bot.tracks import track

KEEP = timedelta(days=90)
sweeping = partial(sweeping_of, keep=KEEP, at_most=100, undo=timedelta(days=30), leave_grace=timedelta(days=14))


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
async def store(database_url: str, calendar: Calendar) -> AsyncIterator[Store]:
    async with open_store(database_url, clock=calendar) as store:
        for digest in (ONE, OTHER):
            await store.analyses.remember(digest, MODEL, ANSWER)
            calendar.move(days=1)
        yield store


def count(database_url: str) -> int:
    ((number,),) = rows_of(database_url, "SELECT count(*) FROM analyses")
    return int(number)


async def test_it_sweeps_at_the_start_and_then_daily(store: Store, database_url: str, calendar: Calendar) -> None:
    calendar.move(days=88.5)
    nights = Nights()
    async with sweeping(store, sleep=nights.sleep):
        await nights.fall()
        assert count(database_url) == 1
        await nights.pass_by()
        assert count(database_url) == 1
        calendar.move(days=1)
        await nights.pass_by()
        assert count(database_url) == 0
    assert nights.asked == [86_400.0] * 3


async def test_no_more_are_kept_than_allowed(store: Store, database_url: str) -> None:
    nights = Nights()
    async with sweeping(store, at_most=1, every=timedelta(hours=1), sleep=nights.sleep):
        await nights.fall()
    assert rows_of(database_url, "SELECT digest FROM analyses") == [(OTHER,)]
    assert nights.asked == [3600.0]


async def test_what_was_removed_looked_at_and_left_goes_when_its_time_has_come(
    store: Store, database_url: str, calendar: Calendar
) -> None:
    playlists = [await store.playlists.create(guild, "Chill", 1) for guild in (1, 2, 3)]
    for playlist in playlists:
        added = await store.tracks.add(playlist, track("Song"))
        await store.tracks.add(playlist, track("Other"))
        await store.tracks.remove(added.track_id, 1)
        await store.playlist_views.open(playlist, 1, Place())
    place = JobPlace(asker=1, channel=2, language="en")
    jobs = [await store.job_starts.begin_link(playlists[1], "https://example.org/", "Album", place) for _ in range(2)]
    await store.jobs.cancel(jobs[0])
    await store.playlists.delete(playlists[0])
    await store.servers.present([1, 2])
    nights, seen = Nights(), []
    async with sweeping(store, sleep=nights.sleep):
        await nights.fall()
        for days in (0, 14, 17, 60):
            calendar.move(days=days)
            await nights.pass_by()
            seen.append(
                [
                    rows_of(database_url, f"SELECT count(*) FROM {table}")[0][0]
                    for table in ("servers", "playlists", "tracks", "playlist_views", "jobs")
                ]
            )
    assert seen == [[3, 3, 6, 3, 2], [2, 2, 4, 2, 2], [2, 1, 1, 0, 2], [2, 1, 1, 0, 1]]


async def test_no_channel_feeds_a_playlist_that_is_swept_away(store: Store, calendar: Calendar) -> None:
    gone, kept = [await store.playlists.create(1, name, 1) for name in ("Gone", "Kept")]
    await store.playlist_channels.set(11, gone)
    await store.playlist_channels.set(12, kept)
    await store.playlists.delete(gone)
    nights = Nights()
    async with sweeping(store, sleep=nights.sleep):
        await nights.fall()
        assert store.playlist_channels.playlist(11) == gone
        calendar.move(days=31)
        await nights.pass_by()
    assert [store.playlist_channels.playlist(channel) for channel in (11, 12)] == [None, kept]


async def test_a_sweep_that_fails_is_logged_and_made_up_for(
    store: Store, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    rows_of(database_url, "ALTER TABLE analyses RENAME TO elsewhere")
    nights = Nights()
    async with sweeping(store, at_most=1, sleep=nights.sleep):
        await nights.fall()
        # What is swept besides goes on.
        (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
        assert (record.levelno, record.message) == (logging.ERROR, "old analyses could not be forgotten")
        assert "analyses" in str(record.exc_info[1].__cause__.orig)
        rows_of(database_url, "ALTER TABLE elsewhere RENAME TO analyses")
        await nights.pass_by()
        assert count(database_url) == 1


async def test_it_ends_at_once_when_the_context_does(store: Store) -> None:
    before = asyncio.all_tasks()
    async with sweeping(store):
        pass
    assert asyncio.all_tasks() == before


async def test_what_nobody_expected_is_logged(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    began = asyncio.Event()

    async def fall_out_of_bed(_: float) -> None:
        began.set()
        raise ZeroDivisionError("out of bed")

    async with sweeping(store, sleep=fall_out_of_bed):
        await began.wait()
    assert "the sweeping had ended" in caplog.text
    assert "out of bed" in caplog.text
