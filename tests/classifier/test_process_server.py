"""Processes that are copies of one that has loaded the classifier, and where there can be no such one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from classifier.one_process import OneProcess, compute_in_one_thread

START = """
import os
from classifier import process_server
from classifier.one_process import OneProcess, compute_in_one_thread
if __name__ == "__main__":
    SETTINGS
    processes = [OneProcess(compute_in_one_thread) for _ in range(2)]
    print(len({process.schedule(os.getpid, timeout=60).result() for process in processes} - {os.getpid()}))
    for process in processes:
        process.stop()
"""

KILLED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"

HANGING = """
import sys, time, types
from classifier import process_server
process_server.STARTUP_SECONDS = 1
sys.modules["classifier.analysis"] = types.SimpleNamespace(load_kernels=lambda: time.sleep(600))
import classifier.preloaded
"""


def loaded() -> set[str]:
    return set(sys.modules)


def parent() -> int:
    return os.getppid()


@pytest.fixture
def start() -> Iterator[Callable[[], OneProcess]]:
    started: list[OneProcess] = []

    def start() -> OneProcess:
        started.append(OneProcess(compute_in_one_thread))
        return started[-1]

    yield start
    for process in started:
        process.stop()


def ask(process: OneProcess, function: Callable[..., Any], *arguments: object) -> Any:
    return process.schedule(function, *arguments, timeout=60).result()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes copies")
def test_a_process_begins_with_the_classifier_and_all_are_copies_of_one(start: Callable[[], OneProcess]) -> None:
    first, second = start(), start()
    assert {"classifier.analysis", "librosa", "xgboost"} <= ask(first, loaded)
    assert ask(first, parent) == ask(second, parent) != os.getpid()


def test_a_process_has_the_environment_of_the_moment_it_was_started(
    start: Callable[[], OneProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OF_THE_FIRST", "1")
    first = start()
    assert ask(first, os.getenv, "OF_THE_FIRST") == "1"
    monkeypatch.delenv("OF_THE_FIRST")
    monkeypatch.setenv("OF_THE_SECOND", "2")
    second = start()
    assert [ask(second, os.getenv, name) for name in ("OF_THE_FIRST", "OF_THE_SECOND")] == [None, "2"]
    assert ask(second, os.getenv, "OMP_NUM_THREADS") == "1"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no socket")
def test_where_the_folder_for_temporary_files_is_too_deep_each_process_loads_for_itself(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    ran = run(tmp_path, START.replace("SETTINGS", "pass"), TMPDIR=str(deep))
    assert ran.stdout == "2\n"
    assert "set TMPDIR to a short path" in ran.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes copies")
@pytest.mark.parametrize("preload", [KILLED, HANGING], ids=["it is killed", "it hangs"])
def test_where_what_is_copied_does_not_come_to_load_each_process_loads_for_itself(tmp_path: Path, preload: str) -> None:
    (tmp_path / "preload.py").write_text(preload)
    ran = run(tmp_path, START.replace("SETTINGS", 'process_server.PRELOADED = "preload"'))
    assert ran.stdout == "2\n"
    # Once, and not for each process.
    assert ran.stderr.count("each loads for itself: it ended while it was loading") == 1
    assert "TMPDIR" not in ran.stderr


def run(folder: Path, program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    script = folder / "start.py"
    script.write_text(program)
    return subprocess.run(
        [sys.executable, script],
        env={**os.environ, "PYTHONPATH": f"{Path(__file__).resolve().parents[2]}:{folder}", **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
