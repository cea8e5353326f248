"""Peak memory of one whole analysis, by how much audio is decoded.

Usage: ``python -m benchmarks.memory AUDIO``, with a file of ten minutes or more.
"""

from __future__ import annotations

import subprocess
import sys

SECONDS = (30, 600, 1800)

PROGRAM = """
import resource, sys
from pathlib import Path
from classifier.analysis import analyze
from classifier.location import default_model_dir
from classifier.model import load_model
from classifier.options import DecodeOptions
analyze(Path(sys.argv[1]), load_model(default_model_dir()), DecodeOptions(max_seconds=float(sys.argv[2])))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main() -> None:
    """Print the peak for each length, each in a process of its own; ffmpeg's own memory comes on top."""
    for seconds in SECONDS:
        command = [sys.executable, "-c", PROGRAM, sys.argv[1], str(seconds)]
        peak = int(subprocess.run(command, check=True, capture_output=True, text=True, timeout=600).stdout)
        print(f"{seconds:5} s decoded: {peak / 1000:.0f} MB")


if __name__ == "__main__":
    main()
