"""Cuts a few seconds out of a file, to be played to people who do not know what it is."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

from classifier.audio import Clip, decode
from classifier.features import SAMPLE_RATE
from classifier.options import DecodeOptions
from classifier.windows import Window

if TYPE_CHECKING:
    from pydub import AudioSegment

FADE_MILLISECONDS: Final = 400
"""Length of the fades at both ends: short enough to hear most of the excerpt, long enough that nothing clicks."""

PEAK_DBFS: Final = -1.0
"""Level that the loudest sample is brought to: quiet recordings are heard as well as loud ones."""

MOST_PLACES: Final = 9
"""Places that are considered; an odd number, so that one lies in the middle."""

LOUD_ENOUGH_DB: Final = 6.0
"""How much quieter than the loudest place the chosen one may be: an introduction or a pause tells too little."""

BYTES_PER_SAMPLE: Final = 2
"""Of the WAV file, which every player takes."""


def cut_excerpt(path: Path, options: DecodeOptions, *, seconds: float) -> bytes:
    """Cut an excerpt out of a file, as near to its middle as it is loud.

    Parameters
    ----------
    path
        An audio file in any format that is decoded.
    options
        What the file may cost, and what decodes it.
    seconds
        Length of the excerpt, in seconds; what is shorter is taken whole, without silence at its ends.

    Returns
    -------
    bytes
        A WAV file: mono, `SAMPLE_RATE`, 16-bit, faded at both ends, and nothing in it but the sound.

    Raises
    ------
    AudioError
        If the file cannot be listened to; the message is for the person who sent it.
    DecoderUnavailable
        If there is no ffmpeg.
    """
    clip = decode(path, options)
    return _as_wav(_part(clip, _place(clip, seconds)))


def _place(clip: Clip, seconds: float) -> Window:
    middle = (clip.audible.start + clip.audible.end) / 2
    candidates = [_middle_of(window, seconds) for window in clip.windows(seconds=seconds, at_most=MOST_PLACES)]
    levels = [float(_part(clip, window).dBFS) for window in candidates]
    enough = max(levels) - LOUD_ENOUGH_DB
    loud = [window for window, level in zip(candidates, levels, strict=True) if level >= enough]
    return min(loud, key=lambda window: abs((window.start + window.end) / 2 - middle))


def _middle_of(window: Window, seconds: float) -> Window:
    """Shorten what is a little longer than an excerpt."""
    beyond = max(0.0, window.seconds - seconds) / 2
    return Window(window.start + beyond, window.end - beyond)


def _part(clip: Clip, window: Window) -> AudioSegment:
    return clip.recording.part(round(window.start * SAMPLE_RATE), round(window.end * SAMPLE_RATE))


def _as_wav(segment: AudioSegment) -> bytes:
    fade = min(FADE_MILLISECONDS, len(segment) // 2)
    levelled = segment.apply_gain(PEAK_DBFS - segment.max_dBFS).fade_in(fade).fade_out(fade)
    file = io.BytesIO()
    # Written by Python itself: no encoder runs, and nothing of the file's own tags is known any more.
    levelled.set_sample_width(BYTES_PER_SAMPLE).export(file, format="wav")
    return file.getvalue()
