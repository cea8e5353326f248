"""Writes the finished table, and the list of what is not in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from classifier.measure import ROW_NAMES
from classifier.replacing import replace_file
from classifier.training.extract.clips import ClipFile, Remark
from classifier.training.extract.part import Measured


def write_table(path: Path, clips: Iterable[tuple[ClipFile, Measured]]) -> None:
    """Write a table as `classifier.training.dataset.read_table` takes it.

    Parameters
    ----------
    path
        Replaced if it is there.
    clips
        One row each, in this order: filename, length, the features, the tag statistics, label. Numbers are the
        shortest text that is read back as the same number.

    Raises
    ------
    DatasetError
        If it cannot be written.
    """
    header = ("filename", "length", *ROW_NAMES, "label")
    rows = ((clip.name, found.length, *found.row.tolist(), clip.genre) for clip, found in clips)
    _write(path, header, rows)


def write_failures(path: Path, failures: Iterable[Remark]) -> None:
    """Write which files could not be measured, and why.

    Parameters
    ----------
    path
        Replaced if it is there.
    failures
        One row each, in this order: filename, reason.

    Raises
    ------
    DatasetError
        If it cannot be written.
    """
    _write(path, ("filename", "reason"), ((failure.name, failure.sentence) for failure in failures))


def _write(path: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    def write(file: BinaryIO) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        # Every text in quotes: only there is a carriage return part of a name.
        writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
        text.flush()
        text.detach()

    replace_file(path, write)
