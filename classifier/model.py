"""A trained voting classifier on disk: joblib estimators and the manifest that vouches for them."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import joblib
import numpy as np
import numpy.typing as npt
from xgboost import DMatrix

from classifier.calibration import CalibratedVote, Voter
from classifier.errors import ModelError
from classifier.evidence import weigh_evidence
from classifier.features import FEATURE_NAMES
from classifier.gate import Gate
from classifier.manifest import (
    MANIFEST_NAME,
    RETRAIN,
    Manifest,
    check_manifest,
    installed_libraries,
    level_free_columns,
    read_manifest,
)
from classifier.measure import ROW_NAMES
from classifier.replacing import replace_bytes
from classifier.result import Confusion, Evidence, GenreProbability, ModelInfo, Sound, Why

ESTIMATORS_NAME: Final = "estimators.joblib"

MOST_CONFUSIONS: Final = 3
"""Genres that an answer names at most as what it may be mistaken for."""

MUSIC: Final = "music"
"""Class of `Estimators.sounds` for what may be music after all: no kind of sound is named then."""

LEAST_CONFUSION: Final = 0.03
"""Least share of the clips that were given a genre, from which on a confusion is named."""


@dataclass(frozen=True, slots=True)
class Estimators:
    """What was fitted, and is kept in one joblib file.

    Parameters
    ----------
    genres
        The calibrated vote, over rows of the manifest's features.
    music
        Tells music (class 1) from what is not (class 0), over rows of the 57 features.
    sounds
        Tells kinds of `Sound` apart, and from `MUSIC`, over rows of the 57 features.
    """

    genres: CalibratedVote
    music: Voter
    sounds: Voter


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

    def sound(self, rows: npt.NDArray[np.float64]) -> Sound | None:
        """Say what rows sound like, if they are no music.

        Parameters
        ----------
        rows : ndarray of float64, shape (n, 307)
            As of `vote`; the answer is of their mean.

        Returns
        -------
        Sound or None
            None where no kind is likely enough to be named, or nothing is likelier than music.
        """
        voter = self.estimators.sounds
        probabilities = voter.predict_proba(rows[:, : len(FEATURE_NAMES)]).mean(axis=0)
        likeliest = int(probabilities.argmax())
        kind = str(voter.classes_[likeliest])
        if kind == MUSIC or probabilities[likeliest] < self.manifest.sounds[kind]:
            return None
        return Sound(kind)

    def explain(self, rows: npt.NDArray[np.float64], genre: str) -> Why:
        """Say what spoke for a genre with the XGBoost voter, and what the genre is mistaken for.

        The evidence is of the XGBoost voter alone, by its TreeSHAP values: the other voters of the vote are not
        explained. Where that voter by itself would put another genre first, its reasons are not those of the
        answer, and none are given.

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
        index = self.manifest.genres.index(genre)
        # Level-free columns, then the voters.
        pipeline: Any = self.estimators.genres.vote
        level_free = pipeline[:-1].transform(self._columns(rows))
        voter = pipeline[-1].named_estimators_["xgboost"]
        evidence: tuple[Evidence, ...] = ()
        if int(voter.predict_proba(level_free).mean(axis=0).argmax()) == index:
            contributions = voter.get_booster().predict(DMatrix(level_free), pred_contribs=True)
            # Of two genres XGBoost scores only the second.
            of_genre = contributions[:, index] if contributions.ndim == 3 else contributions * (1 if index else -1)
            evidence = weigh_evidence(
                of_genre[:, :-1],
                level_free,
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


def save_model(
    directory: Path,
    estimators: Estimators,
    *,
    name: str,
    version: str,
    features: tuple[str, ...],
    gate: Gate,
    sounds: dict[str, float],
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
    name, version, features, gate, sounds, confusions, medians, training, metrics
        As in `Manifest`.

    Returns
    -------
    Manifest
        As written.
    """
    buffer = io.BytesIO()
    joblib.dump((estimators.genres, estimators.music, estimators.sounds), buffer, compress=("xz", 6))
    payload = buffer.getvalue()
    manifest = Manifest(
        name=name,
        version=version,
        digest=hashlib.sha256(payload).hexdigest(),
        features=features,
        genres=tuple(str(genre) for genre in estimators.genres.classes_),
        libraries=installed_libraries(),
        gate=gate.to_dict(),
        sounds=sounds,
        confusions=confusions,
        medians=medians,
        training=training,
        metrics=metrics,
    )
    directory.mkdir(parents=True, exist_ok=True)
    replace_bytes(directory / ESTIMATORS_NAME, payload)
    replace_bytes(directory / MANIFEST_NAME, (json.dumps(asdict(manifest), indent=2) + "\n").encode())
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
        If a file is missing or unreadable, the digest is wrong, the manifest is not one that can be served, or
        the genres or sounds are not those of the estimators.
    """
    manifest = read_manifest(directory)
    path = directory / ESTIMATORS_NAME
    try:
        payload = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}). {RETRAIN}") from error
    digest = hashlib.sha256(payload).hexdigest()
    if digest != manifest.digest:
        raise ModelError(
            f"{path} is not the file that its manifest describes: its SHA-256 begins {digest[:12]}, "
            f"the manifest says {manifest.digest[:12]}. It may be damaged or exchanged; restore both files "
            "from the same training run."
        )
    check_manifest(directory, manifest)
    try:
        gate = Gate.from_dict(manifest.gate)
    except KeyError as error:
        raise ModelError(f"The gate in {directory / MANIFEST_NAME} lacks {error}. {RETRAIN}") from error
    except ValueError as error:
        raise ModelError(f"The gate in {directory / MANIFEST_NAME} cannot be used: {error}. {RETRAIN}") from error
    # joblib runs code from the file: only after the digest, and so the operator's manifest, vouches for it.
    try:
        genres, music, sounds = joblib.load(io.BytesIO(payload))
    except (TypeError, ValueError) as error:
        raise ModelError(f"{path} holds no estimators of this version. {RETRAIN}") from error
    estimators = Estimators(genres, music, sounds)
    if tuple(getattr(estimators.genres, "classes_", ())) != manifest.genres:
        raise ModelError(f"{path} answers with other genres than {MANIFEST_NAME} names. {RETRAIN}")
    if {*map(str, getattr(estimators.sounds, "classes_", ()))} != {MUSIC, *manifest.sounds}:
        raise ModelError(f"{path} tells other sounds apart than {MANIFEST_NAME} names. {RETRAIN}")
    return GenreModel(estimators, manifest, gate)
