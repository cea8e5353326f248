"""A trained voting classifier on disk: joblib estimators and the manifest that vouches for them."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final, Protocol

import joblib
import numpy as np
import numpy.typing as npt
from xgboost import DMatrix

from classifier.errors import ModelError
from classifier.evidence import weigh_evidence
from classifier.features import FEATURE_NAMES
from classifier.gate import Gate
from classifier.level import LEVEL_FREE_NAMES
from classifier.measure import ROW_NAMES
from classifier.result import Confusion, GenreProbability, ModelInfo, Why
from classifier.tag_statistics import TAG_STATISTIC_NAMES

MANIFEST_NAME: Final = "manifest.json"
ESTIMATORS_NAME: Final = "estimators.joblib"
FORMAT_VERSION: Final = 2
"""Of the manifest; raised when its keys change their meaning."""

PINNED_LIBRARIES: Final = ("librosa", "numpy", "onnxruntime", "scikit-learn", "scipy", "xgboost")
"""Libraries that the features or the pickled estimators depend on."""


MOST_CONFUSIONS: Final = 3
"""Genres that an answer names at most as what it may be mistaken for."""

LEAST_CONFUSION: Final = 0.03
"""Least share of the clips that were given a genre, from which on a confusion is named."""


class Classifier(Protocol):
    """The part of a fitted scikit-learn classifier that serving needs."""

    classes_: npt.NDArray[Any]

    def predict_proba(self, X: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the probability of each class for each row."""
        ...


@dataclass(frozen=True, slots=True)
class Estimators:
    """What was fitted, and is kept in one joblib file.

    Parameters
    ----------
    genres
        The calibrated vote, over rows of the manifest's features.
    music
        Tells music (class 1) from what is not (class 0), over rows of the 57 features.
    """

    genres: Classifier
    music: Classifier


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
    confusions
        For each genre, what clips that were given it really were: genre to share of those clips, measured
        on artists held out in training; the genre itself is left out.
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
    confusions: dict[str, dict[str, float]]
    medians: tuple[float, ...]
    training: dict[str, Any]
    metrics: dict[str, Any]
    format: int = FORMAT_VERSION


@dataclass(frozen=True, slots=True)
class GenreModel:
    """A loaded model, ready to vote.

    Parameters
    ----------
    estimators
        What was fitted.
    manifest
        What is known of it.
    gate
        The verdict's thresholds.
    """

    estimators: Estimators
    manifest: Manifest
    gate: Gate

    @property
    def info(self) -> ModelInfo:
        """Name, version and digest, as an answer carries them."""
        return ModelInfo(self.manifest.name, self.manifest.version, self.manifest.digest)

    @property
    def needs_tags(self) -> bool:
        """Whether tag statistics are among the columns that it votes on."""
        return not set(TAG_STATISTIC_NAMES).isdisjoint(self.manifest.features)

    def vote(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the probability of each genre for each row.

        Parameters
        ----------
        rows : ndarray of float64, shape (n, 307)
            Columns in the order of `ROW_NAMES`; those that the model does not know may be anything.

        Returns
        -------
        ndarray of float64, shape (n, genres)
            Columns in the order of ``manifest.genres``; each row sums to 1.
        """
        probabilities = np.asarray(self.estimators.genres.predict_proba(self._columns(rows)), dtype=np.float64)
        normalized: npt.NDArray[np.float64] = probabilities / probabilities.sum(axis=1, keepdims=True)
        return normalized

    def music(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return how probably each row is music at all.

        Parameters
        ----------
        rows : ndarray of float64, shape (n, 307)
            As of `vote`.

        Returns
        -------
        ndarray of float64, shape (n,)
        """
        return np.asarray(self.estimators.music.predict_proba(rows[:, : len(FEATURE_NAMES)])[:, 1], dtype=np.float64)

    def explain(self, rows: npt.NDArray[np.float64], genre: str) -> Why:
        """Say what spoke for a genre, by the XGBoost voter's TreeSHAP values, and what it is mistaken for.

        Parameters
        ----------
        rows : ndarray of float64, shape (n, 307)
            As of `vote`; the evidence is the mean over them.
        genre
            One of ``manifest.genres``.

        Returns
        -------
        Why
        """
        # The one vote that calibration without an ensemble keeps: level-free columns, then the voters.
        pipeline = self.estimators.genres.calibrated_classifiers_[0].estimator  # type: ignore[attr-defined]
        level_free = pipeline[:-1].transform(self._columns(rows))
        booster = pipeline[-1].named_estimators_["xgboost"].get_booster()
        contributions = booster.predict(DMatrix(level_free), pred_contribs=True)
        # Of two genres XGBoost scores only the second.
        index = self.manifest.genres.index(genre)
        of_genre = contributions[:, index] if contributions.ndim == 3 else contributions * (1 if index else -1)
        evidence = weigh_evidence(
            of_genre.mean(axis=0)[:-1],
            level_free.mean(axis=0),
            np.asarray(self.manifest.medians),
            level_free_columns(self.manifest.features),
        )
        confusions = self.manifest.confusions.get(genre, {})
        ranked = sorted(confusions.items(), key=lambda item: -item[1])[:MOST_CONFUSIONS]
        return Why(evidence, tuple(Confusion(name, share) for name, share in ranked if share >= LEAST_CONFUSION))

    def _columns(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return rows[:, [ROW_NAMES.index(name) for name in self.manifest.features]]

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
    estimators: Estimators,
    *,
    name: str,
    version: str,
    features: tuple[str, ...],
    gate: Gate,
    confusions: dict[str, dict[str, float]],
    medians: tuple[float, ...],
    training: dict[str, Any],
    metrics: dict[str, Any],
) -> Manifest:
    """Write fitted estimators and their manifest.

    Parameters
    ----------
    directory
        Made where it is missing; a model in it is replaced.
    estimators
        What was fitted.
    name, version, features, gate, confusions, medians, training, metrics
        As in `Manifest`.

    Returns
    -------
    Manifest
        As written.
    """
    buffer = io.BytesIO()
    joblib.dump((estimators.genres, estimators.music), buffer, compress=("xz", 6))
    payload = buffer.getvalue()
    manifest = Manifest(
        name=name,
        version=version,
        digest=hashlib.sha256(payload).hexdigest(),
        features=features,
        genres=tuple(str(genre) for genre in estimators.genres.classes_),
        libraries=installed_libraries(),
        gate=gate.to_dict(),
        confusions=confusions,
        medians=medians,
        training=training,
        metrics=metrics,
    )
    directory.mkdir(parents=True, exist_ok=True)
    _replace(directory / ESTIMATORS_NAME, payload)
    _replace(directory / MANIFEST_NAME, (json.dumps(asdict(manifest), indent=2) + "\n").encode())
    return manifest


def load_model(directory: Path) -> GenreModel:
    """Load a model after checking all that its manifest claims.

    Parameters
    ----------
    directory
        Holds ``manifest.json`` and ``estimators.joblib``.

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
    path = directory / ESTIMATORS_NAME
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
    try:
        genres, music = joblib.load(io.BytesIO(payload))
    except (TypeError, ValueError) as error:
        raise ModelError(f"{path} holds no estimators of this version. {_RETRAIN}") from error
    estimators = Estimators(genres, music)
    if tuple(getattr(estimators.genres, "classes_", ())) != manifest.genres:
        raise ModelError(f"{path} answers with other genres than {MANIFEST_NAME} names. {_RETRAIN}")
    return GenreModel(estimators, manifest, gate)


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
        Manifest(**data)
    except TypeError as error:
        raise ModelError(f"{path} is not a complete manifest: {error}. {_RETRAIN}") from error
    _check_types(path, data)
    # JSON has no tuples.
    return Manifest(**{**data, **{key: tuple(data[key]) for key in ("features", "genres", "medians")}})


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


_RETRAIN: Final = "Train one with `genre-bot train FEATURES.csv --out DIR`, or restore the one in `models/`."


_JSON_TYPES: Final = {
    **dict.fromkeys(("name", "version", "digest"), str),
    **dict.fromkeys(("features", "genres", "medians"), list),
    **dict.fromkeys(("libraries", "gate", "confusions", "training", "metrics"), dict),
}


def _check_types(path: Path, data: dict[str, Any]) -> None:
    for key, expected in _JSON_TYPES.items():
        items = data[key] if expected is list else ()
        kind = (int, float) if key == "medians" else str
        if not isinstance(data[key], expected) or not all(isinstance(item, kind) for item in items):
            raise ModelError(f"{path} is not a complete manifest: its {key} cannot be {data[key]!r:.60}. {_RETRAIN}")


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


def _replace(path: Path, payload: bytes) -> None:
    """Write by way of a temporary name, so that a reader never meets half a file."""
    temporary = path.with_suffix(path.suffix + ".new")
    temporary.write_bytes(payload)
    temporary.replace(path)
