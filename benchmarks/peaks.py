"""How much of clipped music is restored, which clips count as clipped, and what that costs.

Usage: ``python -m benchmarks.peaks AUDIO_FOLDER``. Each file is made louder and clipped at full scale. The error
is relative to the file as it was, at the gain that suits best; files are compared whose hundredth sample or more
is cut off.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

from classifier.audio import decode
from classifier.declip import CEILING_QUANTILE, RINGING, restore_peaks
from classifier.errors import AudioError
from classifier.features import SAMPLE_RATE
from classifier.options import DecodeOptions
from classifier.windows import Window

GAINS = (6, 12, 18)
"""In dB."""


def relative_error(original: npt.NDArray[np.float32], other: npt.NDArray[np.float32]) -> float:
    """Return the error in dB relative to the original, at the gain that suits best."""
    gain = np.dot(original, other) / np.dot(other, other)
    return float(10 * np.log10(np.mean((original - gain * other) ** 2) / np.mean(original**2)))


def main() -> None:
    """Print the shares, errors and times, medians over the files."""
    clips = []
    for path in sorted(Path(sys.argv[1]).iterdir()):
        try:
            clip = decode(path, DecodeOptions())
        except AudioError:
            continue
        clips.append(clip.samples(Window(0.0, min(clip.info.duration, 30.0))))
    ratios = sorted(float(np.abs(clip).max() / np.quantile(np.abs(clip), CEILING_QUANTILE)) for clip in clips)
    print(f"{len(clips)} files; {sum(ratio <= RINGING for ratio in ratios)} count as clipped as they are")
    print(f"  greatest magnitude over the ceiling: {', '.join(f'{ratio:.2f}' for ratio in ratios[:4])}, ...")
    for gain in GAINS:
        before, after, seconds = [], [], []
        for clip in clips:
            loud = np.clip(clip * np.float32(10 ** (gain / 20)), -1.0, 1.0)
            if np.mean(np.abs(loud) >= 1.0) < 1.0 - CEILING_QUANTILE:
                continue
            started = time.perf_counter()
            restored = restore_peaks(loud)
            seconds.append((time.perf_counter() - started) / (loud.size / SAMPLE_RATE) * 30.0)
            before.append(relative_error(clip, loud))
            after.append(relative_error(clip, restored))
        print(
            f"  {gain:+} dB: {len(before):3} files clipped, error {statistics.median(before):6.1f} dB, "
            f"restored {statistics.median(after):6.1f} dB, {statistics.median(seconds):.2f} s for 30 s"
        )


if __name__ == "__main__":
    main()
