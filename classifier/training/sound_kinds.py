"""Learns what a sound is like that is no music, and measures how often that is right on sounds never heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import StratifiedGroupKFold

from classifier.errors import DatasetError
from classifier.gate import LEAST_ANSWERS, NEVER, REQUIRED_AT_THRESHOLD, REQUIRED_PRECISION, least_threshold
from classifier.model import MUSIC
from classifier.result import Sound
from classifier.training.dataset import FeatureTable
from classifier.training.evaluation.intervals import Share
from classifier.training.music_detector import SoundTable, build_vote, stack
from classifier.training.recipes import Classifier

KINDS: Final = {
    "speech": Sound.SPEECH,
    "counting": Sound.SPEECH,
    "babble": Sound.SPEECH,
    "noise": Sound.NOISE,
    "silence": Sound.NOISE,
    "room": Sound.NOISE,
    "clicks": Sound.NOISE,
    "tone": Sound.TONE,
}
"""What each kind of the catalogue is called.

Some are merged, because generators that were held out could not be told apart often enough: of what was called
clicks, four in five were, rooms and noise are one to the features, and there are ten crowds only.
"""


FOLDS: Final = 10
"""Folds of the cross-validation: a kind has some dozen generators, of which each of fewer folds would take too many."""


@dataclass(frozen=True, slots=True)
class SoundScores:
    """How well kinds of sound are told apart, on artists and sounds held out.

    Each fold is judged by the thresholds that the other folds alone would set. Music stands among what is judged,
    though nearly all of it passes the detector before: to call it a sound counts as wrong.

    Parameters
    ----------
    right
        For each kind, those that are of it among all that are given it surely enough.
    found
        For each kind, the sounds of it that are given it in the end.
    music_named
        Music that would be given a kind if the detector refused it.
    """

    right: dict[str, Share]
    found: dict[str, Share]
    music_named: Share


def fit_sound_kinds(
    table: FeatureTable, groups: npt.NDArray[np.intp], sounds: SoundTable, *, seed: int
) -> tuple[Classifier, dict[str, float], SoundScores]:
    """Fit the vote on kinds of sound, and choose from which probability on a kind is named.

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
    vote : Classifier
        Its classes are `MUSIC` and kinds of sound; over rows of `FEATURE_NAMES`; fitted on everything.
    thresholds : dict
        Least probability by kind; `NEVER` where a kind is not right in `REQUIRED_PRECISION` of at least
        `LEAST_ANSWERS` held-out answers.
    scores : SoundScores
        Of the held-out clips and sounds.

    Raises
    ------
    DatasetError
        If there are sounds of a kind that is not in `KINDS`.
    """
    unknown = sorted(set(sounds.kinds.tolist()) - set(KINDS))
    if unknown:
        raise DatasetError(
            f"Nobody knows what the sounds of the kind {unknown[0]!r} are like. Choose kinds among {', '.join(KINDS)}."
        )
    rows, together = stack(table, groups, sounds)
    labels = np.asarray([MUSIC] * len(table) + [str(KINDS[kind]) for kind in sounds.kinds.tolist()])
    classes = np.unique(labels)
    held_out, fold_of = np.zeros((len(rows), len(classes))), np.zeros(len(rows), dtype=np.intp)
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for fold, (train, test) in enumerate(splitter.split(rows, labels, together)):
        vote = build_vote().fit(rows[train], labels[train])
        # All sounds of a kind may be of one group, and so in one fold.
        held_out[np.ix_(test, np.searchsorted(classes, vote.classes_))] = vote.predict_proba(rows[test])
        fold_of[test] = fold
    thresholds, scores = _choose(classes[held_out.argmax(axis=1)], held_out.max(axis=1), labels, fold_of)
    return build_vote().fit(rows, labels), thresholds, scores


def _choose(
    given: npt.NDArray[np.str_],
    sure: npt.NDArray[np.float64],
    labels: npt.NDArray[np.str_],
    fold_of: npt.NDArray[np.intp],
) -> tuple[dict[str, float], SoundScores]:
    """Choose the thresholds, and count what those of other folds make of each fold."""
    thresholds: dict[str, float] = {}
    right: dict[str, Share] = {}
    found: dict[str, Share] = {}
    music_named = Share(0, int((labels == MUSIC).sum()))
    for kind in sorted({*labels.tolist()} - {MUSIC}):
        called, of_kind = given == kind, labels == kind
        named = np.zeros(len(given), dtype=np.bool_)
        for fold in np.unique(fold_of):
            inside = called & (fold_of == fold)
            others = called & (fold_of != fold)
            named |= inside & (sure >= _threshold(sure[others], of_kind[others]))
        right[kind] = Share(int((named & of_kind).sum()), int(named.sum()))
        trusted = right[kind].of >= LEAST_ANSWERS and (right[kind].value or 0.0) >= REQUIRED_PRECISION
        thresholds[kind] = _threshold(sure[called], of_kind[called]) if trusted else NEVER
        found[kind] = Share(right[kind].count if trusted else 0, int(of_kind.sum()))
        music_named += Share(int((named & (labels == MUSIC)).sum()) if trusted else 0, 0)
    return thresholds, SoundScores(right, found, music_named)


def _threshold(sure: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> float:
    return least_threshold(sure, right, REQUIRED_PRECISION, at_threshold=REQUIRED_AT_THRESHOLD)
