"""Makes a model directory from a feature table."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from sklearn.calibration import CalibratedClassifierCV

from classifier.errors import ModelError
from classifier.features import FEATURE_NAMES
from classifier.gate import Gate
from classifier.level import LevelFree
from classifier.model import Manifest, save_model
from classifier.training.dataset import read_artists, read_split, read_table
from classifier.training.evaluate import Evaluation, fault_filtered, notebook_split, score
from classifier.training.fit import Progress, fit_recipe, predict_held_out
from classifier.training.groups import LeftOut, artist_groups, drop_faults, row_groups
from classifier.training.recipes import Classifier, Recipe, Vote


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the probabilities were calibrated.

    Parameters
    ----------
    method
        In scikit-learn's words.
    temperature
        What the logarithms of the vote are divided by: above 1 the vote was too sure of itself, below 1 not enough.
    folds
        Of the held-out predictions that the temperature was fitted on.
    """

    method: str
    temperature: float
    folds: int


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """What the manifest says of the training.

    Parameters
    ----------
    table, table_sha256
        Name and digest of the feature table.
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
        Parameters of the two halves.
    calibration
        None where the recipe has none.
    """

    table: str
    table_sha256: str
    clips: int
    clips_by_genre: dict[str, int]
    left_out: tuple[LeftOut, ...]
    grouping: str
    groups: int
    seed: int
    vote: Vote
    calibration: Calibration | None


def train(
    features: Path,
    out: Path,
    recipe: Recipe,
    *,
    version: str,
    artists: Path | None = None,
    splits: Path | None = None,
    seed: int = 1,
    progress: Progress = lambda _: None,
) -> tuple[Manifest, Evaluation]:
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
        A directory as `read_split` takes it, for the fault-filtered figures.
    seed
        Of the folds and the trees.
    progress
        Is told what is being done.

    Returns
    -------
    manifest : Manifest
        As written.
    evaluation : Evaluation
        The figures in it.

    Raises
    ------
    DatasetError
        If a file cannot be used; the sentence says which and why.
    ModelError
        If the directory cannot be written.
    """
    progress(f"reading {features.name}")
    table = read_table(features)
    artist_names = None if artists is None else read_artists(artists)
    split = None if splits is None else read_split(splits)
    sound, left_out = drop_faults(table)
    groups = row_groups(sound) if artist_names is None else artist_groups(sound, artist_names)
    try:
        # Before the minutes of fitting, not after them.
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(f"{out} cannot be made ({error.strerror}). Choose another directory.") from error

    held_out = predict_held_out(recipe, sound, groups, seed=seed, progress=progress)
    gate = Gate.fit(held_out.probabilities, held_out.labels, LevelFree().fit_transform(sound.columns(FEATURE_NAMES)))
    progress(f"{recipe.name}: figures on the published splits")
    evaluation = Evaluation(
        recipe=recipe.name,
        notebook_split=notebook_split(recipe, table, artists=artist_names, seed=seed),
        fault_filtered=None if split is None else fault_filtered(recipe, table, split, artists=artist_names, seed=seed),
        artist_grouped=None if artist_names is None else score(held_out),
    )
    progress(f"{recipe.name}: fitting on all {len(sound)} clips")
    classifier = fit_recipe(recipe, sound, groups, seed=seed)
    record = TrainingRecord(
        table=table.source,
        table_sha256=table.sha256,
        clips=len(sound),
        clips_by_genre={genre: int((sound.labels == genre).sum()) for genre in sound.genres},
        left_out=left_out,
        grouping="clip" if artist_names is None else "artist",
        groups=np.unique(groups).size,
        seed=seed,
        vote=recipe.vote,
        calibration=_calibration(classifier),
    )
    metrics = {name: figures for name, figures in asdict(evaluation).items() if isinstance(figures, dict)}
    try:
        manifest = save_model(
            out,
            classifier,
            name=recipe.name,
            version=version,
            features=recipe.features,
            gate=gate,
            training=asdict(record),
            metrics=metrics,
        )
    except OSError as error:
        raise ModelError(f"The model cannot be written to {out} ({error.strerror}).") from error
    return manifest, evaluation


def _calibration(classifier: Classifier) -> Calibration | None:
    if not isinstance(classifier, CalibratedClassifierCV):
        return None
    # Without an ensemble there is one pair of vote and calibrator; it keeps the inverse temperature.
    (calibrator,) = classifier.calibrated_classifiers_[0].calibrators
    return Calibration(classifier.method, float(1.0 / calibrator.beta_), len(classifier.cv))
