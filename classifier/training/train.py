"""Makes a model directory from a feature table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from classifier.calibration import CalibratedVote
from classifier.errors import DatasetError, ModelError
from classifier.manifest import Manifest
from classifier.measure import ROW_NAMES
from classifier.model import Estimators, save_model
from classifier.training.clip_names import require_distinct_stems
from classifier.training.dataset import SPLIT_NAMES, FeatureTable, read_artists, read_split, read_table
from classifier.training.evaluation.scores import Scores, score
from classifier.training.fit import HeldOut, Progress, fit_and_hold_out, predict_held_out
from classifier.training.groups import LeftOut, artist_groups, drop_faults, row_groups
from classifier.training.music_detector import SOUNDS_PATH, DetectorScores, fit_detector, read_sounds
from classifier.training.on import TrainOn
from classifier.training.recipes import Recipe, Vote
from classifier.training.sound_kinds import SoundScores, fit_sound_kinds
from classifier.training.taggrams import join_taggrams

LEAST_CONFUSED_CLIPS: Final = 4
"""Fewest held-out clips from which a confusion is recorded: one or two may be of a single artist or a wrong label."""


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """What the manifest says of the training.

    Parameters
    ----------
    table, table_sha256
        Name and digest of the feature table.
    other_files
        Name and SHA-256 of every other file that the training read: artists, lists, tags, sounds that are no music.
    on
        Which of its clips were learnt from.
    clips
        Clips learnt from.
    clips_by_genre
        The same for each genre.
    left_out
        Clips of the table that were not learnt from.
    grouping
        What no fold splits: ``artist``, or ``clip`` where no artists were given and only copies
        were kept together.
    groups
        How many there are.
    seed
        Of the folds and the trees.
    vote
        Parameters of the voters.
    temperature
        That the vote is calibrated by: above 1 it was too sure of itself, below 1 not sure enough.
    """

    table: str
    table_sha256: str
    other_files: dict[str, str]
    on: TrainOn
    clips: int
    clips_by_genre: dict[str, int]
    left_out: tuple[LeftOut, ...]
    grouping: str
    groups: int
    seed: int
    vote: Vote
    temperature: float


@dataclass(frozen=True, slots=True)
class TrainingScores:
    """What a model was measured at while it was made: on artists held out of its own training clips.

    Parameters
    ----------
    genres
        Of the vote.
    music
        Of the detector.
    sounds
        Of the kinds of sound that are told apart where it is no music.
    """

    genres: Scores
    music: DetectorScores
    sounds: SoundScores


def train(
    features: Path,
    out: Path,
    recipe: Recipe,
    *,
    version: str,
    artists: Path | None = None,
    splits: Path | None = None,
    taggrams: Sequence[Path] = (),
    on: TrainOn = TrainOn.ALL,
    seed: int = 1,
    progress: Progress = lambda _: None,
) -> tuple[Manifest, TrainingScores]:
    """Fit a recipe on a table, measure it and write it.

    The same table, lists and seed give the same bytes.

    Parameters
    ----------
    features
        A table as `read_table` takes it.
    out
        Directory of the model; made where it is missing, and a model in it is replaced.
    recipe
        What to fit.
    version
        Of the Genre Bot that trains it.
    artists
        A list as `read_artists` takes it. Without one, folds keep only identical clips together,
        and confidence and gate are as rosy as a random split.
    splits
        A directory as `read_split` takes it, to learn from the filtered train list alone; for nothing else.
    taggrams
        Archives as `join_taggrams` takes them.
    on
        Which clips to learn from. Copies and mislabelled clips are left out in any case.
    seed
        Of the folds and the trees.
    progress
        Is told what is being done.

    Returns
    -------
    manifest : Manifest
        As written.
    scores : TrainingScores
        The figures in it.

    Raises
    ------
    DatasetError
        If a file cannot be used; the sentence says which and why.
    ModelError
        If the recipe votes on what cannot be measured, or the directory cannot be written.
    """
    unmeasured = sorted(set(recipe.features) - set(ROW_NAMES))
    if unmeasured:
        raise ModelError(
            f"The recipe {recipe.name} votes on {', '.join(unmeasured)}, which says nothing of a person's file, so it "
            "is there to be compared only: run `genre-bot evaluate`. "
            "Train with `--recipe default` or `--recipe features`."
        )
    if splits is not None and on is TrainOn.ALL:
        raise DatasetError(
            "Lists were given, but all clips are to be learnt from, those of the test list too. "
            "Add `--on filtered-train` to learn from the train list alone, or leave `--splits` out."
        )
    progress(f"reading {features.name}")
    whole = read_table(features)
    if taggrams:
        require_distinct_stems(whole.filenames, source=whole.source)
    whole = join_taggrams(whole, taggrams)
    artist_names = None if artists is None else read_artists(artists, whole)
    table = whole.measured(recipe.features)
    if on is TrainOn.FILTERED_TRAIN:
        table = _filtered_train(table, splits, whole)
    sound, left_out = drop_faults(table)
    groups = row_groups(sound) if artist_names is None else artist_groups(sound, artist_names)
    sounds = read_sounds()
    try:
        # Before the minutes of fitting, not after them.
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(f"{out} cannot be made ({error.strerror}). Choose another directory.") from error

    held_out = predict_held_out(recipe, sound, groups, seed=seed, progress=progress)
    progress(f"{recipe.name}: telling music from speech, noise and tones")
    detector, music_at, detector_scores = fit_detector(sound, groups, sounds, seed=seed)
    progress(f"{recipe.name}: telling speech, noise and tones apart")
    kinds, named_at, sound_scores = fit_sound_kinds(sound, groups, sounds, seed=seed)
    scores = TrainingScores(score(held_out), detector_scores, sound_scores)
    progress(f"{recipe.name}: fitting on all {len(sound)} clips")
    fitted = fit_and_hold_out(recipe, sound, groups, seed=seed)
    assert isinstance(fitted.classifier, CalibratedVote)
    lists = [] if splits is None else [splits / f"{name}_filtered.txt" for name in SPLIT_NAMES]
    record = TrainingRecord(
        table=table.source,
        table_sha256=table.sha256,
        other_files=_digests([*taggrams, *([] if artists is None else [artists]), *lists, SOUNDS_PATH]),
        on=on,
        clips=len(sound),
        clips_by_genre={genre: int((sound.labels == genre).sum()) for genre in sound.genres},
        left_out=left_out,
        grouping="clip" if artist_names is None else "artist",
        groups=np.unique(groups).size,
        seed=seed,
        vote=recipe.vote,
        temperature=fitted.classifier.temperature,
    )
    try:
        manifest = save_model(
            out,
            Estimators(fitted.classifier, detector, kinds),
            name=recipe.name,
            version=version,
            features=recipe.features,
            gate=replace(fitted.gate, music_at=music_at, by_artist=artist_names is not None),
            sounds=named_at,
            confusions=_confusions(held_out),
            medians=_medians(recipe, fitted.classifier, sound),
            training=asdict(record),
            metrics=asdict(scores),
        )
    except OSError as error:
        raise ModelError(f"The model cannot be written to {out} ({error.strerror}).") from error
    return manifest, scores


def _digests(paths: Iterable[Path]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _filtered_train(table: FeatureTable, splits: Path | None, whole: FeatureTable) -> FeatureTable:
    if splits is None:
        raise DatasetError("The filtered train list is not known. Give the folder of the lists with `--splits`.")
    split = read_split(splits, whole)
    chosen = np.flatnonzero([filename in split.train for filename in table.filenames])
    if len(chosen) < len(split.train):
        raise DatasetError(
            f"The table has {len(chosen)} of the {len(split.train)} clips of the filtered train list with all that "
            "the recipe votes on. Give the table that the list was made for, and its tags with `--taggrams`."
        )
    return table.take(chosen)


def _confusions(held_out: HeldOut) -> dict[str, dict[str, float]]:
    """For each genre, the share of the other genres among the held-out clips that were given it.

    What was seen in fewer than `LEAST_CONFUSED_CLIPS` is left out.
    """
    predicted = held_out.probabilities.argmax(axis=1)
    confusions: dict[str, dict[str, float]] = {}
    for column, genre in enumerate(held_out.genres):
        truth = held_out.labels[predicted == column]
        clips = np.bincount(truth, minlength=len(held_out.genres))
        confusions[genre] = {
            held_out.genres[other]: float(count / len(truth))
            for other, count in enumerate(clips)
            if other != column and count >= LEAST_CONFUSED_CLIPS
        }
    return confusions


def _medians(recipe: Recipe, classifier: CalibratedVote, table: FeatureTable) -> tuple[float, ...]:
    """Of the columns that the vote sees."""
    pipeline: Any = classifier.vote
    level_free: npt.NDArray[np.float64] = pipeline[:-1].transform(table.columns(recipe.features))
    return tuple(float(f"{median:.6g}") for median in np.median(level_free, axis=0))
