"""What the figures are held against: published ones on the same clips, and what the project has set itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from classifier.gate import REQUIRED_PRECISION


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """An accuracy on the fault-filtered test list.

    Parameters
    ----------
    system
        What was measured.
    accuracy
        As published.
    source
        Where.
    """

    system: str
    accuracy: float
    source: str


PUBLISHED: Final = (
    PublishedFigure("MFCC + SVM", 0.534, "Pons and Serra (2018), arXiv 1805.00237"),
    PublishedFigure("musicnn + SVM", 0.772, "Pons and Serra (2019), sklearn-audio-transfer-learning"),
    PublishedFigure("VGGish + SVM", 0.776, "Pons and Serra (2019), sklearn-audio-transfer-learning"),
    PublishedFigure("MERT-330M, probed", 0.793, "Li et al. (2023), arXiv 2306.00107"),
    PublishedFigure("AST", 0.855, "Meguenani, Britto and Koerich (2024), arXiv 2410.08321"),
)
"""Ascending."""

TEST_CLIPS: Final = 290
"""Clips of the published test list, which `PUBLISHED` is about."""

ECE_GOAL: Final = 0.04
"""Largest calibration error on the fault-filtered test that the project has set itself."""

CLEAR_GOAL: Final = REQUIRED_PRECISION
"""Share of ``clear`` answers that shall be right."""

WITHHELD_GOAL: Final = 0.5
"""Of clips of a genre that was never taught, more than this share shall end as ``close_call`` or ``unsure``."""
