"""Sounds as files."""

from __future__ import annotations

import io
import wave

import numpy as np
import numpy.typing as npt

from tests.conftest import SAMPLE_RATE


def wav(samples: npt.NDArray[np.float32]) -> bytes:
    """Return samples between -1 and 1 as a WAV file."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((samples * 32_000).astype("<i2").tobytes())
    return data.getvalue()
