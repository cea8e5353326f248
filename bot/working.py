"""Has a worker do something, and waits for it without holding up anything else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from classifier.errors import WorkerDied
from classifier.workers import ANSWER_GRACE_SECONDS, named_failures

Result = TypeVar("Result")


async def worked(submit: Callable[[], Future[Result]], *, limit: float) -> Result:
    """Hand a job to the workers and wait for what comes of it.

    Parameters
    ----------
    submit
        Hands it over; called in a thread.
    limit
        The workers' own time limit, in seconds.

    Returns
    -------
    object
        What the worker returned.

    Raises
    ------
    AnalysisTimeout, WorkerDied
        If it took too long, or its process ended under it or could not be started.
    ClassifierError
        Whatever the job raises.
    """
    # A worker that died while it was idle is replaced on the way, which takes a moment.
    handing_over = asyncio.ensure_future(asyncio.to_thread(submit))
    try:
        with named_failures(limit):
            job = await asyncio.shield(handing_over)
    except asyncio.CancelledError:
        # The thread cannot be stopped: what it hands over is cancelled as soon as it has.
        handing_over.add_done_callback(_cancel_job)
        raise
    try:
        with named_failures(limit):
            async with asyncio.timeout(limit + ANSWER_GRACE_SECONDS):
                return await asyncio.wrap_future(job)
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        # Not this task but only its job was cancelled, by a pool that broke.
        raise WorkerDied from None


def _cancel_job(handing_over: asyncio.Future[Future[Result]]) -> None:
    if not handing_over.cancelled() and handing_over.exception() is None:
        handing_over.result().cancel()
