"""The tracks that sound most like another, nearest first."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.collection.neighbours import nearest
from tests.classifier.collection.conftest import Tracks


def test_neighbours_by_hand() -> None:
    embeddings = np.zeros((5, 50), np.float32)
    embeddings[:, 0] = np.square([0.5, 0.1, 0.5, 0.75, 0.25])
    indices, distances = nearest(embeddings, 0, 3)
    assert indices.tolist() == [2, 3, 4]
    np.testing.assert_allclose(distances, [0.0, 0.25, 0.25], atol=1e-6)
    assert nearest(embeddings, 2, 100)[0].tolist() == [0, 3, 4, 1]
    assert nearest(embeddings, 2, 0)[0].tolist() == nearest(embeddings[:1], 0, 5)[0].tolist() == []


def test_neighbours_are_of_the_same_kind(clusters: Tracks) -> None:
    for track in (0, 1, 77):
        assert set(nearest(clusters.embeddings, track, 10)[0] % 2) == {track % 2}


@pytest.mark.parametrize(("index", "count"), [(-1, 3), (5, 3), (0, -1)])
def test_there_are_no_neighbours_of_nothing(index: int, count: int) -> None:
    with pytest.raises(ValueError, match="one of 5 tracks and a count"):
        nearest(np.zeros((5, 50)), index, count)
