"""Fixtures that every suite shares: real data, signals made in code, and files encoded by the real ffmpeg."""

from __future__ import annotations

import gc
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile

from bot.__main__ import COLLECT_AFTER
from tests.databases import (  # noqa: F401 - fixtures for every suite
    database_url,
    empty_database_url,
    migrated_postgresql,
    migrated_sqlite,
    postgresql,
)

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SAMPLE_RATE = 22_050

REAL_CLIP_STEP = 1 if os.environ.get("ALL_CLIPS") else 3
"""Of the real clips, sorted by genre, every so many-th is measured: a third shows what all of them do."""

LONGEST_FIRST = (
    "process/test_process.py",
    "process/test_killed_imports.py",
    "classifier/test_fuzzed_nested_formats.py",
    "classifier/test_fuzzed_simple_formats.py",
    "end_to_end/test_genre_command.py",
    "web/test_browser.py",
    "classifier/test_workers.py",
    "classifier/training/evaluation/test_protocols.py",
    "classifier/test_analysis.py",
    "bot/test_links_sites.py",
    "classifier/training/extract/test_run.py",
    "bot/test_cli_evaluate.py",
    "bot/test_doctor.py",
)
"""Files that take longest, in this folder: files go whole to one process, and a long one at the end is waited for."""

Encode = Callable[..., Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, so that the processes end at about the same time."""
    here = Path(__file__).parent
    places = {here / name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_configure() -> None:
    """Look less often for cycles of objects that could be thrown away: to load what is tested makes none."""
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])


def pytest_collection_finish() -> None:
    """Leave all modules and tests out of that."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Folder of real clips and tables; tests that need it are skipped where it is not."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs the development data beside the checkout (shared/data), which is not part of the project")
    return SHARED_DATA


@pytest.fixture(scope="session")
def real_clips(shared_data: Path) -> list[Path]:
    """Real 30 s clips of every genre."""
    return sorted((shared_data / "gtzan" / "audio").glob("*.flac"))[::REAL_CLIP_STEP]


@pytest.fixture(scope="session")
def clip_of(shared_data: Path) -> Callable[[str], Path]:
    """Real 30 s clip by its GTZAN name, such as ``reggae.00000``."""
    return lambda name: shared_data / "gtzan" / "audio" / f"{name}.flac"


def tune(seconds: float, *, sample_rate: int = SAMPLE_RATE, seed: int = 0) -> npt.NDArray[np.float32]:
    """Make something with chords, a beat and noise: any sound, as far as decoding and measuring are concerned."""
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


def song(seconds: float, *, seed: int = 0) -> npt.NDArray[np.float32]:
    """Play chords, a bass, a melody and drums: music as far as the detector of music is concerned."""
    random = np.random.default_rng(seed)
    mix = np.zeros(round((seconds + 2) * SAMPLE_RATE))

    def note(pitch: float, length: float, decay: float, darkness: float) -> npt.NDArray[np.float64]:
        time = np.arange(round(length * SAMPLE_RATE)) / SAMPLE_RATE
        partials = (
            np.sin(2 * np.pi * pitch * number * time) * np.exp(-decay * number**0.5 * time) / number**darkness
            for number in range(1, 12)
            if pitch * number < 9000
        )
        return np.asarray(sum(partials) * np.minimum(1, time * 200))

    def add(at: float, sound: npt.NDArray[np.float64]) -> None:
        first = max(0, round(at * SAMPLE_RATE))
        mix[first : first + sound.size] += sound

    time = np.arange(round(0.25 * SAMPLE_RATE)) / SAMPLE_RATE
    kick = 0.7 * np.sin(2 * np.pi * (50 * time + 25 * (1 - np.exp(-20 * time)))) * np.exp(-12 * time)
    for beat in range(int(seconds / 0.5)):
        at, chord = 0.5 * beat, ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))[beat // 4 % 4]
        for step in chord:
            strength = 0.12 * random.uniform(0.7, 1.1)
            add(at + random.normal(0, 0.004), strength * note(261.6 * 2 ** (step / 12), 0.45, 3, 1.2))
        add(at, 0.35 * note(65.4 * 2 ** (chord[beat % 2 * 2] / 12), 0.48, 2, 1.6))
        add(at, kick if beat % 2 == 0 else 0.4 * random.standard_normal(time.size) * np.exp(-22 * time))
        for half in (0, 0.25):
            step = random.choice([0, 2, 4, 7, 9]) + chord[0] % 5
            strength = 0.3 * random.uniform(0.5, 1)
            add(at + half + random.normal(0, 0.004), strength * note(523.2 * 2 ** (step / 12), 0.24, 4, 1.1))
            add(at + half, 0.12 * np.diff(random.standard_normal(time.size + 1)) * np.exp(-60 * time))
    mix = mix[: round(seconds * SAMPLE_RATE)]
    return (0.8 * mix / np.abs(mix).max()).astype(np.float32)


@pytest.fixture(scope="session")
def make_song() -> Callable[..., npt.NDArray[np.float32]]:
    return song


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
