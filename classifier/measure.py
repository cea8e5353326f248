"""Measures all that the classifier votes on: one row of numbers for one stretch of audio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.declip import restore_peaks
from classifier.features import FEATURE_NAMES, extract_features
from classifier.tag_statistics import TAG_STATISTIC_NAMES, summarize_tags
from classifier.tags import TagNetwork

ROW_NAMES: Final = (*FEATURE_NAMES, *TAG_STATISTIC_NAMES)
"""Columns of a row, in order: the 57 features, then the 250 tag statistics."""

REFERENCE_DBFS: Final = -17.0
"""RMS level at which the tag network listens, in dB relative to full scale: about the median of GTZAN.

The network was trained on commercial masters and hears another style where the same song is quieter.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Measurement:
    """What was measured of a stretch of audio.

    Parameters
    ----------
    features : ndarray of float64, shape (57,)
        In the order of `FEATURE_NAMES`.
    taggram : ndarray of float32, shape (patches, 50)
        Tag probabilities, one row every 0.98 s.
    """

    features: npt.NDArray[np.float64]
    taggram: npt.NDArray[np.float32]

    def row(self, patches: slice = slice(None)) -> npt.NDArray[np.float64]:
        """Return what the classifier votes on.

        Parameters
        ----------
        patches
            Which patches to sum up; all by default. The features are always those of the whole stretch.

        Returns
        -------
        ndarray of float64, shape (307,)
            In the order of `ROW_NAMES`.
        """
        return np.concatenate([self.features, summarize_tags(self.taggram[patches])])


def condition(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Undo what a bad recording does to music: take the DC offset out and restore clipped peaks.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
        Mono audio at `classifier.features.SAMPLE_RATE`, at least one sample.

    Returns
    -------
    ndarray of float32, shape (n,)
        A good recording, but for its DC offset of next to nothing.
    """
    return restore_peaks(samples - np.mean(samples, dtype=np.float64).astype(np.float32))


def tag_at_reference_level(samples: npt.NDArray[np.float32], network: TagNetwork) -> npt.NDArray[np.float32]:
    """Tag a stretch of audio as if it had been mastered at `REFERENCE_DBFS`.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
        Mono audio at `classifier.features.SAMPLE_RATE`, full scale ±1, at least 3 s and not silent.
    network
        Tags the sound.

    Returns
    -------
    ndarray of float32, shape (patches, 50)
        Tag probabilities, one row every 0.98 s.

    Raises
    ------
    ValueError
        If `samples` is not one-dimensional, is too short or holds NaN or infinity.
    """
    power = np.mean(np.square(samples, dtype=np.float64)) if samples.size else 0.0
    gain = 10.0 ** (REFERENCE_DBFS / 20.0) / np.sqrt(max(power, np.finfo(np.float32).tiny))
    return network.tag(samples * np.float32(gain))


def measure(samples: npt.NDArray[np.float32], network: TagNetwork) -> Measurement:
    """Measure a stretch of audio once it is conditioned.

    Parameters
    ----------
    samples, network
        As in `tag_at_reference_level`.

    Returns
    -------
    Measurement

    Raises
    ------
    ValueError
        As in `tag_at_reference_level`.
    """
    conditioned = condition(samples)
    return Measurement(extract_features(conditioned), tag_at_reference_level(conditioned, network))
