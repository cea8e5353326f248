"""All that an analysis costs, beside the notebook's extractor and Essentia's, in one run.

Usage: ``python -m benchmarks.side_by_side [AUDIO] [--essentia PYTHON]``. AUDIO is a clip of about 30 s
(one is made where none is given); PYTHON is the interpreter of an environment of its own with the
package ``essentia``. Every side is a process of its own on one core, which measures each round by the
wall clock after a warm-up, and then tells its peak memory; sides take turns, so that a busy machine is
busy for all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clips import lengthen, write_clip

ROUNDS = 5
TURNS = 2

NOTEBOOK = """
import librosa, numpy as np
def per_feature(path):
    y, sr = librosa.load(path)
    tempo, _ = librosa.beat.beat_track(y=y, sr=sr)
    harmony, perceptr = librosa.effects.hpss(y)
    f = librosa.feature
    series = [f.chroma_stft(y=y, sr=sr), f.rms(y=y), f.spectral_centroid(y=y, sr=sr),
              f.spectral_bandwidth(y=y, sr=sr), f.spectral_rolloff(y=y, sr=sr), f.zero_crossing_rate(y),
              harmony, perceptr, *f.mfcc(y=y, sr=sr)]
    return [statistic(values) for values in series for statistic in (np.mean, np.var)]
def per_column(path):
    y, sr = librosa.load(path)
    tempo, _ = librosa.beat.beat_track(y=y, sr=sr)
    f, e = librosa.feature, librosa.effects
    calls = [lambda: f.chroma_stft(y=y, sr=sr), lambda: f.rms(y=y), lambda: f.spectral_centroid(y=y, sr=sr),
             lambda: f.spectral_bandwidth(y=y, sr=sr), lambda: f.spectral_rolloff(y=y, sr=sr),
             lambda: f.zero_crossing_rate(y), lambda: e.harmonic(y), lambda: e.percussive(y)]
    columns = [statistic(call()) for call in calls for statistic in (np.mean, np.var)]
    return columns + [statistic(row) for row in f.mfcc(y=y, sr=sr) for statistic in (np.mean, np.var)]
"""
"""The notebook's way with librosa's defaults, its own code not being at hand: each feature by a call and an STFT of its
own; or each column, where mean and variance are two expressions."""

OURS = """
from pathlib import Path
from classifier.analysis import analyze, prepare
from classifier.audio import decode
from classifier.features import extract_features
from classifier.location import default_model_dir
from classifier.options import DecodeOptions
options = DecodeOptions()
"""

ESSENTIA = """
import essentia
essentia.log.infoActive = essentia.log.warningActive = False
import essentia.standard as es
extractor = es.MusicExtractor(analysisSampleRate=44100)
"""

TIMER = """
import json, resource, sys, time
def run(measure, rounds):
    measure()
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        measure()
        seconds.append(time.perf_counter() - started)
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""

LISTEN = f"{OURS}\nlistener = prepare(default_model_dir(), options)\n"


@dataclass(frozen=True, slots=True)
class Side:
    """One line of the table.

    Parameters
    ----------
    name
        What it is called.
    program
        Sets up, and ends with the expression that is timed, given ``sys.argv[1]``.
    expression
        What is timed.
    length
        ``clip``, ``song`` (5 minutes) or ``hour``.
    """

    name: str
    program: str
    expression: str
    length: str = "clip"


SIDES = (
    Side("notebook's way, a call a column", NOTEBOOK, "per_column(sys.argv[1])"),
    Side("notebook's way, a call a feature", NOTEBOOK, "per_feature(sys.argv[1])"),
    Side(
        "57 features and decoding",
        OURS,
        "extract_features((c := decode(Path(sys.argv[1]), options)).samples(c.audible))",
    ),
    Side("whole analysis of 30 s", LISTEN, "analyze(Path(sys.argv[1]), listener, options)"),
    Side("whole analysis of a 5-minute mp3", LISTEN, "analyze(Path(sys.argv[1]), listener, options)", "song"),
    Side("whole analysis of a 60-minute mp3", LISTEN, "analyze(Path(sys.argv[1]), listener, options)", "hour"),
)


def measure(python: str, side: Side, path: Path) -> tuple[list[float], float]:
    """Return the seconds of each round and the peak memory in MB of one side."""
    rounds = 1 if side.length == "hour" else ROUNDS
    program = f"{TIMER}\n{side.program}\nrun(lambda: {side.expression}, {rounds})"
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
    output = subprocess.run(
        [python, "-W", "ignore", "-c", program, str(path)],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        timeout=1200,
    ).stdout
    seconds, peak = json.loads(output.splitlines()[-1])
    return seconds, peak / 1000


def main() -> None:
    """Print medians, ratios to the first line, and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("audio", nargs="?", type=Path)
    parser.add_argument("--essentia", metavar="PYTHON")
    arguments = parser.parse_args()
    sides = [(sys.executable, side) for side in SIDES]
    if arguments.essentia:
        sides.insert(2, (arguments.essentia, Side("Essentia's MusicExtractor", ESSENTIA, "extractor(sys.argv[1])")))
    with tempfile.TemporaryDirectory() as folder:
        clip = arguments.audio or write_clip(Path(folder) / "clip.wav")
        paths = {
            "clip": clip,
            "song": lengthen(clip, Path(folder) / "song.mp3", seconds=300),
            "hour": lengthen(clip, Path(folder) / "hour.mp3", seconds=3600),
        }
        rounds: dict[str, list[float]] = {side.name: [] for _, side in sides}
        peaks: dict[str, float] = {}
        for _ in range(TURNS):
            for python, side in sides:
                seconds, peaks[side.name] = measure(python, side, paths[side.length])
                rounds[side.name] += seconds
    first = statistics.median(rounds[sides[0][1].name])
    print(f"{clip.name}, one core, median of the rounds of {TURNS} processes each; memory without ffmpeg's own")
    for name, seconds in rounds.items():
        median = statistics.median(seconds)
        print(f"  {name:34} {median:6.2f} s   {median / first:5.2f} of the first   {peaks[name]:4.0f} MB")


if __name__ == "__main__":
    main()
