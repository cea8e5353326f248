"""Runs any recipe by the notebook's split and by the honest protocols, or says why one cannot be run."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import train_test_split

from classifier.errors import DatasetError
from classifier.training.dataset import FeatureTable, Split
from classifier.training.evaluation.protocols import NOTEBOOK_RANDOM_STATE, NOTEBOOK_TEST_SIZE
from classifier.training.explore.figure import Figure, figure_of
from classifier.training.fit import Fold, HeldOut, grouped_folds, predict_fold, predict_held_out
from classifier.training.groups import artist_groups, drop_faults, row_groups
from classifier.training.recipes import Recipe

PROTOCOLS: Final = ("notebook split", "fault-filtered", "artist-grouped")
"""From the flattering one to the honest ones, as `evaluate` names them."""

PUBLISHED_XGBOOST: Final = 0.75
"""What the original notebook prints for its tuned XGBoost, on its own split of GTZAN."""

PUBLISHED_VOTE_F1: Final = 0.78
"""F1 score that the original notebook prints for its voting classifier, on the same split."""

TRAINING_FOLDS: Final = "inside the train list"
"""The protocol that classifiers may be chosen by where there is a test list."""

Task = TypeVar("Task")
Result = TypeVar("Result")

Say = Callable[[str], None]
"""Is told what is being done, in words."""


@dataclass(frozen=True, slots=True, eq=False)
class Protocol:
    """A way to hold clips out, or the reason why this table cannot be measured so.

    Parameters
    ----------
    name
        One of `PROTOCOLS`, or `TRAINING_FOLDS`.
    table
        The clips that it is about.
    groups : ndarray of int, shape (clips,)
        Clips of one number stay together.
    fold
        Positions to train on and to predict; None for cross-validation over groups.
    seed
        Of the folds and the classifiers.
    reason
        Why it cannot be run, and what would help; None where it can.
    artists_held_out
        Whether groups are artists and none of them is both learnt from and predicted.
    shared
        Groups that are both learnt from and predicted.
    readings
        Name of each recipe that was measured by it, in any order.
    """

    name: str
    table: FeatureTable
    groups: npt.NDArray[np.intp]
    fold: Fold | None
    seed: int
    reason: str | None = None
    artists_held_out: bool = False
    shared: int = 0
    readings: list[str] = field(default_factory=list)

    def predict(self, recipe: Recipe) -> HeldOut:
        """Fit a recipe on one part of the clips and predict the other.

        Parameters
        ----------
        recipe
            What to fit.

        Returns
        -------
        HeldOut

        Raises
        ------
        DatasetError
            If it cannot be run.
        """
        if self.reason is not None:
            raise DatasetError(self.reason)
        # A PCA of columns that do not vary divides 0 by 0 for a ratio that nobody reads.
        with np.errstate(invalid="ignore"):
            held_out = (
                predict_held_out(recipe, self.table, self.groups, seed=self.seed)
                if self.fold is None
                else predict_fold(recipe, self.table, self.groups, self.fold, seed=self.seed)
            )
        self.readings.append(recipe.name)
        return held_out

    def figure_of(self, held_out: HeldOut) -> Figure:
        """Score what `predict` returned.

        Parameters
        ----------
        held_out
            Predictions and the truth.

        Returns
        -------
        Figure
            With an interval by artist where artists are held out.
        """
        if not self.artists_held_out:
            return figure_of(held_out, seed=self.seed)
        predicted = self.groups if self.fold is None else self.groups[self.fold[1]]
        return figure_of(held_out, seed=self.seed, artists=predicted)


def notebook_fold(table: FeatureTable, random_state: int = NOTEBOOK_RANDOM_STATE) -> Fold:
    """Split clips as the notebook does: at random, stratified, 80 to 20.

    Parameters
    ----------
    table
        The clips.
    random_state
        Of the split; the notebook's by default.

    Returns
    -------
    tuple of two ndarrays of int
        Positions to train on and to predict.
    """
    train, test = train_test_split(
        np.arange(len(table)), test_size=NOTEBOOK_TEST_SIZE, random_state=random_state, stratify=table.labels
    )
    return train, test


def protocols_for(
    table: FeatureTable, *, artists: Mapping[str, str] | None, split: Split | None, seed: int
) -> tuple[Protocol, Protocol, Protocol]:
    """Prepare the three protocols for a table.

    Parameters
    ----------
    table
        The clips, faults included.
    artists
        As `read_artists` returns them; without them the artist-grouped protocol cannot be run.
    split
        As `read_split` returns it; without it the fault-filtered protocol cannot be run.
    seed
        Of the folds and the classifiers.

    Returns
    -------
    tuple of Protocol
        In the order of `PROTOCOLS`; those that cannot be run say why.

    Raises
    ------
    DatasetError
        If a list does not belong to the table.
    """
    groups = row_groups(table) if artists is None else artist_groups(table, artists)
    return (
        Protocol(PROTOCOLS[0], table, groups, notebook_fold(table), seed),
        _fault_filtered(table, groups, split, seed, artists_known=artists is not None),
        _artist_grouped(table, artists, seed),
    )


def figures_by(
    recipes: Sequence[Recipe], protocols: Sequence[Protocol], *, jobs: int, say: Say
) -> dict[str, dict[str, Figure | None]]:
    """Measure recipes by protocols, several at a time.

    Parameters
    ----------
    recipes
        With different names.
    protocols
        Those that cannot be run give None.
    jobs
        Threads; the figures are the same for any number.
    say
        Is told what has been measured.

    Returns
    -------
    dict of dict of Figure
        By name of the recipe, then of the protocol.
    """
    tasks = [(recipe, protocol) for recipe in recipes for protocol in protocols if protocol.reason is None]
    figures: dict[str, dict[str, Figure | None]] = {
        recipe.name: dict.fromkeys(protocol.name for protocol in protocols) for recipe in recipes
    }
    with closing(in_threads(lambda task: task[1].figure_of(task[1].predict(task[0])), tasks, jobs=jobs)) as results:
        for number, ((recipe, protocol), figure) in enumerate(zip(tasks, results, strict=True), start=1):
            figures[recipe.name][protocol.name] = figure
            say(f"{recipe.name}, {protocol.name} ({number} of {len(tasks)})")
    return figures


def in_threads(work: Callable[[Task], Result], tasks: Sequence[Task], *, jobs: int) -> Generator[Result, None, None]:
    """Do several pieces of work at a time.

    Threads, not processes: trees are grown outside the interpreter's lock, and processes take longer to start.

    Parameters
    ----------
    work
        Done for each task.
    tasks
        In order.
    jobs
        Threads.

    Yields
    ------
    Result
        Of each task, in their order. Close the generator when it is left early: it then waits for what is under way,
        as a thread that dies within XGBoost takes the process with it, and drops the rest.
    """
    pool = ThreadPoolExecutor(jobs)
    try:
        for future in [pool.submit(work, task) for task in tasks]:
            yield future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def training_folds(fault_filtered: Protocol) -> Protocol:
    """Prepare cross-validation that holds out whole groups inside the train list, and sees nothing of the test list.

    Parameters
    ----------
    fault_filtered
        The second of `protocols_for`.

    Returns
    -------
    Protocol
        That says why, if it cannot be run.
    """
    if fault_filtered.fold is None:
        return replace(fault_filtered, name=TRAINING_FOLDS, readings=[])
    train = fault_filtered.fold[0]
    table, groups = fault_filtered.table.take(train), fault_filtered.groups[train]
    return Protocol(
        TRAINING_FOLDS,
        table,
        groups,
        None,
        fault_filtered.seed,
        _too_few_groups(table, groups, fault_filtered.seed),
        artists_held_out=fault_filtered.artists_held_out,
    )


def _fault_filtered(
    table: FeatureTable, groups: npt.NDArray[np.intp], split: Split | None, seed: int, *, artists_known: bool
) -> Protocol:
    name = PROTOCOLS[1]
    if split is None:
        reason = "It needs lists of clips to learn from and to predict: add --splits FOLDER."
        return Protocol(name, table, groups, None, seed, reason)
    absent = sorted((split.train | split.test) - set(table.filenames))
    if absent:
        raise DatasetError(
            f"The split names {len(absent)} clips that the table does not have, the first of them {absent[0]}. "
            "Give the table that the split was made for."
        )
    train, test = (
        np.flatnonzero([filename in part for filename in table.filenames]) for part in (split.train, split.test)
    )
    unheard = np.setdiff1d(table.labels[test], table.labels[train])
    if unheard.size:
        reason = f"Its lists have clips of {unheard[0]} to predict, but none to learn from."
        return Protocol(name, table, groups, None, seed, reason)
    if np.unique(table.labels[train]).size < 2:
        return Protocol(name, table, groups, None, seed, "Its list to learn from has only one genre.")
    shared = int(np.intersect1d(groups[train], groups[test]).size)
    return Protocol(
        name, table, groups, (train, test), seed, artists_held_out=artists_known and not shared, shared=shared
    )


def _artist_grouped(table: FeatureTable, artists: Mapping[str, str] | None, seed: int) -> Protocol:
    name = PROTOCOLS[2]
    sound, _ = drop_faults(table)
    groups = row_groups(sound) if artists is None else artist_groups(sound, artists)
    reason = None
    if artists is None:
        reason = "It needs to know who plays in each clip: add --artists FILE."
    elif len(sound.genres) < 2:
        reason = "Without the copies in the table, fewer than two genres are left."
    else:
        reason = _too_few_groups(sound, groups, seed)
    return Protocol(name, sound, groups, None, seed, reason, artists_held_out=artists is not None)


def _too_few_groups(table: FeatureTable, groups: npt.NDArray[np.intp], seed: int) -> str | None:
    try:
        grouped_folds(table.labels, groups, seed)
    except DatasetError as error:
        return str(error)
    return None
