"""The kernel's limits on what a file can make the processes use: each is really hit here, by a real process."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile

from classifier.answer import Answer
from classifier.audio import decode
from classifier.confinement import PROCESSOR_GRACE_SECONDS, confine_decoder, decoder_limits
from classifier.errors import DecodingTimeout, NotAudio, OutOfMemory, WorkerDied
from classifier.options import DecodeOptions
from classifier.result import Analysis
from classifier.workers import AnalysisWorkers, WorkerConfig, named_failures
from tests.classifier.illustrators import ObedientIllustrator

MakeTune = Callable[..., npt.NDArray[np.float32]]
StandIn = Callable[[str], Path]
WriteWav = Callable[..., Path]

ON_PATH = DecodeOptions(ffmpeg="path", timeout=5.0)
PATIENCE = 120.0
"""Most that anything here is waited for, in seconds: reaching it is a failure."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit on memory")


def run_confined(limits: dict[int, int], *command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(argument) for argument in command],
        preexec_fn=partial(confine_decoder, limits),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


# The decoder


def test_the_decoder_runs_within_its_limits(
    write_wav: WriteWav, make_tune: MakeTune, stand_in_ffmpeg: StandIn, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    told.mkdir()
    stand_in_ffmpeg(f"for limit in v t f n c; do mkdir '{told}'/$limit-$(ulimit -$limit); done")
    with pytest.raises(NotAudio):
        decode(write_wav(make_tune(4.0)), ON_PATH)
    expected = {"t-20", "f-0", "n-32", "c-0"} | ({f"v-{2 << 20}"} if sys.platform == "linux" else set())
    assert expected <= {path.name for path in told.iterdir()}


@linux
def test_a_decoder_that_wants_more_memory_does_not_get_it() -> None:
    greedy = run_confined(decoder_limits(5.0), sys.executable, "-c", "bytearray(3 << 30)")
    assert greedy.returncode == 1
    assert "MemoryError" in greedy.stderr


@pytest.mark.parametrize("program", ["shell", "ffmpeg"])
def test_a_decoder_that_spins_ends_even_if_nobody_looks_at_the_clock(program: str, ffmpeg: str) -> None:
    spin: tuple[str, ...] = ("sh", "-c", "while :; do :; done")
    if program == "ffmpeg":
        spin = (ffmpeg, "-loglevel", "quiet", "-f", "lavfi", "-i", "anoisesrc", "-f", "null", "-")
    status = run_confined({resource.RLIMIT_CPU: 1}, *spin).returncode
    assert status == {"shell": -signal.SIGXCPU, "ffmpeg": 255}[program]


@pytest.mark.parametrize("end", ["kill -XCPU $$", "exit 255"])
def test_a_decoder_whose_processor_time_ran_out_took_too_long(
    end: str, write_wav: WriteWav, make_tune: MakeTune, stand_in_ffmpeg: StandIn
) -> None:
    stand_in_ffmpeg(end)
    with pytest.raises(DecodingTimeout, match="took longer than 5 s"):
        decode(write_wav(make_tune(4.0)), ON_PATH)


def test_a_decoder_writes_no_file(tmp_path: Path, write_wav: WriteWav, make_tune: MakeTune, ffmpeg: str) -> None:
    copy = tmp_path / "copy.wav"
    status = run_confined(decoder_limits(5.0), ffmpeg, "-loglevel", "quiet", "-i", write_wav(make_tune(4.0)), copy)
    assert status.returncode != 0
    assert not copy.exists() or copy.stat().st_size == 0


def test_a_decoder_opens_few_files(write_wav: WriteWav, make_tune: MakeTune) -> None:
    path = write_wav(make_tune(4.0))
    program = f"files = [open({str(path)!r}) for _ in range(40)]"
    greedy = run_confined(decoder_limits(5.0), sys.executable, "-c", program)
    assert greedy.returncode == 1
    assert "Too many open files" in greedy.stderr


@linux
def test_a_lower_limit_of_the_operators_own_is_kept(write_wav: WriteWav, make_tune: MakeTune) -> None:
    program = (
        "import sys, resource; from pathlib import Path; from classifier.audio import decode; "
        "from classifier.options import DecodeOptions; own = 1_900_000_000; "
        "resource.setrlimit(resource.RLIMIT_AS, (own, own)); resource.setrlimit(resource.RLIMIT_CPU, (50, 50)); "
        "print(decode(Path(sys.argv[1]), DecodeOptions()).info.duration)"
    )
    path = write_wav(make_tune(4.0))
    done = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert done.stdout.strip() == "4.0", done.stderr


# The workers


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker whose illustrator does what it is told."""

    workers: AnalysisWorkers
    order: Path
    tune: Path

    def do(self, order: str) -> Answer:
        self.order.write_text(order)
        with named_failures(PATIENCE):
            return self.workers.submit(self.tune).result(PATIENCE)

    def answer(self, path: Path) -> Analysis:
        self.order.write_text("nothing")
        with named_failures(PATIENCE):
            return self.workers.submit(path).result(PATIENCE).analysis


@pytest.fixture(scope="module")
def worker(shipped_model_dir: Path, make_tune: MakeTune, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    folder = tmp_path_factory.mktemp("obedient")
    tune = folder / "tune.wav"
    scipy.io.wavfile.write(tune, 22_050, make_tune(4.0))
    config = WorkerConfig(shipped_model_dir, job_timeout=60.0, illustrator=ObedientIllustrator(folder / "order"))
    with AnalysisWorkers(config, count=1) as workers:
        workers.warm_up()
        yield Worker(workers, folder / "order", tune)


def test_a_worker_runs_within_its_limits_and_has_processor_time_for_one_job(worker: Worker) -> None:
    for _ in range(2):
        told: dict[str, Any] = json.loads(worker.do("tell-limits").picture or b"")
        # It has used some of the time of this job by now.
        assert told["used"] < told["RLIMIT_CPU"] <= told["used"] + 60 + PROCESSOR_GRACE_SECONDS + 1
        assert told["RLIMIT_FSIZE"] == 64 << 20
        assert told["RLIMIT_NOFILE"] == 128
        assert told["RLIMIT_CORE"] == 0
        assert told["RLIMIT_AS"] == 4 << 30 or sys.platform != "linux"


@pytest.mark.parametrize(
    ("order", "complaint"),
    [("open-files {tune}", "Too many open files"), ("grow-file {folder}/large 80000000", "File too large")],
)
def test_what_a_worker_may_not_have_is_refused_and_costs_nobody_the_answer(
    order: str, complaint: str, worker: Worker, tmp_path: Path
) -> None:
    refused = worker.do(order.format(tune=worker.tune, folder=tmp_path))
    assert refused.analysis.genres
    assert complaint in str(refused.drawing_failure)
    assert worker.do("nothing").picture == b"done"


def test_a_worker_that_spins_fails_its_job_alone(worker: Worker) -> None:
    with pytest.raises(WorkerDied):
        worker.do("spin")
    assert worker.answer(worker.tune).genres


def test_each_job_has_its_own_processor_time() -> None:
    program = (
        "import time; from classifier import confinement; confinement.PROCESSOR_GRACE_SECONDS = 0.0\n"
        "for job in range(3):\n"
        "    confinement.allow_processor_time(1.0); end = time.process_time() + 0.7\n"
        "    while time.process_time() < end: pass\n"
        "print('three jobs', flush=True)\n"
        "while True: pass\n"
    )
    spinning = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert (spinning.stdout, spinning.returncode) == ("three jobs\n", -signal.SIGXCPU)


@linux
def test_a_file_that_takes_too_much_memory_gets_a_sentence_and_the_next_is_answered(
    worker: Worker, make_tune: MakeTune, tmp_path: Path
) -> None:
    long = tmp_path / "long.wav"
    tune = (np.tile(make_tune(60.0), 12) * 100 + 128).astype(np.uint8)
    scipy.io.wavfile.write(long, 22_050, tune)
    worker.answer(worker.tune)
    assert worker.do(f"leave {20 << 20}").picture == b"done"
    for _ in range(2):
        with pytest.raises(OutOfMemory, match="took more memory than there is for one file"):
            worker.answer(long)
        assert worker.answer(worker.tune).genres
