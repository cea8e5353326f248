"""Writes a file in one step: whoever reads it finds the old one or the new one, whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from classifier.errors import DatasetError


def require_writable(path: Path) -> None:
    """Find out whether a file could be written, before the work that leads to it.

    Parameters
    ----------
    path
        The file, which need not be there yet and is not touched.

    Raises
    ------
    DatasetError
        If it could not.
    """
    _replace(path, None)


def replace_file(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file and put it in the place of the one before.

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
    _replace(path, write)


def _replace(path: Path, write: Callable[[BinaryIO], object] | None) -> None:
    if path.is_dir():
        raise DatasetError(f"{path} is a folder. Give --out the name of a file.")
    new = path.with_name(f"{path.name}.new")
    try:
        try:
            with new.open("wb") as file:
                if write is None:
                    return
                write(file)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise DatasetError(
            f"{path} cannot be written ({error.strerror}). Choose another place with --out, or make room there."
        ) from error
