"""A small world to evaluate in: four genres, their artists, their tags and the lists of a split."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from classifier.measure import ROW_NAMES
from classifier.tag_statistics import TAG_STATISTIC_NAMES
from classifier.training import evaluate
from classifier.training.dataset import TABLE_COLUMNS, FeatureTable, Split
from classifier.training.evaluate import Inputs
from classifier.training.evaluation.intervals import Share
from classifier.training.evaluation.result import Evaluation, MusicFigures
from classifier.training.evaluation.robustness import Robustness, VariantFigures
from classifier.training.evaluation.variants import Kind
from classifier.training.groups import LeftOut
from classifier.training.music_detector import DetectorScores
from classifier.training.recipes import FEATURES, NOTEBOOK, Boosting, Forest, Recipe, Vote
from classifier.training.sound_kinds import SoundScores

ROBUSTNESS = Robustness(
    files=10,
    labelled=8,
    right=Share(6, 8),
    held_out=7,
    on_test_list=1,
    variants=(
        VariantFigures("-20 dB", Kind.GAIN, Share(10, 10), Share(6, 6), 0, 0.95),
        VariantFigures("mp3, 64 kbit/s", Kind.FORMAT, Share(9, 10), Share(5, 6), 1, 0.95),
        VariantFigures("last 15 s", Kind.CROP, Share(7, 8), Share(5, 6), 0, 0.80),
    ),
    left_out=(LeftOut("<b>.wav", "It is <i>silent</i>."),),
)
DETECTOR = MusicFigures(
    training=DetectorScores(0.987, Share(2, 44), {"speech": Share(5, 20), "<hum>": Share(0, 10)}, 44, 30),
    refused=Share(1, 20),
    sounds=SoundScores(
        right={"noise": Share(8, 10), "speech": Share(19, 20)},
        found={"noise": Share(0, 10), "speech": Share(19, 20)},
        music_named=Share(1, 44),
    ),
)
COMMAND = "genre-bot evaluate small.csv --artists artists.csv --splits splits --taggrams 'a b.npz' --seed 1"

GENRES = ("ambient", "drone", "noise", "polka")
CLIPS = 20
"""Of each genre: eleven to train on, two to validate, five to test, and two on no list."""


@dataclass(frozen=True)
class World:
    """A table and its lists."""

    table: FeatureTable
    artists: dict[str, str]
    split: Split

    @property
    def test_rows(self) -> np.ndarray:
        return np.flatnonzero([name in self.split.test for name in self.table.filenames])

    def with_rows(self, rows: np.ndarray, tags: np.ndarray) -> World:
        return dataclasses.replace(self, table=dataclasses.replace(self.table, rows=rows, tags=tags))


def build_world(genres: tuple[str, ...] = GENRES) -> World:
    rng = np.random.default_rng(0)
    labels = np.repeat(genres, CLIPS)
    number = np.repeat(np.arange(len(genres)), CLIPS)
    rows = rng.gamma(2.0, 1.0, (labels.size, len(TABLE_COLUMNS)))
    rows[:, 1:30] += 0.7 * number[:, None]
    tags = rng.normal(-3.0, 1.0, (labels.size, len(TAG_STATISTIC_NAMES)))
    tags[:, :60] += 0.5 * number[:, None]
    filenames = tuple(f"{genre}.{index:05}.wav" for genre in genres for index in range(CLIPS))
    # Two clips an artist; the first artist of each genre is not known.
    artists = {name: "" if index % CLIPS < 2 else f"Artist {index // 2}" for index, name in enumerate(filenames)}
    # A copy with its label, and one under another label, both on no list.
    rows[18] = rows[0]
    rows[CLIPS + 19] = rows[19]
    position = dict(zip(filenames, np.arange(labels.size) % CLIPS, strict=True))

    def part(first: int, last: int) -> frozenset[str]:
        return frozenset(name for name, place in position.items() if first <= place < last)

    table = FeatureTable("small.csv", "0" * 64, filenames, rows, labels, tags)
    return World(table, artists, Split(train=part(0, 11), valid=part(11, 13), test=part(13, 18)))


@pytest.fixture(scope="session", autouse=True)
def sounds_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Look for measured sounds where there are none: the real ones take seconds to learn from."""
    path = tmp_path_factory.mktemp("sounds") / "sounds.npz"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate, "SOUNDS_PATH", path)
        yield path


@pytest.fixture(scope="session")
def world() -> World:
    return build_world()


@pytest.fixture(scope="session")
def make_world() -> Callable[..., World]:
    """Make a world with genres of any name."""
    return build_world


@pytest.fixture(scope="session")
def small() -> Recipe:
    """The recipe `features` with a few trees."""
    return dataclasses.replace(FEATURES, vote=Vote(Boosting(n_estimators=5), Forest(n_estimators=5)))


@pytest.fixture(scope="session")
def quick(small: Recipe) -> Recipe:
    """The same trees without calibration: a sixth of the fits."""
    return dataclasses.replace(small, name="quick", calibrated=False, build=lambda vote, seed: vote.build(seed))


@pytest.fixture(scope="session")
def small_tagged(small: Recipe) -> Recipe:
    """The same with the tags among its columns."""
    return dataclasses.replace(small, name="tagged", features=ROW_NAMES)


@pytest.fixture(scope="session")
def small_notebook() -> Recipe:
    return dataclasses.replace(NOTEBOOK, vote=Vote(Boosting(n_estimators=5), Forest(n_estimators=5)))


Measure = Callable[[World, list[Recipe]], Evaluation]


@pytest.fixture(scope="session")
def measure() -> Measure:
    """Evaluate recipes in a world, with figures of sounds and copies that take too long to measure."""

    def measure(world: World, recipes: list[Recipe]) -> Evaluation:
        inputs = Inputs(world.table, {"small.csv": "0" * 64}, world.artists, world.split)
        found = evaluate.evaluate(recipes, inputs, version="1", command=COMMAND)
        return dataclasses.replace(found, robustness=ROBUSTNESS, music_detector=DETECTOR)

    return measure


@pytest.fixture(scope="session")
def evaluation(measure: Measure, world: World, quick: Recipe, small_notebook: Recipe) -> Evaluation:
    return measure(world, [quick, small_notebook])


@pytest.fixture(scope="session")
def bare(evaluation: Evaluation) -> Evaluation:
    """The same without lists: only the random splits are known."""
    recipes = tuple(
        dataclasses.replace(each, fault_filtered=None, artist_grouped=None, training_folds=None)
        for each in evaluation.recipes
    )
    nothing = dict.fromkeys(("seeds", "verdicts", "unheard", "music_detector", "robustness"))
    data = dataclasses.replace(evaluation.data, artists=None, lists=None)
    return dataclasses.replace(
        evaluation, recipes=recipes, data=data, readings=(), left_out=("No splits: add --splits.",), **nothing
    )
