"""The notebook's published figures, the same figures here, and the honest ones: what to conclude."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from classifier.training.explore.beside import figures_picture, figures_table, honest_loss, loss_sentence
from classifier.training.explore.document import Section, share
from classifier.training.explore.protocols import (
    PROTOCOLS,
    PUBLISHED_VOTE_F1,
    PUBLISHED_XGBOOST,
    Figure,
    clearly_below,
)

GTZAN_SHA256: Final = "e5fe20f4e2f61d1aa3e07b17ffdea6b565970b3a1811746bd31f182a401fc3bc"
"""Of the GTZAN table as Kaggle has it (``features_30_sec.csv``), which the notebook was made with."""

XGBOOST: Final = "XGBoost, as tuned"
VOTE: Final = "voting classifier"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures that the notebook publishes, and what became of them here.

    Parameters
    ----------
    same_table
        Whether the table is the notebook's, byte for byte.
    published_xgboost
        The notebook's figure of its tuned XGBoost.
    published_vote_f1
        The notebook's F1 score of its vote.
    figures
        Of both, by protocol.
    """

    same_table: bool
    published_xgboost: float
    published_vote_f1: float
    figures: dict[str, dict[str, Figure | None]]


def compare(sha256: str, xgboost: Mapping[str, Figure | None], vote: Mapping[str, Figure | None]) -> Comparison:
    """Put the figures together.

    Parameters
    ----------
    sha256
        Of the table.
    xgboost, vote
        Figures by protocol.

    Returns
    -------
    Comparison
    """
    return Comparison(
        same_table=sha256 == GTZAN_SHA256,
        published_xgboost=PUBLISHED_XGBOOST,
        published_vote_f1=PUBLISHED_VOTE_F1,
        figures={XGBOOST: dict(xgboost), VOTE: dict(vote)},
    )


def show_comparison(comparison: Comparison, guess: float) -> Section:
    """Say what to conclude.

    Parameters
    ----------
    comparison
        What `compare` returned.
    guess
        Accuracy of always answering the most frequent genre.

    Returns
    -------
    Section
    """
    published = {
        XGBOOST: f"{comparison.published_xgboost:.2f}",
        VOTE: f"{comparison.published_vote_f1:.2f} (F1)",
    }
    vote = comparison.figures[VOTE]
    return Section(
        intro="The notebook split is the original notebook's: random, 80 to 20, so that clips of one artist, even "
        "copies of one recording, stand on both sides. Fault-filtered: published lists without repeated artists and "
        "copies between them (Kereliuk, Sturm and Larsen, 2015). Artist-grouped: cross-validation that holds out whole "
        f"artists. Guessing the most frequent genre reaches {share(guess)}.",
        conclusions=(
            loss_sentence("The vote", vote),
            _advice(vote),
            _reproduction(comparison),
            _vote_against_xgboost(comparison),
        ),
        blocks=(
            figures_table(comparison.figures, caption="Published, measured here, and honest", published=published),
            figures_picture(comparison.figures, caption="Accuracy of the two by each protocol"),
        ),
    )


def _advice(vote: Mapping[str, Figure | None]) -> str:
    compared = honest_loss(vote)
    if compared is None:
        return (
            "Quote none of these figures for music that nobody has heard yet: give --artists and --splits, and quote "
            "what is measured on artists that were held out."
        )
    name, flattering, honest = compared
    low, high = honest.interval
    expected = (
        f"For music by artists it never heard, expect {share(honest.accuracy)} "
        f"(95\N{NO-BREAK SPACE}% interval {share(low)} to {share(high)}; {name})"
    )
    if clearly_below(honest, flattering):
        return f"{expected}, not {share(flattering.accuracy)}."
    return f"{expected}."


def _reproduction(comparison: Comparison) -> str:
    xgboost, vote = (comparison.figures[name][PROTOCOLS[0]] for name in (XGBOOST, VOTE))
    if xgboost is None or vote is None:
        raise ValueError("the notebook's split can always be run")
    figures = (
        f"XGBoost {share(xgboost.accuracy)} (published {comparison.published_xgboost:.2f}), "
        f"vote F1 {share(vote.macro_f1)} (published {comparison.published_vote_f1:.2f})"
    )
    if not comparison.same_table:
        return (
            "This is not byte for byte the table that the notebook was made with, so its published figures are a "
            f"yardstick only: {figures}."
        )
    # An F1 score has no interval of its own; that of the accuracy on the same clips, moved to it, is near enough.
    moved = vote.macro_f1 - vote.accuracy
    agree = _within(comparison.published_xgboost, xgboost.interval) and _within(
        comparison.published_vote_f1 - moved, vote.interval
    )
    verdict = (
        f"agree with the notebook's as well as {vote.clips_test} clips can tell"
        if agree
        else f"differ from the notebook's by more than chance explains on {vote.clips_test} clips"
    )
    return f"On the notebook's own split and table, the figures {verdict}: {figures}."


def _within(value: float, interval: tuple[float, float]) -> bool:
    return interval[0] <= value <= interval[1]


def _vote_against_xgboost(comparison: Comparison) -> str:
    compared = honest_loss(comparison.figures[VOTE])
    name = PROTOCOLS[0] if compared is None else compared[0]
    xgboost, vote = (comparison.figures[classifier][name] for classifier in (XGBOOST, VOTE))
    if xgboost is None or vote is None:
        raise ValueError("both are run by the same protocols")
    both = f"{share(vote.accuracy)} against {share(xgboost.accuracy)} ({name})"
    if clearly_below(xgboost, vote):
        return f"The vote is clearly better than XGBoost alone: {both}."
    if clearly_below(vote, xgboost):
        return f"The vote is clearly worse than XGBoost alone: {both}."
    return f"The vote and XGBoost alone cannot be told apart: {both}."
