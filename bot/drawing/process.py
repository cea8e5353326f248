"""One process that computes and draws what is told of whole playlists.

It is apart from the workers that listen, so that neither waits for the other. Importing this module is cheap: only the
process loads numpy and matplotlib.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, TypeVar

from pebble import ProcessExpired

from bot.drawing.errors import LookingFailed, LookingStopped, LookingTookTooLong, LookingUnderWay, TooManyLooking
from bot.logs import get_logger
from classifier.confinement import allow_processor_time, confine_worker
from classifier.one_process import OneProcess, compute_in_one_thread

log = get_logger(__name__)

JOB_SECONDS: Final = 30.0
"""Most wall time of one job, in seconds: six times what the map of 10,000 tracks takes."""

JOBS_AT_ONCE: Final = 5
"""Jobs that are taken: one runs, the others wait."""

IDLE_SECONDS: Final = 300.0
"""After how long without a job the process is ended and its memory free, in seconds."""

Result = TypeVar("Result")


class DrawingProcess:
    """Runs pure functions of a module in a process that is started at first use and ended when nobody needs it.

    Parameters
    ----------
    job_seconds
        Most wall time of one job, in seconds.
    idle_seconds
        After how long without a job the process is ended, in seconds.
    """

    def __init__(self, *, job_seconds: float = JOB_SECONDS, idle_seconds: float = IDLE_SECONDS) -> None:
        self._job_seconds = job_seconds
        self._idle_seconds = idle_seconds
        self._process = OneProcess(_confine)
        # Of the process: starting and ending it happen in threads.
        self._lock = threading.Lock()
        self._closed = False
        self._members: set[int] = set()
        self._resting: asyncio.TimerHandle | None = None

    def require_room(self, member: int) -> None:
        """Refuse a job that could not be taken now.

        Parameters
        ----------
        member
            Discord's id of the member who asks.

        Raises
        ------
        LookingStopped, LookingUnderWay, TooManyLooking
            If `run` would refuse it.
        """
        if self._closed:
            raise LookingStopped
        if member in self._members:
            raise LookingUnderWay
        if len(self._members) >= JOBS_AT_ONCE:
            raise TooManyLooking

    async def run(self, function: Callable[..., Result], *arguments: object, member: int) -> Result:
        """Run a function in the process.

        Parameters
        ----------
        function, arguments
            They travel to the process, and the result back.
        member
            Discord's id of the member who asks: each may have one job at a time.

        Returns
        -------
        Result
            What the function returns.

        Raises
        ------
        LookingUnderWay, TooManyLooking
            If it is not taken.
        LookingTookTooLong, LookingFailed
            If the process was killed for it, or ended under it or could not be started.
        LookingStopped
            If the bot stops.
        """
        self.require_room(member)
        self._members.add(member)
        if self._resting is not None:
            self._resting.cancel()
        try:
            return await self._result(function, *arguments)
        finally:
            self._members.discard(member)
            if not self._members and not self._closed:
                self._resting = asyncio.get_running_loop().call_later(self._idle_seconds, self._rest)

    async def close(self) -> None:
        """Kill whatever still runs and wait until no process is left."""
        self._closed = True
        if self._resting is not None:
            self._resting.cancel()
        await asyncio.to_thread(self._stop)

    async def _result(self, function: Callable[..., Result], *arguments: object) -> Result:
        handing_over = asyncio.ensure_future(asyncio.to_thread(self._schedule, function, *arguments))
        try:
            with _named_failures():
                job = await asyncio.shield(handing_over)
        except asyncio.CancelledError:
            # The thread cannot be stopped: what it hands over is cancelled as soon as it has.
            handing_over.add_done_callback(_cancel_job)
            raise
        try:
            with _named_failures():
                result: Result = await asyncio.wrap_future(job)
        except TimeoutError as error:
            raise LookingTookTooLong(self._job_seconds) from error
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            # Not this task but only its job was cancelled: by the end of the bot, or by a pool that broke.
            raise (LookingStopped if self._closed else LookingFailed) from None
        return result

    def _schedule(self, function: Callable[..., Result], *arguments: object) -> Future[Result]:
        with self._lock:
            if self._closed:
                raise LookingStopped
            return self._process.schedule(_run, self._job_seconds, function, *arguments, timeout=self._job_seconds)

    def _rest(self) -> None:
        asyncio.get_running_loop().run_in_executor(None, self._stop_if_idle)

    def _stop_if_idle(self) -> None:
        with self._lock:
            if not self._process.unfinished:
                self._process.stop()

    def _stop(self) -> None:
        with self._lock:
            self._process.stop()


@contextlib.contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except (ProcessExpired, BrokenProcessPool) as error:
        log.warning("the drawing process died under a job, or could not be started", exc_info=error)
        raise LookingFailed from error


def _cancel_job(handing_over: asyncio.Future[Future[Any]]) -> None:
    if not handing_over.cancelled() and handing_over.exception() is None:
        handing_over.result().cancel()


# What follows runs in the process.


def _confine() -> None:
    compute_in_one_thread()
    confine_worker()


def _run(seconds: float, function: Callable[..., Result], *arguments: object) -> Result:
    allow_processor_time(seconds)
    return function(*arguments)
