"""Runs one fixed, locked-down ffmpeg command over a stranger's file and bounds what it may do."""

from __future__ import annotations

import os
import secrets
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import imageio_ffmpeg

from classifier.confinement import confine_decoder, decoder_limits
from classifier.errors import CorruptAudio, DecoderUnavailable, DecodingTimeout, NotAudio
from classifier.ffmpeg_log import LOG_LEVEL, FfmpegLog, StreamInfo
from classifier.options import DecodeOptions, FfmpegSource

DEMUXERS: Final = "wav,mp3,flac,ogg,mov,matroska,aac,aiff"
"""Containers that are opened at all. Playlists (concat, HLS) could name other files, so none is here."""

DECODERS: Final = ",".join(
    (
        *("aac", "ac3", "alac", "amrnb", "amrwb", "dca", "eac3", "flac", "gsm", "gsm_ms", "mp1float", "mp2float"),
        *("mp3float", "opus", "speex", "truehd", "vorbis", "wavpack", "adpcm_ima_qt", "adpcm_ima_wav", "adpcm_ms"),
        *("pcm_alaw", "pcm_mulaw", "pcm_s8", "pcm_u8"),
        *(f"pcm_{sample}{order}" for sample in ("s16", "s24", "s32", "f32", "f64") for order in ("le", "be")),
    )
)
"""Codecs that are decoded at all: what people keep music in. ffmpeg would decode covers, films and subtitles as well,
only to describe them, with hundreds of decoders that strangers could pick the weakest of."""

BYTES_PER_SAMPLE: Final = 4
"""Of 32-bit float PCM."""

_READ_BYTES: Final = 1 << 16
"""What a pipe holds on Linux: no read gives more."""

ENDED_BY_LIMIT: Final = frozenset({-signal.SIGXCPU, 255})
"""Exit statuses of a process whose processor time has run out; ffmpeg makes 255 of the signal."""


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
    separator = f" <{secrets.token_hex(8)}> "
    command = [
        find_ffmpeg(options.ffmpeg),
        # Information, not only errors: without ffprobe the log is what tells codec and length.
        *("-nostdin", "-hide_banner", "-nostats", "-loglevel", LOG_LEVEL),
        # One thread for each stage: half an hour of flac takes 13 s so, and 30 to 40 s with two.
        *("-threads", "1", "-filter_threads", "1"),
        *("-protocol_whitelist", "file", "-format_whitelist", DEMUXERS, "-codec_whitelist", DECODERS),
        *("-dump_separator", separator),
        *("-i", f"file:{path.resolve()}"),
        *("-map", "0:a:0", "-vn", "-sn", "-dn", "-map_metadata", "-1", "-t", f"{options.max_seconds:.3f}"),
        # Without a limit, channels are summed as floats: stereo would be 3 dB louder than mono, and clipped.
        *("-ac", "1", "-rematrix_maxval", "1", "-ar", str(sample_rate)),
        # Unless it is told not to, it writes every packet, of some 50 ms, on its own.
        *("-protocol_whitelist", "pipe", "-flush_packets", "0", "-f", "f32le", "pipe:1"),
    ]
    max_bytes = (int(options.max_seconds * sample_rate) + sample_rate) * BYTES_PER_SAMPLE
    log = FfmpegLog(separator)
    written, exit_code = _run(command, write, log, max_bytes=max_bytes, timeout=options.timeout)
    if exit_code in ENDED_BY_LIMIT:
        raise DecodingTimeout(options.timeout)
    stream = log.stream()
    if stream is None:
        raise log.explain_unopened()
    if log.refuses(stream.codec):
        raise NotAudio
    seconds = written / (sample_rate * BYTES_PER_SAMPLE)
    if exit_code != 0 or written < BYTES_PER_SAMPLE or log.is_damaged(seconds):
        raise CorruptAudio
    return stream


def _run(
    command: list[str], write: Callable[[bytes], object], log: FfmpegLog, *, max_bytes: int, timeout: float
) -> tuple[int, int]:
    """Run ffmpeg, drain both pipes and end it for certain; return how much was written, and its exit status."""
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
            preexec_fn=partial(confine_decoder, decoder_limits(timeout)),  # noqa: PLW1509 - it takes no lock
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise DecoderUnavailable(f"{command[0]}: {getattr(error, 'strerror', None) or error}") from error
    with process:
        try:
            written = _drain(process, write, log, max_bytes=max_bytes, deadline=deadline)
            return written, process.wait(max(deadline - time.monotonic(), 0.1))
        except (TimeoutError, subprocess.TimeoutExpired) as error:
            raise DecodingTimeout(timeout) from error
        finally:
            process.kill()


def _drain(
    process: subprocess.Popen[bytes],
    write: Callable[[bytes], object],
    log: FfmpegLog,
    *,
    max_bytes: int,
    deadline: float,
) -> int:
    written = 0
    with selectors.DefaultSelector() as selector:
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            # Also while data keeps coming, of which an endless file has enough.
            if time.monotonic() >= deadline:
                raise TimeoutError
            ready = selector.select(max(deadline - time.monotonic(), 0.0))
            for key, _ in ready:
                piece = os.read(key.fd, _READ_BYTES)
                if not piece:
                    selector.unregister(key.fileobj)
                elif key.fileobj is process.stdout:
                    piece = piece[: max_bytes - written]
                    written += len(piece)
                    write(piece)
                else:
                    log.write(piece)
    return written
