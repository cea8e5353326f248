"""From a stranger's file to mono audio that can be measured."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from classifier.errors import EmptyFile, FileTooLarge, NotAudio, SilentAudio, TooShort, TruncatedAudio, WrongScale
from classifier.features import SAMPLE_RATE
from classifier.ffmpeg import decode_pcm
from classifier.ffmpeg_log import StreamInfo
from classifier.options import DecodeOptions
from classifier.recording import FULL_SCALE, Recorder, Recording
from classifier.result import AudioInfo
from classifier.silence import silence
from classifier.windows import Window, spread_windows

if TYPE_CHECKING:
    from pydub import AudioSegment

MINIMUM_SECONDS: Final = 3.0
"""Least sound that is judged, in seconds."""

LARGEST_TRUE_RIFF: Final = 0x7FF0_0000
"""Size from which on a RIFF header is taken for a placeholder, in bytes: sox, arecord and others write 2 or 4 GiB."""

TRUNCATION_TOLERANCE: Final = 0.02
"""Share of the declared length that may be missing: headers round, encoders pad (at least one second)."""

MOST_FAR_BEYOND: Final = 0.001
"""Share of the samples that may lie beyond `recording.FAR_BEYOND`: a click or two may, but no other scale."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Decoded audio: mono, `SAMPLE_RATE`, 32-bit.

    Parameters
    ----------
    recording
        The audio; of a long file, what is kept of it.
    stream
        What the file held.
    complete
        Whether the file was decoded to its end.
    audible
        The clip without silence at its ends.
    """

    recording: Recording
    stream: StreamInfo
    complete: bool
    audible: Window

    @property
    def info(self) -> AudioInfo:
        """What was decoded, for the answer."""
        return AudioInfo(
            duration=self.recording.samples / SAMPLE_RATE,
            complete=self.complete,
            sample_rate=self.stream.sample_rate,
            channels=self.stream.channels,
            codec=self.stream.codec,
            loudness=self.recording.loudness,
            waveform=self.recording.waveform,
        )

    @property
    def places(self) -> tuple[Window, ...]:
        """Stretches of the audible part that are kept in one piece and long enough to be judged, in order of time."""
        ends = [(first / SAMPLE_RATE, last / SAMPLE_RATE) for first, last in self.recording.stretches]
        kept = [Window(max(start, self.audible.start), min(end, self.audible.end)) for start, end in ends]
        return tuple(place for place in kept if place.seconds >= MINIMUM_SECONDS)

    def samples(self, window: Window) -> npt.NDArray[np.float32]:
        """Return the samples of a window.

        Parameters
        ----------
        window
            Part of the clip; of a long file, one of its `windows` or a part of one.

        Returns
        -------
        ndarray of float32, shape (n,)
            Full scale ±1.

        Raises
        ------
        ValueError
            If the file is long and some of the window was not kept.
        """
        return np.frombuffer(self._part(window).raw_data, dtype="<i4").astype(np.float32) / np.float32(FULL_SCALE)

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
        return spread_windows(
            self.places, seconds=seconds, at_most=at_most, level=lambda window: float(self._part(window).dBFS)
        )

    def _part(self, window: Window) -> AudioSegment:
        first, last = (round(seconds * SAMPLE_RATE) for seconds in (window.start, window.end))
        return self.recording.part(first, last)


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

    recorder = Recorder()
    stream = decode_pcm(path, options, sample_rate=SAMPLE_RATE, write=recorder.write)
    recording = recorder.finish()
    seconds = recording.samples / SAMPLE_RATE
    # Decoders that skip their own start-up stop a few milliseconds before the limit.
    complete = seconds < options.max_seconds - 0.5
    if complete:
        _check_whole(header, status.st_size, stream, seconds)
    if recording.far_beyond > MOST_FAR_BEYOND:
        raise WrongScale
    clip = Clip(recording, stream, complete, _audible_part(recording, mixed=not stream.is_mono))
    if not clip.places:
        raise TooShort(0.0, MINIMUM_SECONDS)
    return clip


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


def _audible_part(recording: Recording, *, mixed: bool) -> Window:
    """Return the clip without silence at its ends.

    Raises
    ------
    TooShort
        If less than `MINIMUM_SECONDS` are left.
    SilentAudio
        If nothing is.
    """
    seconds = recording.samples / SAMPLE_RATE
    if seconds < MINIMUM_SECONDS:
        raise TooShort(seconds, MINIMUM_SECONDS)
    if not recording.stretches:
        raise SilentAudio(seconds, mixed)
    first, last = recording.stretches[0], recording.stretches[-1]
    lead = silence(recording.part, *first)
    if lead == first[1] - first[0]:
        raise SilentAudio(seconds, mixed)
    tail = silence(recording.part, *last, from_end=True)
    audible = Window((first[0] + lead) / SAMPLE_RATE, last[1] / SAMPLE_RATE - tail / SAMPLE_RATE)
    if audible.seconds < MINIMUM_SECONDS:
        raise TooShort(max(audible.seconds, 0.0), MINIMUM_SECONDS)
    return audible
