"""Reads ffmpeg's log: what the file holds, and how much of it is damaged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from classifier.errors import CorruptAudio, NoSound, NotAudio, TruncatedAudio

LOG_LEVEL: Final = "repeat+level+info"
"""What ffmpeg is asked to log, with the level before each line and repeated lines in full, so that both count."""

LOG_LIMIT_BYTES: Final = 1 << 20
"""How much is kept, tags of the file left out: what it holds is said first, and a damaged one can make it endless."""

LATEST_START_SECONDS: Final = 1.0
"""Start time up to which the length of a container counts as that of its sound, in seconds: encoders pad."""

ORDINARY_ERRORS: Final = 20
"""Complaints of the decoder that no file is refused for, however short.

A cut leaves up to 3, a tag of 20 kB that ffmpeg takes for sound up to 14, in clips encoded as mp3, m4a, aac, ogg,
opus and flac.
"""

ORDINARY_ERRORS_PER_SECOND: Final = 1.0
"""Complaints of the decoder for each second of sound, above which what it gives is not the music any more.

Whole files have none. Mp3s of eight clips with one byte in 200 replaced had 1.3 to 2.6, and five had a wrong or no
genre; with one byte in 800 they had at most 0.9, and all kept their genre.
"""

_LINE_BYTES: Final = 4096
"""How much of a line is held until its end comes."""

# Tags of the file are indented deeper than its streams, and only the first line of each bears a level.
_WORTH_KEEPING: Final = re.compile(
    rb"^(?:\[[^\]\n]*\] )*?\[(?:info|warning|error|fatal|panic)\] (?! {4}).*\n", re.MULTILINE
)
_DECODING_BEGINS: Final = re.compile(rb"^\[info\] Stream mapping:", re.MULTILINE)
# Recorders and joined streams leave times that jump; the sound is whole.
_COMPLAINT: Final = re.compile(
    rb"^(?:\[[^\]\n]*\] )*?\[(?:error|fatal|panic)\] (?!.*non monotonically increasing dts)", re.MULTILINE
)

_REFUSED: Final = re.compile(r"\[error\] Codec \((\w+)\) not on whitelist")
_DURATION: Final = re.compile(r"^\[info\]   Duration: (\d+):(\d\d):(\d\d\.\d+)(?:, start: (-?\d+\.\d+))?", re.MULTILINE)
_STREAM_BUT_COVER: Final = re.compile(r"^\[info\]   Stream #0:(?!.*\(attached pic\)).*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """What ffmpeg says of the audio stream that it decoded.

    Parameters
    ----------
    codec
        Such as ``mp3`` or ``pcm_s16le``.
    sample_rate
        In Hz.
    channels
        Layout, such as ``mono``, ``stereo`` or ``5.1``.
    declared_seconds
        Length that the header claims, in seconds; None where it claims none or it was estimated.
    """

    codec: str
    sample_rate: int
    channels: str
    declared_seconds: float | None

    @property
    def is_mono(self) -> bool:
        """Whether there is one channel, so that nothing is mixed."""
        return self.channels.startswith(("mono", "1 channels"))


class FfmpegLog:
    """Takes the log in pieces, and holds no more of it than `LOG_LIMIT_BYTES`, however long it is.

    Parameters
    ----------
    separator
        What ffmpeg was told to put after the codec (``-dump_separator``): tags of the file are logged as they are,
        line breaks and all, and what nobody can guess, no tag can imitate.
    """

    def __init__(self, separator: str) -> None:
        self._separator = separator
        self._kept = bytearray()
        self._unfinished = b""
        self._decoding = False
        self.errors = 0
        """Complaints since decoding began; those before are about covers as well."""

    def write(self, piece: bytes) -> None:
        """Take the next piece.

        Parameters
        ----------
        piece
            Cut anywhere.
        """
        lines, line_break, rest = (self._unfinished + piece).rpartition(b"\n")
        # Of a line without end, the beginning tells what it is.
        self._unfinished = rest[:_LINE_BYTES]
        lines += line_break
        for line in _WORTH_KEEPING.finditer(lines):
            self._kept += line[0][: LOG_LIMIT_BYTES - len(self._kept)]
        if not self._decoding:
            begins = _DECODING_BEGINS.search(lines)
            if begins is None:
                return
            self._decoding, lines = True, lines[begins.start() :]
        self.errors += sum(1 for _ in _COMPLAINT.finditer(lines))

    def stream(self) -> StreamInfo | None:
        """Return the first audio stream of the file; None where there is none that can be opened."""
        text = self._text
        stream = re.search(
            r"^\[info\]   Stream #0:\d+\S*: Audio: (?P<codec>[a-z0-9_]+)[^\n]*?"
            rf"{re.escape(self._separator)}(?P<rate>\d+) Hz, (?P<channels>[^,\n]+)",
            text,
            re.MULTILINE,
        )
        if stream is None:
            return None
        declared = _declared_seconds(text, before=stream.start())
        return StreamInfo(stream["codec"], int(stream["rate"]), stream["channels"].strip(), declared)

    def is_damaged(self, seconds: float) -> bool:
        """Tell whether the decoder complained more than it does of any ordinary file.

        Parameters
        ----------
        seconds
            How much sound it gave.

        Returns
        -------
        bool
        """
        return self.errors > max(ORDINARY_ERRORS, ORDINARY_ERRORS_PER_SECOND * seconds)

    def refuses(self, codec: str) -> bool:
        """Tell whether a codec is none of those that are decoded.

        Parameters
        ----------
        codec
            Such as ``wmav2``.

        Returns
        -------
        bool
        """
        # Decoders are called like their codecs, or shorter: g722 decodes adpcm_g722.
        return any(codec.endswith(decoder) for decoder in _REFUSED.findall(self._text))

    def explain_unopened(self) -> NoSound | TruncatedAudio | CorruptAudio | NotAudio:
        """Return what is wrong with a file that has no `stream`."""
        text = self._text
        if "moov atom not found" in text:
            return TruncatedAudio(None, 0.0)
        if re.search(r"^\[info\]   Stream #0:\d+\S*: Video: ", text, re.MULTILINE):
            return NoSound()
        if re.search(r"^\[info\]   Stream #0:\d+\S*: Audio: ", text, re.MULTILINE):
            return CorruptAudio()
        return NotAudio()

    @property
    def _text(self) -> str:
        return self._kept.decode("utf-8", "replace")


def _declared_seconds(log: str, *, before: int) -> float | None:
    """Read the length of the container, the last that stands before the streams: tags come before it.

    Of a film, or of a piece cut from a longer one, that is not the length of the sound: None.
    """
    durations = list(_DURATION.finditer(log, 0, before))
    streams = _STREAM_BUT_COVER.findall(log.partition("\n[info] Stream mapping:")[0])
    if not durations or len(streams) != 1 or "Estimating duration from bitrate" in log:
        return None
    hours, minutes, seconds, start = durations[-1].groups()
    if abs(float(start or 0.0)) > LATEST_START_SECONDS:
        return None
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
