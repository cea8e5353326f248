"""The whole way from a folder of genres to a training table."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final

import numpy as np

from classifier.audio import decode
from classifier.errors import ClassifierError, ClipError, DatasetError
from classifier.ffmpeg import find_ffmpeg
from classifier.measure import measure
from classifier.options import DecodeOptions, FfmpegSource
from classifier.replacing import require_writable
from classifier.training.dataset import LEAST_CLIPS
from classifier.training.extract.clips import ClipFile, Labelled, Remark, find_clips
from classifier.training.extract.part import Measured, Origin, Outcome, Part
from classifier.training.extract.table import write_failures, write_table
from classifier.training.processes import outcomes
from classifier.training.warm_network import warm_network
from classifier.workers import named_failures

CLIP_SECONDS: Final = 30.0
"""Length of the stretch in the middle of a file that is measured, in seconds: that of a window of an analysis."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a run is.

    Parameters
    ----------
    done
        Files of which it is known what became of them, those of an earlier run included.
    failed
        Those among them that could not be measured.
    total
        All files.
    """

    done: int
    failed: int
    total: int


Progress = Callable[[Tally], None]
"""Is told how far a run is, first of all what an earlier one has done."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of a run.

    Parameters
    ----------
    table
        The table; None if no file could be measured.
    clips_by_genre
        Its rows.
    failures
        Files that should be in the table and are not.
    failures_list
        Where they are listed; None if there are none.
    skipped
        What was left out on purpose.
    part
        What is kept for a run with `retry`; None if there are no failures.
    """

    table: Path | None
    clips_by_genre: dict[str, int]
    failures: tuple[Remark, ...]
    failures_list: Path | None
    skipped: tuple[Remark, ...]
    part: Path | None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences on what keeps a model from being trained on the table."""
        sentences = [
            f"{genre} has only {count} clip{'s' if count > 1 else ''}. Training needs at least {LEAST_CLIPS} of each "
            "genre; add some, or remove the genre."
            for genre, count in self.clips_by_genre.items()
            if count < LEAST_CLIPS
        ]
        if len(self.clips_by_genre) == 1:
            sentences.append("There is only one genre. Training needs at least two to tell apart.")
        return tuple(sentences)


def part_path(out: Path) -> Path:
    """Return where a run keeps what it has measured until the table is whole.

    Parameters
    ----------
    out
        The table.

    Returns
    -------
    Path
        Beside it.
    """
    return out.with_name(f"{out.name}.part")


def extract(
    folder: Path,
    out: Path,
    *,
    suffixes: Collection[str],
    options: DecodeOptions,
    jobs: int,
    timeout: float,
    retry: bool = False,
    progress: Progress = lambda _: None,
) -> Extraction:
    """Measure all files of a folder of genres and write them as a training table.

    A run that ended before its time is gone on with: what it measured is beside the table, and files that have
    not changed since are not measured again. However often it was ended, the table has the same bytes.

    Parameters
    ----------
    folder
        As `find_clips` takes it.
    out
        The table; replaced if it is there, when all is measured.
    suffixes
        What the names of audio files end in.
    options
        What a file may cost, and what decodes it.
    jobs
        Files to measure at once.
    timeout
        Most wall time of one file, in seconds.
    retry
        Whether to measure files again that an earlier run could not.
    progress
        Is told how far it is.

    Returns
    -------
    Extraction

    Raises
    ------
    DatasetError
        If there is nothing to measure, the table cannot be written, or was begun in another way.
    ModelError, DecoderUnavailable, WorkersUnavailable
        If nothing can be measured.
    """
    labelled = find_clips(folder, suffixes)
    require_writable(out)
    with Part.open(part_path(out), Origin.now(folder, options.ffmpeg)) as part:
        _measure_all(labelled, part, folder, options, jobs=jobs, timeout=timeout, retry=retry, progress=progress)
        return _write(labelled, part, out)


def _measure_all(
    labelled: Labelled,
    part: Part,
    folder: Path,
    options: DecodeOptions,
    *,
    jobs: int,
    timeout: float,
    retry: bool,
    progress: Progress,
) -> None:
    known = [part.outcome(clip) for clip in labelled.clips]
    if retry:
        known = [outcome if isinstance(outcome, Measured) else None for outcome in known]
    waiting = [clip for clip, outcome in zip(labelled.clips, known, strict=True) if outcome is None]
    done = len(known) - len(waiting)
    failed = sum(isinstance(outcome, str) for outcome in known)
    unusable = len(labelled.unusable)
    total = len(labelled.clips) + unusable
    progress(Tally(done + unusable, failed + unusable, total))
    if not waiting:
        return
    work = outcomes(
        partial(_measure_file, folder=folder.resolve(), options=options),
        waiting,
        prepare=partial(_prepare, options.ffmpeg),
        jobs=min(jobs, len(waiting)),
        timeout=timeout,
    )
    with contextlib.closing(work):
        for clip, future in work:
            outcome = _outcome(future, timeout)
            part.add(clip, outcome)
            done += 1
            failed += isinstance(outcome, str)
            progress(Tally(done + unusable, failed + unusable, total))


def _outcome(future: Future[Measured], timeout: float) -> Outcome:
    """Say what is wrong with a file; raise what would be wrong with every file."""
    try:
        with named_failures(timeout):
            return future.result()
    except ClipError as error:
        return str(error)
    except ClassifierError:
        raise
    except OSError as error:
        return f"It cannot be opened: {error.strerror}."
    except Exception as error:  # noqa: BLE001 - whatever one file does, the others are still measured
        return f"It made the program fail ({type(error).__name__}: {error}). Please report it."


def _write(labelled: Labelled, part: Part, out: Path) -> Extraction:
    measured: list[tuple[ClipFile, Measured]] = []
    failures = list(labelled.unusable)
    for clip in labelled.clips:
        outcome = part.outcome(clip)
        assert outcome is not None, "every clip is either measured or not measurable"
        if isinstance(outcome, Measured):
            measured.append((clip, outcome))
        else:
            failures.append(Remark(clip.name, outcome))
    failures.sort(key=lambda failure: failure.name)
    listed = out.with_name(f"{out.name}.failures.csv")
    if failures:
        write_failures(listed, failures)
    else:
        _remove(listed)
    if measured:
        write_table(out, measured)
    if not failures:
        part.remove()
    return Extraction(
        table=out if measured else None,
        clips_by_genre=dict(Counter(clip.genre for clip, _ in measured)),
        failures=tuple(failures),
        failures_list=listed if failures else None,
        skipped=labelled.skipped,
        part=part.path if failures else None,
    )


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise DatasetError(f"{path} is out of date and cannot be removed ({error.strerror}). Remove it.") from error


# What follows runs in the worker processes.


@cache
def _prepare(ffmpeg: FfmpegSource) -> None:
    find_ffmpeg(ffmpeg)
    warm_network()


def _measure_file(clip: ClipFile, *, folder: Path, options: DecodeOptions) -> Measured:
    sound = decode(folder / clip.file, options)
    (window,) = sound.windows(seconds=CLIP_SECONDS, at_most=1)
    row = measure(sound.samples(window), warm_network()).row()
    if not np.isfinite(row).all():
        raise ValueError("some of its features are no finite numbers")
    return Measured(sound.recording.samples, row)
