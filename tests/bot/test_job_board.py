"""What shows how far jobs are: as often as there is something new, and not for ever."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.jobs.board import JobBoard
from bot.jobs.job import Job, NewItem, Place
from bot.store.database import Store, open_store

PLACE = Place(asker=1, channel=2, language="en")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as store:
        yield store


async def test_a_job_that_ends_while_it_is_drawn_is_not_drawn_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    playlist = await store.playlists.create(3, "Chill", 1)
    job_id = await store.job_starts.begin_file(
        playlist, "list", PLACE, items=[NewItem("Song", "https://site.example/song")]
    )
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        assert len(slept) < 10, "it is drawn for ever"

    unused: Any = None
    board = JobBoard(store, unused, sleep=sleep)
    get = store.jobs.get

    async def get_late(job_id: int) -> Job:
        # It ends, and the last of its tracks reports that, just before it is read.
        await store.jobs.cancel(job_id)
        board.changed(job_id)
        return await get(job_id)

    monkeypatch.setattr(store.jobs, "get", get_late)
    board.changed(job_id)
    (drawing,) = (task for task in asyncio.all_tasks() if "_keep_drawing" in repr(task))
    await drawing
    assert len(slept) < 10
