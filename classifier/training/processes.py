"""Does one job on many things at once, in processes that can be killed one by one.

Importing this module is cheap: only the processes load what the job needs.
"""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from pebble import ProcessExpired

from classifier.errors import ClassifierError, WorkersUnavailable
from classifier.one_process import OneProcess, compute_in_one_thread
from classifier.process_server import STARTUP_SECONDS
from classifier.workers import ANSWER_GRACE_SECONDS

Item = TypeVar("Item")
Result = TypeVar("Result")


def outcomes(
    job: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    prepare: Callable[[], object],
    jobs: int,
    timeout: float,
) -> Generator[tuple[Item, Future[Result]], None, None]:
    """Do a job on each item; a crash or a hang costs that item alone.

    Parameters
    ----------
    job
        Of a module, so that a process can import it. What it returns should depend on the item alone.
    items
        Taken one by one, when a process is free.
    prepare
        Of a module; called in each process before its first job, and again, so it has to remember what
        it loaded.
    jobs
        Number of processes.
    timeout
        Most wall time of one job, in seconds; then its process is killed and another takes its place.

    Yields
    ------
    item, future
        In the order in which they are done. Ask for the result inside `classifier.workers.named_failures`.

    Raises
    ------
    ClassifierError
        What `prepare` raised.
    WorkersUnavailable
        If a process does not start, or none answers any more.

    Notes
    -----
    Close the generator (``contextlib.closing``) if it is not taken to its end: that kills what still runs.
    """
    workers = [OneProcess(_start, pickle.dumps(prepare)) for _ in range(jobs)]
    try:
        _wait_until_ready(workers, prepare)
        waiting = iter(items)
        under_way: dict[Future[Result], tuple[Item, OneProcess]] = {}
        idle = workers
        while True:
            with _named_failures():
                for worker, item in zip(idle, waiting, strict=False):
                    under_way[worker.schedule(job, item, timeout=timeout)] = (item, worker)
            if not under_way:
                return
            # A process that was killed loads anew before it takes the next job.
            longest = STARTUP_SECONDS + timeout + ANSWER_GRACE_SECONDS
            done, _ = wait(under_way, timeout=longest, return_when=FIRST_COMPLETED)
            if not done:
                raise WorkersUnavailable(f"none has answered for {longest:g} s")
            idle = []
            for future in done:
                item, worker = under_way.pop(future)
                idle.append(worker)
                yield item, future
    finally:
        for worker in workers:
            worker.stop()


def _wait_until_ready(workers: list[OneProcess], prepare: Callable[[], object]) -> None:
    try:
        with _named_failures():
            futures = [worker.schedule(_call, prepare, timeout=STARTUP_SECONDS) for worker in workers]
            for future in futures:
                future.result(STARTUP_SECONDS + ANSWER_GRACE_SECONDS)
    except TimeoutError as error:
        raise WorkersUnavailable(f"they were not ready after {STARTUP_SECONDS:g} s") from error


@contextlib.contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except (ProcessExpired, BrokenProcessPool) as error:
        raise WorkersUnavailable("one ended while it was starting") from error


# What follows runs in the processes.


def _start(prepare: bytes) -> None:
    # Sums depend in their last bits on the number of threads. Unpickled only then: where nothing is loaded yet, that
    # imports numpy, which reads the environment once.
    compute_in_one_thread()
    function = pickle.loads(prepare)  # noqa: S301 - from the process that started this one
    # A replacement loads at once and not in a job's time; what fails here fails there, in words.
    with contextlib.suppress(ClassifierError):
        function()


def _call(function: Callable[[], object]) -> None:
    function()
