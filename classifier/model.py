"""A trained voting classifier on disk: a joblib pipeline and the manifest that vouches for it."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final, Protocol

import joblib
import numpy as np
import numpy.typing as npt

from classifier.errors import ModelError
from classifier.features import FEATURE_NAMES
from classifier.gate import Gate
from classifier.result import GenreProbability, ModelInfo

MANIFEST_NAME: Final = "manifest.json"
PIPELINE_NAME: Final = "pipeline.joblib"
FORMAT_VERSION: Final = 1
"""Of the manifest; raised when its keys change their meaning."""

PINNED_LIBRARIES: Final = ("librosa", "numpy", "scikit-learn", "scipy", "xgboost")
"""Libraries that the features or the pickled estimators depend on."""


class Pipeline(Protocol):
    """The part of a fitted scikit-learn classifier that serving needs."""

    classes_: npt.NDArray[np.str_]

    def predict_proba(self, X: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the probability of each class for each row."""
        ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says of the pipeline beside it.

    Parameters
    ----------
    name
        The recipe that the pipeline was fitted with.
    version
        Of the Genre Bot that trained it.
    digest
        SHA-256 of the pipeline file, hexadecimal.
    features
        Columns that the pipeline expects, in order.
    genres
        Classes that it answers with, in the order of its probabilities.
    libraries
        Version of each of `PINNED_LIBRARIES` that it was fitted with.
    gate
        Thresholds of the verdict, as `Gate.to_dict` gives them.
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
    training: dict[str, Any]
    metrics: dict[str, Any]
    format: int = FORMAT_VERSION


@dataclass(frozen=True, slots=True)
class GenreModel:
    """A loaded model, ready to vote.

    Parameters
    ----------
    pipeline
        The fitted estimator.
    manifest
        What is known of it.
    gate
        The verdict's thresholds.
    """

    pipeline: Pipeline
    manifest: Manifest
    gate: Gate

    @property
    def info(self) -> ModelInfo:
        """Name, version and digest, as an answer carries them."""
        return ModelInfo(self.manifest.name, self.manifest.version, self.manifest.digest)

    def vote(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the probability of each genre for each row.

        Parameters
        ----------
        rows : ndarray of float64, shape (windows, features)
            Columns in the order of ``manifest.features``.

        Returns
        -------
        ndarray of float64, shape (windows, genres)
            Columns in the order of ``manifest.genres``; each row sums to 1.
        """
        probabilities = np.asarray(self.pipeline.predict_proba(rows), dtype=np.float64)
        normalized: npt.NDArray[np.float64] = probabilities / probabilities.sum(axis=1, keepdims=True)
        return normalized

    def rank(self, probabilities: npt.NDArray[np.float64]) -> tuple[GenreProbability, ...]:
        """Name and sort one row of probabilities.

        Parameters
        ----------
        probabilities : ndarray of float64, shape (genres,)

        Returns
        -------
        tuple of GenreProbability
            Most probable first.
        """
        order = np.argsort(-probabilities, kind="stable")
        return tuple(GenreProbability(self.manifest.genres[i], float(probabilities[i])) for i in order)


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


def save_model(
    directory: Path,
    pipeline: Pipeline,
    *,
    name: str,
    version: str,
    features: tuple[str, ...],
    gate: Gate,
    training: dict[str, Any],
    metrics: dict[str, Any],
) -> Manifest:
    """Write a fitted pipeline and its manifest.

    Parameters
    ----------
    directory
        Made where it is missing; a model in it is replaced.
    pipeline
        The fitted estimator.
    name, version, features, gate, training, metrics
        As in `Manifest`.

    Returns
    -------
    Manifest
        As written.
    """
    buffer = io.BytesIO()
    joblib.dump(pipeline, buffer, compress=("xz", 6))
    payload = buffer.getvalue()
    manifest = Manifest(
        name=name,
        version=version,
        digest=hashlib.sha256(payload).hexdigest(),
        features=features,
        genres=tuple(str(genre) for genre in pipeline.classes_),
        libraries=installed_libraries(),
        gate=gate.to_dict(),
        training=training,
        metrics=metrics,
    )
    directory.mkdir(parents=True, exist_ok=True)
    _replace(directory / PIPELINE_NAME, payload)
    _replace(directory / MANIFEST_NAME, (json.dumps(asdict(manifest), indent=2) + "\n").encode())
    return manifest


def load_model(directory: Path) -> GenreModel:
    """Load a model after checking all that its manifest claims.

    Parameters
    ----------
    directory
        Holds ``manifest.json`` and ``pipeline.joblib``.

    Returns
    -------
    GenreModel
        Ready to vote.

    Raises
    ------
    ModelError
        If a file is missing or unreadable, the digest is wrong, the features are not the ones that
        are extracted, the genres are not those of the pipeline, or a library has another version than
        the one it was fitted with.
    """
    manifest = read_manifest(directory)
    path = directory / PIPELINE_NAME
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}). {_RETRAIN}") from error
    digest = hashlib.sha256(payload).hexdigest()
    if digest != manifest.digest:
        raise ModelError(
            f"{path} is not the file that its manifest describes: its SHA-256 begins {digest[:12]}, "
            f"the manifest says {manifest.digest[:12]}. It may be damaged or exchanged; restore both files "
            "from the same training run."
        )
    _check_features(directory, manifest)
    _check_libraries(directory, manifest)
    try:
        gate = Gate.from_dict(manifest.gate)
    except (TypeError, ValueError, KeyError) as error:
        raise ModelError(f"The gate in {directory / MANIFEST_NAME} is incomplete: {error}. {_RETRAIN}") from error
    # joblib runs code from the file: only after the digest, and so the operator's manifest, vouches for it.
    pipeline: Pipeline = joblib.load(io.BytesIO(payload))
    if tuple(getattr(pipeline, "classes_", ())) != manifest.genres:
        raise ModelError(f"{path} answers with other genres than {MANIFEST_NAME} names. {_RETRAIN}")
    return GenreModel(pipeline, manifest, gate)


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
        raise ModelError(f"There is no model in {directory}: {path.name} cannot be read. {_RETRAIN}") from error
    except ValueError as error:
        raise ModelError(f"{path} is not JSON ({error}). {_RETRAIN}") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT_VERSION:
        raise ModelError(f"{path} is not a manifest of format {FORMAT_VERSION}. {_RETRAIN}")
    try:
        manifest = Manifest(**data)
    except TypeError as error:
        raise ModelError(f"{path} is not a complete manifest: {error}. {_RETRAIN}") from error
    _check_types(path, data)
    # JSON has no tuples.
    return Manifest(**{**data, "features": tuple(manifest.features), "genres": tuple(manifest.genres)})


_RETRAIN: Final = "Train one with `genre-bot train FEATURES.csv --out DIR`, or restore the one in `models/`."


_JSON_TYPES: Final = {
    **dict.fromkeys(("name", "version", "digest"), str),
    **dict.fromkeys(("features", "genres"), list),
    **dict.fromkeys(("libraries", "gate", "training", "metrics"), dict),
}


def _check_types(path: Path, data: dict[str, Any]) -> None:
    for key, expected in _JSON_TYPES.items():
        names = data[key] if expected is list else ()
        if not isinstance(data[key], expected) or not all(isinstance(name, str) for name in names):
            raise ModelError(f"{path} is not a complete manifest: its {key} cannot be {data[key]!r:.60}. {_RETRAIN}")


def _check_features(directory: Path, manifest: Manifest) -> None:
    if manifest.features == FEATURE_NAMES:
        return
    unknown = sorted(set(manifest.features) - set(FEATURE_NAMES))
    missing = sorted(set(FEATURE_NAMES) - set(manifest.features))
    if unknown:
        detail = f"it needs {', '.join(unknown[:5])}, which cannot be measured on a person's file"
    elif missing:
        detail = f"it does not know {', '.join(missing[:5])}"
    else:
        detail = "its columns stand in another order"
    raise ModelError(
        f"The model in {directory} was trained on other features: {detail}. "
        "Train with `--recipe default` to get a model that can be served."
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


def _replace(path: Path, payload: bytes) -> None:
    """Write by way of a temporary name, so that a reader never meets half a file."""
    temporary = path.with_suffix(path.suffix + ".new")
    temporary.write_bytes(payload)
    temporary.replace(path)
