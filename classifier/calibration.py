"""A vote whose answers are as sure as they are right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt


class Voter(Protocol):
    """The part of a fitted scikit-learn classifier that is needed."""

    @property
    def classes_(self) -> npt.NDArray[Any]:
        """The classes, in the order of the probabilities."""
        ...

    def predict_proba(self, rows: npt.NDArray[np.float64], /) -> npt.NDArray[np.float64]:
        """Return the probability of each class for each row."""
        ...


@dataclass(frozen=True, slots=True)
class CalibratedVote:
    """A fitted vote, and the temperature that its answers are divided by.

    Parameters
    ----------
    vote
        From rows to probabilities.
    temperature
        As of `scale`.
    """

    vote: Voter
    temperature: float

    @property
    def classes_(self) -> npt.NDArray[Any]:
        """The genres, in the order of the probabilities; by the name that scikit-learn gives them."""
        return self.vote.classes_

    def predict_proba(self, rows: npt.NDArray[np.float64], /) -> npt.NDArray[np.float64]:
        """Return calibrated probabilities.

        Parameters
        ----------
        rows : ndarray of float64, shape (clips, columns)
            Rows, as the vote takes them.

        Returns
        -------
        ndarray of float64, shape (clips, genres)
            Each row sums to 1.
        """
        return scale(self.vote.predict_proba(rows), self.temperature)


def scale(probabilities: npt.NDArray[np.floating], temperature: float) -> npt.NDArray[np.float64]:
    """Divide the logarithms of probabilities by a temperature.

    Parameters
    ----------
    probabilities : ndarray of float, shape (clips, genres)
        Of a vote.
    temperature
        Above 1 the answers become less sure, below 1 surer; their order stays.

    Returns
    -------
    ndarray of float64, shape (clips, genres)
        Each row sums to 1.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger (2017), "On calibration of modern neural networks".
    """
    # The smallest normal number: a vote of 0 stays the least of all, without an infinite logarithm.
    positive = np.maximum(np.asarray(probabilities, dtype=np.float64), np.finfo(np.float64).tiny)
    logarithms = np.log(positive) / temperature
    scaled = np.exp(logarithms - logarithms.max(axis=1, keepdims=True))
    normalized: npt.NDArray[np.float64] = scaled / scaled.sum(axis=1, keepdims=True)
    return normalized
