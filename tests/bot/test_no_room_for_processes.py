"""Where no process can be started, whoever needs one says so in words, and the next moment is as good as any."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.drawing.errors import LookingFailed
from bot.drawing.process import DrawingProcess
from bot.working import worked
from classifier.errors import WorkerDied, WorkersUnavailable
from classifier.one_process import OneProcess, compute_in_one_thread
from classifier.training.processes import outcomes
from classifier.workers import AnalysisWorkers, WorkerConfig
from tests.bot.made_tracks import process_number


@contextlib.contextmanager
def no_files_left() -> Iterator[None]:
    """Let this process open nothing more: what is open stays so."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[AnalysisWorkers]:
    with AnalysisWorkers(WorkerConfig(tmp_path), count=2) as workers:
        yield workers


def test_workers_that_cannot_be_started_are_not_available(workers: AnalysisWorkers) -> None:
    with no_files_left(), pytest.raises(WorkersUnavailable):
        workers.warm_up()


async def test_a_clip_whose_worker_cannot_be_started_is_told_so(workers: AnalysisWorkers, tmp_path: Path) -> None:
    submit: Callable[[], object] = partial(workers.submit_excerpt, tmp_path, seconds=1.0)
    with no_files_left(), pytest.raises(WorkerDied):
        await worked(submit, limit=60.0)  # type: ignore[arg-type]


async def test_a_look_whose_process_cannot_be_started_is_told_so_and_the_next_is_taken() -> None:
    drawing = DrawingProcess()
    try:
        with no_files_left(), pytest.raises(LookingFailed):
            await drawing.run(process_number, member=1)
        assert await drawing.run(process_number, member=1)
    finally:
        await drawing.close()


def test_training_whose_processes_cannot_be_started_says_so() -> None:
    with no_files_left(), pytest.raises(WorkersUnavailable):
        next(outcomes(str, [1], prepare=int, jobs=2, timeout=60.0))


def test_what_passes_by_itself_is_held_against_nobody(caplog: pytest.LogCaptureFixture) -> None:
    process = OneProcess(compute_in_one_thread)
    try:
        with no_files_left(), contextlib.suppress(OSError, RuntimeError):
            process.schedule(process_number, timeout=60.0)
        assert process.schedule(process_number, timeout=60.0).result()
    finally:
        process.stop()
    assert "each loads for itself" not in caplog.text
