"""On the map, what sounds alike lies close together; and there is a map of anything, always the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.neighbors import NearestNeighbors

from classifier.collection import layout
from classifier.collection.layout import lay_out
from classifier.collection.space import sound_space
from tests.classifier.collection.conftest import Tracks

FEW = arrays.arrays(
    np.float64, st.tuples(st.integers(0, 12), st.just(50)), elements=st.integers(0, 4).map(lambda part: part / 4)
)


@settings(max_examples=40, deadline=None)
@given(embeddings=FEW, seed=st.integers(0, 2**32 - 1))
def test_few_tracks_have_a_map_and_equal_ones_one_spot(embeddings: np.ndarray, seed: int) -> None:
    places = lay_out(embeddings, seed=seed)
    assert places.shape == (len(embeddings), 2)
    assert ((places >= 0.0) & (places <= 1.0)).all()
    for index, embedding in enumerate(embeddings):
        equal = (embeddings == embedding).all(axis=1)
        assert (places[equal] == places[index]).all()
    if len(np.unique(embeddings, axis=0)) > 1:
        assert np.ptp(places, axis=0).max() == pytest.approx(1.0)


@pytest.mark.parametrize("count", [1, 2, 100, 2_000])
def test_copies_of_one_track_lie_in_the_middle(count: int) -> None:
    assert (lay_out(np.full((count, 50), 0.3, np.float32), seed=0) == 0.5).all()


def test_two_clusters_are_kept_apart(clusters: Tracks, monkeypatch: pytest.MonkeyPatch) -> None:
    for landmarks in (layout.LANDMARKS, 60):
        monkeypatch.setattr(layout, "LANDMARKS", landmarks)
        places = lay_out(clusters.embeddings, seed=0)
        one, other = (places[clusters.genres == kind] for kind in (0, 1))
        within = max(np.linalg.norm(group - group.mean(axis=0), axis=1).max() for group in (one, other))
        assert np.linalg.norm(one.mean(axis=0) - other.mean(axis=0)) > 1.2 * within


def test_the_map_is_the_same_whenever_it_is_drawn_and_in_any_order(clusters: Tracks) -> None:
    places = lay_out(clusters.embeddings, seed=3)
    order = np.random.default_rng(1).permutation(len(places))
    np.testing.assert_array_equal(lay_out(clusters.embeddings[order], seed=3), places[order])


def test_what_is_no_embedding_is_refused() -> None:
    for wrong, message in (
        (np.zeros(50), "one row"),
        (np.full((3, 50), np.nan), "no probabilities"),
        (np.full((60, 50), 1.5), "no probabilities"),
    ):
        with pytest.raises(ValueError, match=message):
            lay_out(wrong, seed=0)


def test_the_map_of_real_music_is_truer_than_pca(gtzan: Tracks) -> None:
    places, points = lay_out(gtzan.embeddings, seed=0), sound_space(gtzan.embeddings)
    flat = PCA(2).fit_transform(points)

    def of_one_genre(where: np.ndarray) -> float:
        near = NearestNeighbors(n_neighbors=10).fit(where).kneighbors(return_distance=False)
        return float((gtzan.genres[near] == gtzan.genres[:, np.newaxis]).mean())

    assert of_one_genre(places) > of_one_genre(flat) + 0.2
    assert of_one_genre(places) > of_one_genre(points) - 0.03
    assert trustworthiness(points, places, n_neighbors=10) > 0.98 > trustworthiness(points, flat, n_neighbors=10) + 0.05


def test_most_of_a_large_collection_is_placed_among_landmarks(gtzan: Tracks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "LANDMARKS", 200)
    places, points = lay_out(gtzan.embeddings, seed=0), sound_space(gtzan.embeddings)
    assert trustworthiness(points, places, n_neighbors=10) > 0.96
