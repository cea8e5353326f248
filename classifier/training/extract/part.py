"""Keeps what has been measured while a table is made, so that a run that was ended at any moment can go on.

The file has one JSON document a line: first what all rows depend on, then what became of each clip. Lines are only
ever added, each in one piece; the last one may be torn.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from dataclasses import asdict, dataclass
from importlib import metadata
from io import FileIO
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from classifier.errors import DatasetError
from classifier.measure import ROW_NAMES
from classifier.options import FfmpegSource
from classifier.tags import NETWORK_SHA256
from classifier.training.extract.clips import ClipFile, as_text

FORMAT: Final = 1
"""Number of this form of the file."""

SYNC_SECONDS: Final = 5.0
"""How often what was written is forced to the disk, in seconds: a power cut costs as much again, a kill nothing."""

MEASURING_PACKAGES: Final = ("genre-bot", "numpy", "scipy", "librosa", "soxr", "onnxruntime", "imageio-ffmpeg")
"""Whose versions the numbers of a row depend on."""

UNREADABLE: Final = (ValueError, KeyError, TypeError, OverflowError, RecursionError)
"""What reading a line raises that is something else than this module writes."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What was measured of a clip.

    Parameters
    ----------
    length
        Samples that were decoded, at `classifier.features.SAMPLE_RATE`.
    row : ndarray of float64, shape (307,)
        In the order of `ROW_NAMES`, all finite.
    """

    length: int
    row: npt.NDArray[np.float64]


Outcome = Measured | str
"""What became of a clip: what was measured, or the sentence that says why nothing was."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What all rows of a table depend on beside their files.

    Parameters
    ----------
    folder
        The folder of all genres, as text.
    versions
        Of `MEASURING_PACKAGES`.
    ffmpeg
        Which one decodes.
    network
        SHA-256 of the tag network.
    columns
        Names of the columns of a row.
    """

    folder: str
    versions: dict[str, str]
    ffmpeg: str
    network: str = NETWORK_SHA256
    columns: tuple[str, ...] = ROW_NAMES

    @classmethod
    def now(cls, folder: Path, ffmpeg: FfmpegSource) -> Self:
        """Describe a run of this installation.

        Parameters
        ----------
        folder
            The folder of all genres.
        ffmpeg
            Which one decodes.

        Returns
        -------
        Origin
        """
        versions = {package: _version(package) for package in MEASURING_PACKAGES}
        return cls(as_text(str(folder.resolve())), versions, ffmpeg)

    def line(self) -> bytes:
        """Return the first line of the file."""
        return _line({"genre-bot extract": FORMAT, **asdict(self)})


class Part:
    """The open file; one process at a time has it.

    Parameters
    ----------
    path
        Where it lies.
    file
        Opened for reading and writing.
    outcomes
        What became of each clip: its size and time of change, and the outcome.
    """

    def __init__(self, path: Path, file: FileIO, outcomes: dict[str, tuple[int, int, Outcome]]) -> None:
        self.path = path
        self._file = file
        self._outcomes = outcomes
        self._synced = time.monotonic()

    @classmethod
    def open(cls, path: Path, origin: Origin) -> Self:
        """Open the file of a run that was ended, or begin one.

        Parameters
        ----------
        path
            Where it lies.
        origin
            What the rows depend on now.

        Returns
        -------
        Part
            With everything that was written whole.

        Raises
        ------
        DatasetError
            If it cannot be opened, another process has it, or its rows depend on something else.
        """
        try:
            file = FileIO(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "r+")
        except OSError as error:
            raise _unwritable(path, error) from error
        try:
            _lock(path, file)
            try:
                whole, outcomes = _read(path, origin)
                file.truncate(whole)
                file.seek(whole)
            except OSError as error:
                raise _unwritable(path, error) from error
            part = cls(path, file, outcomes)
            if not whole:
                part._write(origin.line())
        except BaseException:
            file.close()
            raise
        return part

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def outcome(self, clip: ClipFile) -> Outcome | None:
        """Return what became of a clip.

        Parameters
        ----------
        clip
            As it is now.

        Returns
        -------
        Outcome or None
            None if it is not known, or is that of a file that has been exchanged since.
        """
        size, mtime_ns, outcome = self._outcomes.get(clip.file, (-1, -1, ""))
        return outcome if (size, mtime_ns) == (clip.size, clip.mtime_ns) else None

    def add(self, clip: ClipFile, outcome: Outcome) -> None:
        """Write what became of a clip.

        Parameters
        ----------
        clip
            As it was before it was measured.
        outcome
            What became of it.

        Raises
        ------
        DatasetError
            If it cannot be written.
        """
        record: dict[str, object] = {"file": clip.file, "size": clip.size, "mtime_ns": clip.mtime_ns}
        if isinstance(outcome, Measured):
            record |= {"length": outcome.length, "row": outcome.row.tolist()}
        else:
            record |= {"failure": outcome}
        self._write(_line(record))
        self._outcomes[clip.file] = (clip.size, clip.mtime_ns, outcome)

    def close(self) -> None:
        """Force everything to the disk and let go of the file."""
        if not self._file.closed:
            with contextlib.closing(self._file):
                self._sync()

    def remove(self) -> None:
        """Remove the file, which nobody needs any more."""
        self.path.unlink(missing_ok=True)
        self.close()

    def _write(self, line: bytes) -> None:
        rest = memoryview(line)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise _unwritable(self.path, error) from error
        if time.monotonic() - self._synced > SYNC_SECONDS:
            self._sync()

    def _sync(self) -> None:
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _unwritable(self.path, error) from error
        self._synced = time.monotonic()


def _line(record: dict[str, Any]) -> bytes:
    # In ASCII, so that names that are no text come back as they were; floats as the shortest text that means them.
    return json.dumps(record, allow_nan=False).encode("ascii") + b"\n"


def _read(path: Path, origin: Origin) -> tuple[int, dict[str, tuple[int, int, Outcome]]]:
    """Return how many bytes can be relied on, and what they say."""
    outcomes: dict[str, tuple[int, int, Outcome]] = {}
    with path.open("rb") as lines:
        first = lines.readline()
        if not first.endswith(b"\n"):
            # Killed while it was being begun, unless it is somebody's other file.
            if origin.line().startswith(first):
                return 0, outcomes
            raise _foreign(path)
        _require_same(path, first, origin)
        whole = len(first)
        for line in lines:
            try:
                file, known = _parse(line)
            except UNREADABLE:
                # Torn by a kill, or lost with the power: this line and what follows it is measured again.
                break
            outcomes[file] = known
            whole += len(line)
    return whole, outcomes


def _parse(line: bytes) -> tuple[str, tuple[int, int, Outcome]]:
    if not line.endswith(b"\n"):
        raise ValueError("the line is torn")
    record = json.loads(line)
    file, size, mtime_ns = str(record["file"]), int(record["size"]), int(record["mtime_ns"])
    if "failure" in record:
        return file, (size, mtime_ns, str(record["failure"]))
    row = np.asarray(record["row"], dtype=np.float64)
    if row.shape != (len(ROW_NAMES),) or not np.isfinite(row).all():
        raise ValueError("the row is not whole")
    return file, (size, mtime_ns, Measured(int(record["length"]), row))


def _require_same(path: Path, first: bytes, origin: Origin) -> None:
    try:
        record = json.loads(first)
        number, folder, versions = record["genre-bot extract"], record["folder"], dict(record["versions"])
    except UNREADABLE as error:
        raise _foreign(path) from error
    if folder != origin.folder:
        raise DatasetError(
            f"{path} was begun with the folder {folder}, not with {origin.folder}. "
            "Go on with that one, choose another --out, or remove the file to begin anew."
        )
    now = json.loads(origin.line())
    if record == now:
        return
    changed = [
        f"{package} {versions.get(package)}, now {version}"
        for package, version in origin.versions.items()
        if versions.get(package) != version
    ]
    if number != FORMAT or not changed:
        changed = [f"another {key}" for key in now if record.get(key) != now[key] and key != "versions"]
    raise DatasetError(
        f"{path} was begun in another way, and its numbers may differ: {', '.join(changed)}. "
        "Go on as it was begun, or remove the file to begin anew."
    )


def _lock(path: Path, file: FileIO) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise DatasetError(
            f"Another `genre-bot extract` is writing {path}. Wait until it is done, or choose another --out."
        ) from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _foreign(path: Path) -> DatasetError:
    return DatasetError(f"{path} is not the work of `genre-bot extract`. Choose another --out, or remove the file.")


def _unwritable(path: Path, error: OSError) -> DatasetError:
    return DatasetError(
        f"{path} cannot be written ({error.strerror}). Choose another place with --out, or make room there; "
        "then the same command goes on where it was."
    )


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"
