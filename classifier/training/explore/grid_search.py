"""The notebook's grid search over XGBoost's learning rate, depth and number of trees."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import product
from typing import Final

import numpy as np
from sklearn.model_selection import StratifiedKFold, cross_val_score

from classifier.training.explore.beside import figures_table
from classifier.training.explore.document import Cell, Column, Section, Table, count, share
from classifier.training.explore.models import boosting, on_notebook_columns
from classifier.training.explore.protocols import (
    PUBLISHED_XGBOOST,
    Figure,
    Protocol,
    Say,
    clearly_below,
    figures_by,
    in_threads,
)
from classifier.training.recipes import NOTEBOOK, Boosting, Recipe

LEARNING_RATES: Final = (0.2, 0.3, 0.4)
DEPTHS: Final = (3, 4, 5)
TREES: Final = (50, 100, 150)
FOLDS: Final = 3
"""All four as the notebook has them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One point of the grid.

    Parameters
    ----------
    learning_rate, max_depth, n_estimators
        XGBoost's parameters.
    accuracy
        Mean over the folds.
    deviation
        Standard deviation over the folds.
    """

    learning_rate: float
    max_depth: int
    n_estimators: int
    accuracy: float
    deviation: float

    @property
    def parameters(self) -> Boosting:
        """The parameters as a recipe takes them."""
        return Boosting(self.learning_rate, self.max_depth, self.n_estimators)


@dataclass(frozen=True, slots=True)
class GridSearch:
    """What the search found.

    Parameters
    ----------
    candidates
        Best first; of equals, the one that stands first in the grid.
    figures
        Of the best and of the notebook's choice, by protocol.
    """

    candidates: tuple[Candidate, ...]
    figures: dict[str, dict[str, Figure | None]]


def grid() -> tuple[Boosting, ...]:
    """Return the points of the grid.

    Returns
    -------
    tuple of Boosting
        In scikit-learn's order: the number of trees changes fastest.
    """
    return tuple(Boosting(*point) for point in product(LEARNING_RATES, DEPTHS, TREES))


def measure_grid(protocols: Sequence[Protocol], *, jobs: int, say: Say) -> GridSearch:
    """Cross-validate the grid on the training part of the notebook's split.

    Parameters
    ----------
    protocols
        What `protocols_for` returned; the first is the notebook's split.
    jobs
        Threads; the figures are the same for any number.
    say
        Is told what has been fitted.

    Returns
    -------
    GridSearch
    """
    notebook = protocols[0]
    if notebook.fold is None:
        raise ValueError("the grid is searched on one split")
    tried = grid()
    candidates = []
    with closing(in_threads(lambda point: _candidate(point, notebook), tried, jobs=jobs)) as results:
        for candidate in results:
            candidates.append(candidate)
            say(f"grid search, {len(candidates)} of {len(tried)} candidates")
    candidates.sort(key=lambda candidate: -candidate.accuracy)
    best = candidates[0].parameters
    chosen = dict.fromkeys((best, NOTEBOOK.vote.boosting))
    recipes = [_recipe(parameters) for parameters in chosen]
    return GridSearch(tuple(candidates), figures_by(recipes, protocols, jobs=jobs, say=say))


def show_grid(search: GridSearch) -> Section:
    """Say whether the search found anything.

    Parameters
    ----------
    search
        What `measure_grid` returned.

    Returns
    -------
    Section
    """
    notebook = NOTEBOOK.vote.boosting
    rows = tuple(
        tuple(
            Cell(text, strong=candidate.parameters == notebook)
            for text in (
                str(rank),
                f"{candidate.learning_rate:g}",
                str(candidate.max_depth),
                str(candidate.n_estimators),
                share(candidate.accuracy),
                share(candidate.deviation),
            )
        )
        for rank, candidate in enumerate(search.candidates, start=1)
    )
    columns = (
        Column("Rank"),
        *(Column(name) for name in ("learning_rate", "max_depth", "n_estimators", "Accuracy", "Deviation")),
    )
    return Section(
        intro=f"{count(len(search.candidates), 'candidate')}, each cross-validated in {FOLDS} folds of the training "
        "part of the notebook's split, with the PCA fitted anew in every fold.",
        conclusions=_conclusions(search),
        blocks=(
            figures_table(
                search.figures,
                caption="The best candidate and the notebook's choice, fitted on all clips to learn from",
                published={_name(notebook): f"{PUBLISHED_XGBOOST:.2f}"},
            ),
            Table(
                "All candidates, best first; bold: the notebook's choice. Mean and standard deviation over the folds",
                columns,
                rows,
            ),
        ),
    )


def _candidate(parameters: Boosting, notebook: Protocol) -> Candidate:
    if notebook.fold is None:
        raise ValueError("the grid is searched on one split")
    train = notebook.fold[0]
    pipeline = _recipe(parameters).build(NOTEBOOK.vote, notebook.seed, ())
    with np.errstate(invalid="ignore"):
        scores = cross_val_score(
            pipeline,
            notebook.table.rows[train],
            notebook.table.labels[train],
            cv=StratifiedKFold(FOLDS),
            scoring="accuracy",
        )
    kept = {name: value for name, value in asdict(parameters).items() if name in Candidate.__dataclass_fields__}
    return Candidate(**kept, accuracy=float(scores.mean()), deviation=float(scores.std()))


def _recipe(parameters: Boosting) -> Recipe:
    return on_notebook_columns(_name(parameters), lambda seed: [("classifier", boosting(parameters, seed))])


def _conclusions(search: GridSearch) -> tuple[str, ...]:
    best, worst = search.candidates[0], search.candidates[-1]
    span = best.accuracy - worst.accuracy
    if span == 0.0:
        return (f"All {len(search.candidates)} candidates reach {share(best.accuracy)}: the grid changes nothing.",)
    conclusions = [
        f"Best in cross-validation: {_name(best.parameters)}, accuracy {share(best.accuracy)}. From best to worst "
        f"the grid spans {share(span)}; one candidate varies by {share(best.deviation)} "
        "over its folds (standard deviation)"
        + (
            ": differences of that size cannot be told from chance."
            if span <= 2.0 * best.deviation
            else ": the grid matters, at least at its worse end."
        )
    ]
    notebook = next((c for c in search.candidates if c.parameters == NOTEBOOK.vote.boosting), None)
    if notebook is not None and notebook is not best:
        rank = search.candidates.index(notebook) + 1
        conclusions.append(
            f"The notebook's choice, {_name(notebook.parameters)}, ranks {rank} of {len(search.candidates)} here, "
            f"{share(best.accuracy - notebook.accuracy)} below the best."
        )
    elif notebook is not None:
        conclusions.append("That is the notebook's choice, too.")
    conclusions += _on_protocols(search, best.parameters)
    return tuple(conclusions)


def _on_protocols(search: GridSearch, best: Boosting) -> list[str]:
    """Say whether the search pays on clips that it never saw."""
    if best == NOTEBOOK.vote.boosting:
        return []
    sentences = []
    for protocol, found in search.figures[_name(best)].items():
        chosen = search.figures[_name(NOTEBOOK.vote.boosting)][protocol]
        if found is None or chosen is None:
            continue
        both = f"{share(found.accuracy)} against {share(chosen.accuracy)}"
        if clearly_below(chosen, found):
            sentences.append(
                f"By the {protocol} protocol the best is clearly better than the notebook's choice, {both}."
            )
        elif clearly_below(found, chosen):
            sentences.append(
                f"By the {protocol} protocol the best is clearly worse than the notebook's choice, {both}."
            )
        else:
            sentences.append(f"By the {protocol} protocol the two cannot be told apart, {both}.")
    return sentences


def _name(parameters: Boosting) -> str:
    return f"learning rate {parameters.learning_rate:g}, depth {parameters.max_depth}, {parameters.n_estimators} trees"
