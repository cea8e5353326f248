"""Says in plain words what spoke for a genre with the XGBoost voter, as far as it is true of the sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.result import Evidence
from classifier.tag_statistics import PROBABILITY_FLOOR, STATISTICS, tag_column
from classifier.tags import FRIENDLY_NAMES, LEAST_TAG, TAG_NAMES

MOST_EVIDENCE: Final = 4
"""Reasons that are given at most: more than a person reads."""

LEAST_WEIGHT: Final = 0.03
"""Least share of all that speaks for the genre, from which on a reason is given."""

ABSENT_TAG: Final = 0.05
"""Probability below which hardly anything is there of a tag: of GTZAN's clips with so little of a genre's tag, at
most 3 % are of that genre."""


@dataclass(frozen=True, slots=True)
class Trait:
    """Columns that a person would call one thing, and the words for it.

    Parameters
    ----------
    columns
        Members of the vote's columns.
    neutral
        What is said where the columns do not all lie on one side of the medians of the training table.
    much, little
        What is said where all of them lie above, or all of them below; `neutral` where there are no such words.
    """

    columns: tuple[str, ...]
    neutral: str
    much: str = ""
    little: str = ""


ACOUSTIC_TRAITS: Final = (
    Trait(
        ("spectral_centroid_mean", "rolloff_mean", "spectral_bandwidth_mean", "zero_crossing_rate_mean"),
        "how bright its sound is",
        "a bright sound with much treble",
        "a dark sound with little treble",
    ),
    Trait(
        ("spectral_centroid_var", "rolloff_var", "spectral_bandwidth_var", "zero_crossing_rate_var"),
        "how its brightness changes",
        "brightness that changes from moment to moment",
        "brightness that stays even",
    ),
    Trait(
        ("chroma_stft_mean",),
        "how many notes sound at once",
        "many notes sounding at once",
        "few notes at a time, with clear pitches",
    ),
    Trait(
        ("chroma_stft_var",), "how its notes come and go", "notes that come and go distinctly", "a dense mix of notes"
    ),
    Trait(("rms_var",), "how its loudness changes", "loudness that rises and falls", "loudness that stays even"),
    Trait(
        ("harmony_var",),
        "its share of sustained tones",
        "sustained tones in front",
        "sustained tones in the background",
    ),
    Trait(
        ("perceptr_var",),
        "its share of percussion",
        "drums and sharp attacks in front",
        "soft attacks, with little percussion",
    ),
    Trait(("tempo",), "the speed of its beat", "a quick beat", "a slow beat"),
    Trait(tuple(f"mfcc{number}_mean" for number in range(1, 21)), "its tone colour"),
    Trait(
        tuple(f"mfcc{number}_var" for number in range(1, 21)),
        "how its tone colour changes",
        "a tone colour that keeps changing",
        "a tone colour that hardly changes",
    ),
)
"""The features that are left when the level is divided out, as a listener would group them."""

TAGS_BY_NAME: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        name: tuple(tag for tag in TAG_NAMES if FRIENDLY_NAMES[tag] == name)
        for name in dict.fromkeys(FRIENDLY_NAMES[tag] for tag in TAG_NAMES)
    }
)
"""Friendly name to tags: those that share one are one thing to a person."""


def weigh_evidence(
    contributions: npt.NDArray[np.floating],
    values: npt.NDArray[np.floating],
    medians: npt.NDArray[np.floating],
    columns: Sequence[str],
) -> tuple[Evidence, ...]:
    """Put the strongest contributions into words, leaving out what cannot be said truly.

    Of a tag, much is said from `LEAST_TAG` on and little below `ABSENT_TAG`, where it also lies on that side of the
    training table's median; in between a tag is passed over. Its probability is the mean over the windows, as in
    the tags that an answer names, so that the two do not contradict each other.

    Parameters
    ----------
    contributions : ndarray of float, shape (windows, columns)
        TreeSHAP values of each column for the genre with the XGBoost voter: shares of its margin, the number
        before the softmax (Lundberg et al., "From local explanations to global understanding with explainable
        AI for trees", 2020).
    values : ndarray of float, shape (windows, columns)
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
    position = {name: index for index, name in enumerate(columns)}
    means, weights = values.mean(axis=0), contributions.mean(axis=0)
    total = 0.0
    reasons: dict[str, float] = defaultdict(float)
    for trait in ACOUSTIC_TRAITS:
        indices = [position[name] for name in trait.columns if name in position]
        weight = float(weights[indices].sum())
        total += max(weight, 0.0)
        reasons[_words(trait, means[indices], medians[indices])] += weight
    for name, tags in TAGS_BY_NAME.items():
        indices = [
            position[column]
            for column in (tag_column(tag, statistic) for tag in tags for statistic in STATISTICS)
            if column in position
        ]
        if not indices:
            continue
        total += max(float(weights[indices].sum()), 0.0)
        probabilities = [position[tag_column(tag, "log_mean")] for tag in tags]
        heard = float(_probabilities(values[:, probabilities]).mean(axis=0).max())
        usual = float(_probabilities(medians[probabilities]).max())
        # Only where a column shows what is said, window by window: elsewhere it speaks by the opposite.
        if heard >= LEAST_TAG and heard > usual:
            said = contributions[:, indices] * (values[:, indices] > medians[indices])
            reasons[f"a sound that people tag “{name}”"] = float(said.mean(axis=0).sum())
        elif heard < ABSENT_TAG and heard < usual:
            said = contributions[:, indices] * (values[:, indices] < medians[indices])
            reasons[f"hardly anything that people tag “{name}”"] = float(said.mean(axis=0).sum())
    if total <= 0.0:
        return ()
    strongest = sorted(reasons.items(), key=lambda item: -item[1])[:MOST_EVIDENCE]
    return tuple(
        Evidence(text, min(weight / total, 1.0)) for text, weight in strongest if weight > LEAST_WEIGHT * total
    )


def _words(trait: Trait, values: npt.NDArray[np.floating], medians: npt.NDArray[np.floating]) -> str:
    if (values > medians).all():
        return trait.much or trait.neutral
    if (values < medians).all():
        return trait.little or trait.neutral
    return trait.neutral


def _probabilities(log_means: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    return np.asarray(np.exp(log_means) - PROBABILITY_FLOOR, dtype=np.float64)
