"""Decides how far an answer can be trusted, by rules measured when the model was trained."""

from __future__ import annotations

import itertools
import math
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression

from classifier.result import MEASURED_SECONDS, Basis, GenreProbability, Ground, Sound, Verdict

REQUIRED_PRECISION: Final = 0.9
"""Share of ``clear`` answers that must be right on held-out artists when the gate is fitted."""

REQUIRED_PAIR_PRECISION: Final = 0.85
"""Share of ``close_call`` answers whose first two genres must hold the right one."""

REQUIRED_AT_THRESHOLD: Final = 0.75
"""Share that must be right among the least sure ``clear`` answers, too: else the surer would vouch for them."""

NEVER: Final = 2.0
"""Threshold that no sum of probabilities reaches, not even where rounding takes it past 1."""

LEAST_ANSWERS: Final = 30
"""Fewest held-out answers that a share of right ones is promised from: of fewer, even ten in ten say little."""


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
    clear_answers, close_call_answers
        How many answers these were measured on.
    music_at
        Least probability of being music at all; below it the answer is ``not_music``.
    by_artist
        Whether whole artists were held out; else clips, whose artists may have been heard.
    """

    clear_at: float
    close_call_at: float
    clear_precision: float
    close_call_precision: float
    clear_answers: int
    close_call_answers: int
    music_at: float
    by_artist: bool = True

    @classmethod
    def fit(
        cls,
        probabilities: npt.NDArray[np.float64],
        labels: npt.NDArray[np.int_],
        *,
        music_at: float,
    ) -> Self:
        """Choose the widest thresholds that keep `REQUIRED_PRECISION` and the other requirements.

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

        clear_at = least_threshold(first, first_right, REQUIRED_PRECISION, at_threshold=REQUIRED_AT_THRESHOLD)
        rest = first < clear_at
        close_call_at = least_threshold(first_two[rest], two_right[rest], REQUIRED_PAIR_PRECISION)
        close = rest & (first_two >= close_call_at)
        return cls(
            clear_at=clear_at,
            close_call_at=close_call_at,
            clear_precision=float(first_right[~rest].mean()) if (~rest).any() else 0.0,
            close_call_precision=float(two_right[close].mean()) if close.any() else 0.0,
            clear_answers=int((~rest).sum()),
            close_call_answers=int(close.sum()),
            music_at=music_at,
        )

    def judge(
        self,
        genres: tuple[GenreProbability, ...],
        *,
        music: float,
        seconds: float,
        parts: tuple[str, ...] = (),
        sound: Sound | None = None,
    ) -> tuple[Verdict, Basis]:
        """Give the verdict and what it rests on.

        Parameters
        ----------
        genres
            All genres, most probable first.
        music
            How probably the sound is music at all.
        seconds
            How much was heard, in seconds.
        parts
            The first genres of those windows of the clip that would be ``clear`` by themselves, in order of time.
        sound
            What it sounds like if it is no music; None where that is not sure enough to be said.

        Returns
        -------
        verdict
            How far to trust the first genre.
        basis
            Why, for `classifier.reason.words` and other languages.
        """
        if music < self.music_at:
            return Verdict.NOT_MUSIC, Basis(Ground.NOT_MUSIC, sound=sound)
        first, second = genres[0], genres[1]
        if first.probability >= self.clear_at:
            verdict = Verdict.CLEAR
        elif first.probability + second.probability >= self.close_call_at:
            verdict = Verdict.CLOSE_CALL
        else:
            verdict = Verdict.UNSURE
        in_turn = tuple(genre for genre, _ in itertools.groupby(parts))
        if verdict is not Verdict.CLEAR and len(in_turn) > 1:
            return verdict, Basis(Ground.CHANGES, parts=in_turn)
        return verdict, self._promise(verdict, short=seconds < MEASURED_SECONDS / 2)

    def _promise(self, verdict: Verdict, *, short: bool) -> Basis:
        if verdict is Verdict.UNSURE:
            return Basis(Ground.NOTHING_STANDS_OUT)
        share, answers = (
            (self.clear_precision, self.clear_answers)
            if verdict is Verdict.CLEAR
            else (self.close_call_precision, self.close_call_answers)
        )
        if answers < LEAST_ANSWERS:
            return Basis(Ground.TOO_FEW, short=short)
        return Basis(Ground.MEASURED, share=share, by_artist=self.by_artist, short=short)

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers and lists for the manifest."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read what `to_dict` wrote.

        Raises
        ------
        KeyError
            If a key is missing.
        ValueError
            If a threshold is not a number up to `NEVER`, a share none from 0 to 1, a count not whole or below 0,
            or `by_artist` neither true nor false.
        """
        for key, most in (
            *((key, NEVER) for key in ("clear_at", "close_call_at", "music_at")),
            *((key, 1.0) for key in ("clear_precision", "close_call_precision")),
            *((key, math.inf) for key in ("clear_answers", "close_call_answers")),
        ):
            kinds = (int,) if key.endswith("_answers") else (int, float)
            # True is an int to Python, and NaN in no range.
            if type(data[key]) not in kinds or not 0 <= data[key] <= most:
                raise ValueError(f"its {key} cannot be {data[key]!r:.60}")
        if not isinstance(data["by_artist"], bool):
            raise ValueError(f"its by_artist cannot be {data['by_artist']!r:.60}")
        return cls(
            clear_at=float(data["clear_at"]),
            close_call_at=float(data["close_call_at"]),
            clear_precision=float(data["clear_precision"]),
            close_call_precision=float(data["close_call_precision"]),
            clear_answers=data["clear_answers"],
            close_call_answers=data["close_call_answers"],
            music_at=float(data["music_at"]),
            by_artist=data["by_artist"],
        )


def least_threshold(
    scores: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], required: float, *, at_threshold: float = 0.0
) -> float:
    """Find the least score from which on enough answers are right, at the score itself too.

    The share that is right at a score is an isotonic regression: it is taken to rise with the score.

    Parameters
    ----------
    scores : ndarray of float64, shape (answers,)
        How sure each answer is.
    right : ndarray of bool, shape (answers,)
        Whether it is right.
    required
        Share of right ones among the answers at the threshold and above, from 0 to 1.
    at_threshold
        The same at the threshold itself.

    Returns
    -------
    float
        One of the scores, or `NEVER` where none will do.
    """
    if not scores.size:
        return NEVER
    order = np.argsort(-scores, kind="stable")
    descending = scores[order]
    precision = np.cumsum(right[order]) / np.arange(1, scores.size + 1)
    # Equal scores lie on one side of any threshold, so only the last of them can be one.
    last_of_equals = np.append(descending[1:] < descending[:-1], True)[: scores.size]
    at_score = IsotonicRegression().fit_transform(scores, right.astype(np.float64))[order]
    enough = np.flatnonzero((precision >= required) & (at_score >= at_threshold) & last_of_equals)
    return float(descending[enough[-1]]) if enough.size else NEVER
