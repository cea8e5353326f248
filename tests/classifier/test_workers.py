"""Workers are really killed here: a job fails alone, and the next one is answered."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile

from classifier.analysis import Listener, analyze
from classifier.errors import (
    AnalysisTimeout,
    ClassifierError,
    DecoderUnavailable,
    EmptyFile,
    ModelError,
    NotAudio,
    SilentAudio,
    TooShort,
    WorkerDied,
)
from classifier.excerpt import cut_excerpt
from classifier.options import DecodeOptions
from classifier.result import Analysis
from classifier.stage import Stage
from classifier.workers import AnalysisWorkers, WorkerConfig, named_failures
from tests.classifier.illustrators import FixedIllustrator

MakeTune = Callable[..., npt.NDArray[np.float32]]
WriteWav = Callable[..., Path]

JOB_TIMEOUT = 4.0
PATIENCE = 120.0
"""Most that anything here is waited for, in seconds: reaching it is a failure."""


@dataclass(frozen=True, slots=True)
class Decoder:
    """An ffmpeg on PATH that hangs on demand and tells who runs it."""

    folder: Path

    def hang(self) -> None:
        (self.folder / "hang").touch()

    def work(self) -> None:
        (self.folder / "hang").unlink(missing_ok=True)

    @property
    def runs(self) -> list[tuple[int, int]]:
        """Process of each decoder that was started, and of the worker that started it."""
        started = sorted(self.folder.glob("runs/*/*-*"), key=lambda run: int(run.parent.name))
        return [(int(decoder), int(worker)) for decoder, _, worker in (run.name.partition("-") for run in started)]

    def wait_for_run(self, number: int) -> int:
        """Return the worker that started a decoder, as soon as it has."""
        wait_until(lambda: len(self.runs) > number)
        return self.runs[number][1]


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def answer(workers: AnalysisWorkers, path: Path) -> Analysis:
    with named_failures(JOB_TIMEOUT):
        return workers.submit(path).result(PATIENCE).analysis


@pytest.fixture(scope="module")
def decoder(tmp_path_factory: pytest.TempPathFactory, ffmpeg: str) -> Iterator[Decoder]:
    folder = tmp_path_factory.mktemp("decoder")
    (folder / "runs").mkdir()
    script = folder / "ffmpeg"
    script.write_text(
        "#!/bin/sh\n"
        # The first number that nobody has taken; folders, because a decoder may write no file.
        f"number=0; until mkdir '{folder}/runs/'$number 2>&-; do number=$((number + 1)); done\n"
        f"mkdir '{folder}/runs/'$number/$$-$PPID\n"
        f"if [ -e '{folder}/hang' ]; then exec sleep 3600; fi\n"
        f"exec '{ffmpeg}' \"$@\"\n"
    )
    script.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        yield Decoder(folder)
    for pid, _ in Decoder(folder).runs:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def config(shipped_model_dir: Path) -> WorkerConfig:
    options = DecodeOptions(ffmpeg="path", timeout=PATIENCE)
    return WorkerConfig(shipped_model_dir, options, job_timeout=JOB_TIMEOUT)


@pytest.fixture(scope="module")
def one_worker(config: WorkerConfig, decoder: Decoder) -> Iterator[AnalysisWorkers]:
    with AnalysisWorkers(config, count=1) as workers:
        workers.warm_up()
        yield workers


@pytest.fixture
def workers(one_worker: AnalysisWorkers, decoder: Decoder) -> Iterator[AnalysisWorkers]:
    """Give the one worker to a test; the decoder works again afterwards."""
    decoder.work()
    yield one_worker
    decoder.work()


@pytest.fixture(scope="module")
def tune(tmp_path_factory: pytest.TempPathFactory, make_tune: MakeTune) -> Path:
    path = tmp_path_factory.mktemp("tune") / "tune.wav"
    scipy.io.wavfile.write(path, 22_050, make_tune(4.0))
    return path


def test_a_worker_answers_as_the_callers_own_process_does(
    workers: AnalysisWorkers, tune: Path, listener: Listener
) -> None:
    theirs, ours = answer(workers, tune), analyze(tune, listener, DecodeOptions())
    assert [genre.name for genre in theirs.genres] == [genre.name for genre in ours.genres]
    for their_genre, our_genre in zip(theirs.genres, ours.genres, strict=True):
        assert their_genre.probability == pytest.approx(our_genre.probability, abs=1e-4)
    assert theirs.audio == ours.audio
    assert workers.warm_up() == theirs.model == listener.model.info


def test_errors_arrive_with_their_class_and_sentence(
    workers: AnalysisWorkers, write_wav: WriteWav, make_tune: MakeTune, tmp_path: Path, listener: Listener
) -> None:
    empty, text = tmp_path / "empty", tmp_path / "text"
    empty.touch()
    text.write_text("no music " * 100)
    files = {
        empty: EmptyFile,
        text: NotAudio,
        write_wav(make_tune(2.0), "short.wav"): TooShort,
        write_wav(np.zeros(5 * 22_050, np.float32), "silent.wav"): SilentAudio,
    }
    for path, error in files.items():
        with pytest.raises(error) as theirs:
            answer(workers, path)
        with pytest.raises(error) as ours:
            analyze(path, listener, DecodeOptions())
        assert type(theirs.value) is error
        assert str(theirs.value) == str(ours.value)
    with pytest.raises(FileNotFoundError):
        answer(workers, tmp_path / "gone")


def test_a_worker_killed_in_the_middle_fails_that_job_alone(
    workers: AnalysisWorkers, decoder: Decoder, tune: Path
) -> None:
    decoder.hang()
    started = len(decoder.runs)
    in_the_middle, waiting = workers.submit(tune), workers.submit(tune)
    worker = decoder.wait_for_run(started)
    decoder.work()
    os.kill(worker, signal.SIGKILL)
    with pytest.raises(WorkerDied), named_failures(JOB_TIMEOUT):
        in_the_middle.result(PATIENCE)
    assert waiting.result(PATIENCE).analysis.genres
    assert answer(workers, tune).genres
    assert not is_running(worker)
    assert decoder.runs[-1][1] != worker


def test_each_stage_is_reported_as_it_begins(workers: AnalysisWorkers, tune: Path) -> None:
    stages: list[Stage] = []
    workers.submit(tune, stages.append).result(PATIENCE)
    wait_until(lambda: len(stages) == len(Stage))
    assert stages == [Stage.DECODING, Stage.LISTENING, Stage.VOTING]


def test_workers_killed_while_they_report_hold_up_nobody(
    workers: AnalysisWorkers, decoder: Decoder, tune: Path
) -> None:
    for _ in range(2):
        decoder.hang()
        started = len(decoder.runs)
        killed: list[Stage] = []
        job = workers.submit(tune, killed.append)
        worker = decoder.wait_for_run(started)
        decoder.work()
        wait_until(lambda killed=killed: killed)
        os.kill(worker, signal.SIGKILL)
        with pytest.raises(WorkerDied), named_failures(JOB_TIMEOUT):
            job.result(PATIENCE)
        stages: list[Stage] = []
        assert workers.submit(tune, stages.append).result(PATIENCE)
        wait_until(lambda stages=stages: len(stages) == len(Stage))
        assert killed == [Stage.DECODING]


def test_a_listener_with_a_fault_is_logged_and_the_others_hear_on(
    workers: AnalysisWorkers, tune: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: Stage) -> None:
        raise ValueError("nobody is at home")

    stages: list[Stage] = []
    jobs = [workers.submit(tune, report) for report in (fail, stages.append)]
    assert all(job.result(PATIENCE) for job in jobs)
    wait_until(lambda: len(stages) == len(Stage))
    assert "nobody is at home" in caplog.text


def test_a_worker_killed_while_idle_is_replaced(workers: AnalysisWorkers, decoder: Decoder, tune: Path) -> None:
    answer(workers, tune)
    worker = decoder.runs[-1][1]
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: not is_running(worker))
    # The pool may not have noticed yet; then it is this job that finds out, and no other.
    with contextlib.suppress(WorkerDied):
        answer(workers, tune)
    assert answer(workers, tune).genres
    assert decoder.runs[-1][1] != worker


def test_a_job_over_its_time_limit_is_killed_and_the_next_is_answered(
    workers: AnalysisWorkers, decoder: Decoder, tune: Path
) -> None:
    decoder.hang()
    started = len(decoder.runs)
    job = workers.submit(tune)
    worker = decoder.wait_for_run(started)
    decoder.work()
    with pytest.raises(AnalysisTimeout, match=f"longer than {JOB_TIMEOUT:g} s"), named_failures(JOB_TIMEOUT):
        job.result(PATIENCE)
    wait_until(lambda: not is_running(worker))
    assert answer(workers, tune).genres


def test_a_cancelled_job_is_killed_and_the_next_is_answered(
    workers: AnalysisWorkers, decoder: Decoder, tune: Path
) -> None:
    decoder.hang()
    started = len(decoder.runs)
    job = workers.submit(tune)
    worker = decoder.wait_for_run(started)
    decoder.work()
    assert job.cancel()
    wait_until(lambda: not is_running(worker))
    assert answer(workers, tune).genres


def test_closing_in_the_middle_of_jobs_leaves_no_process_and_nobody_waiting(
    config: WorkerConfig, decoder: Decoder, tune: Path
) -> None:
    others = {process.pid for process in multiprocessing.active_children()}
    workers = AnalysisWorkers(config, count=2)
    try:
        decoder.hang()
        started = len(decoder.runs)
        jobs = [workers.submit(tune) for _ in range(4)]
        decoder.wait_for_run(started + 1)
        children = {process.pid for process in multiprocessing.active_children()} - others
        # Both work at once, each in a process of its own.
        assert {worker for _, worker in decoder.runs[started:]} == children
        assert len(children) == 2
    finally:
        workers.close()
        decoder.work()
    for job in jobs:
        with pytest.raises((CancelledError, WorkerDied)), named_failures(JOB_TIMEOUT):
            job.result(PATIENCE)
    assert {process.pid for process in multiprocessing.active_children()} <= others
    assert not any(is_running(child) for child in children if child is not None)
    workers.close()
    with pytest.raises(RuntimeError, match="closed"):
        workers.submit(tune)
    with pytest.raises(RuntimeError, match="closed"):
        workers.warm_up()
    assert {process.pid for process in multiprocessing.active_children()} <= others


def test_workers_that_were_never_used_are_closed_at_once(config: WorkerConfig) -> None:
    others = multiprocessing.active_children()
    with AnalysisWorkers(config, count=2):
        pass
    assert multiprocessing.active_children() == others


def test_a_model_that_cannot_be_loaded_is_told_in_words(tmp_path: Path, tune: Path) -> None:
    with AnalysisWorkers(WorkerConfig(tmp_path), count=1) as workers:
        with pytest.raises(ModelError, match="There is no model in") as at_start:
            workers.warm_up()
        with pytest.raises(ModelError, match="There is no model in") as in_a_job:
            answer(workers, tune)
    assert str(at_start.value) == str(in_a_job.value)


def test_a_missing_ffmpeg_is_told_in_words(
    config: WorkerConfig, tune: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with AnalysisWorkers(config, count=1) as workers:
        with pytest.raises(DecoderUnavailable, match="no ffmpeg on PATH"):
            workers.warm_up()
        with pytest.raises(ClassifierError, match="no ffmpeg on PATH"):
            answer(workers, tune)


def test_importing_the_workers_loads_nothing_heavy() -> None:
    script = (
        "import sys, classifier.workers; "
        "heavy = {'numpy', 'librosa', 'sklearn', 'xgboost', 'joblib', 'discord', 'matplotlib'}; "
        "print(*sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.strip() == ""


# Pictures


def test_a_picture_that_fails_costs_nobody_the_answer(
    config: WorkerConfig, decoder: Decoder, tune: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    decoder.work()
    illustrator = FixedIllustrator(b"a picture", RuntimeError("no paint"), paint=tmp_path / "paint")
    with AnalysisWorkers(replace(config, illustrator=illustrator), count=1) as workers:
        workers.warm_up()
        without = [workers.submit(tune).result(PATIENCE) for _ in range(2)]
        illustrator.paint.touch()
        drawn = workers.submit(tune).result(PATIENCE)
    assert all(answer.analysis.genres for answer in (*without, drawn))
    assert [answer.picture for answer in (*without, drawn)] == [None, None, b"a picture"]
    logged = [record.getMessage() for record in caplog.records if record.name == "classifier.workers"]
    assert len(logged) == 2
    assert all("RuntimeError: no paint" in message for message in logged)


def test_nobody_draws_where_no_picture_is_wanted(workers: AnalysisWorkers, tune: Path) -> None:
    answer = workers.submit(tune).result(PATIENCE)
    assert (answer.picture, answer.drawing_failure) == (None, None)


def test_a_worker_cuts_excerpts_between_analyses_and_refuses_in_words(
    workers: AnalysisWorkers, tune: Path, tmp_path: Path
) -> None:
    excerpt = workers.submit_excerpt(tune, seconds=3.0).result(PATIENCE)
    assert excerpt == cut_excerpt(tune, DecodeOptions(), seconds=3.0)
    (tmp_path / "page.mp3").write_text("no audio at all")
    with pytest.raises(NotAudio):
        workers.submit_excerpt(tmp_path / "page.mp3", seconds=3.0).result(PATIENCE)
    assert answer(workers, tune).audio.complete
