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
from classifier.training.fit import MOST_FOLDS
from classifier.training.recipes import Classifier

SOUNDS_PATH: Final = Path(__file__).parent / "not_music" / "sounds.npz"
"""Rows of sounds that are no music, as ``genre-bot measure-sounds`` writes them."""

REFUSED_MUSIC: Final = 0.002
"""Share of held-out music that may be refused when the threshold is chosen.

A tenth of what is promised, because music that is unlike the training table is refused more often:
to refuse a member's song is worse than to name the genre of a speech.
"""

SUPPORT_VECTOR_C: Final = 3.0
LOGISTIC_C: Final = 0.02
"""Inverse regularisation of the two voters, under scikit-learn's name."""


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
        Share of music below the threshold.
    accepted
        For each kind of sound, the share that passes as music.
    clips, sounds
        How many there were.
    """

    auroc: float
    music_refused: float
    accepted: dict[str, float]
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
        Of the held-out clips and sounds at that threshold.
    """
    rows = np.vstack([table.columns(FEATURE_NAMES), sounds.rows[:, : len(FEATURE_NAMES)]])
    is_music = np.concatenate([np.ones(len(table), dtype=np.intp), np.zeros(len(sounds.rows), dtype=np.intp)])
    together = np.concatenate([groups.astype(str), sounds.groups])
    held_out = np.zeros(len(rows))
    splitter = StratifiedGroupKFold(MOST_FOLDS, shuffle=True, random_state=seed)
    for train, test in splitter.split(rows, is_music, together):
        held_out[test] = _build().fit(rows[train], is_music[train]).predict_proba(rows[test])[:, 1]
    music, other = held_out[is_music == 1], held_out[is_music == 0]
    threshold = float(np.quantile(music, REFUSED_MUSIC, method="lower"))
    scores = DetectorScores(
        auroc=float(roc_auc_score(is_music, held_out)),
        music_refused=float((music < threshold).mean()),
        accepted={
            str(kind): float((other[sounds.kinds == kind] >= threshold).mean()) for kind in np.unique(sounds.kinds)
        },
        clips=len(music),
        sounds=len(other),
    )
    return _build().fit(rows, is_music), threshold, scores


def _build() -> Pipeline:
    # Without the tags: they know the music of the table so well that they take all other music for noise.
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
