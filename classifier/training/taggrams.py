"""Joins the published tag probabilities of GTZAN's clips to a feature table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.errors import DatasetError
from classifier.tag_statistics import summarize_tags
from classifier.tags import TAG_NAMES
from classifier.training.dataset import FeatureTable

ARRAYS: Final = ("X", "IDS")
"""Patches by tags, and the clip of each patch, as musicnn's author names them."""


def join_taggrams(table: FeatureTable, paths: Sequence[Path]) -> FeatureTable:
    """Fill in the tag statistics of the clips that taggrams are given for.

    Parameters
    ----------
    table
        The clips.
    paths
        NumPy archives with the arrays ``X``, shape (patches, 50), and ``IDS``, shape (patches,), whose
        names end like ``blues.00029.au``; clips are matched by that name without its suffix.

    Returns
    -------
    FeatureTable
        The same clips; tags that were known already are replaced where a taggram is given.

    Raises
    ------
    DatasetError
        If an archive cannot be used, names a clip that the table lacks, or a clip stands in two archives.

    References
    ----------
    Pons and Serra, "musicnn: pre-trained convolutional neural networks for music audio tagging" (2019);
    the vectors are those of "sklearn-audio-transfer-learning" by the same author.
    """
    positions = {_stem(filename): index for index, filename in enumerate(table.filenames)}
    tags = table.tags.copy()
    seen: dict[str, Path] = {}
    for path in paths:
        for clip, taggram in read_taggrams(path):
            if clip not in positions:
                raise DatasetError(
                    f"{path} has tags of {clip}, which {table.source} does not have. Give its own table."
                )
            if clip in seen:
                raise DatasetError(f"{clip} stands in {path} and before it in {seen[clip]}. Give each archive once.")
            seen[clip] = path
            try:
                tags[positions[clip]] = summarize_tags(taggram)
            except ValueError as error:
                raise DatasetError(f"The tags of {clip} in {path} cannot be used: {error}.") from error
    return replace(table, tags=tags)


def read_taggrams(path: Path) -> list[tuple[str, npt.NDArray[np.float32]]]:
    """Read the taggrams of one archive.

    Parameters
    ----------
    path
        As in `join_taggrams`.

    Returns
    -------
    list of (str, ndarray of float32, shape (patches, 50))
        Name of each clip without its suffix, and its taggram, in the order of the archive.

    Raises
    ------
    DatasetError
        If the archive cannot be used.
    """
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror}). Check the path.") from error
    try:
        # From memory: of a broken archive, NumPy would leave the file open.
        with np.load(io.BytesIO(payload), allow_pickle=False) as archive:
            patches, clips = (archive[name] for name in ARRAYS)
    except (ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        raise DatasetError(
            f"{path} is not an archive of tags: {' '.join(str(error).split())}. It should hold the arrays X and IDS."
        ) from error
    if patches.ndim != 2 or patches.shape[1] != len(TAG_NAMES) or clips.shape != (len(patches),):
        raise DatasetError(
            f"{path} holds arrays of the shapes {patches.shape} and {clips.shape}, not (n, 50) and (n,)."
        )
    stems = np.asarray([_stem(str(clip)) for clip in clips])
    names, first = np.unique(stems, return_index=True)
    return [(str(name), patches[stems == name]) for name in names[np.argsort(first)]]


def _stem(filename: str) -> str:
    return PurePosixPath(filename).name.rpartition(".")[0] or filename
