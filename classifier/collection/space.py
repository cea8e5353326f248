"""The space in which tracks that sound alike lie near each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def sound_space(embeddings: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Turn embeddings into points whose Euclidean distance says how differently tracks sound.

    Parameters
    ----------
    embeddings : ndarray of float, shape (n, tags)
        Tag probabilities of each track, as `classifier.result.SoundPrint.embedding` has them.

    Returns
    -------
    ndarray of float64, shape (n, tags)
        Two halves of one clip of GTZAN are 0.2 apart (median), any two clips 1.1.

    Raises
    ------
    ValueError
        If the array has another shape or holds anything but probabilities.

    Notes
    -----
    The square roots of the probabilities: their Euclidean distance is, up to a factor, that of Hellinger (1909). A rare
    tag then counts for something beside a common one. Of the ten nearest neighbours in this space, more are of the same
    genre than by the probabilities themselves, their logarithms or their logits: ``python -m benchmarks.maps``.
    """
    if embeddings.ndim != 2:
        raise ValueError(f"expected one row of tag probabilities for each track, got shape {embeddings.shape}")
    points = embeddings.astype(np.float64)
    if not ((points >= 0.0) & (points <= 1.0)).all():
        raise ValueError("the embeddings hold values that are no probabilities")
    return np.sqrt(points)
