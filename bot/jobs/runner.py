"""Works on long jobs, a few tracks at a time, and goes on with them after a restart.

Everything that has to last is in the database before the next thing begins. What is here may be lost at any moment.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from bot.cards.failure import UNEXPECTED, is_for_members
from bot.errors import ShuttingDown, StoreFailed
from bot.failing import log_failure
from bot.jobs.board import JobBoard
from bot.jobs.errors import BegunTooOften
from bot.jobs.hearing import ItemHearing
from bot.jobs.job import MOST_BEGUN, Item, Job, JobState
from bot.jobs.listing import find_tracks
from bot.jobs.troubles import Troubles
from bot.logs import get_logger
from bot.playlists.errors import NoSuchPlaylist, PlaylistFull
from bot.services import Services

log = get_logger(__name__)

STORE_PAUSE_SECONDS: Final = 10.0
"""How long to wait where the database fails before anything was begun, in seconds."""


class JobRunner:
    """Works on the jobs of all servers, which take turns.

    Nothing runs here while there is nothing to do.

    Parameters
    ----------
    services
        What it takes.
    hearing
        Hears one track.
    board
        Shows how far jobs are.
    at_once
        How many tracks are worked on at the same time.
    sleep
        Waits for a number of seconds.
    """

    def __init__(
        self,
        services: Services,
        hearing: ItemHearing,
        board: JobBoard,
        *,
        at_once: int,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._services = services
        self._hearing = hearing
        self._board = board
        self._at_once = at_once
        self._sleep = sleep
        self._troubles: defaultdict[int, Troubles] = defaultdict(Troubles)
        self._choosing = asyncio.Lock()
        self._wakes = 0
        self._last = 0
        self._stopped = False
        self._slots: set[asyncio.Task[None]] = set()
        # Jobs that wait for a trouble to pass, or are listed or summed up now; and tracks that were begun.
        self._resting: dict[int, asyncio.Task[None]] = {}
        self._settling: dict[int, asyncio.Task[None]] = {}
        self._under_way: dict[tuple[int, int], asyncio.Task[None]] = {}
        self._has_suspect = False

    @property
    def board(self) -> JobBoard:
        """What shows how far jobs are."""
        return self._board

    def wake(self) -> None:
        """Look for something to do: a job was begun, or may go on."""
        self._wakes += 1
        while not self._stopped and len(self._slots) < self._at_once:
            self._slots.add(asyncio.create_task(self._work()))

    async def pause(self, job_id: int, why: str | None = None, *, at: Item | None = None) -> None:
        """Let a job rest until somebody resumes it; what is under way of it is begun again then.

        Parameters
        ----------
        job_id
            Of the job.
        why
            A sentence for members, where nobody asked for that.
        at
            The track that it is about, then.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        if await self._services.store.jobs.pause(job_id, why):
            await self._abandon(job_id)
            if at is not None:
                self._troubles[job_id].stopped(at)
        await self._board.tell(job_id)

    async def resume(self, job_id: int) -> None:
        """Let a job go on that was paused.

        Parameters
        ----------
        job_id
            Of the job.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        if await self._services.store.jobs.resume(job_id):
            self._troubles[job_id].try_again()
            self.wake()
        await self._board.draw(job_id)

    async def cancel(self, job_id: int) -> None:
        """End a job before its time, and sum it up; what was added stays.

        Parameters
        ----------
        job_id
            Of the job.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        if await self._services.store.jobs.cancel(job_id):
            await self._abandon(job_id)
        await self._sum_up(job_id)

    async def stop(self) -> None:
        """Work on nothing any more; what is under way will be begun again by the next start."""
        self._stopped = True
        await _ended({*self._slots, *self._under_way.values(), *self._settling.values(), *self._resting.values()})
        await self._board.stop()

    async def _work(self) -> None:
        slot = asyncio.current_task()
        assert slot is not None
        try:
            while not self._stopped:
                wakes = self._wakes
                try:
                    async with self._choosing:
                        task = await self._begin_something()
                except StoreFailed as error:
                    log_failure(error)
                    await self._sleep(STORE_PAUSE_SECONDS)
                    continue
                if task is not None:
                    await asyncio.wait({task})
                    if not task.cancelled() and (fault := task.exception()) is not None:
                        log_failure(fault)
                elif wakes == self._wakes:
                    return
        finally:
            # At once, and not when the loop gets to it: whoever wakes it meanwhile has to find room.
            self._slots.discard(slot)

    async def _begin_something(self) -> asyncio.Task[None] | None:
        """Begin whatever is next: a list or a sum of a job, or a track."""
        store = self._services.store
        job = await store.jobs.to_settle({*self._resting, *self._settling})
        if job is not None:
            task = self._settling[job.id] = asyncio.create_task(self._settle(job))
            task.add_done_callback(partial(self._settled, job.id))
            return task
        if self._has_suspect:
            return None
        item = await store.job_items.begin(
            after=self._last, resting={*self._resting, *self._settling}, under_way=self._under_way.keys()
        )
        if item is None:
            return None
        self._last = item.job_id
        self._has_suspect = item.is_suspect
        task = self._under_way[item.key] = asyncio.create_task(self._hear(item))
        task.add_done_callback(partial(self._heard, item))
        return task

    def _heard(self, item: Item, _: asyncio.Task[None]) -> None:
        self._under_way.pop(item.key, None)
        if item.is_suspect:
            self._has_suspect = False
            # The others have waited for its end.
            self.wake()

    def _settled(self, job_id: int, _: asyncio.Task[None]) -> None:
        self._settling.pop(job_id, None)
        # There may be work for the others now.
        self.wake()

    async def _settle(self, job: Job) -> None:
        try:
            if job.state is JobState.LISTING:
                await find_tracks(job, self._services)
                self._board.changed(job.id)
            else:
                # First the sum and then the end: a bot that dies in between sums up again.
                await self._sum_up(job.id)
                await self._services.store.jobs.done(job.id)
                log.info("a job is done", kind=job.kind.value)
        except Exception as error:  # noqa: BLE001 - it is told in the place of the progress
            log_failure(error)
            pause = self._troubles[job.id].pause_after(error, None)
            if pause is not None:
                self._rest(job.id, pause)
            else:
                await self._fail(job.id, error)

    async def _hear(self, item: Item) -> None:
        self._board.begun(item)
        has_ended = False
        try:
            has_ended = await self._hear_or_note(item)
        except asyncio.CancelledError:
            await self._put_back(item)
            raise
        except ShuttingDown:
            self._stopped = True
            await self._put_back(item)
        except StoreFailed as error:
            log_failure(error)
            self._rest(item.job_id, STORE_PAUSE_SECONDS)
            # By then the database may take it that this was no end of the bot.
            try:
                await self._sleep(STORE_PAUSE_SECONDS)
            finally:
                await self._put_back(item)
        finally:
            self._board.left(item, has_ended=has_ended)

    async def _hear_or_note(self, item: Item) -> bool:
        """Hear a track, or note why that cannot be; tell whether that is the end of it."""
        items = self._services.store.job_items
        troubles = self._troubles[item.job_id]
        try:
            if item.attempts > MOST_BEGUN:
                raise BegunTooOften
            await self._hearing.hear(item)
        except NoSuchPlaylist:
            # It was deleted meanwhile, and goes on if it is brought back.
            await items.put_back(item)
            return False
        except PlaylistFull as error:
            # That would be the same with every other track.
            log_failure(error)
            await self._fail(item.job_id, error)
            return False
        except (ShuttingDown, StoreFailed):
            raise
        except Exception as error:  # noqa: BLE001 - it is told in the sum, and the other tracks have nothing to do with it
            log_failure(error)
            pause = troubles.pause_after(error, item.position)
            if pause is not None:
                await items.put_back(item)
                self._rest(item.job_id, pause)
                return False
            if troubles.stops_all(error, item):
                # The others would fail alike, and could not be tried again.
                await items.put_back(item)
                await self.pause(item.job_id, _sentence(error), at=item)
                return False
            await items.fail(item, _sentence(error))
        else:
            troubles.worked(item)
        troubles.forget(item.position)
        return True

    async def _put_back(self, item: Item) -> None:
        try:
            await self._services.store.job_items.put_back(item)
        except StoreFailed as error:
            log_failure(error)

    async def _fail(self, job_id: int, error: BaseException) -> None:
        try:
            if await self._services.store.jobs.fail(job_id, _sentence(error)):
                await self._abandon(job_id)
                await self._sum_up(job_id)
        except StoreFailed as failure:
            log_failure(failure)
            self._rest(job_id, STORE_PAUSE_SECONDS)

    async def _sum_up(self, job_id: int) -> None:
        self._troubles.pop(job_id, None)
        await self._board.sum_up(job_id)

    def _rest(self, job_id: int, seconds: float) -> None:
        async def rest() -> None:
            await self._sleep(seconds)
            self._resting.pop(job_id, None)
            self.wake()

        if job_id not in self._resting:
            self._resting[job_id] = asyncio.create_task(rest())

    async def _abandon(self, job_id: int) -> None:
        """End what is under way of a job, but for whoever asks for that."""
        tasks = {task for (job, _), task in self._under_way.items() if job == job_id}
        tasks |= {task for job, task in self._settling.items() if job == job_id}
        if (resting := self._resting.pop(job_id, None)) is not None:
            tasks.add(resting)
        await _ended(tasks - {asyncio.current_task()})


async def _ended(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks)


def _sentence(error: BaseException) -> str:
    return str(error) if is_for_members(error) else UNEXPECTED
