"""Decides how far an answer can be trusted, by rules measured when the model was trained."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from classifier.result import GenreProbability, Verdict

REQUIRED_PRECISION: Final = 0.9
"""Share of ``clear`` and of ``close_call`` answers that must be right on held-out artists when the gate is fitted."""

NEVER: Final = 2.0
"""Threshold that no sum of probabilities reaches, not even where rounding takes it past 1."""

MEASURED_SECONDS: Final = 30.0
"""Length of the clips that the thresholds are fitted on, in seconds."""

CAVEAT_SHORT: Final = f" That was measured on {MEASURED_SECONDS:g} s of music; this is much less, so trust it less."
"""Added to the promise where a clip is shorter than half of `MEASURED_SECONDS`."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Thresholds from probabilities and features to a verdict.

    Parameters
    ----------
    clear_at
        Least probability of the first genre for ``clear``.
    close_call_at
        Least probability of the first two genres together for ``close_call``.
    clear_precision, close_call_precision
        Measured on artists held out in training: how often the first genre was right when the
        verdict was ``clear``, and how often one of the first two was when it was ``close_call``.
    music_at
        Least probability of being music at all; below it the answer is ``not_music``.
    """

    clear_at: float
    close_call_at: float
    clear_precision: float
    close_call_precision: float
    music_at: float

    @classmethod
    def fit(
        cls,
        probabilities: npt.NDArray[np.float64],
        labels: npt.NDArray[np.int_],
        *,
        music_at: float,
    ) -> Self:
        """Choose the widest thresholds that keep `REQUIRED_PRECISION` on held-out predictions.

        Parameters
        ----------
        probabilities : ndarray, shape (clips, genres)
            Calibrated predictions for clips whose artists the predicting model never heard.
        labels : ndarray of int, shape (clips,)
            Column of the true genre.
        music_at
            As in `Gate`.

        Returns
        -------
        Gate
            With the precision that its own rules reach on these predictions.
        """
        ranked = np.argsort(-probabilities, axis=1)
        first = np.take_along_axis(probabilities, ranked[:, :1], axis=1)[:, 0]
        first_two = np.take_along_axis(probabilities, ranked[:, :2], axis=1).sum(axis=1)
        first_right = ranked[:, 0] == labels
        two_right = first_right | (ranked[:, 1] == labels)

        clear_at = _least_threshold(first, first_right)
        rest = first < clear_at
        close_call_at = _least_threshold(first_two[rest], two_right[rest])
        close = rest & (first_two >= close_call_at)
        return cls(
            clear_at=clear_at,
            close_call_at=close_call_at,
            clear_precision=float(first_right[~rest].mean()) if (~rest).any() else 0.0,
            close_call_precision=float(two_right[close].mean()) if close.any() else 0.0,
            music_at=music_at,
        )

    def judge(self, genres: tuple[GenreProbability, ...], *, music: float, seconds: float) -> tuple[Verdict, str]:
        """Give the verdict and its reason.

        Parameters
        ----------
        genres
            All genres, most probable first.
        music
            How probably the sound is music at all.
        seconds
            How much was heard, in seconds.

        Returns
        -------
        verdict
            How far to trust the first genre.
        reason
            The same in words that a person understands.
        """
        if music < self.music_at:
            return Verdict.NOT_MUSIC, "This sounds like speech, noise or a tone rather than music."
        first, second = genres[0], genres[1]
        caveat = "" if seconds >= MEASURED_SECONDS / 2 else CAVEAT_SHORT
        if first.probability >= self.clear_at:
            return (
                Verdict.CLEAR,
                f"Of answers called clear, {self.clear_precision:.0%} are right on artists never heard before.{caveat}",
            )
        if first.probability + second.probability >= self.close_call_at:
            return (
                Verdict.CLOSE_CALL,
                f"One of the first two, probably: of such pairs, {self.close_call_precision:.0%} "
                f"hold the right genre on artists never heard before.{caveat}",
            )
        return Verdict.UNSURE, "No genre stands out: this may be a style outside the ones that were learnt."

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers and lists for the manifest."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read what `to_dict` wrote.

        Raises
        ------
        TypeError, ValueError, KeyError
            If a threshold is missing or not a number.
        """
        return cls(
            clear_at=float(data["clear_at"]),
            close_call_at=float(data["close_call_at"]),
            clear_precision=float(data["clear_precision"]),
            close_call_precision=float(data["close_call_precision"]),
            music_at=float(data["music_at"]),
        )


def _least_threshold(scores: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> float:
    """Return the least score from which on `REQUIRED_PRECISION` of the answers are right; `NEVER` where none is."""
    order = np.argsort(-scores, kind="stable")
    descending = scores[order]
    precision = np.cumsum(right[order]) / np.arange(1, scores.size + 1)
    # Equal scores lie on one side of any threshold, so only the last of them can be one.
    last_of_equals = np.append(descending[1:] < descending[:-1], True)[: scores.size]
    enough = np.flatnonzero((precision >= REQUIRED_PRECISION) & last_of_equals)
    return float(descending[enough[-1]]) if enough.size else NEVER
