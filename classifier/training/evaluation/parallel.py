"""Fits several models at once with the same figures as one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import joblib
from threadpoolctl import threadpool_limits

Result = TypeVar("Result")

Say = Callable[[int, int], None]
"""Is told how many of how many calls have returned."""


def each(
    function: Callable[..., Result],
    calls: Sequence[tuple[Any, ...]],
    *,
    jobs: int,
    say: Say = lambda done, total: None,  # noqa: ARG005 - the names say what is passed
) -> list[Result]:
    """Call a function once for each tuple of arguments, in as many processes as are given.

    Parameters
    ----------
    function
        Of a module, so that a process can import it; what it returns depends on its arguments alone.
    calls
        The arguments.
    jobs
        Processes; with one, the calls are made in this one.
    say
        Is told of progress.

    Returns
    -------
    list
        What was returned, in the order of the calls; the same to the bit for any number of processes.
    """
    pool = joblib.Parallel(n_jobs=max(1, min(jobs, len(calls))), return_as="generator", max_nbytes=None)
    results = []
    for result in pool(joblib.delayed(_on_one_thread)(function, call) for call in calls):
        results.append(result)
        say(len(results), len(calls))
    return results


def _on_one_thread(function: Callable[..., Result], call: tuple[Any, ...]) -> Result:
    # Sums of a linear algebra library depend in their last bits on the number of its threads.
    with threadpool_limits(1):
        return function(*call)
