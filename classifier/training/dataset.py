"""Reads feature tables, artist lists and split lists, and says in words what is wrong with them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES
from classifier.tag_statistics import TAG_STATISTIC_NAMES
from classifier.training.clip_names import names_in_table

TABLE_COLUMNS: Final = ("length", *FEATURE_NAMES)
"""Columns of numbers in a GTZAN table: the samples in the file, then the 57 features."""

ALL_COLUMNS: Final = (*TABLE_COLUMNS, *TAG_STATISTIC_NAMES)
"""Columns that a clip may have: those of the table, then the tag statistics."""

LEAST_CLIPS: Final = 5
"""Fewest clips of a genre that can be cross-validated: one for each of five folds."""

SPLIT_NAMES: Final = ("train", "valid", "test")

LARGEST: Final = float(np.finfo(np.float32).max)
"""Of a table's numbers: trees compute in single precision and refuse what it cannot hold."""

LEAST_RMS: Final = 1e-6
"""Least ``rms_mean`` of a clip, full scale 1: what is quieter (-120 dBFS) has no level that could be divided out."""


@dataclass(frozen=True, slots=True, eq=False)
class FeatureTable:
    """Clips with their features and genres.

    Parameters
    ----------
    source
        Name of the file, without its folder.
    sha256
        Of the whole file, hexadecimal.
    filenames
        One for each clip, all different.
    rows : ndarray of float64, shape (clips, 58)
        Columns in the order of `TABLE_COLUMNS`, all finite.
    labels : ndarray of str, shape (clips,)
        The genres.
    tags : ndarray of float64, shape (clips, 250)
        Columns in the order of `TAG_STATISTIC_NAMES`; a row of NaN for a clip whose tags are not known.
    """

    source: str
    sha256: str
    filenames: tuple[str, ...]
    rows: npt.NDArray[np.float64]
    labels: npt.NDArray[np.str_]
    tags: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.filenames)

    @property
    def genres(self) -> tuple[str, ...]:
        """All genres in alphabetical order, which is the order of a classifier's probabilities."""
        return tuple(str(genre) for genre in np.unique(self.labels))

    def columns(self, names: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return some of the columns.

        Parameters
        ----------
        names
            Members of `ALL_COLUMNS`.

        Returns
        -------
        ndarray of float64, shape (clips, len(names))
            In the order of `names`.
        """
        return np.hstack([self.rows, self.tags])[:, [ALL_COLUMNS.index(name) for name in names]]

    def measured(self, names: Sequence[str]) -> Self:
        """Return the clips of which all of some columns are known.

        Parameters
        ----------
        names
            Members of `ALL_COLUMNS`.

        Returns
        -------
        FeatureTable
            In the order of this table.

        Raises
        ------
        DatasetError
            If there are none.
        """
        known = np.flatnonzero(np.isfinite(self.columns(names)).all(axis=1))
        if not known.size:
            raise DatasetError(
                f"{self.source} has no tag statistics, which this recipe votes on. Make the table with "
                "`genre-bot extract`, give the tags with `--taggrams`, or choose a recipe without tags."
            )
        return self.take(known)

    def take(self, indices: npt.ArrayLike) -> Self:
        """Return some of the clips.

        Parameters
        ----------
        indices : array of int
            Positions in the table.

        Returns
        -------
        FeatureTable
            The same source with these clips, in this order.
        """
        chosen = np.asarray(indices, dtype=np.intp)
        filenames = tuple(self.filenames[index] for index in chosen)
        return replace(
            self, filenames=filenames, rows=self.rows[chosen], labels=self.labels[chosen], tags=self.tags[chosen]
        )


@dataclass(frozen=True, slots=True)
class Split:
    """The file names of a published split."""

    train: frozenset[str]
    valid: frozenset[str]
    test: frozenset[str]


def read_table(path: Path) -> FeatureTable:
    """Read a table in the form of GTZAN's ``features_30_sec.csv``.

    Parameters
    ----------
    path
        Comma-separated values with a header: ``filename``, ``length``, the 57 features, ``label``,
        in any order, and either none or all of the tag statistics.

    Returns
    -------
    FeatureTable
        Clips in the order of the file.

    Raises
    ------
    DatasetError
        If the file cannot be read, a column is missing or unknown, a cell is blank or not a number
        between plus and minus `LARGEST`, a file name stands twice, there are fewer than two genres,
        or one of them has fewer than `LEAST_CLIPS` clips.
    """
    payload = _read_bytes(path)
    frame = _parse(path, payload)
    expected = ("filename", *TABLE_COLUMNS, "label")
    _require_columns(path, frame, expected)
    unknown = [str(column) for column in frame.columns if column not in (*expected, *TAG_STATISTIC_NAMES)]
    if unknown:
        raise DatasetError(
            f"{path} has columns that are no part of a feature table: {', '.join(unknown[:5])}. "
            "Leave only filename, length, the 57 features, label and the tag statistics, each of them once."
        )
    tagged = any(column in TAG_STATISTIC_NAMES for column in frame.columns)
    if tagged:
        _require_columns(path, frame, TAG_STATISTIC_NAMES)
    filenames = _names(path, frame, "filename")
    labels = _names(path, frame, "label")
    _require_unique(path, filenames)
    rows = np.stack([_numbers(path, frame, column, filenames) for column in TABLE_COLUMNS], axis=1)
    tags = (
        np.stack([_numbers(path, frame, column, filenames) for column in TAG_STATISTIC_NAMES], axis=1)
        if tagged
        else np.full((len(filenames), len(TAG_STATISTIC_NAMES)), np.nan)
    )
    table = FeatureTable(path.name, hashlib.sha256(payload).hexdigest(), filenames, rows, np.asarray(labels), tags)
    _require_genres(path, table)
    return table


def read_artists(path: Path, table: FeatureTable | None = None) -> Mapping[str, str]:
    """Read who plays in each clip.

    Parameters
    ----------
    path
        Comma-separated values with the columns ``filename`` and ``artist``; a blank artist is an
        unknown one. Other columns are allowed and not read.
    table
        The whole table that the list is for. A clip may be named as there (``blues/blues.00012.wav``), or with
        fewer or more folders before it, if that can mean no other clip.

    Returns
    -------
    mapping of str to str
        File name to artist; an empty string where the artist is unknown. Names are those of the table; without
        one, and where the table has no such clip, they are as in the list.

    Raises
    ------
    DatasetError
        If the file cannot be read, a column is missing, or a file name is blank, stands twice or can mean several
        clips of the table.
    """
    frame = _parse(path, _read_bytes(path))
    _require_columns(path, frame, ("filename", "artist"))
    filenames = _names(path, frame, "filename")
    if table is not None:
        filenames = names_in_table(filenames, table.filenames, listed_in=path, source=table.source)
    _require_unique(path, filenames)
    artists = (artist if isinstance(artist, str) else "" for artist in frame["artist"])
    return {filename: artist.strip() for filename, artist in zip(filenames, artists, strict=True)}


def read_split(directory: Path, table: FeatureTable | None = None) -> Split:
    """Read the lists of a split.

    Parameters
    ----------
    directory
        Holds ``train_filtered.txt``, ``valid_filtered.txt`` and ``test_filtered.txt``, with a clip
        on each line such as ``blues/blues.00012.wav``.
    table
        The whole table that the lists are for; clips are found in it as those of `read_artists` are.

    Returns
    -------
    Split
        Names are those of the table, or as in the list where the table has no such clip; without a table, they are
        file names without their folders.

    Raises
    ------
    DatasetError
        If a list is missing, empty or not text, a clip stands in two places, or a name can mean several clips of
        the table.
    """
    seen: dict[str, Path] = {}
    parts: dict[str, frozenset[str]] = {}
    for name in SPLIT_NAMES:
        path = directory / f"{name}_filtered.txt"
        try:
            lines = _read_bytes(path).decode().splitlines()
        except UnicodeDecodeError as error:
            raise DatasetError(f"{path} is not text in UTF-8. It should hold one clip on each line.") from error
        listed = [line.strip() for line in lines if line.strip()]
        filenames = (
            tuple(PurePosixPath(name).name for name in listed)
            if table is None
            else names_in_table(listed, table.filenames, listed_in=path, source=table.source)
        )
        for filename in filenames:
            if filename in seen:
                raise DatasetError(
                    f"{filename} stands in {path} and before it in {seen[filename]}. A clip belongs to one list, once."
                )
            seen[filename] = path
        if not filenames:
            raise DatasetError(
                f"{path} names no clips. It should hold one on each line, such as blues/blues.00012.wav."
            )
        parts[name] = frozenset(filenames)
    return Split(**parts)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror}). Check the path.") from error


def _parse(path: Path, payload: bytes) -> pd.DataFrame:
    try:
        # Text first: a cell that is no number is then still there to be quoted.
        frame = pd.read_csv(io.BytesIO(payload), dtype=str, keep_default_na=False)
    except ValueError as error:
        detail = " ".join(str(error).split())
        raise DatasetError(f"{path} is not a table of comma-separated values: {detail}.") from error
    if not isinstance(frame.index, pd.RangeIndex):
        raise DatasetError(f"The rows of {path} have more cells than its header has names. Give each column one name.")
    if frame.empty:
        raise DatasetError(f"{path} has no rows. It should have a header and one row for each clip.")
    return frame


def _require_columns(path: Path, frame: pd.DataFrame, expected: Sequence[str]) -> None:
    missing = [column for column in expected if column not in frame.columns]
    if missing:
        more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
        raise DatasetError(
            f"{path} lacks {'the column' if len(missing) == 1 else 'the columns'} {', '.join(missing[:5])}{more}. "
            "The first line must name the columns as GTZAN's own tables do."
        )


def _names(path: Path, frame: pd.DataFrame, column: str) -> tuple[str, ...]:
    names = []
    for number, cell in enumerate(frame[column], start=1):
        # A row that ends early has no text in its last cells at all.
        name = cell.strip() if isinstance(cell, str) else ""
        if not name:
            raise DatasetError(f"Row {number} of {path} has no {column}. Fill it in, or remove the row.")
        names.append(name)
    return tuple(names)


def _numbers(path: Path, frame: pd.DataFrame, column: str, filenames: Sequence[str]) -> npt.NDArray[np.float64]:
    cells = frame[column]
    values = np.fromiter((_number(cell) for cell in cells), dtype=np.float64, count=len(cells))
    # Asked this way round, NaN is wrong, too.
    wrong = np.flatnonzero(~(np.abs(values) <= LARGEST))
    if wrong.size:
        first = int(wrong[0])
        cell = cells.iloc[first]
        content = f"{cell[:40]!r}" if isinstance(cell, str) and cell.strip() else "nothing"
        raise DatasetError(
            f"Row {first + 1} of {path} ({filenames[first]}) has {content} in the column {column}. "
            f"Every feature must be a finite number, at most {LARGEST:.1e}; measure the clip anew, or remove the row."
        )
    least = LEAST_RMS if column == "rms_mean" else 0.0 if column.endswith("_var") else -LARGEST
    wrong = np.flatnonzero(values < least)
    if wrong.size:
        first = int(wrong[0])
        reason = "is silence" if column == "rms_mean" else "cannot be"
        raise DatasetError(
            f"Row {first + 1} of {path} ({filenames[first]}) has {values[first]:g} in the column {column}, which "
            f"{reason}. Measure the clip anew, or remove the row."
        )
    return values


def _number(cell: object) -> float:
    try:
        return float(cell) if isinstance(cell, str) else float("nan")
    except ValueError:
        return float("nan")


def _require_unique(path: Path, filenames: Sequence[str]) -> None:
    first: dict[str, int] = {}
    for number, filename in enumerate(filenames, start=1):
        if filename in first:
            raise DatasetError(
                f"{path} names {filename} in row {first[filename]} and again in row {number}. "
                "Keep one row for each clip."
            )
        first[filename] = number


def _require_genres(path: Path, table: FeatureTable) -> None:
    if len(table.genres) < 2:
        raise DatasetError(f"{path} has only the genre {table.genres[0]}. At least two are needed to tell them apart.")
    for genre in table.genres:
        clips = int((table.labels == genre).sum())
        if clips < LEAST_CLIPS:
            raise DatasetError(
                f"{path} has {clips} clip{'s' if clips > 1 else ''} of {genre}. "
                f"At least {LEAST_CLIPS} of each genre are needed; add some, or remove the genre."
            )
