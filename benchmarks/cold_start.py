"""What a person waits for: ``genre-bot classify`` from the prompt, and each further file.

Usage: ``python -m benchmarks.cold_start [AUDIO]``. Whole processes, in turn: one file, then the
same file several times in one process; the difference gives the time of one more file.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.clips import write_clip

ROUNDS = 5
MORE_FILES = 8


def seconds(*arguments: object) -> float:
    """Return the wall time of one ``genre-bot classify``."""
    command = [sys.executable, "-m", "bot", "classify", "--csv", *(str(argument) for argument in arguments)]
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=600)
    return time.perf_counter() - started


def main() -> None:
    """Print medians."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else write_clip(Path(folder) / "clip.wav")
        more = [path] * (1 + MORE_FILES)
        seconds(path)
        cold, one_job, two_jobs = [], [], []
        for _ in range(ROUNDS):
            cold.append(seconds(path))
            one_job.append(seconds("--jobs", 1, *more))
            two_jobs.append(seconds("--jobs", 2, *more))
    further = statistics.median((many - one) / MORE_FILES for many, one in zip(one_job, cold, strict=True))
    print(f"genre-bot classify {path.name}, whole processes, median of {ROUNDS} rounds")
    print(f"  one file, from the prompt:    {statistics.median(cold):.1f} s")
    print(f"  each further file:            {further:.2f} s")
    print(f"  {len(more)} files with --jobs 1:       {statistics.median(one_job):.1f} s")
    print(f"  {len(more)} files with --jobs 2:       {statistics.median(two_jobs):.1f} s")


if __name__ == "__main__":
    main()
