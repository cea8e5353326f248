"""What a worker sends back for one file: the analysis, and a picture of it where one was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from classifier.result import Analysis


@dataclass(frozen=True, slots=True)
class Answer:
    """An analysis and its picture.

    Parameters
    ----------
    analysis
        What the classifier says.
    picture
        A PNG file; None where there is nothing to draw, nobody to draw it, or drawing failed.
    drawing_failure
        The traceback of what went wrong while the picture was drawn, for the log; None where nothing did.
    """

    analysis: Analysis
    picture: bytes | None = None
    drawing_failure: str | None = None


class Illustrator(Protocol):
    """Draws analyses in the worker processes; picklable, and light to import until it is asked for something."""

    def prepare(self) -> None:
        """Load all that drawing needs, so that the first picture is not the slow one."""
        ...

    def draw(self, analysis: Analysis) -> bytes | None:
        """Return a PNG file, or None where there is nothing to draw."""
        ...
