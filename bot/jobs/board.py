"""Shows how far jobs are, in one message each, at a pace that Discord allows."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import discord

from bot.buttons.jobs import job_view
from bot.cards.jobs import FAILURES_NAME, failures_text, progress_card, sum_card
from bot.cards.picture import Picture
from bot.errors import StoreFailed
from bot.failing import log_failure
from bot.jobs.errors import NoSuchJob
from bot.jobs.job import Item, Job, JobState
from bot.jobs.pace import Pace
from bot.logs import get_logger
from bot.progress import MessageGone
from bot.store.database import Store
from bot.store.utc import utc_now
from bot.surfaces.surface import DELIVERY_ERRORS, Reply, reply_in, showing_progress
from bot.texts.catalogue import texts_in

log = get_logger(__name__)

EDIT_EVERY_SECONDS: Final = 3.0
"""Least time from one edit to the next, in seconds: several jobs may be shown in one channel."""

SLOWER_BY: Final = 1 / 60
"""By how much of a job's age the time between edits is longer: Discord takes few edits of messages that are old."""

SLOWEST_SECONDS: Final = 60.0
"""Most time from one edit to the next, in seconds."""

PLACED_WITHIN_SECONDS: Final = 5.0
"""How long Discord may take for the first message of a job, in seconds."""

JUST_BEGUN: Final = timedelta(minutes=1)
"""Age of jobs whose first message may still be on its way."""

Channel = Callable[[int, int], discord.PartialMessageable]
"""Returns the channel with an id, of the server with an id, whether it is there or not."""


@dataclass(slots=True)
class _Shown:
    """What is known of a job only while the bot runs."""

    since: float = field(default_factory=time.monotonic)
    pace: Pace = field(default_factory=Pace)
    titles: dict[int, str] = field(default_factory=dict)
    is_stale: bool = False
    task: asyncio.Task[None] | None = None
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)


class JobBoard:
    """Shows jobs.

    Parameters
    ----------
    store
        Tells how far they are.
    channel
        Where the messages are.
    sleep
        Waits for a number of seconds.
    """

    def __init__(
        self,
        store: Store,
        channel: Channel,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._channel = channel
        self._sleep = sleep
        self._jobs: defaultdict[int, _Shown] = defaultdict(_Shown)

    def begun(self, item: Item) -> None:
        """Note that a track is listened to."""
        self._jobs[item.job_id].titles[item.position] = item.title
        self.changed(item.job_id)

    def left(self, item: Item, *, has_ended: bool) -> None:
        """Note that a track is not listened to any more.

        Parameters
        ----------
        item
            The track.
        has_ended
            Whether that is the end of it, and it will not be begun again.
        """
        shown = self._jobs.get(item.job_id)
        if shown is None:
            # It was summed up meanwhile.
            return
        shown.titles.pop(item.position, None)
        if has_ended:
            shown.pace.ended()
        self.changed(item.job_id)

    def changed(self, job_id: int) -> None:
        """Show a job as soon as the pace allows.

        Parameters
        ----------
        job_id
            Of the job.
        """
        shown = self._jobs[job_id]
        shown.is_stale = True
        if shown.task is None or shown.task.done():
            shown.task = asyncio.create_task(self._keep_drawing(job_id, shown))

    async def reply(self, job: Job) -> Reply:
        """Return what there is to see of a job now.

        Parameters
        ----------
        job
            The job.

        Returns
        -------
        Reply
            The progress with its buttons; the sum where the job is over or no track of it waits.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        texts = texts_in(job.language)
        counts = (await self._store.jobs.counts([job.id]))[job.id]
        if job.state.is_over or (job.state is JobState.RUNNING and not counts.waiting):
            failures = await self._store.jobs.failures(job.id)
            file = None
            if failures:
                file = Picture(FAILURES_NAME, failures_text(failures), texts("job-failures", count=len(failures)))
            return Reply(sum_card(job, counts, failures, now=utc_now(), texts=texts), file)
        shown = self._jobs[job.id]
        card = progress_card(
            job,
            counts,
            now_at=tuple(shown.titles.values()),
            seconds_left=shown.pace.seconds_left(counts.waiting),
            texts=texts,
        )
        return Reply(card, view=job_view(job))

    async def draw(self, job_id: int) -> bool:
        """Show a job now, in the message that it is shown in.

        Parameters
        ----------
        job_id
            Of the job.

        Returns
        -------
        bool
            Whether there is such a message.
        """
        shown = self._jobs[job_id]
        async with shown.drawing:
            shown.is_stale = False
            try:
                job = await self._store.jobs.get(job_id)
                if job.state.is_over:
                    self._jobs.pop(job_id, None)
                return await self._draw(job)
            except NoSuchJob:
                self._jobs.pop(job_id, None)
                return True
            except StoreFailed as error:
                log_failure(error)
                return True

    async def tell(self, job_id: int) -> None:
        """Show a job now; in a new message, where the one that it was shown in is gone.

        Parameters
        ----------
        job_id
            Of the job.
        """
        await self._wait_for_message(job_id)
        if not await self.draw(job_id):
            await self._post(job_id)

    async def sum_up(self, job_id: int) -> None:
        """Show what came of a job, as `tell` does, and nothing more after that.

        Parameters
        ----------
        job_id
            Of the job.
        """
        await self._wait_for_message(job_id)
        shown = self._jobs[job_id]
        # No edit is on its way then that could overtake the sum.
        async with shown.drawing:
            if shown.task is not None:
                shown.task.cancel()
        if not await self.draw(job_id):
            await self._post(job_id)
        self._jobs.pop(job_id, None)

    async def move(self, job: Job, message: discord.Message) -> None:
        """Show a job in another message from now on, and say so in the one before.

        Parameters
        ----------
        job
            The job.
        message
            Shows it already.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._jobs[job.id].drawing:
            await self._store.jobs.place(job.id, message.id, channel=message.channel.id)
            if job.message is None or job.message == message.id:
                return
            text = texts_in(job.language)("job-moved", link=message.jump_url)
            try:
                old = self._channel(job.channel, job.guild).get_partial_message(job.message)
                await old.edit(content=text, embed=None, view=None)
            except DELIVERY_ERRORS as error:
                log.info("the message that showed a job before still stands", error=str(error))

    async def stop(self) -> None:
        """Show nothing any more."""
        tasks = {shown.task for shown in self._jobs.values() if shown.task is not None}
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _wait_for_message(self, job_id: int) -> None:
        """Give whoever began a job a moment to note the message that shows it, for it may end before that."""
        try:
            job = await self._store.jobs.get(job_id)
        except (NoSuchJob, StoreFailed) as error:
            log_failure(error)
        else:
            if job.message is None and utc_now() - job.begun_at < JUST_BEGUN:
                await self._sleep(PLACED_WITHIN_SECONDS)

    async def _keep_drawing(self, job_id: int, shown: _Shown) -> None:
        # Of one that was summed up meanwhile, nothing is drawn any more.
        while shown.is_stale and self._jobs.get(job_id) is shown:
            age = time.monotonic() - shown.since
            await self._sleep(min(max(EDIT_EVERY_SECONDS, age * SLOWER_BY), SLOWEST_SECONDS))
            await self.draw(job_id)

    async def _post(self, job_id: int) -> None:
        try:
            job = await self._store.jobs.get(job_id)
            message = await reply_in(self._channel(job.channel, job.guild), await self.reply(job), None)
            await self._store.jobs.place(job_id, message.id)
        except (NoSuchJob, StoreFailed) as error:
            log_failure(error)
        except DELIVERY_ERRORS as error:
            log.warning("how far a job is could not be told", error=str(error))

    async def _draw(self, job: Job) -> bool:
        if job.message is None:
            return False
        reply = await self.reply(job)
        try:
            with showing_progress():
                message = self._channel(job.channel, job.guild).get_partial_message(job.message)
                await message.edit(**reply.as_edit())
        except MessageGone:
            await self._store.jobs.place(job.id, None)
            return False
        return True
