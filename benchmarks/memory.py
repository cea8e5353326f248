"""Peak memory and time of one whole analysis with its picture, by how much of a long file is decoded.

Usage: ``python -m benchmarks.memory AUDIO``, with a file of an hour or more.
"""

from __future__ import annotations

import subprocess
import sys

SECONDS = (30, 600, 3600, 7200)

PROGRAM = """
import resource, sys, time
from pathlib import Path
from bot.illustrator import TimelineIllustrator
from classifier.analysis import analyze, prepare
from classifier.location import default_model_dir
from classifier.options import DecodeOptions
options = DecodeOptions(max_bytes=10**10, max_seconds=float(sys.argv[2]), timeout=600.0)
listener = prepare(default_model_dir(), options)
illustrator = TimelineIllustrator()
illustrator.prepare()
ready = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.perf_counter()
analysis = analyze(Path(sys.argv[1]), listener, options)
illustrator.draw(analysis)
elapsed = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(
    f"{analysis.audio.duration:5.0f} s decoded, {analysis.audio.seconds_heard:3.0f} s heard: {elapsed:4.1f} s "
    f"({analysis.elapsed.decode:.1f} s decoding), {peak / 1000:.0f} MB "
    f"({ready / 1000:.0f} MB before it began)"
)
"""


def main() -> None:
    """Print the peak for each length, each in a process of its own; ffmpeg's own memory comes on top."""
    for seconds in SECONDS:
        command = [sys.executable, "-c", PROGRAM, sys.argv[1], str(seconds)]
        print(subprocess.run(command, check=True, capture_output=True, text=True, timeout=900).stdout, end="")


if __name__ == "__main__":
    main()
