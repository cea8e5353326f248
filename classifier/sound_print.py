"""How a clip sounds, in numbers that clips can be compared by: tempo, energy, and what the tag network hears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from classifier.features import FEATURE_NAMES
from classifier.measure import Measurement
from classifier.result import SoundPrint
from classifier.tags import TAG_NAMES

ENERGETIC: Final = ("dance", "party", "metal", "heavy metal", "hard rock", "punk", "Hip-Hop", "electro", "House")
"""Tags that people give to what drives and moves them."""

CALM: Final = ("Mellow", "chillout", "chill", "ambient", "beautiful", "easy listening", "sad", "acoustic")
"""Tags that people give to what lets them rest."""

FAINT: Final = 0.01
"""Added to the probability of each kind of tags: where both are far less, they say nothing, and that is one half."""

DIGITS: Final = 4
"""Of an energy and of a tag's probability: two runtimes of the network differ by less."""

_ENERGETIC: Final = [TAG_NAMES.index(name) for name in ENERGETIC]
_CALM: Final = [TAG_NAMES.index(name) for name in CALM]
_TEMPO: Final = FEATURE_NAMES.index("tempo")
_HARMONIC: Final = FEATURE_NAMES.index("harmony_var")
_PERCUSSIVE: Final = FEATURE_NAMES.index("perceptr_var")


def sound_print(measurements: Sequence[Measurement]) -> SoundPrint:
    """Sum up how a clip sounds.

    Parameters
    ----------
    measurements
        Of the windows that were heard, at least one, none of them silent.

    Returns
    -------
    SoundPrint

    Raises
    ------
    ValueError
        If there are no measurements.

    Notes
    -----
    The tempo is the lower median of the windows' tempi: one window that was heard at double time does not change it,
    and it is never half way between two tempi, which nobody played.

    The energy is the mean of two numbers between 0 and 1. One is what the tags say: the probability of the `ENERGETIC`
    ones in that of the `ENERGETIC` and `CALM` ones. The other is the level of the percussive part of the sound in that
    of the whole, an amplitude ratio, by the separation of the features (Fitzgerald, "Harmonic/percussive separation
    using median filtering", 2010). Neither depends on how loud the file is. Nobody has measured it against what people
    say; ``python -m benchmarks.sound_prints`` prints what it makes of each genre.
    """
    if not measurements:
        raise ValueError("expected the measurements of at least one window, got none")
    features = np.stack([measurement.features for measurement in measurements])
    tags = np.concatenate([measurement.taggram for measurement in measurements]).mean(axis=0, dtype=np.float64)
    energetic, calm = tags[_ENERGETIC].sum() + FAINT, tags[_CALM].sum() + FAINT
    percussive, harmonic = features[:, _PERCUSSIVE], features[:, _HARMONIC]
    beat = np.sqrt(percussive / np.maximum(percussive + harmonic, np.finfo(np.float64).tiny)).mean()
    return SoundPrint(
        tempo=round(float(np.quantile(features[:, _TEMPO], 0.5, method="inverted_cdf")), 2),
        energy=round(float((energetic / (energetic + calm) + beat) / 2), DIGITS),
        embedding=tuple(round(float(probability), DIGITS) for probability in tags),
    )
