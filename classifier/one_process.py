"""One process for jobs that can be killed: started at first use, replaced when it dies."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final

from pebble import ProcessPool

from classifier.process_server import begin, interrupts_held, load_separately, process_context

ONE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Variables of the environment by which libraries are told how many threads to compute with."""


class OneProcess:
    """A pebble pool of one process.

    Parameters
    ----------
    initializer, arguments
        What the process begins with, and what it is called with; both travel to it.
    """

    def __init__(self, initializer: Callable[..., None], *arguments: object) -> None:
        self._initializer = initializer
        self._arguments = arguments
        self._pool: Any = None
        self._futures: set[Future[Any]] = set()

    @property
    def unfinished(self) -> int:
        """How many jobs run or wait."""
        return len(self._futures)

    def schedule(self, function: Callable[..., Any], *arguments: object, timeout: float) -> Future[Any]:
        """Hand a job over.

        Parameters
        ----------
        function, arguments
            What to do; both travel to the process, and the result back.
        timeout
            Most wall time of the job once it has begun, in seconds; then the process is killed.

        Returns
        -------
        Future
            Cancelling it kills the job.

        Raises
        ------
        BrokenProcessPool
            If no process can be started.

        Notes
        -----
        The first process of all is the one that the others are copies of: to start that takes
        `classifier.process_server.STARTUP_SECONDS` at most, and this as long.
        """
        try:
            # The pool's own threads inherit that, and so do the processes that they start later.
            with interrupts_held():
                future = self._schedule(function, arguments, timeout)
        except OSError as error:
            # Pebble does not call everything so that keeps a process from starting.
            raise BrokenProcessPool(str(error)) from error
        self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        return future

    def stop(self) -> None:
        """Kill what runs and wait until no process is left; the next job starts another."""
        # The pool forgets what it had not started: nobody may wait for that.
        for future in tuple(self._futures):
            future.cancel()
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def _schedule(self, function: Callable[..., Any], arguments: tuple[object, ...], timeout: float) -> Future[Any]:
        if self._pool is None:
            self._pool = self._started_pool()
        try:
            future: Future[Any] = self._pool.schedule(function, args=arguments, timeout=timeout)
        except RuntimeError:
            # The process was killed while it was idle: pebble gives up the pool, so open another.
            self.stop()
            self._pool = self._started_pool()
            future = self._pool.schedule(function, args=arguments, timeout=timeout)
        return future

    def _started_pool(self) -> Any:
        try:
            return self._start_pool()
        except (BrokenProcessPool, OSError) as error:
            if not load_separately(error.__cause__ or error):
                raise
        return self._start_pool()

    def _start_pool(self) -> Any:
        pool: Any = ProcessPool(
            max_workers=1,
            context=process_context(),
            initializer=begin,
            initargs=(dict(os.environ), self._initializer, *self._arguments),
        )
        try:
            # What a pool is asked first starts it.
            pool.active  # noqa: B018
        except (BrokenProcessPool, OSError):
            pool.stop()
            pool.join()
            raise
        return pool


def compute_in_one_thread() -> None:
    """Let the libraries that this process loads from now on compute in one thread: more compete for the same cores."""
    for variable in ONE_THREAD:
        os.environ[variable] = "1"
