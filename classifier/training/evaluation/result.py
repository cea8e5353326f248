"""All that an evaluation found, ready to be printed, drawn and written as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from classifier.training.evaluation.faults import DataFacts
from classifier.training.evaluation.figures import Figures
from classifier.training.evaluation.intervals import Share
from classifier.training.evaluation.robustness import Robustness
from classifier.training.evaluation.scores import Scores
from classifier.training.evaluation.sealed import Reading
from classifier.training.evaluation.unheard import UnheardFigures
from classifier.training.evaluation.verdicts import VerdictFigures
from classifier.training.music_detector import DetectorScores
from classifier.training.sound_kinds import SoundScores


@dataclass(frozen=True, slots=True)
class RecipeFigures:
    """All figures of one recipe; None where the protocol's lists were not given, or it is not done yet.

    Parameters
    ----------
    recipe
        Its name.
    clips
        Clips of the table of which all its columns are known.
    notebook_split
        The notebook's own random split: it flatters, as clips of one artist are on both sides.
    random_splits
        That and others like it.
    fault_filtered
        The train list graded by the test list: the headline.
    artist_grouped
        Cross-validation over all clips that are not faulty, whole artists held out.
    training_folds
        Cross-validation inside the train list, whole artists held out where they are known: what choices rest on.
    """

    recipe: str
    clips: int
    notebook_split: Figures | None = None
    random_splits: tuple[Scores, ...] = ()
    fault_filtered: Figures | None = None
    artist_grouped: Figures | None = None
    training_folds: Figures | None = None

    @property
    def best(self) -> Figures | None:
        """By the most honest protocol that was run."""
        return self.fault_filtered or self.artist_grouped or self.notebook_split


@dataclass(frozen=True, slots=True)
class MusicFigures:
    """How well music is told from other sounds.

    Parameters
    ----------
    training
        On the artists of the train list and on sounds, both held out.
    refused
        Clips of the test list that are taken for something else.
    sounds
        Kinds of sound told apart, on the same artists and sounds as `training`.
    """

    training: DetectorScores
    refused: Share
    sounds: SoundScores


@dataclass(frozen=True, slots=True)
class SeedFigures:
    """One recipe fitted several times on the train list, each graded by the test list.

    Parameters
    ----------
    seeds
        Of the folds and the trees; the first is that of all other figures.
    scores
        Of each.
    """

    seeds: tuple[int, ...]
    scores: tuple[Scores, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured, on what, and what is not known; so far.

    Parameters
    ----------
    version
        Of the Genre Bot that measured.
    command
        What was asked for, without the folders of the files.
    files
        Name and SHA-256 of all that was read.
    seed
        Of folds, trees and resampling.
    libraries
        Name and version.
    data
        The table, its faults and its lists.
    recipes
        In the order that was asked for.
    headline
        Name of the recipe that the sections after the protocols are about.
    seeds
        How much the figures owe to the seed of the fit; None without lists.
    verdicts
        What became of each verdict on the test list; None without lists.
    unheard
        For each genre, answers about it when it was left out of the training; None without lists.
    music_detector
        Music told from other sounds; None where there are no sounds or no lists.
    robustness
        Answers to changed copies; None without audio files, lists or artists.
    readings
        Each question that the test list was asked.
    unsealed
        Clips of the test list that the headline's artist-grouped folds predicted, outside of the seal.
    left_out
        What this run does not measure, and how to have it measured.
    waiting
        What is still to be measured; none in the end.
    """

    version: str
    command: str
    files: dict[str, str]
    seed: int
    libraries: dict[str, str]
    data: DataFacts
    recipes: tuple[RecipeFigures, ...]
    headline: str
    seeds: SeedFigures | None = None
    verdicts: dict[str, VerdictFigures] | None = None
    unheard: tuple[UnheardFigures, ...] | None = None
    music_detector: MusicFigures | None = None
    robustness: Robustness | None = None
    readings: tuple[Reading, ...] = ()
    unsealed: int = 0
    left_out: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def chosen(self) -> RecipeFigures:
        """Figures of the headline recipe."""
        return next(figures for figures in self.recipes if figures.recipe == self.headline)


def plain(value: Any) -> Any:
    """Turn figures into what JSON knows.

    Parameters
    ----------
    value
        A dataclass, or mappings, tuples and plain values with dataclasses in them.

    Returns
    -------
    dict, list, str, int, float, bool or None
        A share comes with its value and its interval.
    """
    if is_dataclass(value) and not isinstance(value, type):
        document = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, Share):
            document |= {"value": value.value, "interval": plain(value.interval)}
        return document
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (tuple, list)) else value
