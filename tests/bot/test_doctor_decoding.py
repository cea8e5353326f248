"""The doctor's look at ffmpeg, the model, the worker and the memory."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.doctor import ffmpeg as ffmpeg_check
from bot.doctor.ffmpeg import check_ffmpeg
from bot.doctor.memory import check_memory, machine_memory
from bot.doctor.model import check_model, check_tag_network
from bot.doctor.worker import check_worker
from classifier.errors import WorkersUnavailable
from classifier.location import default_model_dir, tag_network_dir
from classifier.options import DecodeOptions
from classifier.workers import AnalysisWorkers, WorkerConfig
from tests.bot.doctors import assert_advice, assert_ok, assert_problem, write_program

ON_PATH = DecodeOptions(ffmpeg="path")


def test_the_bundled_ffmpeg_decodes(ffmpeg: str) -> None:
    finding = check_ffmpeg(DecodeOptions())
    assert_ok(finding, says="version ")
    assert ffmpeg in finding.what


@pytest.mark.parametrize(
    ("script", "says"),
    [
        pytest.param("exit 3", "-version ends with status 3", id="fails"),
        pytest.param("echo ffmpeg version 0", "does not decode a plain tone", id="decodes nothing"),
        pytest.param("exec sleep 600", "says nothing for 0.5 s", id="hangs"),
    ],
)
def test_an_ffmpeg_that_does_not_work_is_a_problem(
    script: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = write_program(tmp_path / "bin", "ffmpeg", script)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setattr(ffmpeg_check, "VERSION_TIMEOUT_SECONDS", 0.5)
    assert_problem(check_ffmpeg(ON_PATH), says=says, advises="GENREBOT_FFMPEG=bundled")


@pytest.mark.parametrize(
    ("after", "says"),
    [
        pytest.param("| head -c 4000", "decodes 1000 samples of a tone that has 11025", id="less"),
        pytest.param("; printf more", "decodes 11026 samples of a tone that has 11025", id="more"),
    ],
)
def test_an_ffmpeg_that_makes_something_else_of_a_tone_is_a_problem(
    after: str, says: str, ffmpeg: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f'case $1 in -version) exec "{ffmpeg}" -version;; esac\n"{ffmpeg}" "$@" {after}'
    program = write_program(tmp_path / "bin", "ffmpeg", script)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    assert_problem(check_ffmpeg(ON_PATH), says=says, advises="GENREBOT_FFMPEG=bundled")


def test_no_ffmpeg_on_path_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert_problem(check_ffmpeg(ON_PATH), says="there is no ffmpeg on PATH", advises="GENREBOT_FFMPEG=bundled")


def test_the_model_that_ships_is_told_by_name_version_and_digest() -> None:
    finding = check_model(default_model_dir())
    assert_ok(finding, says="default ")
    assert "digest " in finding.what


def test_a_model_that_is_not_there_or_damaged_is_a_problem(tmp_path: Path) -> None:
    assert_problem(check_model(tmp_path), says="There is no model in", advises="GENREBOT_MODEL_DIR")
    damaged = tmp_path / "damaged"
    shutil.copytree(default_model_dir(), damaged)
    with (damaged / "estimators.joblib").open("ab") as file:
        file.write(b"more")
    assert_problem(check_model(damaged), says="SHA-256", advises="GENREBOT_MODEL_DIR")


def test_the_tag_network_loads_or_is_a_problem(tmp_path: Path) -> None:
    assert_ok(check_tag_network(tag_network_dir()), says="loads")
    assert_problem(check_tag_network(tmp_path), says="cannot be read", advises="Install the bot anew")
    (tmp_path / "musicnn.onnx").write_bytes(b"another one")
    assert_problem(check_tag_network(tmp_path), says="SHA-256", advises="Install the bot anew")


def test_a_worker_that_takes_too_long_is_a_problem() -> None:
    config = WorkerConfig(default_model_dir(), job_timeout=0.001)
    assert_problem(check_worker(config), says="longer than 0.001 s", advises="GENREBOT_JOB_TIMEOUT")


def test_a_worker_that_does_not_start_sends_nobody_to_the_doctor_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: AnalysisWorkers) -> None:
        raise WorkersUnavailable("one ended while it was loading the model")

    monkeypatch.setattr(AnalysisWorkers, "warm_up", refuse)
    finding = check_worker(WorkerConfig(default_model_dir()))
    assert_problem(finding, says="one ended while it was loading the model.", advises="other problems first")
    assert "doctor" not in str(finding)


def test_a_worker_without_a_model_is_a_problem(tmp_path: Path) -> None:
    assert_problem(check_worker(WorkerConfig(tmp_path)), says="There is no model in", advises="other problems first")


def test_a_worker_tells_its_seconds_and_a_slow_start_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    config = WorkerConfig(default_model_dir())
    assert_ok(check_worker(config), says="5 s of sound analysed in")
    monkeypatch.setattr("bot.doctor.worker.SLOW_START_SECONDS", 0.0)
    assert_advice(check_worker(config), says="ready after", advises="genre-bot warm-up")


def test_memory_is_compared_with_what_the_workers_take() -> None:
    assert_ok(check_memory(2, 8_000_000_000), says="2 workers take up to 1.0 GB of 8.0 GB")
    assert_advice(check_memory(2, 1_000_000_000), says="little for the rest", advises="GENREBOT_WORKERS")
    assert_problem(check_memory(64, 8_000_000_000), says="32.0 GB of 8.0 GB", advises="GENREBOT_WORKERS")


def test_the_limit_of_a_container_counts_where_there_is_one(tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    physical = machine_memory(limit)
    assert physical > 0
    for written, expected in (("max\n", physical), ("1000000\n", 1_000_000), (f"{2**62}\n", physical)):
        limit.write_text(written)
        assert machine_memory(limit) == expected
