"""Whether the same music gets the same answer when it is louder, encoded or cut; heard exactly as it is served."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

import numpy as np
import numpy.typing as npt

from classifier.analysis import MAX_WINDOWS, WINDOW_SECONDS
from classifier.audio import decode
from classifier.calibration import Voter
from classifier.errors import AudioError, DatasetError
from classifier.location import tag_network_dir
from classifier.measure import ROW_NAMES, measure
from classifier.options import DecodeOptions
from classifier.tags import TagNetwork
from classifier.training.dataset import FeatureTable
from classifier.training.evaluation.intervals import Share
from classifier.training.evaluation.parallel import Say, each
from classifier.training.evaluation.selection import TrainingClips
from classifier.training.evaluation.variants import REQUIRED_UNCHANGED, VARIANTS, Kind, read_recording
from classifier.training.fit import Fitted, fit_recipe, grouped_folds, predict
from classifier.training.groups import LeftOut, artist_groups
from classifier.training.recipes import Recipe

Rows = npt.NDArray[np.float64]
"""What was measured of a file: shape (windows, 307), columns in the order of `ROW_NAMES`."""


@dataclass(frozen=True, slots=True, eq=False)
class MeasuredFile:
    """One file and its variants.

    Parameters
    ----------
    name
        Of the file, without its folder.
    original
        Rows of the file as it is.
    variants
        Rows by the variant's name; None where the changed file was refused. A variant that cannot be made of
        this file is not there.
    """

    name: str
    original: Rows
    variants: dict[str, Rows | None]


@dataclass(frozen=True, slots=True)
class VariantFigures:
    """How often one variant gets the answer of the original.

    Parameters
    ----------
    variant
        Its name.
    kind
        What sort of change it is.
    unchanged
        Files whose first genre is that of the original.
    still_right
        Of the files whose label is known and whose original was given it, those whose variant is given it too.
    refused
        Variants that were refused as not audible or too short; they count as changed.
    required
        Share that must be unchanged.
    """

    variant: str
    kind: Kind
    unchanged: Share
    still_right: Share
    refused: int
    required: float

    @property
    def met(self) -> bool:
        """Whether enough are unchanged."""
        return self.unchanged.count >= self.required * self.unchanged.of


@dataclass(frozen=True, slots=True)
class Robustness:
    """What was found over all files.

    Parameters
    ----------
    files
        That were heard.
    labelled
        Of those, files whose label is known.
    right
        Of the labelled ones, those whose original was given its label.
    held_out
        Files of the train list, voted on by the model of the other artists.
    on_test_list
        Files that are clips of the test list.
    variants
        In the order of `VARIANTS`.
    left_out
        Files that could not be heard, and why.
    """

    files: int
    labelled: int
    right: Share
    held_out: int
    on_test_list: int
    variants: tuple[VariantFigures, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Voters:
    """Models of the train list, of which one has not heard the artist of any given clip.

    Parameters
    ----------
    whole
        Of all clips of the list.
    of_group
        For each group of clips in the list, the model of a fold that holds it out.
    groups
        For each clip of the table, by its name without folders and suffix, its group.
    labels
        The same for its genre.
    """

    whole: Voter
    of_group: Mapping[int, Voter]
    groups: Mapping[str, int]
    labels: Mapping[str, str]

    def for_file(self, name: str) -> Voter:
        """Return a model that never heard the artist of a file."""
        group = self.groups.get(stem(name))
        return self.whole if group is None else self.of_group.get(group, self.whole)

    def heard(self, name: str) -> bool:
        """Tell whether the artist of a file is on the train list."""
        return self.groups.get(stem(name)) in self.of_group


def stem(filename: str) -> str:
    """Return a clip's name without folders and suffix, such as ``blues.00029``."""
    return PurePosixPath(filename).stem


def fit_voters(
    recipe: Recipe,
    clips: TrainingClips,
    whole: Fitted,
    table: FeatureTable,
    artists: Mapping[str, str],
    *,
    seed: int,
    jobs: int,
    say: Say,
) -> Voters:
    """Fit one model for each fold of the train list.

    Parameters
    ----------
    recipe
        What to fit.
    clips
        Of the train list.
    whole
        The same recipe fitted on all of them.
    table
        All clips, to find the artists of those on no list.
    artists
        As `read_artists` returns them.
    seed
        Of the folds and the trees.
    jobs, say
        As in `each`.

    Returns
    -------
    Voters

    Raises
    ------
    DatasetError
        If a genre has too few artists.
    """
    names = [stem(filename) for filename in table.filenames]
    group_of = dict(zip(names, artist_groups(table, artists).tolist(), strict=True))
    # Groups of the whole table: clips on no list may tie artists of the train list together.
    groups = np.asarray([group_of[stem(filename)] for filename in clips.table.filenames], dtype=np.intp)
    folds = grouped_folds(clips.table.labels, groups, seed)
    models = each(_fit_fold, [(recipe, clips.table, groups, train, seed) for train, _ in folds], jobs=jobs, say=say)
    return Voters(
        whole=whole.classifier,
        of_group={int(group): model for (_, test), model in zip(folds, models, strict=True) for group in groups[test]},
        groups=group_of,
        labels=dict(zip(names, (str(label) for label in table.labels), strict=True)),
    )


def measure_files(
    paths: Sequence[Path], *, options: DecodeOptions, jobs: int, say: Say
) -> tuple[tuple[MeasuredFile, ...], tuple[LeftOut, ...]]:
    """Measure files and all their variants as the bot would.

    Parameters
    ----------
    paths
        Audio files of the operator's own.
    options
        As the bot decodes with.
    jobs, say
        As in `each`.

    Returns
    -------
    measured : tuple of MeasuredFile
        In the order of the paths.
    left_out : tuple of LeftOut
        Files that cannot be heard even as they are.

    Raises
    ------
    DecoderUnavailable
        If there is no ffmpeg.
    ModelError
        If the tag network cannot be used.
    """
    results = each(_measure_file, [(path, options) for path in paths], jobs=jobs, say=say)
    measured = tuple(result for result in results if isinstance(result, MeasuredFile))
    return measured, tuple(result for result in results if isinstance(result, LeftOut))


def compare_answers(
    files: Sequence[MeasuredFile],
    left_out: tuple[LeftOut, ...],
    voters: Voters,
    features: tuple[str, ...],
    test_list: frozenset[str],
) -> Robustness:
    """Count how often a variant gets the answer of its original.

    Parameters
    ----------
    files
        By `measure_files`.
    left_out
        By the same.
    voters
        By `fit_voters`.
    features
        Columns of their recipe.
    test_list
        Names of the clips on the test list, to say how many are among the files.

    Returns
    -------
    Robustness
    """
    columns = [ROW_NAMES.index(name) for name in features]

    def first_genre(file: MeasuredFile, rows: Rows) -> str:
        classifier = voters.for_file(file.name)
        return str(classifier.classes_[predict(classifier, rows[:, columns]).mean(axis=0).argmax()])

    answers = {file.name: first_genre(file, file.original) for file in files}
    labels = {file.name: voters.labels.get(stem(file.name)) for file in files}
    known = [file for file in files if labels[file.name] is not None]
    right = {file.name for file in known if answers[file.name] == labels[file.name]}
    figures = []
    for variant in VARIANTS:
        made = [(file, file.variants[variant.name]) for file in files if variant.name in file.variants]
        same = {file.name for file, rows in made if rows is not None and first_genre(file, rows) == answers[file.name]}
        were_right = [file.name for file, _ in made if file.name in right]
        figures.append(
            VariantFigures(
                variant=variant.name,
                kind=variant.kind,
                unchanged=Share(len(same), len(made)),
                still_right=Share(sum(name in same for name in were_right), len(were_right)),
                refused=sum(rows is None for _, rows in made),
                required=REQUIRED_UNCHANGED[variant.kind],
            )
        )
    on_test_list = {stem(name) for name in test_list}
    return Robustness(
        files=len(files),
        labelled=len(known),
        right=Share(len(right), len(known)),
        held_out=sum(voters.heard(file.name) for file in files),
        on_test_list=sum(stem(file.name) in on_test_list for file in files),
        variants=tuple(figures),
        left_out=left_out,
    )


def require_unlike_names(paths: Sequence[Path], filenames: Sequence[str]) -> None:
    """Refuse files that share a name, as they would be taken for one, and files that could be several clips.

    Parameters
    ----------
    paths
        Audio files.
    filenames
        Of the clips of the table.

    Raises
    ------
    DatasetError
        If two have the same name, or the table has several clips of a file's name.
    """
    name, count = Counter(path.name for path in paths).most_common(1)[0] if paths else ("", 0)
    if count > 1:
        raise DatasetError(f"{count} files of the audio folders are called {name}. Keep one, or rename the others.")
    clips_of = Counter(map(stem, filenames))
    for path in paths:
        if clips_of[stem(path.name)] > 1:
            raise DatasetError(
                f"The table has {clips_of[stem(path.name)]} clips called {stem(path.name)}, so nobody can tell whose "
                f"artist plays in {path.name} of the audio folders. Rename the clips, or leave that file out."
            )


def _fit_fold(
    recipe: Recipe, table: FeatureTable, groups: npt.NDArray[np.intp], train: npt.NDArray[np.intp], seed: int
) -> Voter:
    return fit_recipe(recipe, table, groups, seed=seed, indices=train)


@cache
def _network() -> TagNetwork:
    return TagNetwork.load(tag_network_dir())


def _measure_file(path: Path, options: DecodeOptions) -> MeasuredFile | LeftOut:
    try:
        original = _rows(path, options)
    except AudioError as error:
        return LeftOut(path.name, str(error))
    except OSError as error:
        return LeftOut(path.name, f"It cannot be opened: {os.strerror(error.errno or 0)}.")
    variants: dict[str, Rows | None] = {}
    with tempfile.TemporaryDirectory(prefix="genre-bot-") as directory:
        folder = Path(directory)
        try:
            recording = read_recording(path, folder, options)
            for variant in VARIANTS:
                if recording.seconds >= variant.least_seconds:
                    variants[variant.name] = _rows_or_none(variant.write(recording, folder / "variant"), options)
        except DatasetError as error:
            return LeftOut(path.name, str(error))
    return MeasuredFile(path.name, original, variants)


def _rows_or_none(path: Path, options: DecodeOptions) -> Rows | None:
    """Measure a variant; one that is refused has another answer than before, which is none."""
    try:
        return _rows(path, options)
    except AudioError:
        return None


def _rows(path: Path, options: DecodeOptions) -> Rows:
    clip = decode(path, options)
    windows = clip.windows(seconds=WINDOW_SECONDS, at_most=MAX_WINDOWS)
    return np.stack([measure(clip.samples(window), _network()).row() for window in windows])
