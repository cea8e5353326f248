"""The tag statistics, the row that is voted on, and the level at which tags are heard."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from classifier.analysis import Listener
from classifier.features import FEATURE_NAMES, extract_features
from classifier.measure import ROW_NAMES, condition, measure
from classifier.tag_statistics import (
    PROBABILITY_FLOOR,
    STATISTICS,
    TAG_STATISTIC_NAMES,
    summarize_tags,
    tag_column,
)
from classifier.tags import TAG_NAMES

MakeTune = Callable[..., npt.NDArray[np.float32]]


def test_every_statistic_of_every_tag_has_a_column_of_its_own() -> None:
    assert len(set(TAG_STATISTIC_NAMES)) == len(TAG_STATISTIC_NAMES) == len(TAG_NAMES) * len(STATISTICS) == 250
    assert tag_column("Hip-Hop", "p90") == "tag_hip_hop_p90"
    assert (*FEATURE_NAMES, *TAG_STATISTIC_NAMES) == ROW_NAMES


def test_statistics_by_hand() -> None:
    taggram = np.full((4, len(TAG_NAMES)), 0.5, dtype=np.float32)
    jazz = TAG_NAMES.index("jazz")
    taggram[:, jazz] = [0.0, 0.1, 0.2, 0.9]
    values = dict(zip(TAG_STATISTIC_NAMES, summarize_tags(taggram), strict=True))
    logs = np.log(np.array([0.0, 0.1, 0.2, 0.9]) + PROBABILITY_FLOOR)
    assert values["tag_jazz_mean_log"] == pytest.approx(logs.mean(), abs=1e-6)
    assert values["tag_jazz_log_mean"] == pytest.approx(np.log(0.3 + PROBABILITY_FLOOR), abs=1e-6)
    assert values["tag_jazz_p50"] == pytest.approx((logs[1] + logs[2]) / 2, abs=1e-6)
    assert values["tag_jazz_p10"] == pytest.approx(logs[0] + 0.3 * (logs[1] - logs[0]), abs=1e-6)
    assert values["tag_jazz_p90"] == pytest.approx(logs[2] + 0.7 * (logs[3] - logs[2]), abs=1e-6)
    for statistic in STATISTICS:
        assert values[tag_column("rock", statistic)] == pytest.approx(np.log(0.5 + PROBABILITY_FLOOR), abs=1e-6)


@pytest.mark.parametrize(
    ("taggram", "message"),
    [
        (np.zeros((0, 50)), r"got shape \(0, 50\)"),
        (np.zeros((3, 49)), r"got shape \(3, 49\)"),
        (np.zeros(50), r"got shape \(50,\)"),
        (np.full((2, 50), np.nan), "no probabilities"),
        (np.full((2, 50), 1.01), "no probabilities"),
        (np.full((2, 50), -0.01), "no probabilities"),
    ],
)
def test_what_is_no_taggram_is_refused(taggram: npt.NDArray[np.float64], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        summarize_tags(taggram)


def test_a_row_is_the_features_and_the_tags_at_any_volume(make_tune: MakeTune, listener: Listener) -> None:
    tune = make_tune(6.0, seed=2)
    measurement = measure(tune, listener.network)
    row = measurement.row()
    np.testing.assert_array_equal(row[:57], extract_features(condition(tune)))
    np.testing.assert_array_equal(row[57:], summarize_tags(measurement.taggram))
    np.testing.assert_array_equal(measurement.row(slice(0, 2))[57:], summarize_tags(measurement.taggram[:2]))
    for gain in (0.05, 1.9):
        quieter = measure(tune * np.float32(gain), listener.network)
        np.testing.assert_allclose(quieter.taggram, measurement.taggram, atol=2e-4)
