"""Covers and tags that are huge, malformed or nested: the music behind them is heard, or a sentence says why not."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from classifier import confinement
from classifier.audio import decode
from classifier.errors import AudioError
from classifier.options import DecodeOptions

Encode = Callable[..., Path]
MakeTune = Callable[..., npt.NDArray[np.float32]]

OPTIONS = DecodeOptions()
COVER = b"\xff\xd8\xff\xe0" + bytes(50_000_000)


def heard(path: Path) -> tuple[float | None, int]:
    """Return the length of a song in seconds, None where a sentence says what is wrong, and the peak of memory."""
    duration = None
    tracemalloc.start()
    try:
        duration = decode(path, OPTIONS).info.duration
    except AudioError as error:
        sentence = str(error)
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert duration is not None or (sentence.isprintable() and sentence.endswith("."))
    return duration, peak


def seven_bits(number: int) -> bytes:
    """Return a number as ID3 writes sizes: seven bits in each byte."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def id3(frames: bytes, *, version: int = 3, flags: int = 0, size: int | None = None) -> bytes:
    return b"ID3" + bytes([version, 0, flags]) + seven_bits(len(frames) if size is None else size) + frames


def frame(name: bytes, content: bytes, *, flags: bytes = b"\0\0", size: int | None = None) -> bytes:
    return name + struct.pack(">I", len(content) if size is None else size) + flags + content


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def with_cover_mp3(content: bytes) -> bytes:
    return id3(frame(b"APIC", b"\0image/jpeg\0\3\0" + COVER)) + content


def with_cover_flac(content: bytes) -> bytes:
    # No block of metadata is larger than 16 MiB.
    data = COVER[:16_000_000]
    header = struct.pack(">II", 3, 10) + b"image/jpeg" + struct.pack(">IIIIII", 0, 500, 500, 24, 0, len(data))
    picture = b"\6" + (len(header) + len(data)).to_bytes(3, "big") + header + data
    return b"fLaC" + b"\0" + content[5:42] + 3 * picture + content[42:]


def with_cover_m4a(content: bytes) -> bytes:
    cover = box(b"covr", box(b"data", struct.pack(">II", 13, 0) + COVER))
    handler = box(b"hdlr", bytes(8) + b"mdirappl" + bytes(9))
    tags = box(b"udta", box(b"meta", bytes(4) + handler + box(b"ilst", cover)))
    at = content.index(b"moov") - 4
    end = at + int.from_bytes(content[at : at + 4], "big")
    return content[:at] + box(b"moov", content[at + 8 : end] + tags) + content[end:]


@pytest.mark.parametrize("cover", [with_cover_mp3, with_cover_flac, with_cover_m4a])
def test_a_song_with_a_cover_of_fifty_megabytes_is_heard(
    cover: Callable[[bytes], bytes], encode: Encode, make_tune: MakeTune, monkeypatch: pytest.MonkeyPatch
) -> None:
    song = encode(make_tune(4.0), f"song.{cover.__name__.rpartition('_')[2]}")
    song.write_bytes(cover(song.read_bytes()))
    assert song.stat().st_size > 48_000_000
    # Half of what the decoder may have, libraries and stacks included.
    monkeypatch.setattr(confinement, "DECODER_MEMORY_BYTES", 1 << 30)
    duration, peak = heard(song)
    assert duration == pytest.approx(4.0, abs=0.1)
    assert peak < 16 << 20


def nested(depth: int) -> bytes:
    inner = frame(b"TIT2", b"\0song")
    for _ in range(depth):
        inner = frame(b"CHAP", b"\0" + bytes(16) + inner)
    return inner


PACKED = zlib.compress(bytes(200_000_000))


@pytest.mark.parametrize(
    "tag",
    [
        pytest.param(id3(b"TIT2", size=(1 << 28) - 1), id="tag-claims-256-MB"),
        pytest.param(id3(frame(b"TIT2", b"\0song", size=0xFFFF_FFFF)), id="frame-claims-4-GB"),
        pytest.param(id3(frame(b"TIT2", b"\0song", size=0)), id="frame-claims-nothing"),
        pytest.param(id3(b"\xff\x00" * 50_000, flags=0x80), id="unsynchronised"),
        pytest.param(
            id3(frame(b"TIT2", b"\0" + b"\xff\x00" * 99, flags=b"\x00\x03"), version=4, flags=0x80),
            id="unsynchronised-frame",
        ),
        pytest.param(id3(struct.pack(">I", 0xFFFF_FFFF) + bytes(10), flags=0x40), id="extended-header-claims-4-GB"),
        pytest.param(id3(nested(2_000)), id="chapters-in-chapters"),
        pytest.param(id3(b"") * 50_000, id="very-many-tags"),
        pytest.param(id3(frame(b"TIT2", b"\0x") * 50_000), id="very-many-frames"),
        pytest.param(id3(b"", version=255, flags=0xFF), id="version-of-the-future"),
        pytest.param(id3(frame(b"TXXX", struct.pack(">I", 200_000_000) + PACKED, flags=b"\x00\x80")), id="packed-bomb"),
        pytest.param(
            id3(b"TXXX" + seven_bits(len(PACKED) + 4) + b"\x00\x09" + seven_bits(200_000_000) + PACKED, version=4),
            id="packed-bomb-of-version-4",
        ),
        pytest.param(id3(frame(b"PRIV", b"x\0" + bytes(5_000_000))), id="private-frame-of-5-MB"),
        pytest.param(id3(frame(b"TIT2", b"\x01\xff\xfe" + b"\x00\xd8" * 5_000)), id="half-surrogates"),
        pytest.param(id3(frame(b"TIT2", b"\x00\x1b]0;owned\x07\x1b[2J@everyone\r\n")), id="terminal-escapes"),
    ],
)
def test_a_malformed_tag_before_a_song(tag: bytes, encode: Encode, make_tune: MakeTune, tmp_path: Path) -> None:
    song = encode(make_tune(4.0), "song.mp3")
    song.write_bytes(tag + song.read_bytes())
    duration, peak = heard(song)
    # What a tag claims to hold may be all that there is.
    assert duration is None or duration == pytest.approx(4.0, abs=0.2)
    assert peak < 16 << 20


@pytest.mark.parametrize("name", ["song.mp3", "song.flac", "song.ogg", "song.m4a", "song.mka"])
def test_tags_reach_neither_the_answer_nor_a_terminal(
    name: str, encode: Encode, make_tune: MakeTune, capfd: pytest.CaptureFixture[str]
) -> None:
    tag = "\x1b]0;owned\x07\x1b[2J@everyone \u202e"
    song = encode(make_tune(4.0), name, "-metadata", f"title={tag}", "-metadata", f"artist={tag}")
    info = decode(song, OPTIONS).info
    assert "\x1b" not in repr(info)
    assert "everyone" not in repr(info)
    assert capfd.readouterr() == ("", "")
