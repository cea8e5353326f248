"""What a model directory says of its estimators, and the checks that it is one that can be served."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from classifier.errors import ModelError
from classifier.features import FEATURE_NAMES
from classifier.gate import NEVER
from classifier.level import LEVEL_FREE_NAMES
from classifier.measure import ROW_NAMES
from classifier.result import Sound

MANIFEST_NAME: Final = "manifest.json"
FORMAT_VERSION: Final = 4
"""Of the manifest; raised when its keys change their meaning."""

PINNED_LIBRARIES: Final = ("librosa", "numpy", "onnxruntime", "scikit-learn", "scipy", "xgboost")
"""Libraries that the features or the pickled estimators depend on."""

RETRAIN: Final = "Train one with `genre-bot train FEATURES.csv --out DIR`, or restore the one in `models/`."
"""Advice for the operator of a model that is not there or not whole."""

_JSON_TYPES: Final = {
    **dict.fromkeys(("name", "version", "digest"), str),
    **dict.fromkeys(("features", "genres", "medians"), list),
    **dict.fromkeys(("libraries", "gate", "sounds", "confusions", "training", "metrics"), dict),
}

_LARGEST: Final = sys.float_info.max


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says of the estimators beside it.

    Parameters
    ----------
    name
        The recipe that the estimators were fitted with.
    version
        Of the Genre Bot that trained it.
    digest
        SHA-256 of the estimators' file, hexadecimal.
    features
        Columns that the estimators expect, in order; members of `ROW_NAMES`.
    genres
        Classes that it answers with, in the order of its probabilities.
    libraries
        Version of each of `PINNED_LIBRARIES` that it was fitted with.
    gate
        Thresholds of the verdict, as `Gate.to_dict` gives them.
    sounds
        Least probability from which on each kind of `Sound` is named, where the answer is that it is no music.
    confusions
        For each genre, what clips that were given it really were: genre to share of those clips, measured
        on artists held out in training; the genre itself is left out, and what was seen in a few clips only.
    medians
        Of the vote's level-free columns over the training clips, in their order.
    training
        Protocol: table, digest, number of clips, seed, what was left out.
    metrics
        Figures by protocol.
    """

    name: str
    version: str
    digest: str
    features: tuple[str, ...]
    genres: tuple[str, ...]
    libraries: dict[str, str]
    gate: dict[str, Any]
    sounds: dict[str, float]
    confusions: dict[str, dict[str, float]]
    medians: tuple[float, ...]
    training: dict[str, Any]
    metrics: dict[str, Any]
    format: int = FORMAT_VERSION


def installed_libraries() -> dict[str, str]:
    """Return the installed version of each of `PINNED_LIBRARIES`.

    Returns
    -------
    dict
        Name to version; the CPU build of XGBoost counts as ``xgboost``.
    """
    versions = {}
    for library in PINNED_LIBRARIES:
        try:
            versions[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            versions[library] = metadata.version(f"{library}-cpu")
    return versions


def read_manifest(directory: Path) -> Manifest:
    """Read a manifest without loading the pipeline.

    Parameters
    ----------
    directory
        Holds ``manifest.json``.

    Returns
    -------
    Manifest
        As written by `save_model`.

    Raises
    ------
    ModelError
        If it is missing, is not JSON, lacks a key or has a value of the wrong kind.
    """
    path = directory / MANIFEST_NAME
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise ModelError(f"There is no model in {directory}: {path.name} cannot be read. {RETRAIN}") from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path} is not JSON ({error}). {RETRAIN}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT_VERSION:
        raise ModelError(f"{path} is not a manifest of format {FORMAT_VERSION}. {RETRAIN}")
    try:
        Manifest(**data)
    except TypeError as error:
        raise ModelError(f"{path} is not a complete manifest: {error}. {RETRAIN}") from error
    _check_types(path, data)
    # JSON has no tuples.
    return Manifest(**{**data, **{key: tuple(data[key]) for key in ("features", "genres", "medians")}})


def check_manifest(directory: Path, manifest: Manifest) -> None:
    """Check all that a manifest claims of a model that is to be served, but its gate.

    Parameters
    ----------
    directory
        Where it was read.
    manifest
        As `read_manifest` gives it.

    Raises
    ------
    ModelError
        If the features are not the ones that are measured, a library has another version than the one the
        estimators were fitted with, or the medians, confusions or thresholds of sounds cannot be of this model.
    """
    _check_features(directory, manifest)
    _check_libraries(directory, manifest)
    _check_medians(directory, manifest)
    _check_confusions(directory, manifest)
    _check_sounds(directory, manifest)


def level_free_columns(features: Sequence[str]) -> tuple[str, ...]:
    """Name the columns that the vote sees, once the level is divided out of the features.

    Parameters
    ----------
    features
        Columns of the model: the 57 features, or all of `ROW_NAMES`.

    Returns
    -------
    tuple of str
        `LEVEL_FREE_NAMES`, then the tag statistics if there are any.
    """
    return (*LEVEL_FREE_NAMES, *features[len(FEATURE_NAMES) :])


def _check_types(path: Path, data: dict[str, Any]) -> None:
    for key, expected in _JSON_TYPES.items():
        items = data[key] if expected is list else ()
        kind = (int, float) if key == "medians" else str
        if not isinstance(data[key], expected) or not all(isinstance(item, kind) for item in items):
            raise ModelError(f"{path} is not a complete manifest: its {key} cannot be {data[key]!r:.60}. {RETRAIN}")


def _check_features(directory: Path, manifest: Manifest) -> None:
    if manifest.features in (FEATURE_NAMES, ROW_NAMES):
        return
    unknown = sorted(set(manifest.features) - set(ROW_NAMES))
    missing = sorted(set(FEATURE_NAMES) - set(manifest.features))
    if unknown:
        detail = f"it needs {', '.join(unknown[:5])}, which cannot be measured on a person's file"
    elif missing:
        detail = f"it does not know {', '.join(missing[:5])}"
    else:
        detail = "some tags are missing, or its columns stand in another order"
    raise ModelError(
        f"The model in {directory} was trained on other features: {detail}. "
        "Train with `--recipe default` or `--recipe features` to get a model that can be served."
    )


def _check_libraries(directory: Path, manifest: Manifest) -> None:
    for library, installed in installed_libraries().items():
        fitted = str(manifest.libraries.get(library, "nothing"))
        # Pickles and feature values are only promised within a minor release.
        if fitted.split(".")[:2] != installed.split(".")[:2]:
            raise ModelError(
                f"The model in {directory} was fitted with {library} {fitted}, but {installed} is installed. "
                f"Install the pinned requirements, or train it anew with what is installed."
            )


def _check_medians(directory: Path, manifest: Manifest) -> None:
    columns = len(level_free_columns(manifest.features))
    if len(manifest.medians) != columns or not all(
        _is_between(-_LARGEST, median, _LARGEST) for median in manifest.medians
    ):
        raise ModelError(
            f"The medians in {directory / MANIFEST_NAME} are not {columns} finite numbers, one for each column of "
            f"the vote. {RETRAIN}"
        )


def _check_confusions(directory: Path, manifest: Manifest) -> None:
    for genre, shares in manifest.confusions.items():
        known = isinstance(shares, dict) and {genre, *shares} <= set(manifest.genres)
        if not known or not all(_is_between(0.0, share, 1.0) for share in shares.values()):
            raise ModelError(
                f"The confusions in {directory / MANIFEST_NAME} are not shares from 0 to 1 of its own genres: "
                f"those of {genre!r:.60} cannot be {shares!r:.60}. {RETRAIN}"
            )


def _check_sounds(directory: Path, manifest: Manifest) -> None:
    for sound, threshold in manifest.sounds.items():
        if sound not in set(Sound) or not _is_between(0.0, threshold, NEVER):
            raise ModelError(
                f"The sounds in {directory / MANIFEST_NAME} are not thresholds from 0 to {NEVER:g} of "
                f"{', '.join(Sound)}: {sound!r:.60} cannot be {threshold!r:.60}. {RETRAIN}"
            )


def _is_between(least: float, value: object, most: float) -> bool:
    """Tell whether a value of JSON is a number in a range; true, false and NaN are in none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
