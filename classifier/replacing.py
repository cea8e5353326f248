"""Writes a file in one step: whoever reads it finds the old one or the new one, whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from classifier.errors import DatasetError


def replace_bytes(path: Path, content: bytes) -> None:
    """Write a file and put it in the place of the one before.

    Parameters
    ----------
    path
        The file.
    content
        All that is to be in it.

    Raises
    ------
    OSError
        If it cannot be written; the one before is then still there.
    """
    _replace(path, lambda file: file.write(content))


def replace_file(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write the file that a person has named with ``--out``, and put it in the place of the one before.

    Parameters
    ----------
    path
        The file.
    write
        Writes it all.

    Raises
    ------
    DatasetError
        If it cannot be written; the one before is then still there.
    """
    with _refused_in_words(path):
        _replace(path, write)


def require_writable(path: Path) -> None:
    """Find out whether `replace_file` could write a file, before the work that leads to it.

    Parameters
    ----------
    path
        The file, which need not be there yet and is not touched.

    Raises
    ------
    DatasetError
        If it could not.
    """
    with _refused_in_words(path), _beside(path) as new, new.open("wb"):
        pass


def _replace(path: Path, write: Callable[[BinaryIO], object]) -> None:
    with _beside(path) as new:
        with new.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a temporary name in the same folder; what still has it at the end is removed."""
    new = path.with_name(f"{path.name}.new")
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def _refused_in_words(path: Path) -> Iterator[None]:
    if path.is_dir():
        raise DatasetError(f"{path} is a folder. Give --out the name of a file.")
    try:
        yield
    except OSError as error:
        raise DatasetError(
            f"{path} cannot be written ({error.strerror}). Choose another place with --out, or make room there."
        ) from error
