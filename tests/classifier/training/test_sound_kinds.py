"""Kinds of sound: they are named where that is right often enough on sounds never heard, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from classifier.errors import DatasetError
from classifier.features import FEATURE_NAMES
from classifier.gate import LEAST_ANSWERS, NEVER, REQUIRED_PRECISION
from classifier.location import default_model_dir
from classifier.manifest import read_manifest
from classifier.measure import ROW_NAMES
from classifier.model import MUSIC
from classifier.result import Sound
from classifier.tag_statistics import TAG_STATISTIC_NAMES
from classifier.training.dataset import TABLE_COLUMNS, FeatureTable
from classifier.training.evaluation.intervals import Share
from classifier.training.music_detector import SoundTable, read_sounds
from classifier.training.not_music.catalogue import PEAKS_DBFS
from classifier.training.sound_kinds import KINDS, fit_sound_kinds

KIND_NAMES = ("counting", "speech", "clicks", "room", "tone")
EACH = 40
"""Sounds of each of these; four of a group."""


def music(clips: int) -> FeatureTable:
    return FeatureTable(
        source="small.csv",
        sha256="0" * 64,
        filenames=tuple(f"{index}.wav" for index in range(clips)),
        rows=np.random.default_rng(0).gamma(2.0, 1.0, (clips, len(TABLE_COLUMNS))),
        labels=np.resize(["polka", "drone"], clips),
        tags=np.full((clips, len(TAG_STATISTIC_NAMES)), np.nan),
    )


def sounds() -> SoundTable:
    """Make sounds whose features tell what they are called."""
    kinds = np.repeat(KIND_NAMES, EACH)
    names = np.array([str(KINDS[kind]) for kind in kinds])
    rows = np.random.default_rng(1).gamma(2.0, 1.0, (kinds.size, len(ROW_NAMES)))
    for number, name in enumerate(("speech", "noise", "tone")):
        rows[np.ix_(names == name, range(17 + 8 * number, 25 + 8 * number))] *= 12.0
    return SoundTable(kinds, (np.arange(kinds.size) // 4).astype(str), rows)


def test_kinds_that_are_told_apart_are_named() -> None:
    vote, thresholds, scores = fit_sound_kinds(music(60), np.arange(60), sounds(), seed=1)
    assert set(vote.classes_) == {MUSIC, *Sound}
    assert {kind: share.of for kind, share in scores.found.items()} == {"noise": 80, "speech": 80, "tone": 40}
    assert scores.music_named.of == 60
    for kind, threshold in thresholds.items():
        assert threshold <= 1.0
        assert scores.right[kind].value >= REQUIRED_PRECISION
        assert scores.found[kind].value > 0.8


def test_kinds_that_are_taken_for_each_other_are_never_named() -> None:
    # Called by turns, whatever they are like: an answer is right by chance only.
    shuffled = replace(sounds(), kinds=np.where(np.arange(200) % 2, "speech", "tone"))
    _, thresholds, scores = fit_sound_kinds(music(60), np.arange(60), shuffled, seed=1)
    assert thresholds == {"speech": NEVER, "tone": NEVER}
    assert {kind: found.count for kind, found in scores.found.items()} == {"speech": 0, "tone": 0}
    assert scores.music_named == Share(0, 60)


def test_a_kind_of_which_there_are_few_is_never_named() -> None:
    table = sounds()
    few = np.flatnonzero((table.kinds != "tone") | (np.arange(200) < 160 + LEAST_ANSWERS - 1))
    some = SoundTable(table.kinds[few], table.groups[few], table.rows[few])
    _, thresholds, scores = fit_sound_kinds(music(60), np.arange(60), some, seed=1)
    assert scores.right["tone"].of < LEAST_ANSWERS
    assert thresholds["tone"] == NEVER
    assert max(thresholds["noise"], thresholds["speech"]) <= 1.0


def test_the_same_seed_gives_the_same_vote() -> None:
    (one, *first), (two, *second) = (fit_sound_kinds(music(40), np.arange(40), sounds(), seed=3) for _ in range(2))
    assert first == second
    rows = sounds().rows[:, : len(FEATURE_NAMES)]
    np.testing.assert_array_equal(one.predict_proba(rows), two.predict_proba(rows))


def test_a_kind_that_nobody_knows_is_refused() -> None:
    table = sounds()
    with pytest.raises(DatasetError, match=r"the kind 'whistle' are like\. Choose kinds among speech, counting"):
        fit_sound_kinds(music(40), np.arange(40), replace(table, kinds=np.full(200, "whistle")), seed=1)


def test_every_kind_of_the_catalogue_is_called_something() -> None:
    assert set(KINDS) == set(PEAKS_DBFS) >= set(read_sounds().kinds.tolist())
    assert {*KINDS.values()} == {*Sound}


def test_the_model_that_ships_names_every_kind_and_was_right_often_enough() -> None:
    manifest = read_manifest(default_model_dir())
    measured = manifest.metrics["sounds"]
    assert set(manifest.sounds) == {*Sound} == set(measured["right"])
    for kind, threshold in manifest.sounds.items():
        right = measured["right"][kind]
        assert threshold <= 1.0
        assert right["of"] >= LEAST_ANSWERS
        assert right["count"] / right["of"] >= REQUIRED_PRECISION
