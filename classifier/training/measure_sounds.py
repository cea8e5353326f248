"""Measures the sounds that are no music, as those of a file are measured, for the detector to learn from."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt

from classifier.audio import MINIMUM_SECONDS
from classifier.features import SAMPLE_RATE
from classifier.measure import ROW_NAMES, measure
from classifier.recording import Recorder
from classifier.replacing import replace_file, require_writable
from classifier.silence import silence
from classifier.tags import TagNetwork
from classifier.training.not_music.catalogue import Source, sources
from classifier.training.processes import outcomes
from classifier.training.warm_network import warm_network
from classifier.workers import named_failures

LONGEST_SECONDS: Final = 30.0
"""Most of a sound that is measured, in seconds: the length of one analysed window."""

SOUND_TIMEOUT: Final = 300.0
"""Most wall time for making and measuring one sound, in seconds; a crowd of voices on a busy machine takes some ten."""

Row = npt.NDArray[np.float32]
"""What is measured of one sound, shape (307,), in the order of `ROW_NAMES`."""

Progress = Callable[[int, int], None]
"""Is told how many of how many sounds are measured."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of the sounds.

    Parameters
    ----------
    kinds
        How many of each kind were measured.
    refused
        Names of those in which there is too little to be heard.
    """

    kinds: dict[str, int]
    refused: tuple[str, ...]


def measure_sound(samples: npt.NDArray[np.float32], network: TagNetwork) -> Row | None:
    """Measure one sound as it would be measured if it came in a file.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
        Mono at `SAMPLE_RATE`, full scale ±1; what is beyond `LONGEST_SECONDS` is not heard.
    network
        Tags the sound.

    Returns
    -------
    ndarray of float32, shape (307,), or None
        In the order of `ROW_NAMES`; None where a file would be refused as silent or too short.
    """
    recorder = Recorder()
    recorder.write(samples[: round(LONGEST_SECONDS * SAMPLE_RATE)].astype("<f4").tobytes())
    recording = recorder.finish()
    if recording.samples < MINIMUM_SECONDS * SAMPLE_RATE:
        return None
    if silence(recording.part, 0, recording.samples) == recording.samples:
        return None
    return measure(samples[: recording.samples], network).row().astype(np.float32)


def measure_sounds(
    out: Path,
    *,
    seed: int,
    jobs: int,
    names: Collection[str] | None = None,
    progress: Progress = lambda done, total: None,  # noqa: ARG005
) -> Measured:
    """Make all sounds of the catalogue, measure them and write the archive that the detector learns from.

    Parameters
    ----------
    out
        NumPy archive as `classifier.training.music_detector.read_sounds` takes it; replaced if it is there.
    seed
        Of the sounds. The same seed gives the same bytes with the same versions of the libraries, however
        many processes there are.
    jobs
        Processes.
    names
        Which sounds; all of the catalogue by default.
    progress
        Is told of each sound.

    Returns
    -------
    Measured

    Raises
    ------
    DatasetError
        If speech cannot be made or the archive cannot be written.
    ModelError, WorkersUnavailable, ClipError
        If a process cannot measure, does not start, or ends in the middle of a sound.
    """
    # Before the minutes of measuring.
    require_writable(out)
    listed = [source for source in sources() if names is None or source.name in names]
    rows = _measure_all([source.name for source in listed], seed=seed, jobs=jobs, progress=progress)
    heard = [(source, row) for source in listed if (row := rows[source.name]) is not None]
    replace_file(out, lambda file: _save(file, heard))
    return Measured(
        kinds=dict(Counter(source.kind for source, _ in heard)),
        refused=tuple(source.name for source in listed if rows[source.name] is None),
    )


def _save(file: BinaryIO, heard: Sequence[tuple[Source, Row]]) -> None:
    np.savez_compressed(
        file,
        names=np.asarray(ROW_NAMES),
        sounds=np.asarray([source.name for source, _ in heard]),
        kinds=np.asarray([source.kind for source, _ in heard]),
        groups=np.asarray([source.group for source, _ in heard]),
        rows=np.stack([row for _, row in heard]),
    )


def _measure_all(names: Sequence[str], *, seed: int, jobs: int, progress: Progress) -> dict[str, Row | None]:
    work = outcomes(
        partial(_make_and_measure, seed=seed),
        names,
        prepare=warm_network,
        jobs=min(jobs, len(names)),
        timeout=SOUND_TIMEOUT,
    )
    rows: dict[str, Row | None] = {}
    with contextlib.closing(work):
        for name, future in work:
            with named_failures(SOUND_TIMEOUT):
                rows[name] = future.result()
            progress(len(rows), len(names))
    return rows


def _make_and_measure(name: str, *, seed: int) -> Row | None:
    return measure_sound(_sources()[name].render(seed).samples, warm_network())


@cache
def _sources() -> dict[str, Source]:
    return {source.name: source for source in sources()}
