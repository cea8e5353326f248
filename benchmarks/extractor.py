"""The 57 features: one librosa call a feature, each with an STFT of its own as notebooks do, against our single pass.

Usage: ``python -m benchmarks.extractor [AUDIO]``. Both run in turn in one process, after a
warm-up that compiles librosa's kernels.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import librosa
import numpy as np
import numpy.typing as npt

from benchmarks.clips import write_clip
from classifier.audio import decode
from classifier.features import SAMPLE_RATE, extract_features
from classifier.options import DecodeOptions

ROUNDS = 7


def separate_calls(samples: npt.NDArray[np.float32]) -> list[float]:
    """Measure the table's columns with one call for each, every one with an STFT of its own."""
    harmonic, percussive = librosa.effects.hpss(samples)
    tempo, _ = librosa.beat.beat_track(y=samples, sr=SAMPLE_RATE)
    series = [
        librosa.feature.chroma_stft(y=samples, sr=SAMPLE_RATE),
        librosa.feature.rms(y=samples),
        librosa.feature.spectral_centroid(y=samples, sr=SAMPLE_RATE),
        librosa.feature.spectral_bandwidth(y=samples, sr=SAMPLE_RATE),
        librosa.feature.spectral_rolloff(y=samples, sr=SAMPLE_RATE),
        librosa.feature.zero_crossing_rate(samples),
        harmonic,
        percussive,
        *librosa.feature.mfcc(y=samples, sr=SAMPLE_RATE),
    ]
    return [float(np.ravel(tempo)[0]), *(float(value) for s in series for value in (np.mean(s), np.var(s)))]


def seconds(measure: Callable[[], object]) -> float:
    """Return the wall time of one call."""
    started = time.perf_counter()
    measure()
    return time.perf_counter() - started


def main() -> None:
    """Print medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else write_clip(Path(folder) / "clip.wav")
        clip = decode(path, DecodeOptions())
        samples = clip.samples(clip.windows(seconds=30.0, at_most=1)[0])
    separate_calls(samples)
    extract_features(samples)
    theirs, ours = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(lambda: separate_calls(samples)))
        ours.append(seconds(lambda: extract_features(samples)))
    ratio = statistics.median(a / b for a, b in zip(theirs, ours, strict=True))
    print(f"57 features of {samples.size / SAMPLE_RATE:.1f} s of audio, median of {ROUNDS} rounds")
    print(f"  separate calls: {statistics.median(theirs):.2f} s")
    print(f"  single pass:    {statistics.median(ours):.2f} s")
    print(f"  ratio:          {ratio:.1f}x")


if __name__ == "__main__":
    main()
