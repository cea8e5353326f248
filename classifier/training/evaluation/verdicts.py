"""What ``clear``, ``close_call`` and ``unsure`` mean, counted on answers that the gate was not fitted on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.gate import Gate
from classifier.result import MEASURED_SECONDS, GenreProbability, Verdict
from classifier.training.evaluation.intervals import Share
from classifier.training.fit import HeldOut

JUDGED: Final = (Verdict.CLEAR, Verdict.CLOSE_CALL, Verdict.UNSURE)
"""Verdicts that music can be given."""


@dataclass(frozen=True, slots=True)
class VerdictFigures:
    """How often one verdict is given, and how often it keeps its promise.

    Parameters
    ----------
    given
        Answers with this verdict, of all.
    right
        Of the answers with this verdict, those that hold what it promises: that the first genre is right, or for
        ``close_call`` one of the first two. ``unsure`` promises nothing; for it the first genre is counted.
    first_right
        Of the answers with this verdict, those whose first genre is right.
    promised
        The share that the gate reached on the clips that it was fitted on; None for ``unsure``.
    """

    given: Share
    right: Share
    first_right: Share
    promised: float | None


def judge(gate: Gate, probabilities: npt.NDArray[np.float64]) -> npt.NDArray[np.str_]:
    """Give the verdict on each prediction, as the bot does for 30 s of music.

    Parameters
    ----------
    gate
        The rules.
    probabilities : ndarray of float64, shape (clips, genres)
        Calibrated.

    Returns
    -------
    ndarray of str, shape (clips,)
        Members of `JUDGED`.
    """
    verdicts = []
    for row in probabilities:
        ranked = tuple(GenreProbability("", float(probability)) for probability in np.sort(row)[::-1])
        verdicts.append(gate.judge(ranked, music=1.0, seconds=MEASURED_SECONDS)[0])
    return np.asarray(verdicts)


def count_verdicts(gate: Gate, held_out: HeldOut) -> dict[str, VerdictFigures]:
    """Count what became of each verdict.

    Parameters
    ----------
    gate
        Fitted on other clips.
    held_out
        Predictions and the truth.

    Returns
    -------
    dict of VerdictFigures
        By verdict.
    """
    verdicts = judge(gate, held_out.probabilities)
    ranked = np.argsort(-held_out.probabilities, axis=1, kind="stable")
    first = ranked[:, 0] == held_out.labels
    first_two = first | (ranked[:, 1] == held_out.labels)
    right_of = {Verdict.CLEAR: first, Verdict.CLOSE_CALL: first_two, Verdict.UNSURE: first}
    promises = {Verdict.CLEAR: gate.clear_precision, Verdict.CLOSE_CALL: gate.close_call_precision}
    figures = {}
    for verdict in JUDGED:
        chosen = verdicts == verdict
        clips = int(chosen.sum())
        figures[str(verdict)] = VerdictFigures(
            given=Share(clips, len(verdicts)),
            right=Share(int(right_of[verdict][chosen].sum()), clips),
            first_right=Share(int(first[chosen].sum()), clips),
            promised=promises.get(verdict),
        )
    return figures
