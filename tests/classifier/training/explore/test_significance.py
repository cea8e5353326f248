"""Figures and their differences: intervals by clip and by artist, and tests of classifiers on the same clips."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from classifier.training.evaluation.figures import figures_of
from classifier.training.explore.significance import clearly_below, difference, p_value, sign_flip_test, verdict
from tests.classifier.training.explore.figures import answers, figure, held_out

SHARES = st.integers(1, 400).flatmap(lambda clips: st.tuples(st.integers(0, clips), st.just(clips)))
BY_ARTIST = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=8)


@settings(max_examples=30, deadline=None)
@given(SHARES)
def test_an_interval_holds_its_accuracy_and_has_a_width(share: tuple[int, int]) -> None:
    made = figure(*share)
    assert 0.0 <= made.interval.low < made.interval.high <= 1.0
    assert made.accuracy in made.interval


def test_the_intervals_are_those_of_the_evaluation() -> None:
    rng = np.random.default_rng(5)
    artists = rng.integers(0, 20, 150)
    right = rng.random(150) < np.linspace(0.1, 0.9, 20)[artists]
    ours, theirs = answers(right, artists), figures_of(held_out(right), seed=1, artists=artists)
    assert theirs.artist_intervals is not None
    assert ours.interval == theirs.intervals["accuracy"]
    assert ours.artist_interval == ours.believed == theirs.artist_intervals["accuracy"]
    assert ours.artists == 20
    # Where all is right, so is every sample of it; that is no certainty.
    certain = answers([True] * 30, np.arange(30) // 10)
    assert certain.believed.low < 0.5


@given(BY_ARTIST)
def test_the_test_counts_all_ways_to_trade_places(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    apart = np.subtract(first, second)
    sums = [abs(int(np.dot(signs, apart))) for signs in product((-1, 1), repeat=len(apart))]
    expected = np.mean([total >= abs(int(apart.sum())) for total in sums])
    assert sign_flip_test(first, second) == pytest.approx(expected)
    assert sign_flip_test(second, first) == pytest.approx(expected)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 100))
def test_clip_by_clip_it_is_mcnemars(gained: int, lost: int, both: int) -> None:
    before = [0] * gained + [1] * (lost + both)
    after = [1] * gained + [0] * lost + [1] * both
    expected = binomtest(gained, gained + lost).pvalue if gained + lost else 1.0
    assert sign_flip_test(before, after) == pytest.approx(expected)


def test_a_difference_on_the_same_clips_is_seen_where_shares_alone_hide_it() -> None:
    # The vote with and without `length` on the notebook's split: 20 and 4 clips of 200 are right with one of them only.
    with_length = answers([True] * 152 + [False] * 48)
    without = answers([True] * 132 + [False] * 20 + [True] * 4 + [False] * 44)
    assert not clearly_below(without, with_length)
    assert verdict(without, with_length) == "clearly worse, p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}0.0015"
    assert verdict(with_length, without).startswith("clearly better")
    # Picked out of many pairs, the same difference is no news.
    assert verdict(without, with_length, pairs=351).startswith("no clear difference")


def test_clips_of_one_artist_are_not_many_proofs() -> None:
    before, after = [False] * 20 + [True] * 80, [True] * 100
    artists = [0] * 20 + list(range(1, 81))
    assert p_value(answers(before), answers(after)) < 1e-5
    assert p_value(answers(before, artists), answers(after, artists)) == 1.0


def test_figures_of_different_clips_are_not_paired() -> None:
    with pytest.raises(ValueError, match="for 4 and 5 units"):
        p_value(figure(2, 4), figure(2, 5))


@settings(max_examples=30, deadline=None)
@given(SHARES, SHARES)
def test_of_two_figures_at_most_one_is_clearly_below(first: tuple[int, int], second: tuple[int, int]) -> None:
    one, other = figure(*first), figure(*second)
    assert not (clearly_below(one, other) and clearly_below(other, one))
    assert not clearly_below(one, one)
    if clearly_below(one, other):
        assert one.accuracy < other.accuracy
    low, high = difference(one, other)
    assert -1.0 <= low <= other.accuracy - one.accuracy <= high <= 1.0


def test_an_interval_and_a_difference_by_hand() -> None:
    # Wilson's and Newcombe's own examples: 81 of 263 and 15 of 148; 56 of 70 against 48 of 80.
    assert (figure(81, 263).interval.low, figure(81, 263).interval.high) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert (figure(15, 148).interval.low, figure(15, 148).interval.high) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert difference(figure(48, 80), figure(56, 70)) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert clearly_below(figure(48, 80), figure(56, 70))
    # Two clips cannot prove anything, however right they are.
    assert not clearly_below(figure(3, 10), figure(2, 2))


def test_protocols_are_compared_by_artist_where_artists_are_known() -> None:
    honest = [True] * 60 + [False] * 40
    flattering = figure(78, 100)
    assert clearly_below(answers(honest), flattering)
    assert not clearly_below(answers(honest, np.arange(100) // 10), flattering)
