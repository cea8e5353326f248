"""The voting classifier: XGBoost and a random forest, soft voting on the notebook's columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from classifier.training.dataset import FeatureTable
from classifier.training.explore.beside import figures_table, honest_loss, loss_sentence
from classifier.training.explore.document import Block, Column, Section, Table, cells, listing, share, shown
from classifier.training.explore.figure import Figure, figure_of
from classifier.training.explore.models import reduction
from classifier.training.explore.protocols import PROTOCOLS, PUBLISHED_VOTE_F1, Protocol, Say, notebook_fold
from classifier.training.explore.reports import (
    Confusion,
    GenreScores,
    classification_report,
    confusion_of,
    confusion_table,
    report_table,
    worst_mistakes,
)
from classifier.training.explore.significance import verdict
from classifier.training.fit import HeldOut
from classifier.training.recipes import NOTEBOOK

VOTE: Final = "voting classifier"

OTHER_SPLITS: Final = (2, 3, 4, 5, 6)
"""Random states of further splits: the notebook's is one draw of many."""


@dataclass(frozen=True, slots=True)
class VoteFigures:
    """What the vote reached.

    Parameters
    ----------
    figures
        By protocol; None where it was not run.
    reports, confusions
        By protocol, of those that were run.
    leaking
        On the notebook's split, with the PCA fitted on all clips as the notebook does.
    other_splits
        Accuracy on splits made like the notebook's, by their random state.
    """

    figures: dict[str, Figure | None]
    reports: dict[str, dict[str, GenreScores]]
    confusions: dict[str, Confusion]
    leaking: Figure
    other_splits: dict[int, float]


def measure_vote(table: FeatureTable, protocols: Sequence[Protocol], *, say: Say) -> VoteFigures:
    """Run the vote by all protocols.

    Parameters
    ----------
    table
        All clips.
    protocols
        What `protocols_for` returned.
    say
        Is told what is being fitted.

    Returns
    -------
    VoteFigures
    """
    held_out: dict[str, HeldOut] = {}
    for protocol in protocols:
        if protocol.reason is None:
            say(f"{VOTE}, {protocol.name}")
            held_out[protocol.name] = protocol.predict(NOTEBOOK)
    say(f"{VOTE} with the notebook's leak")
    leaking = figure_of(_with_leak(table, protocols[0].seed), seed=protocols[0].seed)
    other_splits = {}
    for random_state in OTHER_SPLITS:
        say(f"{VOTE}, random split {random_state}")
        split = replace(protocols[0], fold=notebook_fold(table, random_state))
        other_splits[random_state] = split.figure_of(split.predict(NOTEBOOK)).accuracy
    return VoteFigures(
        figures={
            protocol.name: protocol.figure_of(held_out[protocol.name]) if protocol.name in held_out else None
            for protocol in protocols
        },
        reports={name: classification_report(predictions) for name, predictions in held_out.items()},
        confusions={name: confusion_of(predictions) for name, predictions in held_out.items()},
        leaking=leaking,
        other_splits=other_splits,
    )


def show_vote(vote: VoteFigures) -> Section:
    """Say what the vote knows.

    Parameters
    ----------
    vote
        What `measure_vote` returned.

    Returns
    -------
    Section
    """
    compared = honest_loss(vote.figures)
    name = PROTOCOLS[0] if compared is None else compared[0]
    conclusions = [loss_sentence("The vote", vote.figures), _leak(vote), _luck(vote)]
    mistakes = worst_mistakes(vote.confusions[name])
    if mistakes:
        said = [f"{shown(true)} taken for {shown(taken)} ({clips} of {of})" for true, taken, clips, of in mistakes]
        conclusions.append(f"Most frequent mistakes ({name}): {listing(said)}.")
    blocks: list[Block] = [
        figures_table(
            {
                VOTE: vote.figures,
                "the same, PCA fitted on all clips": {**dict.fromkeys(PROTOCOLS), PROTOCOLS[0]: vote.leaking},
            },
            caption="The vote by each protocol; the notebook publishes an F1 score",
            published={VOTE: f"{PUBLISHED_VOTE_F1:.2f} (F1)"},
        ),
    ]
    for protocol, confusion in vote.confusions.items():
        caption = f"Confusion matrix, {protocol}: clips by true and predicted genre"
        blocks.append(confusion_table(confusion, caption=caption))
    for protocol, report in vote.reports.items():
        caption = f"Classification report of the vote, {protocol}"
        blocks.append(report_table(report, caption=caption, folded=True))
    splits = (("1, the notebook's", _flattering(vote).accuracy), *((str(k), v) for k, v in vote.other_splits.items()))
    blocks.append(
        Table(
            "Accuracy of the vote on random splits that differ by their random state only",
            (Column("Random state", "text"), Column("Accuracy")),
            tuple(cells(state, share(accuracy)) for state, accuracy in splits),
            folded=True,
        )
    )
    return Section(
        intro="The mean of the probabilities of XGBoost and a random forest, on 18 columns and the four MFCC "
        "components. On the notebook split it is the original notebook's, save that the forest has a seed.",
        conclusions=tuple(conclusions),
        blocks=tuple(blocks),
    )


def _with_leak(table: FeatureTable, seed: int) -> HeldOut:
    train, test = notebook_fold(table)
    with np.errstate(invalid="ignore"):
        rows = reduction(seed).fit_transform(table.rows)
    vote = NOTEBOOK.vote.build(seed).fit(rows[train], table.labels[train])
    probabilities = np.asarray(vote.predict_proba(rows[test]), dtype=np.float64)
    return HeldOut(
        probabilities=probabilities / probabilities.sum(axis=1, keepdims=True),
        labels=np.searchsorted(vote.classes_, table.labels[test]),
        genres=table.genres,
        clips_train=len(train),
    )


def _flattering(vote: VoteFigures) -> Figure:
    figure = vote.figures[PROTOCOLS[0]]
    if figure is None:
        raise ValueError("the notebook's split can always be run")
    return figure


def _leak(vote: VoteFigures) -> str:
    without, leaking = _flattering(vote).accuracy, vote.leaking.accuracy
    if leaking == without:
        return f"Fitting the PCA before the split, as the notebook does, leaves the accuracy at {share(without)}."
    changed = "raises" if leaking > without else "lowers"
    clips = abs(round((leaking - without) * vote.leaking.clips_test))
    return (
        f"Fitting the PCA before the split, as the notebook does, {changed} the accuracy from {share(without)} to "
        f"{share(leaking)}, {clips} of {vote.leaking.clips_test} clips ({verdict(vote.leaking, _flattering(vote))}): "
        "a fault of method, whatever it does to the figure."
    )


def _luck(vote: VoteFigures) -> str:
    notebook = _flattering(vote).accuracy
    others = vote.other_splits.values()
    low, high = min(others), max(others)
    beaten = sum(accuracy < notebook for accuracy in others)
    return (
        f"On {len(others)} other random splits of the same kind, each with {_flattering(vote).clips_test} clips to "
        f"predict, it reaches {share(low)} to {share(high)}; the notebook's own split ({share(notebook)}) is kinder "
        f"than {beaten} of the {len(others)}."
    )
