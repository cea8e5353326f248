"""The daily sweep: at the start, again and again, whatever fails on the way, and not a moment after the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.store.database import Store, open_store
from bot.store.sweeping import sweeping
from tests.bot.nights import Nights
from tests.bot.stores import ANSWER, MODEL, ONE, OTHER, Calendar, rows_of

KEEP = timedelta(days=90)


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
    async with sweeping(store, keep=KEEP, at_most=100, sleep=nights.sleep):
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
    async with sweeping(store, keep=KEEP, at_most=1, every=timedelta(hours=1), sleep=nights.sleep):
        await nights.fall()
    assert rows_of(database_url, "SELECT digest FROM analyses") == [(OTHER,)]
    assert nights.asked == [3600.0]


async def test_a_sweep_that_fails_is_logged_and_made_up_for(
    store: Store, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    rows_of(database_url, "ALTER TABLE analyses RENAME TO elsewhere")
    nights = Nights()
    async with sweeping(store, keep=KEEP, at_most=1, sleep=nights.sleep):
        await nights.fall()
        (record,) = caplog.records
        assert (record.levelno, record.message) == (logging.ERROR, "old analyses could not be forgotten")
        assert "analyses" in str(record.exc_info[1].__cause__.orig)
        rows_of(database_url, "ALTER TABLE elsewhere RENAME TO analyses")
        await nights.pass_by()
        assert count(database_url) == 1


async def test_it_ends_at_once_when_the_context_does(store: Store) -> None:
    before = asyncio.all_tasks()
    async with sweeping(store, keep=KEEP, at_most=100):
        pass
    assert asyncio.all_tasks() == before


async def test_what_nobody_expected_is_logged(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    began = asyncio.Event()

    async def fall_out_of_bed(_: float) -> None:
        began.set()
        raise ZeroDivisionError("out of bed")

    async with sweeping(store, keep=KEEP, at_most=100, sleep=fall_out_of_bed):
        await began.wait()
    assert "the sweeping had ended" in caplog.text
    assert "out of bed" in caplog.text
