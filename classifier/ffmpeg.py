"""Runs one fixed, locked-down ffmpeg command over a stranger's file and bounds what it may do."""

from __future__ import annotations

import ctypes
import os
import re
import resource
import secrets
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import imageio_ffmpeg

from classifier.errors import CorruptAudio, DecoderUnavailable, DecodingTimeout, NoSound, NotAudio, TruncatedAudio
from classifier.options import DecodeOptions, FfmpegSource

DEMUXERS: Final = "wav,mp3,flac,ogg,mov,matroska,aac,aiff"
"""Containers that are opened at all. Playlists (concat, HLS) could name other files, so none is here."""

BYTES_PER_SAMPLE: Final = 4
"""Of 32-bit float PCM."""

MEMORY_LIMIT_BYTES: Final = 2 << 30
"""Address space of the decoder: an index that claims a billion samples must not take the machine down."""

LOG_LIMIT_BYTES: Final = 1 << 20
"""How much of ffmpeg's log is kept: the tags of the file come first, and a damaged file can make it endless."""

LATEST_START_SECONDS: Final = 1.0
"""Start time up to which the length of a container counts as that of its sound, in seconds: encoders pad."""

_DURATION: Final = re.compile(r"^  Duration: (\d+):(\d\d):(\d\d\.\d+)(?:, start: (-?\d+\.\d+))?", re.MULTILINE)
_STREAM_BUT_COVER: Final = re.compile(r"^  Stream #0:(?!.*\(attached pic\)).*$", re.MULTILINE)

_READ_BYTES: Final = 1 << 16
"""What a pipe holds on Linux: no read gives more."""

_PR_SET_PDEATHSIG: Final = 1
"""From Linux's ``sys/prctl.h``."""

_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None


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


def find_ffmpeg(source: FfmpegSource) -> str:
    """Return the path of the ffmpeg binary.

    Parameters
    ----------
    source
        ``bundled`` for the binary of the imageio-ffmpeg wheel, ``path`` for the one on PATH.

    Returns
    -------
    str
        An executable file.

    Raises
    ------
    DecoderUnavailable
        If there is none.
    """
    if source == "path":
        found = shutil.which("ffmpeg")
        if found is None:
            raise DecoderUnavailable("there is no ffmpeg on PATH; install it or use the bundled one")
        return found
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise DecoderUnavailable(
            "imageio-ffmpeg has no binary for this platform; install ffmpeg and choose the one on PATH"
        ) from error


def decode_pcm(path: Path, options: DecodeOptions, *, sample_rate: int, write: Callable[[bytes], object]) -> StreamInfo:
    """Decode the first audio stream of a file to a stream of mono 32-bit float PCM.

    Parameters
    ----------
    path
        A regular file. Neither its name nor its content can make ffmpeg open anything else.
    options
        Most audio and most wall time, whatever the file says of its length, and which ffmpeg.
    sample_rate
        Of the result, in Hz.
    write
        Takes the next piece: little-endian float32 samples, full scale ±1, cut anywhere. What it was given
        counts only if no error follows.

    Returns
    -------
    StreamInfo
        What was decoded.

    Raises
    ------
    NotAudio, NoSound, TruncatedAudio, CorruptAudio, DecodingTimeout, DecoderUnavailable
        Each as its name says.
    """
    # Tags of the file are logged as they are, line breaks and all; what nobody can guess, no tag can imitate.
    separator = f" <{secrets.token_hex(8)}> "
    command = [
        find_ffmpeg(options.ffmpeg),
        # Information, not only errors: without ffprobe the log is what tells codec and length.
        *("-nostdin", "-hide_banner", "-nostats", "-loglevel", "info", "-timelimit", f"{options.timeout + 1:.0f}"),
        *("-protocol_whitelist", "file", "-format_whitelist", DEMUXERS, "-dump_separator", separator),
        *("-i", f"file:{path.resolve()}"),
        *("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-t", f"{options.max_seconds:.3f}"),
        # Without a limit, channels are summed as floats: stereo would be 3 dB louder than mono, and clipped.
        *("-ac", "1", "-rematrix_maxval", "1", "-ar", str(sample_rate)),
        # Unless it is told not to, it writes every packet, of some 50 ms, on its own.
        *("-protocol_whitelist", "pipe", "-flush_packets", "0", "-f", "f32le", "pipe:1"),
    ]
    max_bytes = (int(options.max_seconds * sample_rate) + sample_rate) * BYTES_PER_SAMPLE
    written, log, exit_code = _run(command, write, max_bytes=max_bytes, timeout=options.timeout)
    text = log.decode("utf-8", "replace")
    stream = _parse_stream(text, separator)
    if stream is None:
        raise _explain_unopened(text)
    if exit_code != 0 or written < BYTES_PER_SAMPLE:
        raise CorruptAudio
    return stream


def _run(
    command: list[str], write: Callable[[bytes], object], *, max_bytes: int, timeout: float
) -> tuple[int, bytearray, int]:
    """Run ffmpeg, drain both pipes and end it for certain; return how much was written, its log and exit status."""
    # FFREPORT would write a file, colour codes would hide the words that are looked for.
    environment = {name: value for name, value in os.environ.items() if name != "FFREPORT"}
    environment["AV_LOG_FORCE_NOCOLOR"] = "1"
    deadline = time.monotonic() + timeout
    try:
        process = subprocess.Popen(  # noqa: S603 - a fixed command; the path is one argument after `file:`
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            bufsize=0,
            # Ctrl-C in a terminal reaches the whole process group; a running job is allowed to finish.
            start_new_session=True,
            preexec_fn=_confine,  # noqa: PLW1509 - it takes no lock
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise DecoderUnavailable(f"{command[0]}: {getattr(error, 'strerror', None) or error}") from error
    with process:
        try:
            written, log = _drain(process, write, max_bytes=max_bytes, deadline=deadline)
            return written, log, process.wait(max(deadline - time.monotonic(), 0.1))
        except (TimeoutError, subprocess.TimeoutExpired) as error:
            raise DecodingTimeout(timeout) from error
        finally:
            process.kill()


def _confine() -> None:
    """On Linux, bound this process's memory and have it killed when the one that started it ends, however it ends.

    Runs between fork and exec, where only simple system calls are safe if there are threads.
    """
    if _LIBC is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = MEMORY_LIMIT_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _drain(
    process: subprocess.Popen[bytes], write: Callable[[bytes], object], *, max_bytes: int, deadline: float
) -> tuple[int, bytearray]:
    log = bytearray()
    room = {process.stdout: max_bytes, process.stderr: LOG_LIMIT_BYTES}
    sinks = {process.stdout: write, process.stderr: log.extend}
    with selectors.DefaultSelector() as selector:
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                selector.register(pipe, selectors.EVENT_READ, pipe)
        while selector.get_map():
            # Also while data keeps coming, of which an endless file has enough.
            if time.monotonic() >= deadline:
                raise TimeoutError
            ready = selector.select(max(deadline - time.monotonic(), 0.0))
            for key, _ in ready:
                chunk = os.read(key.fd, _READ_BYTES)
                if not chunk:
                    selector.unregister(key.fileobj)
                chunk = chunk[: room[key.data]]
                room[key.data] -= len(chunk)
                sinks[key.data](chunk)
    return max_bytes - room[process.stdout], log


def _parse_stream(log: str, separator: str) -> StreamInfo | None:
    """Read the first audio stream of the input, whose line has `separator` after the codec."""
    stream = re.search(
        r"^  Stream #0:\d+\S*: Audio: (?P<codec>[a-z0-9_]+)[^\n]*?"
        rf"{re.escape(separator)}(?P<rate>\d+) Hz, (?P<channels>[^,\n]+)",
        log,
        re.MULTILINE,
    )
    if stream is None:
        return None
    declared = _declared_seconds(log, before=stream.start())
    return StreamInfo(stream["codec"], int(stream["rate"]), stream["channels"].strip(), declared)


def _declared_seconds(log: str, *, before: int) -> float | None:
    """Read the length of the container, the last that stands before the streams: tags come before it.

    Of a film, or of a piece cut from a longer one, that is not the length of the sound: None.
    """
    durations = list(_DURATION.finditer(log, 0, before))
    streams = _STREAM_BUT_COVER.findall(log.partition("\nStream mapping:")[0])
    if not durations or len(streams) != 1 or "Estimating duration from bitrate" in log:
        return None
    hours, minutes, seconds, start = durations[-1].groups()
    if abs(float(start or 0.0)) > LATEST_START_SECONDS:
        return None
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _explain_unopened(log: str) -> NoSound | TruncatedAudio | CorruptAudio | NotAudio:
    if "moov atom not found" in log:
        return TruncatedAudio(None, 0.0)
    if re.search(r"^  Stream #0:\d+\S*: Video: ", log, re.MULTILINE):
        return NoSound()
    if re.search(r"^  Stream #0:\d+\S*: Audio: ", log, re.MULTILINE):
        return CorruptAudio()
    return NotAudio()
