"""Learns to tell music from speech, noise and tones, and measures how well on sounds never heard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler
from sklearn.svm import SVC

from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES
from classifier.level import LevelFree, log_variances
from classifier.measure import ROW_NAMES
from classifier.training.dataset import FeatureTable
from classifier.training.evaluation.intervals import Share
from classifier.training.fit import MOST_FOLDS
from classifier.training.recipes import Classifier

SOUNDS_PATH: Final = Path(__file__).parent / "not_music" / "sounds.npz"
"""Rows of sounds that are no music, as ``genre-bot measure-sounds`` writes them."""

REFUSED_MUSIC: Final = 0.002
"""Share of held-out music that may be refused when the threshold is chosen.

Small, because to refuse a member's song is worse than to name the genre of a speech, and because music that is
unlike the training table must be expected to be refused more often. Of fewer than 500 clips it is the least music-like
one that the threshold lies at.
"""

SUPPORT_VECTOR_C: Final = 3.0
LOGISTIC_C: Final = 0.02
"""Inverse regularisation of the two voters, under scikit-learn's name; set by hand, not searched for."""


@dataclass(frozen=True, slots=True, eq=False)
class SoundTable:
    """Measured sounds that are no music.

    Parameters
    ----------
    kinds, groups : ndarray of str, shape (sounds,)
        What each is, and what must stay on one side of a split.
    rows : ndarray of float64, shape (sounds, 307)
        In the order of `ROW_NAMES`.
    """

    kinds: npt.NDArray[np.str_]
    groups: npt.NDArray[np.str_]
    rows: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DetectorScores:
    """How well music is told from what is not, on artists and sounds held out.

    Parameters
    ----------
    auroc
        Area under the ROC curve of the probability of music.
    music_refused
        Music of each fold below the threshold that the other folds alone would set. Below the threshold that they set
        together there is next to none whatever the detector is worth: that is how it is set.
    accepted
        For each kind of sound, those that pass as music at the threshold of all folds, which no sound had a say in.
    clips, sounds
        How many there were.
    """

    auroc: float
    music_refused: Share
    accepted: dict[str, Share]
    clips: int
    sounds: int


def read_sounds(path: Path = SOUNDS_PATH) -> SoundTable:
    """Read measured sounds.

    Parameters
    ----------
    path
        A NumPy archive with ``kinds``, ``groups``, ``names`` of the columns and ``rows``.

    Returns
    -------
    SoundTable

    Raises
    ------
    DatasetError
        If the archive cannot be read or was measured with other columns.
    """
    try:
        with np.load(path, allow_pickle=False) as archive:
            names, kinds, groups, rows = (archive[name] for name in ("names", "kinds", "groups", "rows"))
    except (OSError, ValueError, KeyError) as error:
        raise DatasetError(f"{path} cannot be read: {error}. Make it anew with `genre-bot measure-sounds`.") from error
    if tuple(names) != ROW_NAMES:
        raise DatasetError(f"{path} was measured with other columns. Make it anew with `genre-bot measure-sounds`.")
    return SoundTable(kinds, groups, rows.astype(np.float64))


def fit_detector(
    table: FeatureTable, groups: npt.NDArray[np.intp], sounds: SoundTable, *, seed: int
) -> tuple[Classifier, float, DetectorScores]:
    """Fit the detector and choose its threshold on what was held out.

    Parameters
    ----------
    table
        Music.
    groups : ndarray of int, shape (clips,)
        Clips of one number stay together.
    sounds
        What is no music.
    seed
        Of the folds.

    Returns
    -------
    detector : Classifier
        Class 1 is music; over rows of `FEATURE_NAMES`; fitted on everything.
    threshold : float
        Refuses at most `REFUSED_MUSIC` of the held-out clips.
    scores : DetectorScores
        Of the held-out clips and sounds.
    """
    rows, together = stack(table, groups, sounds)
    is_music = np.concatenate([np.ones(len(table), dtype=np.intp), np.zeros(len(sounds.rows), dtype=np.intp)])
    held_out, fold_of = np.zeros(len(rows)), np.zeros(len(rows), dtype=np.intp)
    splitter = StratifiedGroupKFold(MOST_FOLDS, shuffle=True, random_state=seed)
    for fold, (train, test) in enumerate(splitter.split(rows, is_music, together)):
        held_out[test] = build_vote().fit(rows[train], is_music[train]).predict_proba(rows[test])[:, 1]
        fold_of[test] = fold
    music, other = held_out[is_music == 1], held_out[is_music == 0]
    threshold = _threshold(music)
    passes = other >= threshold
    scores = DetectorScores(
        auroc=float(roc_auc_score(is_music, held_out)),
        music_refused=_refused_by_others(music, fold_of[is_music == 1]),
        accepted={
            str(kind): Share(int(passes[sounds.kinds == kind].sum()), int((sounds.kinds == kind).sum()))
            for kind in np.unique(sounds.kinds)
        },
        clips=len(music),
        sounds=len(other),
    )
    return build_vote().fit(rows, is_music), threshold, scores


def count_refused(detector: Classifier, threshold: float, table: FeatureTable) -> Share:
    """Count the music that a detector takes for something else.

    Parameters
    ----------
    detector, threshold
        By `fit_detector`.
    table
        Music that it was not fitted on.

    Returns
    -------
    Share
        Of the clips.
    """
    music = detector.predict_proba(table.columns(FEATURE_NAMES))[:, 1]
    return Share(int((music < threshold).sum()), len(table))


def stack(
    table: FeatureTable, groups: npt.NDArray[np.intp], sounds: SoundTable
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.str_]]:
    """Put the rows of sounds under those of music.

    Parameters
    ----------
    table, groups, sounds
        As in `fit_detector`.

    Returns
    -------
    rows : ndarray of float64, shape (clips + sounds, 57)
        In the order of `FEATURE_NAMES`.
    together : ndarray of str, shape (clips + sounds,)
        Rows of one group stay on one side of a split.
    """
    rows = np.vstack([table.columns(FEATURE_NAMES), sounds.rows[:, : len(FEATURE_NAMES)]])
    return rows, np.concatenate([groups.astype(str), sounds.groups])


def _threshold(music: npt.NDArray[np.float64]) -> float:
    return float(np.quantile(music, REFUSED_MUSIC, method="lower"))


def _refused_by_others(music: npt.NDArray[np.float64], fold_of: npt.NDArray[np.intp]) -> Share:
    """Count the music of each fold that the threshold of the other folds refuses."""
    refused = Share(0, 0)
    for fold in np.unique(fold_of):
        inside = fold_of == fold
        refused += Share(int((music[inside] < _threshold(music[~inside])).sum()), int(inside.sum()))
    return refused


def build_vote() -> Pipeline:
    """Return the unfitted vote on what a row is: music or not, or which kind of sound.

    Returns
    -------
    Pipeline
        Over rows of `FEATURE_NAMES`; it divides the level out itself.
    """
    # Without the tags: whether they would help or harm on sounds that are no music, or on music unlike the table's,
    # has not been measured.
    support_vectors = CalibratedClassifierCV(
        SVC(C=SUPPORT_VECTOR_C, class_weight="balanced"), method="sigmoid", ensemble=False, cv=MOST_FOLDS
    )
    logistic = LogisticRegression(C=LOGISTIC_C, class_weight="balanced", max_iter=2000)
    return Pipeline(
        [
            ("level_free", LevelFree()),
            ("log_variances", FunctionTransformer(log_variances)),
            ("scale", StandardScaler()),
            ("vote", VotingClassifier([("support_vectors", support_vectors), ("logistic", logistic)], voting="soft")),
        ]
    )
