"""Sums up the tags of many patches in the numbers that the voting classifier reads."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.tags import TAG_NAMES

STATISTICS: Final = ("mean_log", "log_mean", "p10", "p50", "p90")
"""Mean of the patches' log probabilities, log of their mean, and quantiles of the log probabilities."""

QUANTILES: Final = (0.1, 0.5, 0.9)

PROBABILITY_FLOOR: Final = 1e-3
"""Added before the logarithm: below it, differences between probabilities say nothing."""


def tag_column(tag: str, statistic: str) -> str:
    """Name the column of one statistic of one tag.

    Parameters
    ----------
    tag
        One of `TAG_NAMES`.
    statistic
        One of `STATISTICS`.

    Returns
    -------
    str
        Such as ``tag_hip_hop_p90``.
    """
    return f"tag_{re.sub('[^a-z0-9]+', '_', tag.lower())}_{statistic}"


TAG_STATISTIC_NAMES: Final[tuple[str, ...]] = tuple(
    tag_column(tag, statistic) for statistic in STATISTICS for tag in TAG_NAMES
)
"""The 250 columns: all tags of one statistic, then those of the next."""


def summarize_tags(taggram: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """Sum up the tag probabilities of a stretch of audio.

    Parameters
    ----------
    taggram : ndarray of float, shape (patches, 50)
        Probabilities in the order of `TAG_NAMES`, at least one patch.

    Returns
    -------
    ndarray of float64, shape (250,)
        Values in the order of `TAG_STATISTIC_NAMES`.

    Raises
    ------
    ValueError
        If the array has another shape or holds anything but probabilities.
    """
    if taggram.ndim != 2 or taggram.shape[0] == 0 or taggram.shape[1] != len(TAG_NAMES):
        raise ValueError(f"expected patches of {len(TAG_NAMES)} tags, got shape {taggram.shape}")
    probabilities = taggram.astype(np.float64)
    if not ((probabilities >= 0.0) & (probabilities <= 1.0)).all():
        raise ValueError("the tags hold values that are no probabilities")
    logarithms = np.log(probabilities + PROBABILITY_FLOOR)
    return np.concatenate(
        [
            logarithms.mean(axis=0),
            np.log(probabilities.mean(axis=0) + PROBABILITY_FLOOR),
            *np.quantile(logarithms, QUANTILES, axis=0),
        ]
    )
