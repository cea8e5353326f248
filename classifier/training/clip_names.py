"""Finds the clips of a table by what lists of clips call them.

Tables by `genre-bot extract` name a clip by its folder and its file, GTZAN's own by its file alone; a person's list
may do either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from classifier.errors import DatasetError


def names_in_table(listed: Sequence[str], filenames: Sequence[str], *, listed_in: Path, source: str) -> tuple[str, ...]:
    """Exchange the names in a list for those that a table has for the same clips.

    Parameters
    ----------
    listed
        Names in the list: as in the table, or with fewer or more folders before them.
    filenames
        All names in the table.
    listed_in, source
        Where the list lies, and the name of the table, for the sentence on what is wrong.

    Returns
    -------
    tuple of str
        In the order of the list; what is no clip of the table stays as it is.

    Raises
    ------
    DatasetError
        If a name can mean several clips and is none of their names in full.
    """
    known = frozenset(filenames)
    same_file: dict[str, list[str]] = {}
    for filename in filenames:
        same_file.setdefault(PurePosixPath(filename).name, []).append(filename)
    found: list[str] = []
    unclear: dict[str, list[str]] = {}
    for name in listed:
        clips = [name]
        if name not in known:
            clips = [clip for clip in same_file.get(PurePosixPath(name).name, ()) if _end_alike(name, clip)] or [name]
        if len(clips) > 1:
            unclear[name] = clips
        found.append(clips[0])
    if unclear:
        raise DatasetError(
            f"{listed_in} does not say which clip of {source} is meant by {_meanings(unclear)}. "
            "Write the folder before each of these names, as the table does."
        )
    return tuple(found)


def require_distinct_stems(filenames: Sequence[str], *, source: str) -> None:
    """Refuse a table in which a name without folder and suffix, as archives of tags have it, can mean several clips.

    Parameters
    ----------
    filenames
        All names in the table.
    source
        Name of the table.

    Raises
    ------
    DatasetError
        If two clips have one such name.
    """
    clips: dict[str, list[str]] = {}
    for filename in filenames:
        clips.setdefault(PurePosixPath(filename).stem, []).append(filename)
    shared = {stem: meant for stem, meant in clips.items() if len(meant) > 1}
    if shared:
        raise DatasetError(
            "Archives of tags name clips without folder and suffix, and so do not say which clip of "
            f"{source} is meant by {_meanings(shared)}. Leave `--taggrams` out if the table has tags, as those by "
            "`genre-bot extract` have, or rename the files."
        )


def _end_alike(one: str, other: str) -> bool:
    """Tell whether two paths are the same but for folders before the shorter one."""
    pairs = zip(reversed(PurePosixPath(one).parts), reversed(PurePosixPath(other).parts), strict=False)
    return all(part == counterpart for part, counterpart in pairs)


def _meanings(clips_of: Mapping[str, Sequence[str]]) -> str:
    return _first([f"{name} ({_first(clips)})" for name, clips in clips_of.items()])


def _first(names: Sequence[str], count: int = 3) -> str:
    more = f" and {len(names) - count} more" if len(names) > count else ""
    return f"{', '.join(names[:count])}{more}"
