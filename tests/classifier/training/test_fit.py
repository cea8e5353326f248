"""Folds that keep groups together, training that can be repeated, and the gate's promise."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from classifier.errors import DatasetError, ModelError
from classifier.features import FEATURE_NAMES
from classifier.gate import REQUIRED_PAIR_PRECISION, REQUIRED_PRECISION, Gate
from classifier.manifest import MANIFEST_NAME
from classifier.measure import ROW_NAMES
from classifier.model import ESTIMATORS_NAME, load_model
from classifier.training.dataset import read_artists, read_table
from classifier.training.evaluation.selection import TrainingClips, fit_inside
from classifier.training.fit import MOST_FOLDS, TEMPERATURES, fit_recipe, grouped_folds, predict_held_out
from classifier.training.groups import artist_groups, drop_faults, row_groups
from classifier.training.on import TrainOn
from classifier.training.recipes import DEFAULT, FEATURES, NOTEBOOK, Boosting, Forest, Vote
from classifier.training.train import train

pytestmark = pytest.mark.usefixtures("few_folds_of_sounds")

SMALL_VOTE = Vote(Boosting(n_estimators=5), Forest(n_estimators=5))
SMALL = dataclasses.replace(FEATURES, vote=SMALL_VOTE)
SMALL_NOTEBOOK = dataclasses.replace(NOTEBOOK, vote=SMALL_VOTE)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), seed=st.integers(0, 99))
def test_groups_are_never_split(data: st.DataObject, seed: int) -> None:
    clips = data.draw(st.integers(4, 60))
    labels = np.asarray(data.draw(st.lists(st.sampled_from("abc"), min_size=clips, max_size=clips)))
    groups = data.draw(npst.arrays(np.intp, clips, elements=st.integers(0, 25)))
    assume(np.unique(labels).size > 1)
    try:
        folds = grouped_folds(labels, groups, seed)
    except DatasetError:
        # Refused only where a genre has one group, or shares its groups with other genres.
        purely = {
            label: [g for g in set(groups[labels == label]) if set(labels[groups == g]) == {label}] for label in "abc"
        }
        assert min(len(purely[label]) for label in set(labels)) < 2
        return
    assert 2 <= len(folds) <= MOST_FOLDS
    for train_part, test_part in folds:
        assert not set(groups[train_part]) & set(groups[test_part])
        assert set(labels[train_part]) == set(labels)
    np.testing.assert_array_equal(np.sort(np.concatenate([part for _, part in folds])), np.arange(clips))


def test_folds_follow_the_fewest_groups() -> None:
    labels = np.repeat(["a", "b"], 12)
    groups = np.concatenate([np.arange(12) // 4, 10 + np.arange(12)])
    assert len(grouped_folds(labels, groups, 0)) == 3
    assert len(grouped_folds(labels, np.arange(24), 0)) == MOST_FOLDS
    with pytest.raises(DatasetError, match="A has too few artists"):
        grouped_folds(labels, np.concatenate([np.zeros(12, int), 10 + np.arange(12)]), 0)


def test_held_out_clips_are_predicted_by_models_that_never_heard_them(table_path: Path) -> None:
    table = read_table(table_path)
    # Copies with other labels would be recognised by a model that had learnt from them.
    rows = np.vstack([table.rows[:24], table.rows[:24]])
    copied = dataclasses.replace(table, rows=rows)
    held_out = predict_held_out(SMALL_NOTEBOOK, copied, row_groups(copied), seed=0)
    assert held_out.probabilities.shape == (48, 4)
    np.testing.assert_allclose(held_out.probabilities.sum(axis=1), 1)
    # Each row's two labels are held out together, so that no answer can tell the twins apart.
    np.testing.assert_allclose(held_out.probabilities[:24], held_out.probabilities[24:])


def test_fit_on_some_clips_only(table_path: Path) -> None:
    table = read_table(table_path)
    classifier = fit_recipe(SMALL, table, row_groups(table), seed=0, indices=np.arange(24))
    assert tuple(classifier.classes_) == ("ambient", "drone")


def test_training_twice_gives_the_same_bytes(table_path: Path, artists_path: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        train(table_path, tmp_path / name, SMALL, version="1", artists=artists_path, seed=4)
    train(table_path, tmp_path / "other", SMALL, version="1", artists=artists_path, seed=5)
    for file in (ESTIMATORS_NAME, MANIFEST_NAME):
        first, second, other = ((tmp_path / name / file).read_bytes() for name in ("one", "two", "other"))
        assert first == second
        assert first != other


def test_trained_model_loads_and_votes(table_path: Path, artists_path: Path, tmp_path: Path) -> None:
    said: list[str] = []
    out = tmp_path / "deep" / "model"
    manifest, scores = train(table_path, out, SMALL, version="1", artists=artists_path, progress=said.append)
    model = load_model(out)
    assert model.info.digest == manifest.digest
    assert model.manifest.metrics == manifest.metrics
    features = read_table(table_path).columns(FEATURE_NAMES)
    # What the model does not know is never looked at.
    rows = np.hstack([features, np.full((48, len(ROW_NAMES) - len(FEATURE_NAMES)), np.nan)])
    votes = model.vote(rows)
    assert votes.shape == (48, 4)
    np.testing.assert_allclose(votes.sum(axis=1), 1)
    assert model.rank(votes[0])[0].probability == votes[0].max()

    training = json.loads((out / MANIFEST_NAME).read_bytes())["training"]
    assert training["table"] == "features.csv"
    assert training["clips"] == sum(training["clips_by_genre"].values()) == 48
    assert (training["grouping"], training["groups"], training["seed"]) == ("artist", 28, 1)
    assert training["vote"]["forest"]["n_estimators"] == 5
    assert training["on"] == "all"
    assert set(training["other_files"]) == {artists_path.name, "sounds.npz"}
    assert TEMPERATURES[0] <= training["temperature"] <= TEMPERATURES[1]
    assert str(tmp_path) not in (out / MANIFEST_NAME).read_text()
    assert manifest.metrics["genres"]["accuracy"] == scores.genres.accuracy
    assert scores.genres.clips_test == scores.music.clips == 48
    why = model.explain(rows[:12], "ambient")
    assert why.evidence
    assert said[0] == "reading features.csv"


def test_without_artists_the_manifest_says_so(table_path: Path, tmp_path: Path) -> None:
    manifest, _ = train(table_path, tmp_path / "model", SMALL, version="1")
    assert manifest.training["grouping"] == "clip"


def test_the_notebook_recipe_is_for_comparison_only(table_path: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"votes on length.*`genre-bot evaluate`.*--recipe default"):
        train(table_path, tmp_path / "model", SMALL_NOTEBOOK, version="1")
    assert not (tmp_path / "model").exists()


def test_the_evaluated_model_learns_from_the_filtered_train_list_alone(
    table_path: Path, artists_path: Path, splits_path: Path, tmp_path: Path
) -> None:
    manifest, _ = train(
        table_path,
        tmp_path / "model",
        SMALL,
        version="1",
        artists=artists_path,
        splits=splits_path,
        on=TrainOn.FILTERED_TRAIN,
    )
    assert manifest.training["clips"] == 4 * 7
    # Whatever the other lists hold changes nothing.
    frame = pd.read_csv(table_path)
    position = np.arange(len(frame)) % 12
    frame.loc[position >= 7, "tempo"] = 1e6
    spoilt = tmp_path / "spoilt"
    spoilt.mkdir()
    frame.to_csv(spoilt / "features.csv", index=False)
    again, _ = train(
        spoilt / "features.csv",
        tmp_path / "again",
        SMALL,
        version="1",
        artists=artists_path,
        splits=splits_path,
        on=TrainOn.FILTERED_TRAIN,
    )
    assert again.digest == manifest.digest
    assert (again.gate, again.medians, again.metrics) == (manifest.gate, manifest.medians, manifest.metrics)


def test_the_filtered_train_list_must_be_known_and_whole(table_path: Path, splits_path: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="--splits"):
        train(table_path, tmp_path / "model", SMALL, version="1", on=TrainOn.FILTERED_TRAIN)
    names = splits_path / "train_filtered.txt"
    names.write_text(names.read_text() + "drone/drone.99999.wav\n")
    with pytest.raises(DatasetError, match="28 of the 29 clips"):
        train(table_path, tmp_path / "model", SMALL, version="1", splits=splits_path, on=TrainOn.FILTERED_TRAIN)


def test_lists_that_would_not_be_used_are_refused(table_path: Path, splits_path: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="--on filtered-train"):
        train(table_path, tmp_path / "model", SMALL, version="1", splits=splits_path)


def test_the_gate_is_the_one_that_evaluation_measures(table_path: Path, artists_path: Path, tmp_path: Path) -> None:
    manifest, _ = train(table_path, tmp_path / "model", SMALL, version="1", artists=artists_path, seed=2)
    table, _ = drop_faults(read_table(table_path))
    clips = TrainingClips(table, artist_groups(table, read_artists(artists_path)))
    evaluated = fit_inside(SMALL, clips, 2)
    gate = Gate.from_dict(manifest.gate)
    assert dataclasses.replace(gate, music_at=0.0) == evaluated.gate
    rows = table.columns(FEATURE_NAMES)
    padded = np.hstack([rows, np.full((len(rows), len(ROW_NAMES) - len(FEATURE_NAMES)), np.nan)])
    np.testing.assert_allclose(load_model(tmp_path / "model").vote(padded), evaluated.predict(table), atol=1e-12)


def test_without_artists_no_promise_is_made_about_artists(table_path: Path, tmp_path: Path) -> None:
    manifest, _ = train(table_path, tmp_path / "model", SMALL, version="1")
    assert manifest.gate["by_artist"] is False


def test_all_that_was_read_is_named(table_path: Path, artists_path: Path, splits_path: Path, tmp_path: Path) -> None:
    manifest, _ = train(
        table_path,
        tmp_path / "model",
        SMALL,
        version="1",
        artists=artists_path,
        splits=splits_path,
        on=TrainOn.FILTERED_TRAIN,
    )
    files = manifest.training["other_files"]
    assert files[artists_path.name] == hashlib.sha256(artists_path.read_bytes()).hexdigest()
    assert {"train_filtered.txt", "valid_filtered.txt", "test_filtered.txt", "sounds.npz"} < set(files)


def test_a_recipe_with_tags_needs_them(table_path: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"has no tag statistics.*genre-bot extract.*--taggrams"):
        train(table_path, tmp_path / "model", DEFAULT, version="1")


def test_directory_that_cannot_be_made(table_path: Path) -> None:
    with pytest.raises(ModelError, match=r"features\.csv cannot be made"):
        train(table_path, table_path, SMALL, version="1")


@settings(max_examples=200, deadline=None)
@given(data=st.data(), genres=st.integers(2, 6), clips=st.integers(1, 60), coarse=st.booleans())
def test_gate_keeps_its_promise(data: st.DataObject, genres: int, clips: int, coarse: bool) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    weights = rng.exponential(size=(clips, genres)) ** 3 + 1e-9
    if coarse:
        # Many equal scores, and certainty.
        weights = np.floor(weights * 2) + np.eye(genres)[rng.integers(0, genres, clips)]
    probabilities = weights / weights.sum(axis=1, keepdims=True)
    labels = np.where(rng.random(clips) < 0.6, probabilities.argmax(axis=1), rng.integers(0, genres, clips))
    gate = Gate.fit(probabilities, labels, music_at=rng.random())

    ranked = np.argsort(-probabilities, axis=1)
    sums = np.take_along_axis(probabilities, ranked[:, :2], axis=1).sum(axis=1)
    clear = probabilities.max(axis=1) >= gate.clear_at
    close = ~clear & (sums >= gate.close_call_at)
    first_right = ranked[:, 0] == labels
    for verdict, right, precision, required in (
        (clear, first_right, gate.clear_precision, REQUIRED_PRECISION),
        (close, first_right | (ranked[:, 1] == labels), gate.close_call_precision, REQUIRED_PAIR_PRECISION),
    ):
        if verdict.any():
            assert right[verdict].mean() == pytest.approx(precision)
            assert precision >= required
        else:
            assert precision == 0.0
