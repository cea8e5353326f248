"""The same song at another volume has the same features."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from classifier.features import FEATURE_NAMES, extract_features
from classifier.level import LEVEL_FREE_NAMES, LevelFree

MakeTune = Callable[..., npt.NDArray[np.float32]]
FloatArray = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def rows(make_tune: MakeTune) -> FloatArray:
    return np.stack([extract_features(make_tune(4.0, seed=seed)) for seed in range(3)])


def louder(rows: FloatArray, decibels: float) -> FloatArray:
    """Do to the features what a gain on the waveform does to them."""
    gain, changed = 10 ** (decibels / 20), rows.copy()
    for index, name in enumerate(FEATURE_NAMES):
        if name in {"rms_mean", "harmony_mean", "perceptr_mean"}:
            changed[:, index] *= gain
        elif name in {"rms_var", "harmony_var", "perceptr_var"}:
            changed[:, index] *= gain**2
        elif name == "mfcc1_mean":
            changed[:, index] += decibels * np.sqrt(128)
    return changed


@given(decibels=st.floats(-40, 20))
@settings(deadline=None)
def test_a_gain_cancels(decibels: float, rows: FloatArray) -> None:
    transform = LevelFree().fit(rows).transform
    np.testing.assert_allclose(transform(louder(rows, decibels)), transform(rows), rtol=1e-9, atol=1e-6)


@pytest.mark.parametrize("decibels", [-20.0, -6.0, 3.0])
def test_a_gain_on_the_waveform_cancels(decibels: float, make_tune: MakeTune, rows: FloatArray) -> None:
    scaled = extract_features(make_tune(4.0, seed=0) * np.float32(10 ** (decibels / 20)))[np.newaxis]
    assert not np.allclose(scaled, rows[:1], rtol=1e-3)
    np.testing.assert_allclose(LevelFree().fit_transform(scaled), LevelFree().fit_transform(rows[:1]), rtol=1e-3)


def test_columns_that_do_not_depend_on_the_level_pass_unchanged(rows: FloatArray) -> None:
    changed = {"rms_var", "harmony_var", "perceptr_var", "mfcc1_mean"}
    transformed = LevelFree().fit_transform(rows)
    assert transformed.shape == (3, 54)
    for index, name in enumerate(LEVEL_FREE_NAMES):
        same = np.array_equal(transformed[:, index], rows[:, FEATURE_NAMES.index(name)])
        assert same is (name not in changed), name


def test_the_level_itself_and_the_offsets_of_waveforms_are_gone() -> None:
    gone = set(FEATURE_NAMES) - set(LEVEL_FREE_NAMES)
    assert gone == {"rms_mean", "harmony_mean", "perceptr_mean"}


def test_silence_has_finite_features(rows: FloatArray) -> None:
    silent = rows.copy()
    silent[:, [FEATURE_NAMES.index(name) for name in ("rms_mean", "rms_var", "harmony_var", "perceptr_var")]] = 0.0
    assert np.isfinite(LevelFree().fit_transform(silent)).all()


@pytest.mark.parametrize("shape", [(57,), (0,), (3, 56), (3, 58), (2, 3, 57)])
def test_another_shape_is_refused(shape: tuple[int, ...], rows: FloatArray) -> None:
    wrong = np.zeros(shape)
    with pytest.raises(ValueError, match="expected 57 feature columns"):
        LevelFree().fit(wrong)
    with pytest.raises(ValueError, match="expected 57 feature columns"):
        LevelFree().fit(rows).transform(wrong)


def test_it_is_a_transformer_like_any_other(rows: FloatArray) -> None:
    original = LevelFree().fit(rows)
    copy = clone(original)
    assert original.get_params() == copy.get_params() == {}
    assert not hasattr(copy, "n_features_in_")
    assert original.n_features_in_ == 57
    assert tuple(original.get_feature_names_out()) == LEVEL_FREE_NAMES
    scaled = make_pipeline(LevelFree(), StandardScaler()).fit_transform(rows)
    np.testing.assert_allclose(scaled.mean(axis=0), 0.0, atol=1e-6)


def test_the_table_it_is_given_is_left_alone(rows: FloatArray) -> None:
    before = rows.copy()
    LevelFree().fit_transform(rows)
    np.testing.assert_array_equal(rows, before)
