"""Says in plain words what spoke for a genre, and what the genre is mistaken for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.result import Evidence
from classifier.tag_statistics import STATISTICS, tag_column
from classifier.tags import FRIENDLY_NAMES, TAG_NAMES

MOST_EVIDENCE: Final = 4
"""Reasons that are given at most: more than a person reads."""

LEAST_WEIGHT: Final = 0.03
"""Least share of all that speaks for the genre, from which on a reason is given."""


@dataclass(frozen=True, slots=True)
class Trait:
    """Columns that a person would call one thing, and the words for it.

    Parameters
    ----------
    columns
        Members of the vote's columns; the first tells whether there is much or little of it.
    much, little
        What is said where the first column lies above or below the median of the training table.
    """

    columns: tuple[str, ...]
    much: str
    little: str


ACOUSTIC_TRAITS: Final = (
    Trait(
        ("spectral_centroid_mean", "rolloff_mean", "spectral_bandwidth_mean", "zero_crossing_rate_mean"),
        "a bright sound with much treble",
        "a dark sound with little treble",
    ),
    Trait(
        ("spectral_centroid_var", "rolloff_var", "spectral_bandwidth_var", "zero_crossing_rate_var"),
        "brightness that changes from moment to moment",
        "brightness that stays even",
    ),
    Trait(("chroma_stft_mean",), "many notes sounding at once", "few notes at a time, with clear pitches"),
    Trait(("chroma_stft_var",), "notes that come and go distinctly", "a dense mix of notes"),
    Trait(("rms_var",), "loudness that rises and falls", "loudness that stays even"),
    Trait(("harmony_var",), "sustained tones in front", "sustained tones in the background"),
    Trait(("perceptr_var",), "drums and sharp attacks in front", "soft attacks, with little percussion"),
    Trait(("tempo",), "a quick beat", "a slow beat"),
    Trait(
        ("mfcc1_mean", *(f"mfcc{number}_mean" for number in range(2, 21))),
        "its tone colour, full across the spectrum",
        "its tone colour, thin across the spectrum",
    ),
    Trait(
        tuple(f"mfcc{number}_var" for number in range(1, 21)),
        "a tone colour that keeps changing",
        "a tone colour that hardly changes",
    ),
)
"""The features that are left when the level is divided out, as a listener would group them."""

TAG_TRAITS: Final = tuple(
    Trait(
        tuple(
            tag_column(tag, statistic) for statistic in STATISTICS for tag in TAG_NAMES if FRIENDLY_NAMES[tag] == name
        ),
        f"a sound that people tag “{name}”",
        f"nothing that people tag “{name}”",
    )
    for name in dict.fromkeys(FRIENDLY_NAMES[tag] for tag in TAG_NAMES)
)
"""Tags that share a friendly name are one thing to a person."""


def weigh_evidence(
    contributions: npt.NDArray[np.floating],
    values: npt.NDArray[np.floating],
    medians: npt.NDArray[np.floating],
    columns: Sequence[str],
) -> tuple[Evidence, ...]:
    """Put the strongest contributions into words.

    Parameters
    ----------
    contributions : ndarray of float, shape (columns,)
        TreeSHAP values of each column for the genre, in log odds (Lundberg et al., "From local explanations to
        global understanding with explainable AI for trees", 2020).
    values : ndarray of float, shape (columns,)
        What was measured.
    medians : ndarray of float, shape (columns,)
        Of the training table.
    columns
        Their names.

    Returns
    -------
    tuple of Evidence
        At most `MOST_EVIDENCE`, strongest first; none where nothing speaks for the genre.
    """
    position: Mapping[str, int] = {name: index for index, name in enumerate(columns)}
    weights: dict[str, float] = defaultdict(float)
    for trait in (*ACOUSTIC_TRAITS, *TAG_TRAITS):
        indices = [position[name] for name in trait.columns if name in position]
        if not indices:
            continue
        text = trait.much if values[indices[0]] >= medians[indices[0]] else trait.little
        weights[text] += float(contributions[indices].sum())
    total = sum(weight for weight in weights.values() if weight > 0.0)
    strongest = sorted(weights.items(), key=lambda item: -item[1])[:MOST_EVIDENCE]
    return tuple(Evidence(text, weight / total) for text, weight in strongest if weight > LEAST_WEIGHT * total > 0.0)
