"""What an operator may choose about decoding; light to import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FfmpegSource = Literal["bundled", "path"]
"""Which binary decodes: the one in the imageio-ffmpeg wheel, or the first ``ffmpeg`` on PATH."""


@dataclass(frozen=True, slots=True)
class DecodeOptions:
    """What one file may cost, and what decodes it.

    Parameters
    ----------
    max_bytes
        Largest file, in bytes.
    max_seconds
        Most audio that is decoded, in seconds; the rest of a longer file is not heard.
    timeout
        Most wall time for decoding, in seconds.
    ffmpeg
        Which ffmpeg runs.
    """

    max_bytes: int = 100_000_000
    max_seconds: float = 7200.0
    timeout: float = 60.0
    ffmpeg: FfmpegSource = "bundled"
