"""Runs any recipe by the notebook's split and by the honest protocols, or says why one cannot be run."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import train_test_split

from classifier.errors import DatasetError
from classifier.training.dataset import FeatureTable, Split
from classifier.training.evaluation.protocols import NOTEBOOK_RANDOM_STATE, NOTEBOOK_TEST_SIZE
from classifier.training.evaluation.scores import score
from classifier.training.fit import HeldOut, grouped_folds, predict_fold, predict_held_out
from classifier.training.groups import artist_groups, drop_faults, row_groups
from classifier.training.recipes import Fold, Recipe

PROTOCOLS: Final = ("notebook split", "fault-filtered", "artist-grouped")
"""From the flattering one to the honest ones, as `evaluate` names them."""

PUBLISHED_XGBOOST: Final = 0.75
"""What the original notebook prints for its tuned XGBoost, on its own split of GTZAN."""

PUBLISHED_VOTE_F1: Final = 0.78
"""F1 score that the original notebook prints for its voting classifier, on the same split."""

Z: Final = 1.96
"""Quantile of the normal distribution for two-sided intervals of 95 %."""

Task = TypeVar("Task")
Result = TypeVar("Result")

Say = Callable[[str], None]
"""Is told what is being done, in words."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a classifier reached by one protocol.

    Parameters
    ----------
    accuracy
        Share of clips whose genre is right.
    macro_f1
        Mean over genres of the F1 score.
    clips_train, clips_test
        Clips learnt from (the mean over folds where there are several) and clips predicted.
    """

    accuracy: float
    macro_f1: float
    clips_train: int
    clips_test: int

    @property
    def interval(self) -> tuple[float, float]:
        """Where the accuracy on ever more clips of the kind lies, at 95 %: the interval of Wilson (1927)."""
        z2 = Z * Z / self.clips_test
        middle = (self.accuracy + z2 / 2.0) / (1.0 + z2)
        half = Z / (1.0 + z2) * math.sqrt((self.accuracy * (1.0 - self.accuracy) + z2 / 4.0) / self.clips_test)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True, eq=False)
class Protocol:
    """A way to hold clips out, or the reason why this table cannot be measured so.

    Parameters
    ----------
    name
        One of `PROTOCOLS`.
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
    """

    name: str
    table: FeatureTable
    groups: npt.NDArray[np.intp]
    fold: Fold | None
    seed: int
    reason: str | None = None

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
            if self.fold is None:
                return predict_held_out(recipe, self.table, self.groups, seed=self.seed)
            return predict_fold(recipe, self.table, self.groups, self.fold, seed=self.seed)


def figure_of(held_out: HeldOut) -> Figure:
    """Score predictions by what every classifier has: its decisions.

    Parameters
    ----------
    held_out
        Predictions and the truth.

    Returns
    -------
    Figure
    """
    scores = score(held_out)
    return Figure(scores.accuracy, scores.macro_f1, scores.clips_train, scores.clips_test)


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
        _fault_filtered(table, groups, split, seed),
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
    with closing(in_threads(lambda task: figure_of(task[1].predict(task[0])), tasks, jobs=jobs)) as results:
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


def clearly_below(lower: Figure, higher: Figure) -> bool:
    """Tell whether one accuracy is lower than another by more than chance explains.

    Parameters
    ----------
    lower, higher
        Figures of different or of the same clips.

    Returns
    -------
    bool
        Whether zero lies below the 95 % interval of the difference of two independent shares, which is trustworthy
        for a handful of clips, too. On the same clips the true interval is narrower: a yes holds all the more.

    References
    ----------
    Newcombe (1998), "Interval estimation for the difference between independent proportions", method 10.
    """
    reach = math.hypot(higher.accuracy - higher.interval[0], lower.interval[1] - lower.accuracy)
    return higher.accuracy - lower.accuracy > reach


def _fault_filtered(table: FeatureTable, groups: npt.NDArray[np.intp], split: Split | None, seed: int) -> Protocol:
    name = PROTOCOLS[1]
    if split is None:
        reason = "It needs the published lists of clips: add --splits FOLDER."
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
    return Protocol(name, table, groups, (train, test), seed)


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
        try:
            grouped_folds(sound.labels, groups, seed)
        except DatasetError as error:
            reason = str(error)
    return Protocol(name, sound, groups, None, seed, reason)
