"""How good the shipped recipe is, in the few figures that the bot tells of itself; light to import."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

HEADLINE_NAME: Final = "headline.json"
"""Of the file beside the pictures of the model card."""


@dataclass(frozen=True, slots=True)
class Headline:
    """Figures of the fault-filtered test list, as the model card has them.

    Parameters
    ----------
    recipe
        What they are of.
    clips
        How many were answered, all by artists that were not heard in training.
    accuracy, low, high
        Share whose genre came first, and its 95 % interval with whole artists resampled.
    top3
        Share whose genre was among the first three.
    ece
        Expected calibration error.
    clear, clear_right
        Share of answers that were called clear, and of those, the share that was right.
    """

    recipe: str
    clips: int
    accuracy: float
    low: float
    high: float
    top3: float
    ece: float
    clear: float
    clear_right: float

    def to_json(self) -> str:
        """Return the text of the file."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Read what `to_json` wrote.

        Raises
        ------
        KeyError, TypeError, ValueError
            If a figure is missing or is no number.
        """
        figures = ("accuracy", "low", "high", "top3", "ece", "clear", "clear_right")
        return cls(
            recipe=str(data["recipe"]), clips=int(data["clips"]), **{name: float(data[name]) for name in figures}
        )


def read_headline(directory: Path) -> Headline | None:
    """Read the figures of a model card.

    Parameters
    ----------
    directory
        Holds `HEADLINE_NAME`.

    Returns
    -------
    Headline or None
        None where there is no such file, or it cannot be read: then nothing is claimed.
    """
    try:
        return Headline.from_dict(json.loads((directory / HEADLINE_NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
