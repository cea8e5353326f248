"""A model on disk is loaded only when everything that its manifest claims is true."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from classifier.calibration import CalibratedVote
from classifier.errors import ModelError
from classifier.gate import NEVER, Gate
from classifier.manifest import MANIFEST_NAME, PINNED_LIBRARIES, installed_libraries, level_free_columns
from classifier.measure import ROW_NAMES
from classifier.model import ESTIMATORS_NAME, Estimators, GenreModel, load_model, save_model
from classifier.result import Sound
from classifier.tag_statistics import STATISTICS, tag_column
from classifier.training.recipes import DEFAULT, Boosting, Forest, TagVoters, Vote

Edit = Callable[..., Path]

SMALL = Vote(Boosting(n_estimators=5), Forest(5), TagVoters())
ROWS = np.random.default_rng(0).uniform(0.1, 1.0, (60, len(ROW_NAMES)))
LABELS = np.array(["blues", "jazz", "metal"])[np.arange(60) % 3]
# What one tag says of jazz, and nothing else does.
ROWS[:, [ROW_NAMES.index(tag_column("jazz", statistic)) for statistic in STATISTICS]] += (
    8.0 * (LABELS == "jazz")[:, None] - 4.5
)
GATE = Gate(0.6, 0.8, 0.9, 0.85, 50, 40, music_at=0.3)
SOUNDS = {"noise": 0.6, "speech": NEVER, "tone": 0.5}
SOUND_LABELS = np.array(["music", "noise", "speech", "tone"])[np.arange(60) % 4]
SOUND_ROWS = ROWS[:, :57] + 4.0 * (np.arange(57) == np.arange(60)[:, None] % 4)
CONFUSIONS = {"blues": {"jazz": 0.2, "metal": 0.01}, "jazz": {"metal": 0.1, "blues": 0.3}}


@pytest.fixture(scope="module")
def estimators() -> Estimators:
    genres = DEFAULT.build(SMALL, 0)
    genres.fit(ROWS, LABELS)
    return Estimators(
        CalibratedVote(genres, 0.9),
        LogisticRegression(max_iter=500).fit(ROWS[:, :57], LABELS != "metal"),
        LogisticRegression(max_iter=500).fit(SOUND_ROWS, SOUND_LABELS),
    )


def save(directory: Path, estimators: Estimators, name: str) -> None:
    save_model(
        directory,
        estimators,
        name=name,
        version="1.2.3",
        features=ROW_NAMES,
        gate=GATE,
        sounds=SOUNDS,
        confusions=CONFUSIONS,
        medians=tuple(0.5 for _ in level_free_columns(ROW_NAMES)),
        training={"clips": 60},
        metrics={"accuracy": 0.5},
    )


@pytest.fixture
def model_dir(tmp_path: Path, estimators: Estimators) -> Path:
    directory = tmp_path / "some" / "model"
    save(directory, estimators, "small")
    return directory


@pytest.fixture
def edit(model_dir: Path) -> Edit:
    """Change some keys of the manifest; `...` takes a key out."""

    def edit(**changes: object) -> Path:
        path = model_dir / MANIFEST_NAME
        data = {**json.loads(path.read_text()), **changes}
        path.write_text(json.dumps({key: value for key, value in data.items() if value is not ...}))
        return model_dir

    return edit


def refusal(directory: Path) -> str:
    with pytest.raises(ModelError) as caught:
        load_model(directory)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    return sentence


def test_a_saved_model_answers_as_it_did(model_dir: Path, estimators: Estimators) -> None:
    model = load_model(model_dir)
    np.testing.assert_allclose(model.vote(ROWS), estimators.genres.predict_proba(ROWS), atol=1e-6)
    np.testing.assert_allclose(model.vote(ROWS).sum(axis=1), 1.0)
    np.testing.assert_allclose(model.music(ROWS), estimators.music.predict_proba(ROWS[:, :57])[:, 1])
    assert model.gate == GATE
    assert model.manifest.features == ROW_NAMES
    assert model.manifest.genres == ("blues", "jazz", "metal")
    assert model.manifest.training == {"clips": 60}
    assert model.manifest.metrics == {"accuracy": 0.5}
    digest = hashlib.sha256((model_dir / ESTIMATORS_NAME).read_bytes()).hexdigest()
    assert (model.info.name, model.info.version, model.info.digest) == ("small", "1.2.3", digest)


def test_saving_replaces_the_model_and_leaves_nothing_else(model_dir: Path, estimators: Estimators) -> None:
    save(model_dir, estimators, "second")
    assert load_model(model_dir).info.name == "second"
    assert sorted(path.name for path in model_dir.iterdir()) == [ESTIMATORS_NAME, MANIFEST_NAME]


def test_the_reason_for_a_genre_is_what_it_was_learnt_from(model_dir: Path) -> None:
    why = load_model(model_dir).explain(ROWS[LABELS == "jazz"][:1], "jazz")
    assert why.evidence[0].text == "a sound that people tag “jazz”"
    assert why.evidence[0].weight > 0.5
    against = load_model(model_dir).explain(ROWS[LABELS == "blues"][:1], "blues")
    assert "hardly anything that people tag “jazz”" in {evidence.text for evidence in against.evidence}


def test_confusions_are_named_from_the_most_frequent_on_and_rare_ones_left_out(model_dir: Path) -> None:
    model = load_model(model_dir)
    named = {
        genre: [(confusion.name, confusion.share) for confusion in model.explain(ROWS[:1], genre).mistaken_for]
        for genre in model.manifest.genres
    }
    assert named == {"blues": [("jazz", 0.2)], "jazz": [("blues", 0.3), ("metal", 0.1)], "metal": []}


@pytest.mark.parametrize(
    ("first", "expected"),
    # Speech is never named in this model, and what is likelier music is not named either.
    [("music", None), ("noise", Sound.NOISE), ("speech", None), ("tone", Sound.TONE)],
)
def test_a_sound_is_named_where_its_kind_is_trusted(first: str, expected: Sound | None, model_dir: Path) -> None:
    rows = np.zeros((1, len(ROW_NAMES)))
    rows[:, :57] = SOUND_ROWS[first == SOUND_LABELS].mean(axis=0)
    assert load_model(model_dir).sound(rows) is expected


def test_a_sound_is_named_from_its_threshold_on(model_dir: Path, edit: Edit) -> None:
    rows = np.zeros((5, len(ROW_NAMES)))
    rows[:, :57] = SOUND_ROWS[SOUND_LABELS == "tone"][:5]
    sure = float(load_model(model_dir).estimators.sounds.predict_proba(rows[:, :57]).mean(axis=0)[3])
    for threshold, expected in ((sure, Sound.TONE), (sure + 1e-9, None)):
        assert load_model(edit(sounds={**SOUNDS, "tone": threshold})).sound(rows) is expected


def test_genres_are_ranked_by_probability(model_dir: Path) -> None:
    ranked = load_model(model_dir).rank(np.array([0.2, 0.7, 0.1]))
    assert [(genre.name, genre.probability) for genre in ranked] == [("jazz", 0.7), ("blues", 0.2), ("metal", 0.1)]


def test_the_shipped_model_can_be_loaded(shipped_model: GenreModel) -> None:
    assert shipped_model.manifest.features == ROW_NAMES
    assert len(shipped_model.manifest.genres) == 10


# Refusals


def test_a_missing_model_says_where_it_was_looked_for_and_how_to_train_one(tmp_path: Path) -> None:
    sentence = refusal(tmp_path)
    assert str(tmp_path) in sentence
    assert "genre-bot train" in sentence


def test_a_missing_file_of_estimators(model_dir: Path) -> None:
    (model_dir / ESTIMATORS_NAME).unlink()
    assert f"{ESTIMATORS_NAME} cannot be read (No such file" in refusal(model_dir)


@pytest.mark.parametrize("content", [b"", b"{", b"not json", b"\xff\xfe\x00", b"\x80\x81"])
def test_a_manifest_that_is_not_json(content: bytes, model_dir: Path) -> None:
    (model_dir / MANIFEST_NAME).write_bytes(content)
    assert "is not JSON" in refusal(model_dir)


@pytest.mark.parametrize("content", ["[]", "null", "3", '"manifest"', "{}"])
def test_json_that_is_no_manifest(content: str, model_dir: Path) -> None:
    (model_dir / MANIFEST_NAME).write_text(content)
    assert "is not a manifest of format 4" in refusal(model_dir)


@pytest.mark.parametrize("number", [0, 2, 3, 5, "4", None, ...])
def test_a_manifest_of_another_format(number: object, edit: Edit) -> None:
    assert "is not a manifest of format 4" in refusal(edit(format=number))


@pytest.mark.parametrize(
    "key",
    [
        *("name", "version", "digest", "features", "genres", "libraries"),
        *("gate", "sounds", "confusions", "medians", "training", "metrics"),
    ],
)
def test_a_manifest_without_a_key_or_with_a_value_of_another_kind(key: str, edit: Edit) -> None:
    for value in (5, None, ["x", 5]):
        sentence = refusal(edit(**{key: value}))
        assert "is not a complete manifest" in sentence
        assert f"its {key} cannot be" in sentence
    sentence = refusal(edit(**{key: ...}))
    assert "is not a complete manifest" in sentence
    assert f"'{key}'" in sentence


def test_an_unknown_key(edit: Edit) -> None:
    assert "'surprise'" in refusal(edit(surprise=1))


def test_a_pipeline_that_was_exchanged_or_damaged(model_dir: Path) -> None:
    path = model_dir / ESTIMATORS_NAME
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    sentence = refusal(model_dir)
    assert "is not the file that its manifest describes" in sentence
    assert hashlib.sha256(content).hexdigest()[:12] in sentence


class Payload:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Path.mkdir, (self.folder,)


def test_a_pipeline_that_nobody_vouches_for_is_never_unpickled(model_dir: Path, edit: Edit, tmp_path: Path) -> None:
    trace, path = tmp_path / "it-ran", model_dir / ESTIMATORS_NAME
    joblib.dump(Payload(trace), path)
    refusal(model_dir)
    assert not trace.exists()
    # Other checks come before unpickling as well.
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    refusal(edit(digest=digest, libraries={}))
    assert not trace.exists()
    # It is a real payload: with a manifest that vouches for it, it runs, and is still no model.
    assert "holds no estimators" in refusal(edit(digest=digest, libraries=installed_libraries()))
    assert trace.exists()


def test_features_that_cannot_be_measured(edit: Edit) -> None:
    sentence = refusal(edit(features=["length", *ROW_NAMES]))
    assert "it needs length, which cannot be measured" in sentence


def test_features_that_are_missing(edit: Edit) -> None:
    assert "it does not know tempo" in refusal(edit(features=[name for name in ROW_NAMES if name != "tempo"]))


def test_features_in_another_order(edit: Edit) -> None:
    assert "another order" in refusal(edit(features=list(reversed(ROW_NAMES))))


def test_a_feature_that_stands_twice(edit: Edit) -> None:
    assert "trained on other features" in refusal(edit(features=[*ROW_NAMES, "tempo"]))


@pytest.mark.parametrize("library", PINNED_LIBRARIES)
def test_a_library_of_another_version(library: str, edit: Edit) -> None:
    installed = installed_libraries()
    major, minor, *_ = installed[library].split(".")
    for fitted in (f"{major}.{int(minor) + 1}.0", f"{int(major) + 1}.{minor}.0", "nothing"):
        sentence = refusal(edit(libraries={**installed, library: fitted}))
        assert f"was fitted with {library} {fitted}, but {installed[library]} is installed" in sentence
    without = {name: version for name, version in installed.items() if name != library}
    assert f"fitted with {library} nothing" in refusal(edit(libraries=without))


def test_another_patch_release_is_accepted(edit: Edit) -> None:
    patched = {name: ".".join([*version.split(".")[:2], "999"]) for name, version in installed_libraries().items()}
    assert load_model(edit(libraries=patched)).info.name == "small"


def test_a_manifest_that_is_nested_too_deeply(model_dir: Path) -> None:
    (model_dir / MANIFEST_NAME).write_text("[" * 100_000 + "]" * 100_000)
    assert "is not JSON" in refusal(model_dir)


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("clear_at", (..., "high", None, True, math.nan, math.inf, -0.1, 2.1, "-inf", 10**400)),
        ("music_at", (..., None, "-inf", math.nan, -math.inf)),
        ("clear_precision", (1.1, math.nan, -0.1)),
        ("close_call_answers", (..., -1, 0.5, True, "40", math.nan)),
        ("by_artist", (..., 1, "yes", None)),
    ],
)
def test_a_gate_that_cannot_judge(key: str, values: tuple[object, ...], edit: Edit) -> None:
    for value in values:
        gate = {**GATE.to_dict(), key: value}
        sentence = refusal(edit(gate={key: value for key, value in gate.items() if value is not ...}))
        assert "The gate in" in sentence
        assert key in sentence
        assert "Train one with" in sentence


def test_a_gate_that_is_never_sure_is_accepted(edit: Edit) -> None:
    gate = replace(GATE, clear_at=NEVER, close_call_at=NEVER, clear_answers=0)
    assert load_model(edit(gate=gate.to_dict())).gate == gate


def test_medians_that_are_not_those_of_the_columns(edit: Edit) -> None:
    medians = [0.5] * len(level_free_columns(ROW_NAMES))
    for broken in ([], medians[:-1], [*medians, 0.5], *([value, *medians[1:]] for value in (math.nan, math.inf, True))):
        sentence = refusal(edit(medians=broken))
        assert f"are not {len(medians)} finite numbers" in sentence
        assert "Train one with" in sentence


@pytest.mark.parametrize(
    "confusions",
    [
        {"blues": 0.2},
        {"blues": ["jazz"]},
        {"blues": {"jazz": "often"}},
        {"blues": {"jazz": None}},
        {"blues": {"jazz": math.nan}},
        {"blues": {"jazz": 1.5}},
        {"blues": {"jazz": -0.1}},
        {"blues": {"polka": 0.2}},
        {"polka": {"blues": 0.2}},
    ],
)
def test_confusions_that_are_not_of_its_genres(confusions: dict[str, object], edit: Edit) -> None:
    sentence = refusal(edit(confusions=confusions))
    assert "are not shares from 0 to 1 of its own genres" in sentence
    assert "Train one with" in sentence


@pytest.mark.parametrize("threshold", ["high", None, True, math.nan, -0.1, 2.1])
def test_thresholds_of_sounds_that_cannot_be(threshold: object, edit: Edit) -> None:
    sentence = refusal(edit(sounds={**SOUNDS, "tone": threshold}))
    assert "are not thresholds from 0 to 2 of speech, noise, tone: 'tone' cannot be" in sentence
    assert "Train one with" in sentence


def test_sounds_that_are_not_the_estimators(edit: Edit) -> None:
    assert "'whistle' cannot be 0.5" in refusal(edit(sounds={**SOUNDS, "whistle": 0.5}))
    assert "tells other sounds apart" in refusal(edit(sounds={"noise": 0.6, "speech": 0.5}))


def test_genres_that_are_not_the_pipelines(edit: Edit) -> None:
    for genres in (["blues", "jazz"], ["jazz", "blues", "metal"], ["blues", "jazz", "metal", "pop"]):
        assert "answers with other genres" in refusal(edit(genres=genres, confusions={}))
