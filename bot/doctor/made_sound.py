"""A sound that is made in code, so that a check depends on no file."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path
from typing import Final

SAMPLE_RATE: Final = 22_050
"""Of the sound, in Hz; what the classifier resamples to anyway."""

PITCH: Final = 440.0
"""Of the tone, in Hz."""

AMPLITUDE: Final = 0.5
"""Of full scale."""


def write_tone(path: Path, *, seconds: float) -> None:
    """Write a tone as a wav file: mono, 16 bits.

    Parameters
    ----------
    path
        Written, or written over.
    seconds
        Its length.
    """
    step = 2 * math.pi * PITCH / SAMPLE_RATE
    loudest = AMPLITUDE * (2**15 - 1)
    samples = array("h", (round(loudest * math.sin(step * index)) for index in range(round(seconds * SAMPLE_RATE))))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(samples.itemsize)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.tobytes())
