"""What the classifier's suites share: the model that ships, wav files, and executables that pose as ffmpeg."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile

from classifier.analysis import Listener, prepare
from classifier.location import default_model_dir
from classifier.model import GenreModel
from classifier.options import DecodeOptions

SAMPLE_RATE = 22_050


@pytest.fixture(scope="session")
def shipped_model_dir() -> Path:
    directory = default_model_dir()
    if not directory.is_dir():
        pytest.skip(f"needs the model that ships, and there is none in models/{directory.name}")
    return directory


@pytest.fixture(scope="session")
def listener(shipped_model_dir: Path) -> Listener:
    return prepare(shipped_model_dir, DecodeOptions())


@pytest.fixture(scope="session")
def shipped_model(listener: Listener) -> GenreModel:
    return listener.model


@pytest.fixture
def write_wav(tmp_path: Path) -> Callable[..., Path]:
    """Write samples as they are, so that nothing but the decoder under test has touched them."""

    def write(samples: npt.NDArray[np.generic], name: str = "clip.wav", *, sample_rate: int = SAMPLE_RATE) -> Path:
        path = tmp_path / name
        scipy.io.wavfile.write(path, sample_rate, samples)
        return path

    return write


@pytest.fixture
def stand_in_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Path]]:
    """Put a shell script first on PATH under the name of ffmpeg; return the folder that its process ids are added to.

    They are the names of empty folders, because a decoder may write no file. The tests start it with
    `DecodeOptions(ffmpeg="path")`; what it leaves behind is killed at the end.
    """
    bin_dir = tmp_path / "stand-in"
    pids = bin_dir / "pids"

    def install(body: str) -> Path:
        pids.mkdir(parents=True, exist_ok=True)
        script = bin_dir / "ffmpeg"
        script.write_text(f"#!/bin/sh\nmkdir '{pids}'/$$\n{body}\n")
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{bin_dir}{os.pathsep}{os.environ['PATH']}")
        return pids

    yield install
    for pid in pids.iterdir() if pids.exists() else ():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid.name), signal.SIGKILL)
