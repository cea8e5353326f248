"""Which columns XGBoost gains by, and what is left without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from sklearn.compose import ColumnTransformer

from classifier.training.explore.beside import Figures, figures_table, loss_sentence
from classifier.training.explore.charts import bars
from classifier.training.explore.document import Column, Picture, Section, Table, cells, count, listing, percent, share
from classifier.training.explore.figure import Figure
from classifier.training.explore.models import (
    TOP_COLUMNS,
    ByGain,
    boosting,
    gains,
    on_notebook_columns,
    reduced_names,
    reduction,
)
from classifier.training.explore.protocols import PUBLISHED_XGBOOST, Protocol, Say, figures_by
from classifier.training.explore.significance import verdict
from classifier.training.recipes import NOTEBOOK, Recipe

FILE_COLUMN: Final = "length"
"""Samples in the file: it tells of the file and not of the music in it."""

XGBOOST: Final = "XGBoost, all columns"
VOTE_WITHOUT_LENGTH: Final = f"vote, all but {FILE_COLUMN}"


@dataclass(frozen=True, slots=True)
class Importance:
    """Gain of each column.

    Parameters
    ----------
    gains
        By column of the notebook's reduced table, largest first: mean gain over the splits at it, as a share of the
        sum; fitted on the training part of the notebook's split.
    clips
        In that part.
    """

    gains: dict[str, float]
    clips: int


@dataclass(frozen=True, slots=True)
class Ablation:
    """What is left with some of the columns.

    Parameters
    ----------
    top
        The columns with the highest gain on the notebook's split, highest first.
    rest
        The others.
    figures
        By classifier and columns, then by protocol. Each fit chooses its columns from the clips it learns from.
    """

    top: tuple[str, ...]
    rest: tuple[str, ...]
    figures: dict[str, dict[str, Figure | None]]


def measure_importance(protocol: Protocol) -> Importance:
    """Rank the columns by XGBoost's gain.

    Parameters
    ----------
    protocol
        The notebook's split.

    Returns
    -------
    Importance
    """
    if protocol.fold is None:
        raise ValueError("importance is taken from one split")
    train = protocol.fold[0]
    with np.errstate(invalid="ignore"):
        rows = reduction(protocol.seed).fit_transform(protocol.table.rows[train])
    fitted = boosting(NOTEBOOK.vote.boosting, protocol.seed).fit(rows, protocol.table.labels[train])
    values, names = gains(fitted), reduced_names()
    order = np.argsort(-values, kind="stable")
    return Importance({names[index]: float(values[index]) for index in order}, clips=len(train))


def measure_ablation(importance: Importance, protocols: Sequence[Protocol], *, jobs: int, say: Say) -> Ablation:
    """Fit XGBoost and the vote with all columns, the best, the others, and all but the file's length.

    Parameters
    ----------
    importance
        What `measure_importance` returned.
    protocols
        What `protocols_for` returned.
    jobs
        Threads.
    say
        Is told what has been measured.

    Returns
    -------
    Ablation
    """
    columns = tuple(importance.gains)
    return Ablation(
        top=columns[:TOP_COLUMNS],
        rest=columns[TOP_COLUMNS:],
        figures=figures_by(ablation_recipes(), protocols, jobs=jobs, say=say),
    )


def ablation_recipes() -> tuple[Recipe, ...]:
    """Return XGBoost and the vote, each on four sets of columns.

    Returns
    -------
    tuple of Recipe
    """
    kept_by = {
        "all columns": "all",
        f"top {TOP_COLUMNS} only": "top",
        f"the other {len(reduced_names()) - TOP_COLUMNS} only": "rest",
        f"all but {FILE_COLUMN}": "music",
    }
    return tuple(
        _recipe(classifier, described, kept)
        for classifier in ("XGBoost", "vote")
        for described, kept in kept_by.items()
    )


def show_importance(importance: Importance) -> Section:
    """Draw the gains.

    Parameters
    ----------
    importance
        What `measure_importance` returned.

    Returns
    -------
    Section
    """
    names = list(importance.gains)
    unused = [name for name, gain in importance.gains.items() if gain == 0.0]
    if len(unused) == len(names):
        conclusions = ["XGBoost found no column worth a split: there are too few clips, or nothing in them to learn."]
    else:
        half = int(np.searchsorted(np.cumsum(list(importance.gains.values())), 0.5)) + 1
        conclusions = [
            f"Fitted on {count(importance.clips, 'clip')}, XGBoost gains most by {listing(names[:3])}; {half} of "
            f"{len(names)} columns make up half of all gain.",
            f"{FILE_COLUMN}, the number of samples in the file, ranks {names.index(FILE_COLUMN) + 1} of {len(names)} "
            f"({percent(importance.gains[FILE_COLUMN])} of the gain): "
            + (
                "it is not used at all."
                if FILE_COLUMN in unused
                else "whatever is gained there is knowledge of the files, not of the music."
            ),
        ]
    labels = [share(gain) for gain in importance.gains.values()]
    alt = f"Bars of XGBoost's gain by column; the largest: {names[0]}, {labels[0]}."
    top = names[:TOP_COLUMNS]
    return Section(
        intro="Gain: how much a split at a column lowers XGBoost's loss, averaged over its splits, as a share of the "
        "sum over columns. Trees as the notebook tuned them, fitted on the training part of the notebook's split.",
        conclusions=tuple(conclusions),
        blocks=(
            Picture(bars(importance.gains, labels, title="share of the gain", alt=alt), "Importance by gain"),
            Table(
                f"The top {len(top)}, which the ablation keeps",
                (Column("Column", "text"), Column("Gain")),
                tuple(cells(name, share(importance.gains[name])) for name in top),
                folded=True,
            ),
        ),
    )


def show_ablation(ablation: Ablation) -> Section:
    """Say what the best columns are worth.

    Parameters
    ----------
    ablation
        What `measure_ablation` returned.

    Returns
    -------
    Section
    """
    top, others = f"top {TOP_COLUMNS} only", f"the other {len(ablation.rest)} only"
    conclusions = [
        _against_all(ablation.figures, classifier, described, subject)
        for classifier, described, subject in (
            ("vote", top, f"With the top {TOP_COLUMNS} only, the vote"),
            ("XGBoost", top, f"With the top {TOP_COLUMNS} only, XGBoost"),
            ("vote", others, f"With the other {len(ablation.rest)} only, the vote"),
            ("vote", f"all but {FILE_COLUMN}", f"Without {FILE_COLUMN}, the vote"),
        )
    ]
    conclusions.append(loss_sentence("XGBoost with all columns", ablation.figures[XGBOOST]))
    return Section(
        intro=f"The notebook keeps the {TOP_COLUMNS} columns with the highest gain and fits again. Here each fit ranks "
        "the columns on the clips it learns from, so that no test clip has a say. "
        f"On the notebook's split the top {TOP_COLUMNS} are {listing(ablation.top)}; the others are "
        f"{listing(ablation.rest)}.",
        conclusions=tuple(conclusions),
        blocks=(
            figures_table(
                ablation.figures,
                caption="XGBoost and the vote with fewer columns",
                head="Classifier and columns",
                published={XGBOOST: f"{PUBLISHED_XGBOOST:.2f}"},
            ),
        ),
    )


def _against_all(figures: Figures, classifier: str, described: str, subject: str) -> str:
    """Compare one set of columns with all of them, by each protocol that was run."""
    said = []
    for name, whole in figures[f"{classifier}, all columns"].items():
        part = figures[f"{classifier}, {described}"][name]
        if whole is None or part is None:
            continue
        where = f"{name}, {count(whole.clips_test, 'clip')}: {verdict(part, whole)}"
        said.append(f"{share(part.accuracy)} instead of {share(whole.accuracy)} ({where})")
    return f"{subject} reaches {listing(said)}."


def _recipe(classifier: str, described: str, kept: str) -> Recipe:
    return on_notebook_columns(
        f"{classifier}, {described}", lambda seed: [*_selection(kept, seed), _last(classifier, seed)]
    )


def _selection(kept: str, seed: int) -> list[tuple[str, Any]]:
    match kept:
        case "top" | "rest":
            side: Literal["top", "rest"] = "top" if kept == "top" else "rest"
            return [("selection", ByGain(side, seed))]
        case "music":
            names = reduced_names()
            others = [index for index, name in enumerate(names) if name != FILE_COLUMN]
            return [("selection", ColumnTransformer([("kept", "passthrough", others)]))]
        case _:
            return []


def _last(classifier: str, seed: int) -> tuple[str, Any]:
    vote = NOTEBOOK.vote
    return "classifier", vote.build(seed) if classifier == "vote" else boosting(vote.boosting, seed)
