"""A planted outlier is found, and a list of one kind has none."""

from __future__ import annotations

import numpy as np
import pytest

from classifier.collection.outliers import odd_one_out, outlyingness
from tests.classifier.collection.conftest import Tracks


def test_a_planted_outlier_is_found_and_stands_out(clusters: Tracks) -> None:
    uniform = clusters.embeddings[clusters.genres == 0][:20]
    planted = np.insert(uniform, 7, clusters.embeddings[1], axis=0)
    odd, none = odd_one_out(planted), odd_one_out(uniform)
    assert odd is not None
    assert none is not None
    assert (odd.index, odd.stands_out, none.stands_out) == (7, True, False)
    assert odd.times == outlyingness(planted).max() > 2 * none.times


def test_a_few_odd_ones_of_a_kind_are_odd_all_the_same(clusters: Tracks) -> None:
    kinds = [clusters.embeddings[clusters.genres == kind] for kind in (0, 1)]
    odd = outlyingness(np.concatenate([kinds[0][:30], kinds[1][:4]]))
    assert odd[30:].min() > odd[:30].max()


def test_the_usual_is_one_whatever_the_order(clusters: Tracks) -> None:
    odd = outlyingness(clusters.embeddings)
    assert np.median(odd) == pytest.approx(1.0)
    np.testing.assert_allclose(outlyingness(clusters.embeddings[::-1]), odd[::-1], rtol=1e-6)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_so_few_tracks_have_no_odd_one(count: int, clusters: Tracks) -> None:
    embeddings = clusters.embeddings[:count]
    assert outlyingness(embeddings).shape == (count,)
    assert odd_one_out(embeddings) is None


def test_a_copy_that_differs_in_a_hair_is_not_odd() -> None:
    copies = np.full((10, 50), 0.3)
    copies[4] += 0.002
    odd = odd_one_out(copies)
    assert odd is not None
    assert (odd.index, odd.stands_out) == (4, False)


def test_one_piece_of_metal_among_classical_music_stands_out(gtzan: Tracks) -> None:
    classical, metal = (np.flatnonzero(gtzan.genres == genre) for genre in (1, 6))
    found = [odd_one_out(gtzan.embeddings[[*classical[:20], loud]]) for loud in metal]
    assert np.mean([odd is not None and odd.index == 20 and odd.stands_out for odd in found]) > 0.9
