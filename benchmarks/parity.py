"""How closely the extractor reproduces the published GTZAN table, by feature group.

Usage: ``python -m benchmarks.parity FEATURES.csv AUDIO_FOLDER``, where the folder holds clips named
like those of the table (``blues.00000.flac``).
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt

from classifier.audio import decode
from classifier.features import FEATURE_NAMES, extract_features
from classifier.options import DecodeOptions
from classifier.training.dataset import read_table
from classifier.windows import Window

GROUPS = {
    "chroma": "chroma_stft",
    "rms": "rms",
    "centroid": "spectral_centroid",
    "bandwidth": "spectral_bandwidth",
    "rolloff": "rolloff",
    "zero-crossing rate": "zero_crossing_rate",
    "MFCC": "mfcc",
    "HPSS harmonic variance": "harmony_var",
    "HPSS percussive variance": "perceptr_var",
}
"""Prefix of the columns of each group."""


def measure(path: Path) -> npt.NDArray[np.float64]:
    """Extract the features of a whole clip."""
    clip = decode(path, DecodeOptions())
    return extract_features(clip.samples(Window(0.0, clip.info.duration)))


def main() -> None:
    """Print the relative error of each group, over clips and columns."""
    table = read_table(Path(sys.argv[1]))
    files = sorted(Path(sys.argv[2]).glob("*.flac"))
    rows = [table.filenames.index(f"{file.stem}.wav") for file in files]
    published = table.columns(FEATURE_NAMES)[rows]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        ours = np.stack(list(pool.map(measure, files)))
    error = np.abs(ours - published) / np.abs(published)
    print(f"relative error over {len(files)} clips")
    for group, prefix in GROUPS.items():
        columns = [index for index, name in enumerate(FEATURE_NAMES) if name.startswith(prefix)]
        print(f"  {group:26} median {np.median(error[:, columns]):.1e}  worst {error[:, columns].max():.1e}")
    tempo = FEATURE_NAMES.index("tempo")
    print(f"  tempo equal in {int(np.isclose(ours[:, tempo], published[:, tempo], rtol=1e-9).sum())} of {len(files)}")


if __name__ == "__main__":
    main()
