"""The same recording as people send it: louder or quieter, at another rate, in another format, or a part of it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.io.wavfile

from classifier.errors import DatasetError, DecoderUnavailable
from classifier.ffmpeg import find_ffmpeg
from classifier.options import DecodeOptions

CROP_SECONDS: Final = 15.0
"""Length of the first, middle and last part, in seconds."""

FULL_SCALE: Final = 32_768
"""Of 16-bit integer samples, beyond which a louder copy clips."""


class Kind(StrEnum):
    """What is done to a recording."""

    GAIN = "gain"
    RATE = "rate"
    FORMAT = "format"
    CROP = "crop"


REQUIRED_UNCHANGED: Final = {Kind.GAIN: 0.95, Kind.RATE: 0.95, Kind.FORMAT: 0.95, Kind.CROP: 0.80}
"""Share of recordings whose first genre must stay the same, as the project has set itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A recording in its own sample rate and channels.

    Parameters
    ----------
    samples : ndarray of int16, shape (n,) or (n, channels)
        Full scale `FULL_SCALE`.
    sample_rate
        In Hz.
    path
        The same as a wav file.
    ffmpeg
        What encodes.
    timeout
        Most wall time for that, in seconds.
    """

    samples: npt.NDArray[np.int16]
    sample_rate: int
    path: Path
    ffmpeg: str
    timeout: float

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate


@dataclass(frozen=True, slots=True)
class Variant:
    """One thing that is done to a recording.

    Parameters
    ----------
    name
        In words.
    kind
        What sort of thing it is.
    write
        Writes the changed recording under a path without its suffix and returns the file.
    least_seconds
        Shortest recording that it can be done to, in seconds.
    """

    name: str
    kind: Kind
    write: Callable[[Recording, Path], Path]
    least_seconds: float = 0.0


def read_recording(path: Path, folder: Path, options: DecodeOptions) -> Recording:
    """Read a file in its own sample rate and channels, as 16-bit samples.

    Parameters
    ----------
    path
        An audio file of the operator's own.
    folder
        Where a wav file of it is written.
    options
        Which ffmpeg, and how long it may take.

    Returns
    -------
    Recording

    Raises
    ------
    DatasetError
        If ffmpeg cannot read it.
    DecoderUnavailable
        If there is no ffmpeg.
    """
    ffmpeg = find_ffmpeg(options.ffmpeg)
    wav = folder / "recording.wav"
    _run(ffmpeg, options.timeout, path, wav, "-map", "0:a:0", "-t", f"{options.max_seconds:g}", "-c:a", "pcm_s16le")
    sample_rate, samples = scipy.io.wavfile.read(wav)
    return Recording(samples, sample_rate, wav, ffmpeg, options.timeout)


def _gain(decibels: float) -> Variant:
    def write(recording: Recording, target: Path) -> Path:
        louder = np.rint(recording.samples * 10.0 ** (decibels / 20.0))
        clipped = np.clip(louder, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
        return _write_wav(target, recording.sample_rate, clipped)

    return Variant(f"{decibels:+.0f} dB", Kind.GAIN, write)


def _encoded(name: str, kind: Kind, suffix: str, *options: str) -> Variant:
    def write(recording: Recording, target: Path) -> Path:
        file = target.with_suffix(suffix)
        _run(recording.ffmpeg, recording.timeout, recording.path, file, *options)
        return file

    return Variant(name, kind, write)


def _crop(name: str, position: float) -> Variant:
    def write(recording: Recording, target: Path) -> Path:
        length = round(CROP_SECONDS * recording.sample_rate)
        start = round((len(recording.samples) - length) * position)
        return _write_wav(target, recording.sample_rate, recording.samples[start : start + length])

    return Variant(f"{name} {CROP_SECONDS:g} s", Kind.CROP, write, least_seconds=CROP_SECONDS)


def _write_wav(target: Path, sample_rate: int, samples: npt.NDArray[np.int16]) -> Path:
    file = target.with_suffix(".wav")
    scipy.io.wavfile.write(file, sample_rate, samples)
    return file


VARIANTS: Final = (
    _gain(-20),
    _gain(-10),
    _gain(+6),
    _gain(+12),
    _encoded("44.1 kHz stereo", Kind.RATE, ".wav", "-ar", "44100", "-ac", "2", "-c:a", "pcm_s16le"),
    _encoded("48 kHz stereo", Kind.RATE, ".wav", "-ar", "48000", "-ac", "2", "-c:a", "pcm_s16le"),
    _encoded("mp3, 64 kbit/s", Kind.FORMAT, ".mp3", "-c:a", "libmp3lame", "-b:a", "64k"),
    _encoded("opus, 48 kbit/s", Kind.FORMAT, ".opus", "-c:a", "libopus", "-b:a", "48k"),
    _crop("first", 0.0),
    _crop("middle", 0.5),
    _crop("last", 1.0),
)
"""All that is tried."""


def _run(ffmpeg: str, timeout: float, source: Path, target: Path, *options: str) -> None:
    command = [
        *(ffmpeg, "-nostdin", "-hide_banner", "-loglevel", "error", "-y"),
        *("-protocol_whitelist", "file", "-i", f"file:{source.resolve()}"),
        # Without the encoder's name and the like, the same samples give the same bytes.
        *("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"),
        *options,
        f"file:{target.resolve()}",
    ]
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, check=False)  # noqa: S603 - no shell
    except subprocess.TimeoutExpired as error:
        raise DatasetError(f"ffmpeg took longer than {timeout:g} s over {source.name}. Leave it out.") from error
    except OSError as error:
        raise DecoderUnavailable(f"{ffmpeg} cannot be run ({error.strerror})") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        # Folders are nobody's business but the operator's, and this sentence ends up in the report.
        reason = lines[-1].replace(str(source.resolve()), source.name).replace(str(target.resolve()), target.name)
        raise DatasetError(f"ffmpeg cannot turn {source.name} into {target.suffix[1:]}: {reason[:200]}")
