"""The notebook's grid search over XGBoost's learning rate, depth and number of trees."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import product
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sklearn.base import clone
from sklearn.model_selection import StratifiedKFold

from classifier.training.dataset import FeatureTable
from classifier.training.explore.beside import figures_table
from classifier.training.explore.document import Block, Cell, Column, Prose, Section, Table, count, share
from classifier.training.explore.figure import Figure
from classifier.training.explore.models import boosting, on_notebook_columns
from classifier.training.explore.protocols import (
    PROTOCOLS,
    PUBLISHED_XGBOOST,
    Protocol,
    Say,
    figures_by,
    in_threads,
    training_folds,
)
from classifier.training.explore.significance import CLEAR, chance, pairs_among, sign_flip_test, verdict
from classifier.training.fit import Fold, grouped_folds
from classifier.training.recipes import NOTEBOOK, Boosting, Recipe

LEARNING_RATES: Final = (0.2, 0.3, 0.4)
DEPTHS: Final = (3, 4, 5)
TREES: Final = (50, 100, 150)
FOLDS: Final = 3
"""All four as the notebook has them."""

BEST: Final = "best of the search"
NOTEBOOKS: Final = "the notebook's choice"

SEEN: Final = {PROTOCOLS[0]: "the training part of the notebook's split", PROTOCOLS[1]: "the train list"}
"""What a search may look at, by the protocol that holds the rest out."""


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
class Search:
    """What one search found.

    Parameters
    ----------
    candidates
        Best first; of equals, the one that stands first in the grid.
    clips
        That it was cross-validated on.
    p_worst
        Of the difference between best and worst, over the same folds, for the number of pairs in the grid.
    p_notebook
        Of the difference between best and the notebook's choice, for the number of others; None where it is the best
        or not in the grid.
    """

    candidates: tuple[Candidate, ...]
    clips: int
    p_worst: float
    p_notebook: float | None


@dataclass(frozen=True, slots=True)
class GridSearch:
    """What the searches found, each on clips to learn from.

    Parameters
    ----------
    searches
        By the protocol that held out the clips which the search never saw.
    figures
        Of the best of each search and of the notebook's choice on those clips, by protocol.
    reason
        Why there is no search inside the train list; None where there is.
    """

    searches: dict[str, Search]
    figures: dict[str, dict[str, Figure | None]]
    reason: str | None


@dataclass(frozen=True, slots=True, eq=False)
class _Clips:
    """Clips that a search may see, with its folds; clips of one unit answer together in its tests."""

    table: FeatureTable
    folds: tuple[Fold, ...]
    units: npt.NDArray[np.intp]
    seed: int


def grid() -> tuple[Boosting, ...]:
    """Return the points of the grid.

    Returns
    -------
    tuple of Boosting
        In scikit-learn's order: the number of trees changes fastest.
    """
    return tuple(Boosting(*point) for point in product(LEARNING_RATES, DEPTHS, TREES))


def measure_grid(protocols: Sequence[Protocol], *, jobs: int, say: Say) -> GridSearch:
    """Cross-validate the grid on the training part of the notebook's split, and inside the train list.

    Parameters
    ----------
    protocols
        What `protocols_for` returned.
    jobs
        Threads; the figures are the same for any number.
    say
        Is told what has been fitted.

    Returns
    -------
    GridSearch
    """
    notebook, fault_filtered = protocols[:2]
    inside = training_folds(fault_filtered)
    seen = {notebook: _notebook_clips(notebook)}
    if inside.reason is None:
        folds = grouped_folds(inside.table.labels, inside.groups, inside.seed)
        seen[fault_filtered] = _Clips(inside.table, folds, inside.groups, inside.seed)
    searches: dict[str, Search] = {}
    figures: dict[str, dict[str, Figure | None]] = {BEST: {}, NOTEBOOKS: {}}
    for protocol, clips in seen.items():
        searches[protocol.name] = _search(clips, protocol.name, jobs=jobs, say=say)
        best = searches[protocol.name].candidates[0].parameters
        recipes = [_recipe(parameters) for parameters in dict.fromkeys((best, NOTEBOOK.vote.boosting))]
        measured = figures_by(recipes, [protocol], jobs=jobs, say=say)
        for row, parameters in ((BEST, best), (NOTEBOOKS, NOTEBOOK.vote.boosting)):
            figures[row][protocol.name] = measured[_name(parameters)][protocol.name]
    return GridSearch(searches, figures, inside.reason)


def show_grid(found: GridSearch) -> Section:
    """Say whether the searches found anything.

    Parameters
    ----------
    found
        What `measure_grid` returned.

    Returns
    -------
    Section
    """
    blocks: list[Block] = [
        figures_table(
            found.figures,
            caption="The best of each search and the notebook's choice, fitted on all clips to learn from, on clips "
            "that the search never saw",
            head="XGBoost",
            published={NOTEBOOKS: f"{PUBLISHED_XGBOOST:.2f}"},
        ),
        *(_candidates(search, name) for name, search in found.searches.items()),
    ]
    if found.reason is not None:
        blocks.append(Prose(f"There is no search inside a train list. {found.reason}"))
    return Section(
        intro=f"{count(len(grid()), 'candidate')}. The notebook's search: each cross-validated in {FOLDS} random folds "
        "of the training part of its split. The honest search, where there are lists: in folds of the train list that "
        "hold out whole artists (only copies, where artists are unknown), so that no clip of the test list has a say. "
        "The PCA is fitted anew in every fold. The notebook's choice is taken as it was published; what its author saw "
        "when choosing it cannot be held out.",
        conclusions=tuple(
            sentence
            # The honest search first, where there is one: its verdict is the one to remember.
            for name, search in reversed(found.searches.items())
            for sentence in _conclusions(found, name, search)
        ),
        blocks=tuple(blocks),
    )


def _notebook_clips(notebook: Protocol) -> _Clips:
    if notebook.fold is None:
        raise ValueError("the notebook's grid is searched on one split")
    table = notebook.table.take(notebook.fold[0])
    folds = tuple(StratifiedKFold(FOLDS).split(table.rows, table.labels))
    return _Clips(table, folds, np.arange(len(table)), notebook.seed)


def _search(clips: _Clips, name: str, *, jobs: int, say: Say) -> Search:
    tried = grid()
    answered: list[tuple[Candidate, npt.NDArray[np.intp]]] = []
    with closing(in_threads(lambda point: _candidate(point, clips), tried, jobs=jobs)) as results:
        for result in results:
            answered.append(result)
            say(f"grid search for the {name} protocol, {len(answered)} of {len(tried)} candidates")
    answered.sort(key=lambda pair: -pair[0].accuracy)
    candidates = tuple(candidate for candidate, _ in answered)
    (_, best), (_, worst) = answered[0], answered[-1]
    notebooks = [right for candidate, right in answered[1:] if candidate.parameters == NOTEBOOK.vote.boosting]
    return Search(
        candidates,
        clips=len(clips.table),
        p_worst=sign_flip_test(best.tolist(), worst.tolist(), pairs=pairs_among(len(tried))),
        p_notebook=sign_flip_test(best.tolist(), notebooks[0].tolist(), pairs=len(tried) - 1) if notebooks else None,
    )


def _candidate(parameters: Boosting, clips: _Clips) -> tuple[Candidate, npt.NDArray[np.intp]]:
    """Cross-validate one point; besides, return its right answers by unit."""
    pipeline = _recipe(parameters).build(NOTEBOOK.vote, clips.seed)
    rows, labels = clips.table.rows, clips.table.labels
    right = np.zeros(len(labels), dtype=np.bool_)
    with np.errstate(invalid="ignore"):
        for train, test in clips.folds:
            fitted: Any = clone(pipeline).fit(rows[train], labels[train])
            right[test] = fitted.predict(rows[test]) == labels[test]
    accuracies = [right[test].mean() for _, test in clips.folds]
    kept = {name: value for name, value in asdict(parameters).items() if name in Candidate.__dataclass_fields__}
    candidate = Candidate(**kept, accuracy=float(np.mean(accuracies)), deviation=float(np.std(accuracies)))
    return candidate, np.bincount(np.unique(clips.units, return_inverse=True)[1], weights=right).astype(np.intp)


def _candidates(search: Search, name: str) -> Table:
    rows = tuple(
        tuple(
            Cell(text, strong=candidate.parameters == NOTEBOOK.vote.boosting)
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
    heads = ("Rank", "learning_rate", "max_depth", "n_estimators", "Accuracy", "Deviation")
    return Table(
        f"All candidates on {SEEN[name]}, {count(search.clips, 'clip')}, best first; bold: the notebook's choice. Mean "
        "and standard deviation over the folds",
        tuple(Column(head) for head in heads),
        rows,
        folded=name != PROTOCOLS[0],
    )


def _recipe(parameters: Boosting) -> Recipe:
    return on_notebook_columns(_name(parameters), lambda seed: [("classifier", boosting(parameters, seed))])


def _conclusions(found: GridSearch, name: str, search: Search) -> list[str]:
    best, worst = search.candidates[0], search.candidates[-1]
    on = f"Grid search on {SEEN[name]} ({count(search.clips, 'clip')})"
    if best.accuracy == worst.accuracy:
        return [
            f"{on}: all {len(search.candidates)} candidates reach {share(best.accuracy)}: the grid changes nothing."
        ]
    sentences = [
        f"{on}: the best candidate has {_name(best.parameters)} and an accuracy of {share(best.accuracy)}, "
        f"{share(best.accuracy - worst.accuracy)} above the worst. Over the same folds that is "
        + (
            f"a clear difference, {chance(search.p_worst)}: the grid matters, at least at its worse end."
            if search.p_worst < CLEAR
            else f"no clear difference, {chance(search.p_worst)}, for two picked among {len(search.candidates)}."
        )
    ]
    if best.parameters == NOTEBOOK.vote.boosting:
        return [*sentences, "That is the notebook's choice, too."]
    for rank, notebooks in enumerate(search.candidates, start=1):
        if notebooks.parameters == NOTEBOOK.vote.boosting and search.p_notebook is not None:
            clear = "a clear difference" if search.p_notebook < CLEAR else "no clear difference"
            sentences.append(
                f"The notebook's choice, {_name(notebooks.parameters)}, ranks {rank} of {len(search.candidates)} "
                f"there, {share(best.accuracy - notebooks.accuracy)} below the best: {clear}, "
                f"{chance(search.p_notebook)}."
            )
    reached, chosen = found.figures[BEST][name], found.figures[NOTEBOOKS][name]
    if reached is not None and chosen is not None:
        sentences.append(
            f"On the {count(reached.clips_test, 'clip')} that this search never saw ({name}), its best reaches "
            f"{share(reached.accuracy)} against {share(chosen.accuracy)} for the notebook's choice: "
            f"{verdict(reached, chosen)}."
        )
    return sentences


def _name(parameters: Boosting) -> str:
    return f"learning rate {parameters.learning_rate:g}, depth {parameters.max_depth}, {parameters.n_estimators} trees"
