"""The clip that the benchmarks run on."""

from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import scipy.io.wavfile

from classifier.features import SAMPLE_RATE

SECONDS = 30


def write_clip(path: Path) -> Path:
    """Write 30 s of chords and noise bursts as a wav file.

    Parameters
    ----------
    path
        Where to.

    Returns
    -------
    Path
        The same.
    """
    random = np.random.default_rng(0)
    time = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE
    pitch = np.array([220.0, 261.6, 196.0, 329.6])[(time // 2).astype(int) % 4]
    chord = sum(np.sin(2 * np.pi * pitch * ratio * time) for ratio in (1.0, 1.25, 1.5))
    beat = np.exp(-20 * (time % 0.5)) * random.standard_normal(time.size)
    scipy.io.wavfile.write(path, SAMPLE_RATE, (8000 * (chord / 3 + beat).clip(-3, 3)).astype(np.int16))
    return path


def lengthen(clip: Path, target: Path, *, seconds: int) -> Path:
    """Repeat a clip until it has the length of a song, as a stereo mp3 of 128 kbit/s.

    Parameters
    ----------
    clip
        Any audio.
    target
        Where to.
    seconds
        Length of the result.

    Returns
    -------
    Path
        The target.
    """
    command = [
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-loglevel", "error", "-stream_loop", "-1", "-i", clip),
        *("-t", str(seconds), "-vn", "-ac", "2", "-ar", "44100", "-b:a", "128k", target),
    ]
    subprocess.run(command, check=True, timeout=600)
    return target
