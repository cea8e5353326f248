"""Tells which clips belong together, so that no split parts them, and which are faulty copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES
from classifier.training.dataset import FeatureTable


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A clip that is not learnt from, and why."""

    filename: str
    reason: str


def artist_groups(table: FeatureTable, artists: Mapping[str, str]) -> npt.NDArray[np.intp]:
    """Group the clips that must not stand on both sides of a split.

    Parameters
    ----------
    table
        The clips.
    artists
        What `read_artists` returns.

    Returns
    -------
    ndarray of int, shape (clips,)
        Clips with one number share an artist or an identical feature row, directly or through
        other clips. A clip of an unknown artist is alone unless another row is identical.

    Raises
    ------
    DatasetError
        If a clip of the table is not in the list at all.
    """
    absent = [filename for filename in table.filenames if filename not in artists]
    if absent:
        raise DatasetError(
            f"The artist list has no row for {len(absent)} of the {len(table)} clips, the first of them {absent[0]}. "
            "Add a row for each; leave the artist blank where it is unknown."
        )
    # GTZAN's index spells one band in two ways that differ in capitals only.
    keys = [artists[filename].casefold() for filename in table.filenames]
    return _connected(_row_keys(table), keys)


def row_groups(table: FeatureTable) -> npt.NDArray[np.intp]:
    """Group the clips with identical feature rows, for tables without artists.

    Parameters
    ----------
    table
        The clips.

    Returns
    -------
    ndarray of int, shape (clips,)
        Clips with one number are copies of each other.
    """
    return _connected(_row_keys(table))


def drop_faults(table: FeatureTable) -> tuple[FeatureTable, tuple[LeftOut, ...]]:
    """Take out the copies that a table holds.

    Parameters
    ----------
    table
        The clips.

    Returns
    -------
    table : FeatureTable
        Of identical feature rows with one label, the first; of those with several labels, none,
        as nobody can tell which label is right.
    left_out : tuple of LeftOut
        The others, in the order of the table.
    """
    copies: dict[str, list[int]] = {}
    for index, key in enumerate(_row_keys(table)):
        copies.setdefault(key, []).append(index)
    reasons: dict[int, str] = {}
    for indices in copies.values():
        first, *others = indices
        if len({str(table.labels[index]) for index in indices}) == 1:
            reasons |= dict.fromkeys(others, f"a copy of {table.filenames[first]}")
            continue
        for index in indices:
            twins = ", ".join(table.filenames[other] for other in indices if other != index)
            reasons[index] = f"the same music under another label: {twins}"
    left_out = tuple(LeftOut(table.filenames[index], reasons[index]) for index in sorted(reasons))
    return table.take([index for index in range(len(table)) if index not in reasons]), left_out


def _row_keys(table: FeatureTable) -> list[str]:
    # Without `length`, which tells of the file and not of the music in it.
    return [row.tobytes().hex() for row in table.columns(FEATURE_NAMES)]


def _connected(*keyings: Sequence[str]) -> npt.NDArray[np.intp]:
    """Give one number to clips that share a key in any of the keyings; an empty key is shared with none."""
    clips = len(keyings[0])
    edges: list[tuple[int, int]] = []
    for keying in keyings:
        first: dict[str, int] = {}
        edges += [(index, first.setdefault(key, index)) for index, key in enumerate(keying) if key]
    here, there = np.asarray(edges, dtype=np.intp).reshape(-1, 2).T
    graph = coo_array((np.ones(len(edges)), (here, there)), shape=(clips, clips))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.intp)
