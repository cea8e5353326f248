"""Starts ffmpeg and has it decode."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, ok, problem
from bot.doctor.made_sound import SAMPLE_RATE, write_tone
from classifier.errors import AudioError, DecoderUnavailable
from classifier.ffmpeg import BYTES_PER_SAMPLE, decode_pcm, find_ffmpeg
from classifier.options import DecodeOptions

SUBJECT: Final = "ffmpeg"

TONE_SECONDS: Final = 0.5
"""Length of the tone that is decoded, in seconds."""

VERSION_TIMEOUT_SECONDS: Final = 20.0
"""Most time for telling the version, in seconds: a moment, but the binary may come from a slow disk."""

ANOTHER: Final = (
    "Set GENREBOT_FFMPEG=bundled for the one in the package, or GENREBOT_FFMPEG=path after installing another."
)


def check_ffmpeg(options: DecodeOptions) -> Finding:
    """Have a tone of half a second decoded.

    Parameters
    ----------
    options
        Which ffmpeg, and what it may cost.

    Returns
    -------
    Finding
    """
    try:
        binary = find_ffmpeg(options.ffmpeg)
        version = _version(binary)
        decoded = _decode_tone(options)
    except DecoderUnavailable as error:
        return problem(SUBJECT, str(error), ANOTHER)
    except AudioError as error:
        return problem(SUBJECT, f"{binary} does not decode a plain tone ({type(error).__name__})", ANOTHER)
    expected = round(TONE_SECONDS * SAMPLE_RATE)
    if decoded != expected:
        return problem(SUBJECT, f"{binary} decodes {decoded} samples of a tone that has {expected}", ANOTHER)
    return ok(SUBJECT, f"{version} decodes ({options.ffmpeg}: {binary})")


def _version(binary: str) -> str:
    """Return how ffmpeg calls itself, such as ``version 7.0.2``; raises `DecoderUnavailable` where it does not."""
    try:
        said = subprocess.run(  # noqa: S603 - the binary that decodes, with a fixed option
            [binary, "-version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=VERSION_TIMEOUT_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise DecoderUnavailable(f"{binary} says nothing for {VERSION_TIMEOUT_SECONDS:g} s") from error
    except subprocess.CalledProcessError as error:
        raise DecoderUnavailable(f"{binary} -version ends with status {error.returncode}") from error
    except OSError as error:
        raise DecoderUnavailable(f"{binary}: {error.strerror}") from error
    words = said.stdout.decode(errors="replace").split()
    return f"version {words[2]}" if words[:2] == ["ffmpeg", "version"] and len(words) > 2 else "some version"


def _decode_tone(options: DecodeOptions) -> int:
    """Return how many samples of the tone were decoded."""
    with tempfile.TemporaryDirectory(prefix="doctor-") as folder:
        path = Path(folder) / "tone"
        write_tone(path, seconds=TONE_SECONDS)
        pieces: list[bytes] = []
        decode_pcm(path, options, sample_rate=SAMPLE_RATE, write=pieces.append)
    return sum(map(len, pieces)) // BYTES_PER_SAMPLE
