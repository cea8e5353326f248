"""Segments hold all patches once, and smoothing keeps probabilities what they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.timeline import PATCH_SECONDS, SEGMENT_SECONDS, STEP_SECONDS, cut_patches, smooth


@given(
    patches=st.integers(1, 60),
    seconds=st.floats(3, 60),
    segment_seconds=st.just(SEGMENT_SECONDS) | st.floats(PATCH_SECONDS, 10),
)
def test_every_patch_is_in_one_segment_in_order(patches: int, seconds: float, segment_seconds: float) -> None:
    slices = cut_patches(patches, seconds, segment_seconds=segment_seconds)
    assert [index for part in slices for index in range(patches)[part]] == list(range(patches))
    assert all(len(range(patches)[part]) >= 1 for part in slices)


@pytest.mark.parametrize(("segment_seconds", "count"), [(SEGMENT_SECONDS, 6), (PATCH_SECONDS, 10)])
def test_half_a_minute_makes_segments_of_the_patches_in_their_middle(segment_seconds: float, count: int) -> None:
    slices = cut_patches(28, 30.0, segment_seconds=segment_seconds)
    assert len(slices) == count
    for number, part in enumerate(slices):
        for patch in range(28)[part]:
            middle = PATCH_SECONDS / 2 + STEP_SECONDS * patch
            assert 30.0 * number / count <= middle < 30.0 * (number + 1) / count


def test_short_audio_is_one_segment() -> None:
    assert cut_patches(1, 3.0) == (slice(0, 1),)
    assert len(cut_patches(4, 7.0)) == 1


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_smoothing_keeps_sums_and_calms_outliers(segments: int, seed: int) -> None:
    votes = np.random.default_rng(seed).dirichlet(np.ones(4), size=segments)
    smoothed = smooth(votes)
    np.testing.assert_allclose(smoothed.sum(axis=1), 1.0)
    assert smoothed.max() <= votes.max() + 1e-12


def test_smoothing_by_hand() -> None:
    votes = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 0.0]])
    np.testing.assert_allclose(smooth(votes)[:, 0], [2 / 3, 1 / 2, 3 / 4, 1.0])
    np.testing.assert_allclose(smooth(votes[:1]), votes[:1])
