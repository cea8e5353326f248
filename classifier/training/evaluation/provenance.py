"""Digests of all that an evaluation reads, so that figures can be traced to their files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from classifier.errors import DatasetError


def digests_of(files: Sequence[Path], folders: Mapping[Path, Sequence[Path]]) -> dict[str, str]:
    """Digest files one by one, and folders as a whole.

    Parameters
    ----------
    files
        Each has a digest of its own.
    folders
        Folder, or file that stands for itself, to the files that are read from it.

    Returns
    -------
    dict of str
        Name without the folders before it, made unlike the others by a number where need be, to SHA-256. That of a
        folder is of the sorted lines ``name  SHA-256`` of its files.

    Raises
    ------
    DatasetError
        If one cannot be read.
    """
    digests: dict[str, str] = {}
    for path in files:
        digests[_unlike(last_name(path), digests)] = _digest(path)
    for folder, inside in folders.items():
        if not folder.is_dir():
            digests[_unlike(last_name(folder), digests)] = _digest(folder)
            continue
        lines = sorted(f"{path.relative_to(folder).as_posix()}  {_digest(path)}\n" for path in inside)
        name = f"{last_name(folder)} ({len(lines)} files)"
        digests[_unlike(name, digests)] = hashlib.sha256("".join(lines).encode(errors="surrogateescape")).hexdigest()
    return digests


def last_name(path: Path) -> str:
    """Return the last part of a path as it can be printed and published.

    Parameters
    ----------
    path
        Of a file or a folder.

    Returns
    -------
    str
        Without the folders before it.
    """
    # The last folder of `.` or `..` has a name only once it is resolved.
    return "".join(character if character.isprintable() else "?" for character in path.resolve().name)


def _unlike(name: str, taken: Mapping[str, str]) -> str:
    number = 1
    unlike = name
    while unlike in taken:
        number += 1
        unlike = f"{name} ({number})"
    return unlike


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
