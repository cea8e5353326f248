"""Lays tracks out on a map: those that sound alike lie close together."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.neighbors import NearestNeighbors

from classifier.collection.space import sound_space
from classifier.sound_print import DIGITS

LEAST_FOR_TSNE: Final = 50
"""Different tracks from which on t-SNE keeps more of the true neighbours than PCA does, measured on GTZAN."""

LANDMARKS: Final = 800
"""Tracks that t-SNE lays out at most, in less than two seconds; the others are placed among them."""

PERPLEXITY: Final = 20.0
"""About how many neighbours t-SNE looks at; from 10 to 30, the map of GTZAN is equally true."""

ITERATIONS: Final = 400
"""Of t-SNE; with more, the map of GTZAN does not become truer."""

NEAREST_LANDMARKS: Final = 5
"""Landmarks that place a track which is none."""

PLACING_STEPS: Final = 10
"""Iterations towards the middle of the nearest landmarks, after which a track hardly moves on the map."""

Points = npt.NDArray[np.float64]


def lay_out(embeddings: npt.NDArray[np.floating], *, seed: int) -> npt.NDArray[np.float64]:
    """Lay tracks out on a map.

    Parameters
    ----------
    embeddings : ndarray of float, shape (n, tags)
        Tag probabilities of each track; any number of tracks.
    seed
        Chooses the landmarks. The same tracks with the same seed always have the same map, in whatever order.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        Where each track lies, between 0 and 1. Both axes have the same scale, and the longer side of the map fills
        it. Which side is up means nothing. Tracks with equal embeddings lie on the same spot.

    Raises
    ------
    ValueError
        As `sound_space`.

    Notes
    -----
    Up to `LANDMARKS` different tracks are laid out by t-SNE (van der Maaten, "Accelerating t-SNE using tree-based
    algorithms", 2014), begun from PCA. Any others lie at the median of the nearest landmarks' places (Weiszfeld, 1937),
    weighted by the inverse square of how far their sounds are: between two groups, that is in the nearer group, where
    the mean would be in the void. Fewer than `LEAST_FOR_TSNE` are projected by PCA.
    """
    # What is the same to the last digit that an analysis keeps is one place on the map.
    points, places = np.unique(sound_space(np.round(embeddings, DIGITS)), axis=0, return_inverse=True)
    if len(points) < 2:
        return np.full((len(embeddings), 2), 0.5)
    laid_out = _project(points) if len(points) < LEAST_FOR_TSNE else _embed(points, seed)
    return _fill_square(laid_out)[places]


def _project(points: Points) -> Points:
    flat = np.zeros((len(points), 2))
    dimensions = min(2, *points.shape)
    flat[:, :dimensions] = PCA(dimensions, svd_solver="full").fit_transform(points)
    return flat


def _embed(points: Points, seed: int) -> Points:
    chosen = np.arange(len(points))
    if len(points) > LANDMARKS:
        chosen = np.sort(np.random.default_rng(seed).choice(len(points), LANDMARKS, replace=False))
    tsne = TSNE(2, perplexity=PERPLEXITY, max_iter=ITERATIONS, init=_project(points[chosen]) * 1e-4, random_state=seed)
    laid_out = np.empty((len(points), 2))
    laid_out[chosen] = tsne.fit_transform(points[chosen])
    others = np.setdiff1d(np.arange(len(points)), chosen, assume_unique=True)
    if others.size:
        laid_out[others] = _place(points[others], points[chosen], laid_out[chosen])
    return laid_out


def _place(points: Points, landmarks: Points, laid_out: Points) -> Points:
    """Place points among landmarks."""
    model = NearestNeighbors(n_neighbors=NEAREST_LANDMARKS, algorithm="brute").fit(landmarks)
    distances, nearest = model.kneighbors(points)
    around = laid_out[nearest]
    # A thousandth of the map: nearer to a landmark than that is on it.
    least = 1e-3 * np.ptp(laid_out)
    weights = 1.0 / np.maximum(distances, 1e-6) ** 2
    pull = weights
    for _ in range(PLACING_STEPS):
        middle = np.einsum("nk,nkd->nd", pull / pull.sum(axis=1, keepdims=True), around)
        pull = weights / np.maximum(np.linalg.norm(around - middle[:, np.newaxis], axis=2), least)
    return np.asarray(middle)


def _fill_square(laid_out: Points) -> Points:
    low, high = laid_out.min(axis=0), laid_out.max(axis=0)
    return np.asarray(np.clip(0.5 + (laid_out - (low + high) / 2) / (high - low).max(), 0.0, 1.0))
