"""The test list, which grades a finished model and is good for nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from classifier.errors import DatasetError
from classifier.training.dataset import FeatureTable, Split
from classifier.training.evaluation.figures import Figures, figures_of
from classifier.training.evaluation.intervals import Share
from classifier.training.evaluation.selection import TrainingClips
from classifier.training.evaluation.unheard import UnheardFigures, count_unheard
from classifier.training.evaluation.verdicts import VerdictFigures, count_verdicts
from classifier.training.fit import Fitted, HeldOut
from classifier.training.groups import artist_groups, row_groups
from classifier.training.music_detector import count_refused
from classifier.training.recipes import Classifier


class Question(StrEnum):
    """What a test list can be asked."""

    GRADE = "grade"
    SEED = "grade with another seed"
    DETECTOR = "music refused"
    UNHEARD = "genre never taught"


@dataclass(frozen=True, slots=True)
class Reading:
    """One question that a test list was asked.

    Parameters
    ----------
    question
        Which.
    about
        The recipe; for `Question.SEED` with the seed, for `Question.UNHEARD` with the genre.
    """

    question: Question
    about: str


@dataclass(frozen=True, slots=True)
class Grade:
    """What the test list says of a finished model.

    Parameters
    ----------
    figures
        Scores and the rest.
    verdicts
        What became of each verdict of the model's gate.
    """

    figures: Figures
    verdicts: dict[str, VerdictFigures]


class SealedTestList:
    """Clips of the test list that can be asked for figures of a finished model only.

    It returns neither rows nor labels nor single predictions, and takes nothing that is still to be fitted, so that
    nothing can be chosen on it; and it keeps a list of all that it was asked.

    Parameters
    ----------
    table
        The clips of the test list.
    artists : ndarray of int, shape (clips,), optional
        Clips of one number share an artist; None where that is not known.
    """

    def __init__(self, table: FeatureTable, artists: npt.NDArray[np.intp] | None) -> None:
        self.__table = table
        self.__artists = artists
        self.__readings: list[Reading] = []

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What it was asked, in order."""
        return tuple(self.__readings)

    def grade(self, fitted: Fitted, *, seed: int, fit_seed: int | None = None) -> Grade:
        """Grade a finished model.

        Parameters
        ----------
        fitted
            By `fit_inside`, on the train list.
        seed
            Of the resampling.
        fit_seed
            Of the model, where it is one of several that differ in nothing else.

        Returns
        -------
        Grade

        Raises
        ------
        DatasetError
            If a genre of the list is in none of the clips that were learnt from.
        """
        unheard = np.setdiff1d(self.__table.labels, fitted.classifier.classes_)
        if unheard.size:
            raise DatasetError(
                f"No clip of {unheard[0]} is left to learn from, but there are some to predict. Add some."
            )
        self.__readings.append(
            Reading(Question.GRADE, fitted.recipe.name)
            if fit_seed is None
            else Reading(Question.SEED, f"{fitted.recipe.name}, {fit_seed}")
        )
        held_out = HeldOut(
            probabilities=fitted.predict(self.__table),
            labels=np.searchsorted(fitted.classifier.classes_, self.__table.labels),
            genres=fitted.held_out.genres,
            clips_train=len(fitted.held_out.labels),
        )
        return Grade(
            figures=figures_of(held_out, seed=seed, artists=self.__artists),
            verdicts=count_verdicts(fitted.gate, held_out),
        )

    def grade_detector(self, detector: Classifier, threshold: float, recipe: str) -> Share:
        """Count the music that a finished detector takes for something else.

        Parameters
        ----------
        detector, threshold
            By `fit_detector`, on the train list.
        recipe
            That it stands beside.

        Returns
        -------
        Share
            Of the clips in this list.
        """
        self.__readings.append(Reading(Question.DETECTOR, recipe))
        return count_refused(detector, threshold, self.__table)

    def count_unheard(self, fitted: Fitted, genre: str) -> UnheardFigures:
        """Count what a finished model says of a genre that it never heard.

        Parameters
        ----------
        fitted
            By `fit_inside`, on the train list without that genre.
        genre
            Which one.

        Returns
        -------
        UnheardFigures
            Of the genre's clips in this list.
        """
        self.__readings.append(Reading(Question.UNHEARD, f"{fitted.recipe.name}, {genre}"))
        clips = self.__table.take(np.flatnonzero(self.__table.labels == genre))
        return count_unheard(fitted, clips, genre)


def open_lists(
    table: FeatureTable, split: Split, artists: Mapping[str, str] | None, features: tuple[str, ...]
) -> tuple[TrainingClips, SealedTestList]:
    """Part a table by the lists of a split; the valid list is not used.

    Parameters
    ----------
    table
        Holds all clips of the train and the test list, with all the columns that are wanted.
    split
        As `read_split` returns it.
    artists
        As `read_artists` returns them; without them, only copies are kept together.
    features
        The columns that are wanted.

    Returns
    -------
    training : TrainingClips
        Of the train list.
    sealed : SealedTestList
        Of the test list.

    Raises
    ------
    DatasetError
        If the table lacks a clip of the lists, or a clip's columns.
    """
    absent = sorted((split.train | split.test) - set(table.filenames))
    if absent:
        raise DatasetError(
            f"The split names {len(absent)} clips that the table does not have, the first of them {absent[0]}. "
            "Give the table that the split was made for."
        )
    measured = table.measured(features)
    untagged = sorted((split.train | split.test) - set(measured.filenames))
    if untagged:
        raise DatasetError(
            f"{len(untagged)} clips of the split have no tags, the first of them {untagged[0]}. "
            "Give the archives of both lists with `--taggrams`, or choose a recipe without tags."
        )
    train, test = (
        np.flatnonzero([filename in part for filename in measured.filenames]) for part in (split.train, split.test)
    )
    # Each list by itself: what is fitted on the one must not depend on so much as the order of the other.
    training, held_back = measured.take(train), measured.take(test)
    return (
        TrainingClips(training, row_groups(training) if artists is None else artist_groups(training, artists)),
        SealedTestList(held_back, None if artists is None else artist_groups(held_back, artists)),
    )
