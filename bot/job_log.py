"""One line in the log for each request: how it ended, and what took how long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from typing import Final

from bot.heard import Heard
from bot.logs import get_logger

log = get_logger(__name__)

EVENT: Final = "job"

DECIMALS: Final = 3
"""Times are in seconds, and written to the millisecond."""


class Outcome(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    """By a worker."""
    RECALLED = "recalled"
    """By what was known, or being found out, already."""
    REFUSED = "refused"
    """It was not let in, and nothing was fetched."""
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job:
    """What is noted of a request while it is under way.

    Parameters
    ----------
    clock
        Tells the time in seconds; never goes back.

    Attributes
    ----------
    admitted : bool
        Whether it was let in.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()
        self._seconds: dict[str, float] = {}
        self.admitted = False

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Add the time that the context lasts to a part, such as ``fetch``."""
        began = self._clock()
        try:
            yield
        finally:
            self._seconds[part] = self._seconds.get(part, 0.0) + self._clock() - began

    def heard(self, heard: Heard) -> Heard:
        """Write the line of a request that has its answer.

        Parameters
        ----------
        heard
            The answer.

        Returns
        -------
        Heard
            The same.
        """
        if heard.recalled:
            self._write(Outcome.RECALLED)
        else:
            self._seconds |= asdict(heard.answer.analysis.elapsed)
            self._write(Outcome.ANSWERED)
        return heard

    def failed(self, error: BaseException) -> None:
        """Write the line of a request that has none.

        Parameters
        ----------
        error
            Why. Its words may tell of what a member sent: only its kind is written.
        """
        if isinstance(error, asyncio.CancelledError):
            self._write(Outcome.CANCELLED)
        else:
            self._write(Outcome.FAILED if self.admitted else Outcome.REFUSED, error=type(error).__name__)

    def _write(self, outcome: Outcome, **fields: str) -> None:
        seconds = self._seconds | {"total": self._clock() - self._began}
        log.info(
            EVENT,
            outcome=outcome.value,
            **fields,
            **{part: round(value, DECIMALS) for part, value in seconds.items()},
        )


@contextmanager
def logged_job(clock: Callable[[], float] = time.monotonic) -> Iterator[Job]:
    """Note a request for as long as the context lasts; what ends it is raised on.

    Parameters
    ----------
    clock
        Tells the time in seconds; never goes back.

    Yields
    ------
    Job
        To be told of the answer with `Job.heard`.
    """
    job = Job(clock)
    try:
        yield job
    except BaseException as error:
        job.failed(error)
        raise
