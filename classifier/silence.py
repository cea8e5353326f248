"""Finds silence at the ends of a stretch of audio."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from classifier.features import SAMPLE_RATE

if TYPE_CHECKING:
    from pydub import AudioSegment

SILENCE_DBFS: Final = -60.0
"""RMS level below which a stretch counts as silence, in dB relative to full scale."""

SILENCE_STEP: Final = SAMPLE_RATE // 10
"""Resolution of the search for silence, in samples (a tenth of a second)."""


def silence(part: Callable[[int, int], AudioSegment], first: int, last: int, *, from_end: bool = False) -> int:
    """Measure how long the silence at one end of a stretch lasts, in steps of `SILENCE_STEP`.

    As ``pydub.silence.detect_leading_silence``, but by sample, and without a copy of the stretch.

    Parameters
    ----------
    part
        Returns the audio from one sample to before another.
    first, last
        The stretch: its first sample and the one after its last.
    from_end
        Whether to search from the end instead of the beginning.

    Returns
    -------
    int
        In samples; the whole stretch if no step of it reaches `SILENCE_DBFS`.
    """
    for silent in range(0, last - first, SILENCE_STEP):
        start = max(last - silent - SILENCE_STEP, first) if from_end else first + silent
        if part(start, min(start + SILENCE_STEP, last)).dBFS >= SILENCE_DBFS:
            return silent
    return last - first
