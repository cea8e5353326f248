"""Measures recipes by the flattering protocol and the honest ones, and what follows from their answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from classifier.measure import ROW_NAMES
from classifier.model import installed_libraries
from classifier.options import DecodeOptions
from classifier.training.dataset import TABLE_COLUMNS, FeatureTable, Split
from classifier.training.evaluation.faults import describe_data
from classifier.training.evaluation.figures import Figures
from classifier.training.evaluation.parallel import Say, each
from classifier.training.evaluation.protocols import artist_grouped, fault_filtered, notebook_split, random_splits
from classifier.training.evaluation.result import Evaluation, RecipeFigures
from classifier.training.evaluation.robustness import (
    Robustness,
    compare_answers,
    fit_voters,
    measure_files,
    require_unlike_names,
)
from classifier.training.evaluation.scores import Scores, expected_calibration_error, score
from classifier.training.evaluation.sealed import Grade, SealedTestList, open_lists
from classifier.training.evaluation.selection import Fitted, TrainingClips, fit_inside
from classifier.training.evaluation.unheard import UnheardFigures, count_unheard
from classifier.training.music_detector import SOUNDS_PATH, DetectorScores, fit_detector, read_sounds
from classifier.training.recipes import DEFAULT, RECIPES, Recipe

__all__ = [
    "Evaluation",
    "Inputs",
    "Scores",
    "artist_grouped",
    "evaluate",
    "expected_calibration_error",
    "fault_filtered",
    "notebook_split",
    "score",
]

Progress = Callable[[str, int, int], None]
"""Is told what is being done, and how many steps of how many are."""


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What an evaluation is made from.

    Parameters
    ----------
    table
        The clips, faults included.
    files
        Name and SHA-256 of each file that it was read from.
    artists
        As `read_artists` returns them; None where they are not known.
    split
        As `read_split` returns it; None where there are no lists.
    audio
        Files to make variants of.
    """

    table: FeatureTable
    files: dict[str, str]
    artists: Mapping[str, str] | None = None
    split: Split | None = None
    audio: tuple[Path, ...] = ()


def evaluate(
    recipes: Sequence[Recipe],
    inputs: Inputs,
    *,
    version: str,
    command: str,
    seed: int = 1,
    jobs: int = 1,
    progress: Progress = lambda doing, done, total: None,  # noqa: ARG005 - the names say what is passed
) -> Evaluation:
    """Measure recipes by every protocol that there are lists for, the quick ones first.

    The same inputs and seed give the same figures, whatever the number of processes.

    Parameters
    ----------
    recipes
        What to measure; `default`, or else the first, is the one that the sections after the protocols are about.
        None for all whose columns the table has.
    inputs
        What to measure it on.
    version, command
        As in `Evaluation`.
    seed
        Of folds, trees and resampling.
    jobs
        Processes.
    progress
        Is told what is being done.

    Returns
    -------
    Evaluation

    Raises
    ------
    DatasetError
        If a list does not belong to the table, or a genre has too few clips or artists.
    DecoderUnavailable, ModelError
        If there are audio files and no ffmpeg or no tag network.
    """
    # Before the minutes of fitting, not after them: what cannot work.
    require_unlike_names(inputs.audio)
    recipes, missing = (tuple(recipes), ()) if recipes else _measurable(inputs.table)
    data = describe_data(inputs.table, inputs.artists, inputs.split)
    lists = {
        recipe.name: open_lists(inputs.table, inputs.split, inputs.artists, recipe.features)
        for recipe in recipes
        if inputs.split is not None
    }
    headline = next((recipe for recipe in recipes if recipe.name == DEFAULT.name), recipes[0])
    run = _Run(inputs, seed, jobs, progress)
    fitted, grades = run.grade(recipes, lists)
    detector = run.detect_music(headline, lists)
    splits = {recipe.name: run.split_at_random(recipe) for recipe in recipes}
    by_artist = {recipe.name: run.hold_artists_out(recipe) for recipe in recipes}
    unheard = run.leave_genres_out(headline, lists)
    robustness = run.change_sound(headline, lists, fitted)
    return Evaluation(
        version=version,
        command=command,
        files=inputs.files,
        seed=seed,
        libraries=installed_libraries(),
        data=data,
        recipes=tuple(
            RecipeFigures(
                recipe=recipe.name,
                clips=len(inputs.table.measured(recipe.features)),
                notebook_split=splits[recipe.name][0],
                random_splits=splits[recipe.name][1],
                fault_filtered=grades[recipe.name].figures if grades else None,
                artist_grouped=by_artist[recipe.name],
                training_folds=score(fitted[recipe.name].held_out) if fitted else None,
            )
            for recipe in recipes
        ),
        headline=headline.name,
        verdicts=grades[headline.name].verdicts if grades else None,
        unheard=unheard,
        music_detector=detector,
        robustness=robustness,
        readings=tuple(reading for _, sealed in lists.values() for reading in sealed.readings),
        left_out=(*missing, *_left_out(headline, inputs)),
    )


Lists = Mapping[str, tuple[TrainingClips, SealedTestList]]
"""By recipe, as each needs other columns."""


@dataclass(frozen=True, slots=True)
class _Run:
    """The parts of one evaluation, and what they have in common."""

    inputs: Inputs
    seed: int
    jobs: int
    progress: Progress

    def grade(self, recipes: Sequence[Recipe], lists: Lists) -> tuple[dict[str, Fitted], dict[str, Grade]]:
        calls = [(recipe, lists[recipe.name][0], self.seed) for recipe in recipes if lists]
        models = each(fit_inside, calls, jobs=self.jobs, say=self._say("the train list, graded by the test list"))
        fitted = {model.recipe.name: model for model in models}
        return fitted, {name: lists[name][1].grade(model, seed=self.seed) for name, model in fitted.items()}

    def detect_music(self, recipe: Recipe, lists: Lists) -> DetectorScores | None:
        if not lists or not SOUNDS_PATH.exists() or not _is_served(recipe):
            return None
        self.progress(f"{recipe.name}: music told from other sounds", 0, 1)
        clips = lists[recipe.name][0]
        return fit_detector(clips.table, clips.groups, read_sounds(SOUNDS_PATH), seed=self.seed)[2]

    def split_at_random(self, recipe: Recipe) -> tuple[Figures, tuple[Scores, ...]]:
        return random_splits(
            recipe,
            self.inputs.table,
            artists=self.inputs.artists,
            seed=self.seed,
            jobs=self.jobs,
            say=self._say(f"{recipe.name}: random splits"),
        )

    def hold_artists_out(self, recipe: Recipe) -> Figures | None:
        if self.inputs.artists is None:
            return None
        return artist_grouped(
            recipe,
            self.inputs.table,
            self.inputs.artists,
            seed=self.seed,
            jobs=self.jobs,
            say=self._say(f"{recipe.name}: whole artists held out"),
        )

    def leave_genres_out(self, recipe: Recipe, lists: Lists) -> tuple[UnheardFigures, ...] | None:
        if not lists:
            return None
        clips, sealed = lists[recipe.name]
        genres = clips.table.genres
        if len(genres) < 3:
            return None
        models = each(
            fit_inside,
            [(recipe, clips.without(genre), self.seed) for genre in genres],
            jobs=self.jobs,
            say=self._say(f"{recipe.name}: genres left out"),
        )
        return tuple(
            count_unheard(model, clips.only(genre).table, genre) + sealed.count_unheard(model, genre)
            for genre, model in zip(genres, models, strict=True)
        )

    def change_sound(self, recipe: Recipe, lists: Lists, fitted: Mapping[str, Fitted]) -> Robustness | None:
        inputs = self.inputs
        if not (lists and inputs.audio and inputs.artists is not None and inputs.split and _is_served(recipe)):
            return None
        voters = fit_voters(
            recipe,
            lists[recipe.name][0],
            fitted[recipe.name],
            inputs.table,
            inputs.artists,
            seed=self.seed,
            jobs=self.jobs,
            say=self._say(f"{recipe.name}: models that have not heard an artist"),
        )
        files, left_out = measure_files(
            inputs.audio, options=DecodeOptions(), jobs=self.jobs, say=self._say("louder, encoded and cut copies")
        )
        return compare_answers(files, left_out, voters, recipe.features, inputs.split.test)

    def _say(self, doing: str) -> Say:
        self.progress(doing, 0, 1)
        return lambda done, total: self.progress(doing, done, total)


def _measurable(table: FeatureTable) -> tuple[tuple[Recipe, ...], tuple[str, ...]]:
    """Return the recipes that a table has the columns for, and a sentence for each of the others."""
    untagged = not np.isfinite(table.tags).any()
    missing = [recipe for recipe in RECIPES.values() if untagged and not set(recipe.features) <= set(TABLE_COLUMNS)]
    return (
        tuple(recipe for recipe in RECIPES.values() if recipe not in missing),
        tuple(
            f"No figures of {recipe.name}: it votes on tags. Add --taggrams FILE, or make the table with "
            "`genre-bot extract`."
            for recipe in missing
        ),
    )


def _is_served(recipe: Recipe) -> bool:
    """Tell whether all columns of a recipe can be measured on a person's file."""
    return set(recipe.features) <= set(ROW_NAMES)


def _left_out(headline: Recipe, inputs: Inputs) -> tuple[str, ...]:
    reasons = []
    if inputs.split is None:
        reasons.append(
            "No fault-filtered figures, verdicts, unheard genres, music detector and robustness: "
            "add --splits FOLDER with the published lists."
        )
    if inputs.artists is None:
        reasons.append(
            "No artist-grouped figures, and folds that keep only copies together: add --artists FILE with the artists."
        )
    if inputs.split is not None and not _is_served(headline):
        reasons.append(
            f"No music detector and no robustness: {headline.name} needs columns that no person's file has. "
            "Measure another recipe."
        )
    elif inputs.split is not None:
        if not SOUNDS_PATH.exists():
            reasons.append(
                "No music detector: there are no measured sounds. Make them with `genre-bot measure-sounds`."
            )
        if not inputs.audio:
            reasons.append("No robustness: add --audio FOLDER with clips to change.")
        elif inputs.artists is None:
            reasons.append("No robustness: it needs to know which model has not heard an artist; add --artists FILE.")
    return tuple(reasons)
