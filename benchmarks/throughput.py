"""How much faster a folder is done by two workers than by one: whole ``genre-bot classify`` processes, in turn.

Usage: ``python -m benchmarks.throughput [FOLDER] [--rounds N]``, with a folder of audio files; a hundred clips of
30 s are made where none is given. What a round takes from the prompt to the end counts, loading included, which two
workers do at the same time. Run it on an idle machine: whatever else is going on takes more from two than from one.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from benchmarks.clips import write_clip
from benchmarks.cold_start import seconds
from bot.cli.classify import find_files

CLIPS = 100
JOBS = (1, 2)


def make_clips(folder: Path) -> Path:
    """Fill a folder with copies of one clip; what is in it makes no difference to the time."""
    first = write_clip(folder / "0.wav")
    for number in range(1, CLIPS):
        shutil.copyfile(first, folder / f"{number}.wav")
    return folder


def main() -> None:
    """Print the median and the fastest round of each side, and how often one goes into the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = arguments.folder or make_clips(Path(made))
        files = len(list(find_files([folder])))
        took: dict[int, list[float]] = {jobs: [] for jobs in JOBS}
        for _ in range(arguments.rounds):
            for jobs in JOBS:
                took[jobs].append(seconds("--jobs", jobs, folder))
    print(f"genre-bot classify, {files} files, whole processes, {arguments.rounds} rounds each in turn")
    for jobs, rounds in took.items():
        median = statistics.median(rounds)
        print(f"  --jobs {jobs}: median {median:5.1f} s, {files / median:4.2f} files/s, fastest {min(rounds):5.1f} s")
    one, two = took.values()
    medians, fastest = statistics.median(one) / statistics.median(two), min(one) / min(two)
    print(f"  two workers are {medians:.2f} times as fast ({fastest:.2f} times by the fastest rounds)")


if __name__ == "__main__":
    main()
