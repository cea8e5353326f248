"""Cuts a window into the short segments of a timeline, and smooths what they say."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.tags import HOP_LENGTH, PATCH_FRAMES, PATCH_STEP, TAG_SAMPLE_RATE

SEGMENT_SECONDS: Final = 5.0
"""Length that segments with genres come near to, in seconds: those of shorter ones are guessed much worse."""

PATCH_SECONDS: Final = PATCH_FRAMES * HOP_LENGTH / TAG_SAMPLE_RATE
"""What the tag network hears at once, in seconds."""

STEP_SECONDS: Final = PATCH_STEP * HOP_LENGTH / TAG_SAMPLE_RATE
"""From one patch to the next, in seconds."""


def cut_patches(patches: int, seconds: float, *, segment_seconds: float = SEGMENT_SECONDS) -> tuple[slice, ...]:
    """Divide the patches of a window among segments of equal length.

    Parameters
    ----------
    patches
        How many there are, at least one.
    seconds
        Length of the window.
    segment_seconds
        Length that the segments come near to, in seconds; at least `PATCH_SECONDS`, or some would hold no patch.

    Returns
    -------
    tuple of slice
        One for each segment, in order of time: the patches whose middle lies in it, at least one each.
    """
    count = min(max(1, round(seconds / segment_seconds)), patches)
    middles = PATCH_SECONDS / 2 + STEP_SECONDS * np.arange(patches)
    edges = np.searchsorted(middles, seconds * np.arange(1, count) / count)
    # A last segment that no patch has its middle in still has the patch that reaches into it.
    bounds = [0, *(min(int(edge), patches - count + number) for number, edge in enumerate(edges, start=1)), patches]
    return tuple(slice(first, last) for first, last in pairwise(bounds))


def smooth(probabilities: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Smooth segments over their neighbours, with the weights 1, 2, 1.

    Parameters
    ----------
    probabilities : ndarray of float64, shape (segments, genres)
        Of one window, in order of time.

    Returns
    -------
    ndarray of float64, shape (segments, genres)
        Each row sums to what the rows of the input do; the ends have one neighbour.
    """
    weights = 2.0 * np.eye(len(probabilities)) + np.eye(len(probabilities), k=1) + np.eye(len(probabilities), k=-1)
    smoothed: npt.NDArray[np.float64] = weights @ probabilities / weights.sum(axis=1, keepdims=True)
    return smoothed
