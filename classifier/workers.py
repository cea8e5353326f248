"""Analyses files in worker processes that can be killed one by one.

Importing this module is cheap: only the workers load numpy, librosa and the model.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from pebble import ProcessExpired

from classifier.answer import Answer, Illustrator
from classifier.confinement import allow_processor_time, confine_worker
from classifier.errors import AnalysisTimeout, ClassifierError, OutOfMemory, WorkerDied, WorkersUnavailable
from classifier.one_process import OneProcess, compute_in_one_thread
from classifier.options import DecodeOptions
from classifier.process_server import STARTUP_SECONDS
from classifier.result import Analysis, ModelInfo
from classifier.stage import Report, StagePipe, send_stage, unheard

if TYPE_CHECKING:
    from classifier.analysis import Listener

log = logging.getLogger(__name__)

ANSWER_GRACE_SECONDS: Final = 15.0
"""How much later than its time limit a job is given up even if the pool never answers, in seconds."""


@dataclass(frozen=True, slots=True)
class WorkerConfig:
    """What every worker is started with.

    Parameters
    ----------
    model_dir
        The trained model.
    options
        What one file may cost, and what decodes it.
    job_timeout
        Most wall time of one analysis, in seconds; then its worker is killed.
    illustrator
        Draws the picture of each answer; None where none is wanted.
    """

    model_dir: Path
    options: DecodeOptions = field(default_factory=DecodeOptions)
    job_timeout: float = 120.0
    illustrator: Illustrator | None = None


class AnalysisWorkers:
    """A fixed number of worker processes, each with the model loaded.

    Every worker is a pebble pool of its own. In a shared pool, an idle worker that is killed (by
    the out-of-memory killer, say) takes the lock of the common task pipe with it and the other
    workers starve; alone, it is replaced.

    Parameters
    ----------
    config
        What the workers are started with.
    count
        How many there are.
    """

    def __init__(self, config: WorkerConfig, *, count: int) -> None:
        self.config = config
        self._stages = StagePipe()
        self._workers = [OneProcess(_configure, config, self._stages.sender) for _ in range(count)]
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm_up(self) -> ModelInfo:
        """Start the workers and wait until each has loaded the model.

        Returns
        -------
        ModelInfo
            The model that they answer with.

        Raises
        ------
        ModelError, DecoderUnavailable
            If they cannot work at all.
        WorkersUnavailable
            If one ended, or was still not ready after `STARTUP_SECONDS`.
        RuntimeError
            If the workers were closed.
        """
        try:
            with self._lock:
                if self._closed:
                    raise RuntimeError("the workers are closed")
                futures = [worker.schedule(_warm_up, timeout=STARTUP_SECONDS) for worker in self._workers]
            infos: list[ModelInfo] = [future.result(STARTUP_SECONDS + ANSWER_GRACE_SECONDS) for future in futures]
        except TimeoutError as error:
            raise WorkersUnavailable(f"they were not ready after {STARTUP_SECONDS:g} s") from error
        except (ProcessExpired, BrokenProcessPool) as error:
            raise WorkersUnavailable("one ended while it was loading the model") from error
        return infos[0]

    def submit(self, path: Path, report: Report | None = None) -> Future[Answer]:
        """Hand a file to the least busy worker.

        Parameters
        ----------
        path
            The file; it has to stay until the future is done.
        report
            Told of each stage as it begins, in a thread of its own.

        Returns
        -------
        Future of Answer
            Cancelling it kills the job. Await it inside `named_failures`. A picture that could not be drawn is logged.

        Raises
        ------
        BrokenProcessPool
            If no process can be started.
        RuntimeError
            If the workers were closed.
        """
        with self._lock:
            worker = self._least_busy()
            number = self._stages.open(report) if report is not None else None
            job: Future[Answer] = worker.schedule(_analyze, str(path), number, timeout=self.config.job_timeout)
        job.add_done_callback(_log_drawing_failure)
        if number is not None:
            job.add_done_callback(lambda _: self._stages.forget(number))
        return job

    def submit_excerpt(self, path: Path, *, seconds: float) -> Future[bytes]:
        """Have the least busy worker cut an excerpt out of a file.

        Parameters
        ----------
        path
            The file; it has to stay until the future is done.
        seconds
            Length of the excerpt, in seconds.

        Returns
        -------
        Future of bytes
            Of `classifier.excerpt.cut_excerpt`. Cancelling it kills the job. Await it inside `named_failures`.

        Raises
        ------
        BrokenProcessPool
            If no process can be started.
        RuntimeError
            If the workers were closed.
        """
        with self._lock:
            job: Future[bytes] = self._least_busy().schedule(
                _cut_excerpt, str(path), seconds, timeout=self.config.job_timeout
            )
        return job

    def close(self) -> None:
        """Kill whatever still runs and wait until no process is left."""
        with self._lock:
            self._closed = True
        for worker in self._workers:
            worker.stop()
        self._stages.close()

    def _least_busy(self) -> OneProcess:
        if self._closed:
            raise RuntimeError("the workers are closed")
        return min(self._workers, key=lambda candidate: candidate.unfinished)


@contextlib.contextmanager
def named_failures(limit_seconds: float) -> Iterator[None]:
    """Turn the ways in which a worker can fail into errors with a sentence.

    Parameters
    ----------
    limit_seconds
        The time limit that applied, in seconds.

    Raises
    ------
    AnalysisTimeout
        If the job was killed for taking too long.
    WorkerDied
        If its process ended under it.
    """
    try:
        yield
    except TimeoutError as error:
        raise AnalysisTimeout(limit_seconds) from error
    except (ProcessExpired, BrokenProcessPool) as error:
        raise WorkerDied from error


def _log_drawing_failure(job: Future[Answer]) -> None:
    if not job.cancelled() and job.exception() is None and job.result().drawing_failure is not None:
        log.error("the picture of an answer could not be drawn\n%s", job.result().drawing_failure)


# What follows runs in the worker process.

_config: WorkerConfig | None = None
_stages: Connection | None = None


def _configure(config: WorkerConfig, stages: Connection) -> None:
    global _config, _stages
    # The only way from an initializer to the jobs of its process.
    _config, _stages = config, stages
    compute_in_one_thread()
    confine_worker()
    # A replacement loads at once and not in somebody's job; what fails here fails there, in words.
    with contextlib.suppress(ClassifierError):
        _warm_up()


@cache
def _listener() -> Listener:
    from classifier.analysis import prepare

    assert _config is not None
    return prepare(_config.model_dir, _config.options)


def _warm_up() -> ModelInfo:
    assert _config is not None
    allow_processor_time(STARTUP_SECONDS)
    info = _listener().model.info
    if _config.illustrator is not None:
        # What fails here fails with each picture too, and is logged then.
        with contextlib.suppress(Exception):
            _config.illustrator.prepare()
    return info


def _analyze(path: str, number: int | None) -> Answer:
    from classifier.analysis import analyze

    assert _config is not None
    assert _stages is not None
    report = unheard if number is None else partial(send_stage, _stages, number)
    listener = _listener()
    allow_processor_time(_config.job_timeout)
    analysis: Analysis | None = None
    # Left before anything is raised: the pool keeps an error until the next job ends, and with its traceback all that
    # had filled the memory.
    with contextlib.suppress(MemoryError):
        analysis = analyze(Path(path), listener, _config.options, report)
    if analysis is None:
        raise OutOfMemory
    return _illustrate(analysis, _config.illustrator)


def _cut_excerpt(path: str, seconds: float) -> bytes:
    from classifier.excerpt import cut_excerpt

    assert _config is not None
    allow_processor_time(_config.job_timeout)
    # As in `_analyze`.
    with contextlib.suppress(MemoryError):
        return cut_excerpt(Path(path), _config.options, seconds=seconds)
    raise OutOfMemory


def _illustrate(analysis: Analysis, illustrator: Illustrator | None) -> Answer:
    try:
        return Answer(analysis, illustrator.draw(analysis) if illustrator is not None else None)
    except Exception:  # noqa: BLE001 - an answer without its picture is still an answer
        return Answer(analysis, drawing_failure=traceback.format_exc())
