"""A running order holds every track once and never has larger jumps than the order of adding."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.collection import ordering
from classifier.collection.ordering import jump_cost, smooth_order
from tests.classifier.collection.conftest import Tracks

Parts = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def parts(tracks: Tracks) -> Parts:
    return tracks.genres, tracks.tempo, tracks.energy, tracks.embeddings


def unlike(count: int, seed: int = 0, *, unknown: float = 0.0, probabilities: bool = False) -> Parts:
    """Make tracks of any genre, tempo, energy and sound, some of them not known."""
    random = np.random.default_rng(seed)
    genres = random.integers(0, 4, count)
    genres[random.random(count) < unknown] = -1
    shares = random.dirichlet(np.ones(4), count)
    shares[random.random(count) < unknown] = np.nan
    tempo, energy = random.uniform(50, 220, count), random.random(count)
    embeddings = random.random((count, 50)) ** 4
    for values in (tempo, energy, embeddings):
        values[random.random(count) < unknown] = np.nan
    return (shares if probabilities else genres), tempo, energy, embeddings


@settings(max_examples=40, deadline=None)
@given(count=st.integers(0, 60), seed=st.integers(0, 99), unknown=st.sampled_from([0, 0.3, 1]), shares=st.booleans())
def test_every_track_comes_once_and_no_order_gets_worse(count: int, seed: int, unknown: float, shares: bool) -> None:
    tracks = unlike(count, seed, unknown=unknown, probabilities=shares)
    order = smooth_order(*tracks)
    assert sorted(order) == list(range(count))
    assert jump_cost(order, *tracks) <= jump_cost(np.arange(count), *tracks) + 1e-9
    assert (smooth_order(*tracks) == order).all()


@pytest.mark.parametrize("seed", range(3))
def test_of_few_tracks_the_order_is_nearly_the_best_there_is(seed: int) -> None:
    tracks = unlike(6, seed)
    best = min(jump_cost(np.array(order), *tracks) for order in permutations(range(6)))
    assert best - 1e-9 <= jump_cost(smooth_order(*tracks), *tracks) <= 1.1 * best


def test_what_is_smooth_already_gets_no_worse_in_overlapping_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "STRETCH", 20)
    for seed in range(5):
        tracks = unlike(90, seed)
        smooth = smooth_order(*tracks)
        again = smooth_order(*(part[smooth] for part in tracks))
        assert sorted(smooth) == sorted(again) == list(range(90))
        assert jump_cost(smooth[again], *tracks) <= jump_cost(smooth, *tracks) + 1e-9


def test_two_kinds_are_played_one_after_the_other(clusters: Tracks) -> None:
    order = smooth_order(*parts(clusters))
    assert np.count_nonzero(np.diff(clusters.genres[order])) == 1


def test_a_jump_by_hand() -> None:
    def jump(genres: list[int], tempo: list[float], energy: list[float], first: float, second: float) -> float:
        embeddings = np.zeros((2, 50))
        embeddings[:, 0] = first, second
        return jump_cost(np.arange(2), np.array(genres), np.array(tempo), np.array(energy), embeddings)

    assert jump([3, 3], [70, 140], [0.5, 0.5], 0.2, 0.2) == 0.0
    assert jump([3, 2], [70, 70 * 2**1.5], [0.0, 1.0], 0.0, 1.0) == pytest.approx((3 + 0.5 / np.sqrt(2)) / 3.5)
    assert jump([3, 3], [100, 100 * 2**0.25], [0.5, 0.5], 0.2, 0.2) == pytest.approx(0.5 / 3.5)
    assert jump([3, 3], [100, 100], [0.5, 0.9], 0.2, 0.2) == pytest.approx(0.4 / 3.5)
    assert jump([-1, -1], [100, np.nan], [np.nan, 0.9], 0.2, np.nan) == pytest.approx(0.5)


def test_genres_may_be_probabilities() -> None:
    genres = np.array([[0.6, 0.4], [0.1, 0.9]])
    same = np.full(2, 0.5), np.full((2, 50), 0.2)
    assert jump_cost(np.arange(2), genres, np.full(2, 90.0), *same) == pytest.approx(0.5 / 3.5)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_so_few_tracks_are_in_order(count: int) -> None:
    tracks = unlike(count)
    assert smooth_order(*tracks).tolist() == list(range(count))
    assert jump_cost(np.arange(min(count, 1)), *tracks) == 0.0


def test_what_cannot_be_is_refused() -> None:
    genres, tempo, energy, embeddings = unlike(5)
    for wrong, message in (
        ((genres[:4], tempo, energy, embeddings), "as many"),
        ((genres, tempo * 0, energy, embeddings), "tempi above 0"),
        ((genres, tempo, energy + 1, embeddings), "between 0 and 1"),
        ((genres, tempo, energy, embeddings + 1), "no probabilities"),
        ((genres + 0.5, tempo, energy, embeddings), "number of each track's genre"),
    ):
        with pytest.raises(ValueError, match=message):
            smooth_order(*wrong)


def test_real_music_gets_a_smooth_order(gtzan: Tracks) -> None:
    some = np.random.default_rng(0).permutation(len(gtzan.genres))[:200]
    tracks = tuple(part[some] for part in parts(gtzan))
    order = smooth_order(*tracks)
    assert jump_cost(order, *tracks) < jump_cost(np.arange(200), *tracks) / 3
    assert np.count_nonzero(np.diff(tracks[0][order])) < 30
