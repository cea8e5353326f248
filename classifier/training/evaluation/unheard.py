"""What a model says of genres that it was never taught."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from classifier.result import Verdict
from classifier.training.dataset import FeatureTable
from classifier.training.evaluation.intervals import Share
from classifier.training.evaluation.verdicts import JUDGED, judge
from classifier.training.fit import Fitted

SURE: Final = 0.9
"""Probability from which on a ``clear`` answer about a genre that was never taught does the most harm."""


@dataclass(frozen=True, slots=True)
class UnheardFigures:
    """Answers about clips of a genre that was left out of the training.

    Parameters
    ----------
    genre
        Which one.
    given
        For each verdict, the answers that have it.
    surely_wrong
        Answers that are ``clear`` at a probability of `SURE` or more.
    highest
        Largest probability of any genre for any clip; 0 without clips.
    called
        How often each other genre came first.
    """

    genre: str
    given: dict[str, Share]
    surely_wrong: Share
    highest: float
    called: dict[str, int]

    @property
    def withheld(self) -> Share:
        """Answers that commit to no genre: ``close_call`` or ``unsure``."""
        clear = self.given[Verdict.CLEAR]
        return Share(clear.of - clear.count, clear.of)

    def __add__(self, other: UnheardFigures) -> UnheardFigures:
        return UnheardFigures(
            genre=self.genre if self.genre == other.genre else "",
            given={verdict: share + other.given[verdict] for verdict, share in self.given.items()},
            surely_wrong=self.surely_wrong + other.surely_wrong,
            highest=max(self.highest, other.highest),
            called=dict(sorted((Counter(self.called) + Counter(other.called)).items())),
        )


def count_unheard(fitted: Fitted, clips: FeatureTable, genre: str) -> UnheardFigures:
    """Count what a model says of clips of a genre that it was never taught.

    Parameters
    ----------
    fitted
        On clips of other genres.
    clips
        Of that genre.
    genre
        Its name.

    Returns
    -------
    UnheardFigures
    """
    if not len(clips):
        none = Share(0, 0)
        return UnheardFigures(genre, {str(verdict): none for verdict in JUDGED}, none, 0.0, {})
    probabilities = fitted.predict(clips)
    verdicts, top = judge(fitted.gate, probabilities), probabilities.max(axis=1)
    called = Counter(fitted.held_out.genres[column] for column in probabilities.argmax(axis=1))
    return UnheardFigures(
        genre=genre,
        given={str(verdict): Share(int((verdicts == verdict).sum()), len(clips)) for verdict in JUDGED},
        surely_wrong=Share(int(((verdicts == Verdict.CLEAR) & (top >= SURE)).sum()), len(clips)),
        highest=float(top.max()),
        called=dict(sorted(called.items())),
    )
