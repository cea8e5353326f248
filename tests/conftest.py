"""Fixtures that every suite shares: real data, signals made in code, and files encoded by the real ffmpeg."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SAMPLE_RATE = 22_050

Encode = Callable[..., Path]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real clips and tables; tests that need it are skipped where it is not."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs the development data beside the checkout (shared/data), which is not part of the project")
    return SHARED_DATA


@pytest.fixture(scope="session")
def clip_of(shared_data: Path) -> Callable[[str], Path]:
    """Real 30 s clip by its GTZAN name, such as ``reggae.00000``."""
    return lambda name: shared_data / "gtzan" / "audio" / f"{name}.flac"


def tune(seconds: float, *, sample_rate: int = SAMPLE_RATE, seed: int = 0) -> npt.NDArray[np.float32]:
    """Make something with chords, a beat and noise: music as far as the limits are concerned."""
    random = np.random.default_rng(seed)
    time = np.arange(round(seconds * sample_rate)) / sample_rate
    chords = np.array([[220.0, 277.2, 329.6], [196.0, 246.9, 293.7], [174.6, 220.0, 261.6], [164.8, 207.7, 246.9]])
    pitch = chords[(time // 2).astype(int) % 4]
    harmony = np.sin(2 * np.pi * pitch * time[:, np.newaxis]).sum(axis=1) / 3
    beat = np.exp(-20 * (time % 0.5)) * random.standard_normal(time.size)
    return (0.4 * harmony + 0.2 * beat).astype(np.float32).clip(-1, 1)


@pytest.fixture(scope="session")
def make_tune() -> Callable[..., npt.NDArray[np.float32]]:
    return tune


@pytest.fixture(scope="session")
def ffmpeg() -> str:
    return str(imageio_ffmpeg.get_ffmpeg_exe())


@pytest.fixture
def encode(tmp_path: Path, ffmpeg: str) -> Encode:
    """Write samples as a file of the format that the name's suffix says, with further ffmpeg options."""

    def encode(samples: npt.NDArray[np.float32], name: str, *options: str, sample_rate: int = SAMPLE_RATE) -> Path:
        wav = tmp_path / "encode-source.wav"
        scipy.io.wavfile.write(wav, sample_rate, samples)
        target = tmp_path / name
        subprocess.run(
            [ffmpeg, "-nostdin", "-loglevel", "error", "-y", "-i", wav, *options, target], check=True, timeout=120
        )
        return target

    return encode
