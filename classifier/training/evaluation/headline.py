"""Takes from an evaluation the few figures that the bot tells of itself."""

from __future__ import annotations

from classifier.headline import Headline
from classifier.result import Verdict
from classifier.training.evaluation.result import Evaluation


def headline_of(evaluation: Evaluation) -> Headline | None:
    """Return the headline figures.

    Parameters
    ----------
    evaluation
        What was found.

    Returns
    -------
    Headline or None
        None where the test list was not given, its artists are not known, some are on both lists, or no answer was
        clear: only what holds for artists never heard is told to people.
    """
    figures, lists = evaluation.chosen.fault_filtered, evaluation.data.lists
    if figures is None or figures.artist_intervals is None or evaluation.verdicts is None:
        return None
    if lists is None or lists.shared != 0:
        return None
    clear = evaluation.verdicts[Verdict.CLEAR]
    if clear.given.value is None or clear.right.value is None:
        return None
    interval = figures.artist_intervals["accuracy"]
    return Headline(
        recipe=evaluation.headline,
        clips=figures.clips_test,
        accuracy=figures.accuracy,
        low=interval.low,
        high=interval.high,
        top3=figures.top3,
        ece=figures.ece,
        clear=clear.given.value,
        clear_right=clear.right.value,
    )
