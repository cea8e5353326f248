"""Finds the clips of a folder that has one folder for each genre."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from classifier.errors import DatasetError

LINKED_FOLDER: Final = "It is a link to a folder, which could lead in a circle. Put the folder itself there."
BACK_LINK: Final = "It is a link to a folder that holds other genres, or to another genre. Put the folder itself there."
NO_GENRE: Final = "It lies in no genre's folder. Move it into one."
NO_NAME: Final = "Its name is blank. Name it as the genre."
NO_AUDIO: Final = "There are no audio files in this folder."
SAME_NAME: Final = "In the table it would have the name of another file. Rename it."


@dataclass(frozen=True, slots=True)
class ClipFile:
    """A file to measure.

    Parameters
    ----------
    file
        Where it lies in the folder of all genres, as the file system has it, with slashes.
    name
        The same as text, as the table has it.
    genre
        The name of its genre's folder, as text.
    size, mtime_ns
        Its size in bytes, and when it was changed in ns, by which a file that was exchanged is recognised.
    """

    file: str
    name: str
    genre: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of a file or a folder.

    Parameters
    ----------
    name
        Its place in the folder of all genres, as text.
    sentence
        What is wrong with it.
    """

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a folder of genres holds.

    Parameters
    ----------
    clips
        In the order of their names.
    unusable
        Files and folders that should be measured and cannot be.
    skipped
        What is none of the clips on purpose: it has no genre, is linked, or is an empty folder.
    """

    clips: tuple[ClipFile, ...]
    unusable: tuple[Remark, ...]
    skipped: tuple[Remark, ...]


def as_text(file: str) -> str:
    """Return a file name as text that any output takes.

    Parameters
    ----------
    file
        As Python has it from the file system.

    Returns
    -------
    str
        Bytes that are no text are written as hexadecimal escapes; without blanks at its ends, as a
        table is read without them.
    """
    return os.fsencode(file).decode("utf-8", "backslashreplace").strip()


def find_clips(folder: Path, suffixes: Collection[str]) -> Labelled:
    """Find the audio files in the folders of the genres.

    Parameters
    ----------
    folder
        Holds one folder for each genre, whose name is the label; files lie at any depth below it. The folder of a
        genre may be a link; links to folders below it are not followed. What begins with a dot is not looked at.
    suffixes
        What the names of audio files end in, in lower case, such as ``.mp3``.

    Returns
    -------
    Labelled
        At least one file.

    Raises
    ------
    DatasetError
        If it is no folder, has no folders, or there is nothing to measure in them.
    """
    found = _Found(suffixes)
    genres = 0
    for entry in _list(folder):
        linked_to = _real_folder(entry)
        if linked_to is None:
            if _is_audio(entry, suffixes):
                found.skipped.append(Remark(as_text(entry.name), NO_GENRE))
            continue
        genres += 1
        root = folder.resolve()
        if entry.is_symlink() and (linked_to.is_relative_to(root) or root.is_relative_to(linked_to)):
            found.skipped.append(Remark(as_text(entry.name), BACK_LINK))
        else:
            found.add_genre(folder, entry)
    if not genres:
        raise DatasetError(
            f"There are no folders in {as_text(str(folder))}. "
            "Make one for each genre, named as the genre, and put its audio files there."
        )
    if not found.clips and not found.unusable:
        reason = f" {found.skipped[0].name}: {found.skipped[0].sentence}" if found.skipped else ""
        raise DatasetError(f"There are no audio files in the folders of {as_text(str(folder))}.{reason}")
    clips = [found.clips[name] for name in sorted(found.clips)]
    return Labelled(tuple(clips), tuple(found.unusable), tuple(found.skipped))


class _Found:
    """What has been found so far."""

    def __init__(self, suffixes: Collection[str]) -> None:
        self._suffixes = suffixes
        self.clips: dict[str, ClipFile] = {}
        self.unusable: list[Remark] = []
        self.skipped: list[Remark] = []

    def add_genre(self, folder: Path, genre: os.DirEntry[str]) -> None:
        label = as_text(genre.name)
        if not label:
            self.skipped.append(Remark("?", NO_NAME))
            return
        before = len(self.clips) + len(self.unusable)
        for file, path in self._files(genre.name, folder):
            name = as_text(file)
            try:
                status = path.stat()
            except OSError as error:
                self.unusable.append(Remark(name, f"It cannot be opened: {error.strerror}."))
                continue
            if name in self.clips:
                self.unusable.append(Remark(name, SAME_NAME))
                continue
            self.clips[name] = ClipFile(file, name, label, status.st_size, status.st_mtime_ns)
        if len(self.clips) + len(self.unusable) == before:
            self.skipped.append(Remark(label, NO_AUDIO))

    def _files(self, genre: str, folder: Path) -> Iterator[tuple[str, Path]]:
        waiting = [genre]
        while waiting:
            current = waiting.pop()
            try:
                entries = _entries(folder / current)
            except OSError as error:
                self.unusable.append(Remark(as_text(current), f"It cannot be opened: {error.strerror}."))
                continue
            for entry in entries:
                file = f"{current}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(file)
                elif _real_folder(entry) is not None:
                    self.skipped.append(Remark(as_text(file), LINKED_FOLDER))
                elif _is_audio(entry, self._suffixes):
                    yield file, folder / file


def _list(folder: Path) -> list[os.DirEntry[str]]:
    try:
        return _entries(folder)
    except OSError as error:
        raise DatasetError(
            f"{as_text(str(folder))} cannot be read as a folder ({error.strerror}). "
            "Give the folder that holds one folder for each genre."
        ) from error


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)


def _real_folder(entry: os.DirEntry[str]) -> Path | None:
    """Return the folder that an entry is or is linked to; None for anything else, and for a link to itself."""
    try:
        return Path(entry.path).resolve(strict=True) if entry.is_dir() else None
    except (OSError, RuntimeError):
        return None


def _is_audio(entry: os.DirEntry[str], suffixes: Collection[str]) -> bool:
    return Path(entry.name).suffix.lower() in suffixes
