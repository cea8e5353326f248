"""Illustrators that worker processes can import."""

from __future__ import annotations

from dataclasses import dataclass

from classifier.result import Analysis


@dataclass(frozen=True)
class FixedIllustrator:
    """Draws the same picture each time, or fails each time."""

    picture: bytes
    failure: Exception | None

    def prepare(self) -> None:
        self._fail()

    def draw(self, _: Analysis) -> bytes:
        self._fail()
        return self.picture

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure
