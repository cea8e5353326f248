"""The figures of a set of predictions: accuracy, macro-F1, top-3, log loss and calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.metrics import accuracy_score, f1_score, log_loss, top_k_accuracy_score

from classifier.training.fit import HeldOut

ECE_BINS: Final = 15
"""Equal-width bins of the top probability (Guo et al., 2017, "On calibration of modern neural networks")."""

TOP: Final = 3
"""Genres that an answer shows."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures of one recipe by one protocol.

    Parameters
    ----------
    accuracy
        Share of clips whose most probable genre is right.
    macro_f1
        Mean of the F1 score over the genres that there are clips of.
    top3
        Share of clips whose genre is among the three most probable.
    log_loss
        Mean negative logarithm of the true genre's probability, in nats.
    ece
        Expected calibration error of the top probability.
    clips_train, clips_test
        Clips learnt from (the mean over folds where there are several) and clips predicted.
    """

    accuracy: float
    macro_f1: float
    top3: float
    log_loss: float
    ece: float
    clips_train: int
    clips_test: int


def score(held_out: HeldOut) -> Scores:
    """Score predictions.

    Parameters
    ----------
    held_out
        Predictions and the truth.

    Returns
    -------
    Scores
    """
    predicted = held_out.probabilities.argmax(axis=1)
    columns = np.arange(len(held_out.genres))
    return Scores(
        accuracy=float(accuracy_score(held_out.labels, predicted)),
        macro_f1=float(
            f1_score(held_out.labels, predicted, average="macro", labels=np.unique(held_out.labels), zero_division=0.0)
        ),
        # Among three genres or fewer the right one is always in the top three.
        top3=float(top_k_accuracy_score(held_out.labels, held_out.probabilities, k=TOP, labels=columns))
        if columns.size > TOP
        else 1.0,
        log_loss=float(log_loss(held_out.labels, held_out.probabilities, labels=columns)),
        ece=expected_calibration_error(held_out.probabilities, held_out.labels),
        clips_train=held_out.clips_train,
        clips_test=len(held_out.labels),
    )


def expected_calibration_error(probabilities: npt.NDArray[np.float64], labels: npt.NDArray[np.intp]) -> float:
    """Return how far confidence and accuracy are apart, over bins of confidence.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (clips, genres)
        Predictions.
    labels : ndarray of int, shape (clips,)
        Column of the true genre.

    Returns
    -------
    float
        Mean over `ECE_BINS` equal bins of |accuracy - mean top probability|, weighted by clips;
        0 is perfect.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    gaps = np.bincount(confidence_bins(confidence), weights=right - confidence, minlength=ECE_BINS)
    return float(np.abs(gaps).sum() / len(labels))


def confidence_bins(confidence: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Return the bin of each top probability.

    Parameters
    ----------
    confidence : ndarray of float64, any shape
        From 0 to 1.

    Returns
    -------
    ndarray of int, the same shape
        From 0 to ``ECE_BINS - 1``; bins are open below and closed above, so that 1 lies in the last.
    """
    return np.clip(np.ceil(confidence * ECE_BINS).astype(np.intp) - 1, 0, ECE_BINS - 1)
