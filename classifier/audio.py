"""From a stranger's file to mono audio that can be measured."""

from __future__ import annotations

import stat
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.errors import EmptyFile, FileTooLarge, NotAudio, SilentAudio, TooShort, TruncatedAudio
from classifier.features import SAMPLE_RATE
from classifier.ffmpeg import BYTES_PER_SAMPLE, StreamInfo, decode_pcm
from classifier.options import DecodeOptions
from classifier.result import AudioInfo

with warnings.catch_warnings():
    # pydub looks for ffmpeg on PATH when it is imported; it is never asked to decode here.
    warnings.filterwarnings("ignore", message="Couldn't find ff", category=RuntimeWarning)
    from pydub import AudioSegment

MINIMUM_SECONDS: Final = 3.0
"""Least sound that is judged, in seconds."""

SILENCE_DBFS: Final = -60.0
"""RMS level below which a stretch counts as silence, in dB relative to full scale."""

SILENCE_STEP: Final = SAMPLE_RATE // 10
"""Resolution of the search for silence at both ends, in samples (a tenth of a second)."""

FULL_SCALE: Final = 2.0**31
"""Of 32-bit integer PCM, which is how pydub holds 32-bit samples."""

LARGEST_SAMPLE: Final = np.nextafter(np.float32(1.0), np.float32(0.0))
"""Greatest float32 below full scale: full scale itself does not fit into 32-bit integers."""

LARGEST_TRUE_RIFF: Final = 0x7FF0_0000
"""Size from which on a RIFF header is taken for a placeholder, in bytes: sox, arecord and others write 2 or 4 GiB."""

TRUNCATION_TOLERANCE: Final = 0.02
"""Share of the declared length that may be missing: headers round, encoders pad (at least one second)."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a clip.

    Parameters
    ----------
    start, end
        Where it lies in the clip, in seconds.
    """

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Clip:
    """Decoded audio: mono, `SAMPLE_RATE`, 32-bit.

    Parameters
    ----------
    segment
        The audio.
    stream
        What the file held.
    complete
        Whether the file was decoded to its end.
    audible
        The clip without silence at its ends.
    """

    segment: AudioSegment
    stream: StreamInfo
    complete: bool
    audible: Window

    @property
    def info(self) -> AudioInfo:
        """What was heard, for the answer."""
        return AudioInfo(
            duration=self.segment.duration_seconds,
            complete=self.complete,
            sample_rate=self.stream.sample_rate,
            channels=self.stream.channels,
            codec=self.stream.codec,
            loudness=float(self.segment.dBFS),
        )

    def samples(self, window: Window) -> npt.NDArray[np.float32]:
        """Return the samples of a window.

        Parameters
        ----------
        window
            Part of the clip.

        Returns
        -------
        ndarray of float32, shape (n,)
            Full scale ±1.
        """
        part = self._part(window)
        return np.frombuffer(part.raw_data, dtype="<i4").astype(np.float32) / np.float32(FULL_SCALE)

    def windows(self, *, seconds: float, at_most: int) -> tuple[Window, ...]:
        """Spread windows evenly over the audible part; skip those that are silent.

        Parameters
        ----------
        seconds
            Length of each window, in seconds. A clip shorter than two windows is cut to its
            middle; one shorter than a window (give or take a second) is taken whole.
        at_most
            Largest number of windows.

        Returns
        -------
        tuple of Window
            At least one, in order of time, without overlap.
        """
        length = self.audible.end - self.audible.start
        if length <= seconds + 1.0:
            return (self.audible,)
        count = min(at_most, int(length // seconds))
        centres = self.audible.start + (np.arange(count) + 0.5) * length / count
        windows = tuple(Window(float(centre) - seconds / 2, float(centre) + seconds / 2) for centre in centres)
        heard = tuple(window for window in windows if self._part(window).dBFS >= SILENCE_DBFS)
        return heard or (Window(self.audible.start, self.audible.start + seconds),)

    def _part(self, window: Window) -> AudioSegment:
        first, last = (round(seconds * SAMPLE_RATE) for seconds in (window.start, window.end))
        # By sample, because pydub's own slices count in whole milliseconds.
        return self.segment.get_sample_slice(first, last)


def decode(path: Path, options: DecodeOptions) -> Clip:
    """Decode a file that may be anything.

    Parameters
    ----------
    path
        The file; only its content decides what it is.
    options
        What it may cost, and what decodes it.

    Returns
    -------
    Clip
        At least `MINIMUM_SECONDS` of sound.

    Raises
    ------
    AudioError
        One subclass for each way in which a file can be unusable.
    DecoderUnavailable
        If there is no ffmpeg.
    FileNotFoundError, PermissionError
        If the file cannot be opened.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise NotAudio
    if status.st_size == 0:
        raise EmptyFile
    if status.st_size > options.max_bytes:
        raise FileTooLarge(options.max_bytes)
    with path.open("rb") as file:
        header = file.read(12)

    pcm, stream = decode_pcm(path, options, sample_rate=SAMPLE_RATE)
    seconds = len(pcm) / BYTES_PER_SAMPLE / SAMPLE_RATE
    # Decoders that skip their own start-up stop a few milliseconds before the limit.
    complete = seconds < options.max_seconds - 0.5
    if complete:
        _check_whole(header, status.st_size, stream, seconds)
    segment = _segment(pcm)
    return Clip(segment, stream, complete, _audible_part(segment))


def _segment(pcm: bytearray) -> AudioSegment:
    # In place: ten minutes of sound are 50 MB a copy.
    samples = np.frombuffer(pcm, dtype="<f4")
    np.nan_to_num(samples, copy=False, nan=0.0, posinf=1.0, neginf=-1.0)
    np.clip(samples, -1.0, LARGEST_SAMPLE, out=samples)
    samples *= np.float32(FULL_SCALE)
    return AudioSegment(data=samples.astype("<i4").tobytes(), sample_width=4, frame_rate=SAMPLE_RATE, channels=1)


def _check_whole(header: bytes, size: int, stream: StreamInfo, seconds: float) -> None:
    """Refuse a file that ends before its header says so.

    Raises
    ------
    TruncatedAudio
        If more than `TRUNCATION_TOLERANCE` is missing. Formats that declare no length (ogg, raw
        AAC, mp3 without an index) are simply shorter when they are cut: nothing can be told.
    """
    declared = stream.declared_seconds
    riff_bytes = int.from_bytes(header[4:8], "little") + 8
    # ffmpeg replaces the length of a RIFF file that is cut off by its own estimate. A writer that
    # could not seek back leaves no size, or about the greatest that it can think of.
    if header[:4] == b"RIFF" and 8 < riff_bytes < LARGEST_TRUE_RIFF and size < riff_bytes:
        declared = seconds * riff_bytes / size
    if declared is not None and declared - seconds > max(1.0, TRUNCATION_TOLERANCE * declared):
        raise TruncatedAudio(declared, seconds)


def _audible_part(segment: AudioSegment) -> Window:
    """Return the clip without silence at its ends.

    Raises
    ------
    TooShort
        If less than `MINIMUM_SECONDS` are left.
    SilentAudio
        If nothing is.
    """
    seconds = segment.duration_seconds
    if seconds < MINIMUM_SECONDS:
        raise TooShort(seconds, MINIMUM_SECONDS)
    lead = _silence(segment, from_end=False)
    if lead >= seconds:
        raise SilentAudio(seconds)
    tail = _silence(segment, from_end=True)
    if seconds - tail - lead < MINIMUM_SECONDS:
        raise TooShort(seconds - tail - lead, MINIMUM_SECONDS)
    return Window(lead, seconds - tail)


def _silence(segment: AudioSegment, *, from_end: bool) -> float:
    """Return how long the silence at one end lasts, in seconds, in steps of `SILENCE_STEP`.

    As ``pydub.silence.detect_leading_silence``, but by sample, and at the end without a reversed copy.
    """
    samples = int(segment.frame_count())
    silent = 0
    while silent < samples:
        first = max(samples - silent - SILENCE_STEP, 0) if from_end else silent
        if segment.get_sample_slice(first, min(first + SILENCE_STEP, samples)).dBFS >= SILENCE_DBFS:
            break
        silent += SILENCE_STEP
    return min(silent, samples) / SAMPLE_RATE
