"""The figures by hand: scores, genres, reliability, intervals by clips and by artists."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, f1_score, log_loss, top_k_accuracy_score

from classifier.training.evaluation import figures as figures_module
from classifier.training.evaluation.figures import figures_of
from classifier.training.evaluation.intervals import (
    RESAMPLES,
    Interval,
    Share,
    percentile_interval,
    resampled_weights,
    wilson,
)
from classifier.training.evaluation.scores import ECE_BINS, confidence_bins, expected_calibration_error, score
from classifier.training.fit import HeldOut

BY_HAND = HeldOut(
    np.array([[0.7, 0.1, 0.1, 0.1], [0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.25, 0.4, 0.25, 0.1]]),
    np.array([0, 2, 3, 1]),
    ("a", "b", "c", "d"),
    9,
)


def random_predictions(seed: int, clips: int, genres: int = 4) -> HeldOut:
    rng = np.random.default_rng(seed)
    probabilities = rng.dirichlet(np.full(genres, 0.4), clips)
    labels = np.array([rng.choice(genres, p=row) for row in probabilities])
    return HeldOut(probabilities, labels, tuple("abcdefghij"[:genres]), 100)


def test_score_by_hand() -> None:
    scores = score(BY_HAND)
    assert scores.accuracy == 0.5
    assert scores.top3 == 0.75
    assert scores.macro_f1 == pytest.approx((2 / 3 + 1 + 0 + 0) / 4)
    assert scores.log_loss == pytest.approx(-np.log([0.7, 0.3, 0.1, 0.4]).mean())
    # Two bins: 0.7 alone and right; three at 0.4, of which one is right.
    assert scores.ece == pytest.approx((abs(1 - 0.7) + abs(1 - 1.2)) / 4)
    assert (scores.clips_train, scores.clips_test) == (9, 4)


def test_score_where_a_genre_is_not_tested() -> None:
    scores = score(HeldOut(np.array([[0.9, 0.1], [0.8, 0.2]]), np.array([0, 0]), ("a", "b"), 2))
    # Of the genres that there are clips of: nothing is known of the other one.
    assert (scores.accuracy, scores.macro_f1, scores.top3) == (1.0, 1.0, 1.0)


@given(seed=st.integers(0, 2**32 - 1), clips=st.integers(1, 50))
def test_calibration_error_is_bounded(seed: int, clips: int) -> None:
    held_out = random_predictions(seed, clips)
    assert 0.0 <= expected_calibration_error(held_out.probabilities, held_out.labels) <= 1.0


def test_certainty_that_is_right_is_calibrated() -> None:
    assert expected_calibration_error(np.eye(3), np.arange(3)) == 0.0
    assert expected_calibration_error(np.eye(3), np.array([1, 2, 0])) == 1.0


def test_bins_are_open_below_and_closed_above() -> None:
    edges = np.arange(1, ECE_BINS + 1) / ECE_BINS
    np.testing.assert_array_equal(confidence_bins(edges - 1e-9), np.arange(ECE_BINS))
    np.testing.assert_array_equal(confidence_bins(edges[:-1] + 1e-9), np.arange(1, ECE_BINS))
    assert confidence_bins(np.array([0.0, 0.2, 1.0])).tolist() == [0, 2, ECE_BINS - 1]


def test_genres_and_confusions_by_hand() -> None:
    figures = figures_of(BY_HAND, seed=0)
    # Called: a, d, a, b; truly: a, c, d, b.
    assert figures.confusion.genres == ("a", "b", "c", "d")
    assert figures.confusion.clips == ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 1), (1, 0, 0, 0))
    by_genre = {genre: (each.precision, each.recall, each.clips) for genre, each in figures.genres.items()}
    assert by_genre == {"a": (0.5, 1.0, 1), "b": (1.0, 1.0, 1), "c": (0.0, 0.0, 1), "d": (0.0, 0.0, 1)}
    assert figures.genres["a"].f1 == pytest.approx(2 / 3)
    assert (figures.genres["a"].precision_interval, figures.genres["a"].recall_interval) == (wilson(1, 2), wilson(1, 1))


def test_a_genre_that_is_never_called_has_no_precision() -> None:
    figures = figures_of(HeldOut(np.array([[0.9, 0.1], [0.8, 0.2]]), np.array([0, 1]), ("a", "b"), 2), seed=0)
    assert (figures.genres["b"].precision, figures.genres["b"].precision_interval) == (0.0, None)
    assert figures.genres["b"].recall_interval == wilson(0, 1)


def test_reliability_by_hand() -> None:
    low, high = figures_of(BY_HAND, seed=0).reliability
    assert (low.clips, low.confidence, low.accuracy) == (3, pytest.approx(0.4), pytest.approx(1 / 3))
    assert (low.low, low.high) == (pytest.approx(5 / 15), pytest.approx(6 / 15))
    assert (high.clips, high.confidence, high.accuracy) == (1, pytest.approx(0.7), 1.0)
    assert low.interval == wilson(1, 3)


@given(seed=st.integers(0, 2**32 - 1), clips=st.integers(2, 60))
@settings(max_examples=15, deadline=None)
def test_reliability_adds_up_to_accuracy_and_calibration_error(seed: int, clips: int) -> None:
    figures = figures_of(random_predictions(seed, clips), seed=0)
    assert sum(each.clips for each in figures.reliability) == clips
    assert sum(each.clips * each.accuracy for each in figures.reliability) / clips == pytest.approx(figures.accuracy)
    gaps = sum(each.clips * abs(each.accuracy - each.confidence) for each in figures.reliability)
    assert gaps / clips == pytest.approx(figures.ece)
    for each in figures.reliability:
        assert each.low < each.confidence <= each.high
        assert each.accuracy in each.interval


@pytest.mark.parametrize("genres", [2, 4])
def test_resampled_figures_are_those_of_the_resampled_clips(genres: int, monkeypatch: pytest.MonkeyPatch) -> None:
    held_out = random_predictions(3, 40, genres)
    # Two samples, in which each clip stands as often as its weight says; the first lacks a genre.
    weights = np.random.default_rng(1).integers(0, 4, (2, 40))
    weights[0, held_out.labels == 0] = 0
    monkeypatch.setattr(figures_module, "resampled_weights", lambda units, seed: weights.astype(float))
    figures = figures_of(held_out, seed=0, artists=np.arange(40))
    samples: dict[str, list[float]] = {"accuracy": [], "macro_f1": [], "log_loss": [], "top3": []}
    for drawn in (np.repeat(np.arange(40), each) for each in weights):
        probabilities, labels, columns = held_out.probabilities[drawn], held_out.labels[drawn], np.arange(genres)
        called = probabilities.argmax(axis=1)
        samples["accuracy"].append(accuracy_score(labels, called))
        samples["macro_f1"].append(
            f1_score(labels, called, average="macro", labels=np.unique(labels), zero_division=0.0)
        )
        samples["log_loss"].append(log_loss(labels, probabilities, labels=columns))
        if genres > 3:
            samples["top3"].append(top_k_accuracy_score(labels, probabilities, k=3, labels=columns))
    assert figures.artist_intervals is not None
    for name, values in samples.items():
        # Among two genres the right one is always in the top three: that share has the width of Wilson's interval.
        low, high = np.quantile(values, [0.025, 0.975]) if values else dataclasses.astuple(wilson(40, 40))
        assert figures.artist_intervals[name] == Interval(pytest.approx(low), pytest.approx(high))
    assert figures.intervals["log_loss"] == figures.artist_intervals["log_loss"]
    assert figures.intervals["accuracy"] == wilson(round(figures.accuracy * 40), 40)


def test_all_right_on_a_few_clips_is_not_certain() -> None:
    sure = np.where(np.eye(3, dtype=bool), 0.96, 0.02)[np.repeat(np.arange(3), 6)]
    held_out = HeldOut(sure, np.repeat(np.arange(3), 6), ("a", "b", "c"), 30)
    figures = figures_of(held_out, seed=0, artists=np.repeat(np.arange(9), 2))
    assert (figures.accuracy, figures.artists) == (1.0, 9)
    # Newcombe (1998) for 18 of 18, and for 9 of 9.
    assert figures.intervals["accuracy"] == figures.intervals["macro_f1"] == wilson(18, 18)
    assert figures.artist_intervals is not None
    assert figures.artist_intervals["accuracy"] == wilson(9, 9)
    assert figures.artist_intervals["accuracy"].low < figures.intervals["accuracy"].low < 0.9
    assert figures.genres["b"].f1_interval == wilson(6, 6)


def test_a_genre_of_few_clips_does_not_lower_the_interval_of_the_mean() -> None:
    # One clip of the genre c, known for certain like all others but five: a third of the samples lack it.
    labels = np.array([0] * 20 + [1] * 20 + [2])
    called = labels.copy()
    called[:5] = 1
    held_out = HeldOut(np.eye(3)[called] * 0.97 + 0.01, labels, ("a", "b", "c"), 30)
    figures = figures_of(held_out, seed=0)
    assert figures.macro_f1 > 0.9
    assert figures.intervals["macro_f1"].low > 0.7
    assert figures.genres["c"].f1_interval == wilson(1, 1)


def test_a_genre_without_clips_has_no_f1_interval() -> None:
    figures = figures_of(HeldOut(np.array([[0.9, 0.1], [0.8, 0.2]]), np.array([0, 0]), ("a", "b"), 2), seed=0)
    assert figures.genres["b"].f1_interval is None
    assert figures.macro_f1 == 1.0
    assert figures.intervals["macro_f1"] == wilson(2, 2)


def test_figures_depend_on_the_seed_and_on_nothing_else() -> None:
    held_out = random_predictions(5, 80)
    first, again, other = (figures_of(held_out, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.intervals != other.intervals
    assert "ece" not in first.intervals
    assert dataclasses.asdict(score(held_out)) == {
        name: getattr(first, name) for name in dataclasses.asdict(score(held_out))
    }


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    rng = np.random.default_rng(0)
    truth, clips, experiments = 0.7, 80, 200
    weights = resampled_weights(np.arange(clips), seed=0)
    by_resampling, by_wilson = 0, 0
    for _ in range(experiments):
        right = rng.random(clips) < truth
        by_resampling += truth in percentile_interval(weights @ right / clips)
        by_wilson += truth in wilson(int(right.sum()), clips)
    # Five times the deviation of 200 coin tosses, and the bootstrap's known modesty on few clips.
    assert 0.88 <= by_resampling / experiments <= 0.99
    assert 0.90 <= by_wilson / experiments <= 0.99


def test_artists_that_stand_or_fall_together_widen_the_interval() -> None:
    rng = np.random.default_rng(2)
    right = np.repeat(rng.random(40) < 0.6, 9)
    probabilities = np.where(right[:, None], [0.8, 0.2], [0.2, 0.8])
    held_out = HeldOut(probabilities, np.zeros(360, dtype=np.intp), ("a", "b"), 1)
    figures = figures_of(held_out, seed=0, artists=np.repeat(np.arange(40), 9))
    assert figures.artist_intervals is not None
    by_clip, by_artist = figures.intervals["accuracy"], figures.artist_intervals["accuracy"]
    # Nine clips that always agree are worth one: the interval is three times as wide.
    assert (by_artist.high - by_artist.low) / (by_clip.high - by_clip.low) == pytest.approx(3.0, rel=0.15)
    assert figures.accuracy in by_artist


def test_samples_draw_whole_units_and_always_as_many() -> None:
    weights = resampled_weights(np.array([7, 7, 3, 9]), seed=0)
    assert weights.shape == (RESAMPLES, 4)
    np.testing.assert_array_equal(weights[:, 0], weights[:, 1])
    assert set(weights[:, 1:].sum(axis=1)) == {3.0}


def test_even_a_calibrated_model_shows_some_calibration_error() -> None:
    inside = 0
    for seed in range(20):
        figures = figures_of(random_predictions(seed, 150), seed=0)
        inside += figures.ece in figures.calibrated_ece
        assert figures.calibrated_ece.low > 0.0
    assert inside >= 15
    # Confidence without knowledge is beyond what chance explains.
    wrong = HeldOut(np.tile([0.95, 0.05], (100, 1)), np.tile([0, 1], 50), ("a", "b"), 1)
    figures = figures_of(wrong, seed=0)
    assert figures.ece > figures.calibrated_ece.high


@given(of=st.integers(1, 1000), data=st.data())
def test_interval_of_a_share_holds_it_and_stays_between_nothing_and_all(of: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, of))
    interval = wilson(count, of)
    assert 0.0 <= interval.low <= count / of <= interval.high <= 1.0
    assert interval.low < interval.high


def test_wilson_by_hand() -> None:
    # Wilson (1927) for 8 of 10, as in Newcombe (1998): 0.490 to 0.943.
    assert wilson(8, 10) == Interval(pytest.approx(0.490, abs=5e-4), pytest.approx(0.943, abs=5e-4))


def test_share_of_nothing_has_no_value() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval is None
    assert Share(1, 4) + Share(2, 4) == Share(3, 8)
    assert Share(3, 8).value == 0.375
    assert (f"{Share(3, 8):.1%}", f"{Share(0, 0):.0%}") == ("37.5%", "nan%")
