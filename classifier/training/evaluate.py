"""Measures recipes by the flattering protocol and the honest ones, and what follows from their answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from classifier.manifest import installed_libraries
from classifier.measure import ROW_NAMES
from classifier.options import DecodeOptions
from classifier.training.dataset import TABLE_COLUMNS, FeatureTable, Split
from classifier.training.evaluation.faults import describe_data
from classifier.training.evaluation.figures import figures_of
from classifier.training.evaluation.parallel import Say, each
from classifier.training.evaluation.protocols import artist_grouped, fault_filtered, notebook_split, random_splits
from classifier.training.evaluation.result import Evaluation, MusicFigures, RecipeFigures, SeedFigures
from classifier.training.evaluation.robustness import compare_answers, fit_voters, measure_files, require_unlike_names
from classifier.training.evaluation.scores import Scores, expected_calibration_error, score
from classifier.training.evaluation.sealed import Reading, SealedTestList, open_lists
from classifier.training.evaluation.selection import TrainingClips, fit_inside
from classifier.training.evaluation.unheard import count_unheard
from classifier.training.fit import Fitted
from classifier.training.groups import drop_faults
from classifier.training.music_detector import SOUNDS_PATH, fit_detector, read_sounds
from classifier.training.recipes import DEFAULT, RECIPES, Recipe
from classifier.training.sound_kinds import fit_sound_kinds

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

FIT_SEEDS: Final = 5
"""Fits of the headline recipe that differ in their seed alone."""

LEAST_GENRES_TO_LEAVE_ONE_OUT: Final = 3
"""So that two are left to tell apart."""

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
    keep: Callable[[Evaluation], None] = lambda found: None,  # noqa: ARG005
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
    keep
        Is given all that is known after each part but the last, as soon as anything is known of the headline recipe:
        the whole takes minutes, and what is found should outlive an interruption.

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
    require_unlike_names(inputs.audio, inputs.table.filenames)
    recipes, missing = (tuple(recipes), ()) if recipes else _measurable(inputs.table)
    data = describe_data(inputs.table, inputs.artists, inputs.split)
    headline = next((recipe for recipe in recipes if recipe.name == DEFAULT.name), recipes[0])
    run = _Run(
        inputs=inputs,
        recipes=recipes,
        headline=headline,
        lists={
            recipe.name: open_lists(inputs.table, inputs.split, inputs.artists, recipe.features)
            for recipe in recipes
            if inputs.split is not None
        },
        seed=seed,
        jobs=jobs,
        progress=progress,
    )
    found = Evaluation(
        version=version,
        command=command,
        files=inputs.files,
        seed=seed,
        libraries=installed_libraries(),
        data=data,
        recipes=tuple(
            RecipeFigures(recipe.name, clips=len(inputs.table.measured(recipe.features))) for recipe in recipes
        ),
        headline=headline.name,
        left_out=(*missing, *_left_out(headline, inputs)),
    )
    parts = run.parts()
    for number, (_, measure) in enumerate(parts, start=1):
        found = replace(
            measure(found), readings=run.readings, waiting=tuple(dict.fromkeys(title for title, _ in parts[number:]))
        )
        if found.waiting and found.chosen.best is not None:
            keep(found)
    return found


Part = tuple[str, Callable[[Evaluation], Evaluation]]
"""What it is called, and what adds its figures."""


@dataclass(frozen=True, slots=True)
class _Run:
    """The parts of one evaluation, and what they have in common."""

    inputs: Inputs
    recipes: tuple[Recipe, ...]
    headline: Recipe
    lists: Mapping[str, tuple[TrainingClips, SealedTestList]]
    """By recipe, as each needs other columns; empty where there are none."""
    seed: int
    jobs: int
    progress: Progress
    fitted: dict[str, Fitted] = field(default_factory=dict)
    """Models of the train list by recipe, once they are graded."""

    @property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(reading for _, sealed in self.lists.values() for reading in sealed.readings)

    def parts(self) -> list[Part]:
        """Return what can be measured with these inputs, the quick and the weighty first."""
        inputs, served = self.inputs, _is_served(self.headline)
        parts: list[Part] = []
        if self.lists:
            parts.append(("figures of the test list", self.grade))
            if served and SOUNDS_PATH.exists():
                parts.append(("music told from other sounds", self.detect_music))
        parts += [("random splits", self._about(recipe, self.split_at_random)) for recipe in self.recipes]
        if inputs.artists is not None:
            parts += [("artist-grouped folds", self._about(recipe, self.hold_artists_out)) for recipe in self.recipes]
        if self.lists:
            parts.append(("other seeds", self.vary_seed))
            if len(self.lists[self.headline.name][0].table.genres) >= LEAST_GENRES_TO_LEAVE_ONE_OUT:
                parts.append(("genres never taught", self.leave_genres_out))
            if inputs.audio and inputs.artists is not None and served:
                parts.append(("robustness", self.change_sound))
        return parts

    def grade(self, found: Evaluation) -> Evaluation:
        calls = [(recipe, self.lists[recipe.name][0], self.seed) for recipe in self.recipes]
        for model in each(fit_inside, calls, jobs=self.jobs, say=self._say("the train list, graded by the test list")):
            name, (clips, sealed) = model.recipe.name, self.lists[model.recipe.name]
            self.fitted[name] = model
            grade = sealed.grade(model, seed=self.seed)
            artists = None if self.inputs.artists is None else clips.groups
            folds = figures_of(model.held_out, seed=self.seed, artists=artists)
            found = _with(found, model.recipe, fault_filtered=grade.figures, training_folds=folds)
            if name == self.headline.name:
                found = replace(found, verdicts=grade.verdicts)
        return found

    def vary_seed(self, found: Evaluation) -> Evaluation:
        clips, sealed = self.lists[self.headline.name]
        # Within what all libraries take as a seed.
        seeds = tuple((self.seed + step) % 2**31 for step in range(FIT_SEEDS))
        calls = [(self.headline, clips, seed) for seed in seeds[1:]]
        models = each(fit_inside, calls, jobs=self.jobs, say=self._say(f"{self.headline.name}: other seeds"))
        graded = [
            sealed.grade(model, seed=self.seed, fit_seed=seed).figures
            for model, seed in zip(models, seeds[1:], strict=True)
        ]
        first = found.chosen.fault_filtered
        assert first is not None
        scores = tuple(Scores(**{name: getattr(each, name) for name in Scores.__slots__}) for each in (first, *graded))
        return replace(found, seeds=SeedFigures(seeds, scores))

    def detect_music(self, found: Evaluation) -> Evaluation:
        self.progress(f"{self.headline.name}: music told from other sounds", 0, 1)
        clips, sealed = self.lists[self.headline.name]
        sounds = read_sounds(SOUNDS_PATH)
        detector, threshold, scores = fit_detector(clips.table, clips.groups, sounds, seed=self.seed)
        _, _, sound_scores = fit_sound_kinds(clips.table, clips.groups, sounds, seed=self.seed)
        refused = sealed.grade_detector(detector, threshold, self.headline.name)
        digest = hashlib.sha256(SOUNDS_PATH.read_bytes()).hexdigest()
        return replace(
            found,
            files=found.files | {f"{SOUNDS_PATH.name} of Genre Bot": digest},
            music_detector=MusicFigures(scores, refused, sound_scores),
        )

    def split_at_random(self, recipe: Recipe, found: Evaluation) -> Evaluation:
        first, scores = random_splits(
            recipe,
            self.inputs.table,
            artists=self.inputs.artists,
            seed=self.seed,
            jobs=self.jobs,
            say=self._say(f"{recipe.name}: random splits"),
        )
        return _with(found, recipe, notebook_split=first, random_splits=scores)

    def hold_artists_out(self, recipe: Recipe, found: Evaluation) -> Evaluation:
        inputs = self.inputs
        assert inputs.artists is not None
        figures = artist_grouped(
            recipe,
            inputs.table,
            inputs.artists,
            seed=self.seed,
            jobs=self.jobs,
            say=self._say(f"{recipe.name}: whole artists held out"),
        )
        if recipe is self.headline and inputs.split is not None:
            predicted, _ = drop_faults(inputs.table.measured(recipe.features))
            found = replace(found, unsealed=len(inputs.split.test.intersection(predicted.filenames)))
        return _with(found, recipe, artist_grouped=figures)

    def leave_genres_out(self, found: Evaluation) -> Evaluation:
        clips, sealed = self.lists[self.headline.name]
        genres = clips.table.genres
        models = each(
            fit_inside,
            [(self.headline, clips.without(genre), self.seed) for genre in genres],
            jobs=self.jobs,
            say=self._say(f"{self.headline.name}: genres left out"),
        )
        unheard = tuple(
            count_unheard(model, clips.only(genre).table, genre) + sealed.count_unheard(model, genre)
            for genre, model in zip(genres, models, strict=True)
        )
        return replace(found, unheard=unheard)

    def change_sound(self, found: Evaluation) -> Evaluation:
        inputs, recipe = self.inputs, self.headline
        assert inputs.artists is not None
        assert inputs.split is not None
        voters = fit_voters(
            recipe,
            self.lists[recipe.name][0],
            self.fitted[recipe.name],
            inputs.table,
            inputs.artists,
            seed=self.seed,
            jobs=self.jobs,
            say=self._say(f"{recipe.name}: models that have not heard an artist"),
        )
        files, left_out = measure_files(
            inputs.audio, options=DecodeOptions(), jobs=self.jobs, say=self._say("louder, encoded and cut copies")
        )
        robustness = compare_answers(files, left_out, voters, recipe.features, inputs.split.test)
        return replace(found, robustness=robustness)

    @staticmethod
    def _about(
        recipe: Recipe, measure: Callable[[Recipe, Evaluation], Evaluation]
    ) -> Callable[[Evaluation], Evaluation]:
        return lambda found: measure(recipe, found)

    def _say(self, doing: str) -> Say:
        self.progress(doing, 0, 1)
        return lambda done, total: self.progress(doing, done, total)


def _with(found: Evaluation, recipe: Recipe, **figures: Any) -> Evaluation:
    """Add figures of one recipe."""
    recipes = (replace(each, **figures) if each.recipe == recipe.name else each for each in found.recipes)
    return replace(found, recipes=tuple(recipes))


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
            "No figures of a test list, and so no verdicts, genres never taught, music detector and robustness: add "
            "--splits FOLDER with train_filtered.txt, valid_filtered.txt and test_filtered.txt, which name a clip on "
            "each line. For GTZAN they are published; for clips of your own, write them, with no artist on two lists."
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
