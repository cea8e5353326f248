"""A file that is damaged throughout gets no answer; one that is cut, joined or oddly tagged does."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from classifier.audio import decode
from classifier.errors import CorruptAudio
from classifier.options import DecodeOptions

Encode = Callable[..., Path]
MakeTune = Callable[..., npt.NDArray[np.float32]]

OPTIONS = DecodeOptions()
WITHOUT_INDEX = ("-c:a", "libmp3lame", "-q:a", "3", "-ar", "44100", "-write_xing", "0")
JUNK = np.random.default_rng(0).bytes(20_000)


def damage(path: Path, *, every: int) -> Path:
    content = np.frombuffer(path.read_bytes(), np.uint8).copy()
    content[1_000::every] = np.random.default_rng(0).integers(256, size=content[1_000::every].size)
    path.write_bytes(content.tobytes())
    return path


@pytest.mark.parametrize(
    ("name", "options", "every"),
    [
        ("clip.mp3", WITHOUT_INDEX, 50),
        ("clip.mp3", WITHOUT_INDEX, 200),
        ("indexed.mp3", ("-b:a", "128k"), 50),
        ("clip.aac", ("-b:a", "128k"), 2_000),
        ("clip.flac", (), 2_000),
    ],
)
def test_a_file_that_is_damaged_throughout_is_refused_as_damaged(
    name: str, options: tuple[str, ...], every: int, encode: Encode, make_tune: MakeTune
) -> None:
    path = encode(make_tune(30.0), name, *options)
    assert decode(path, OPTIONS).complete
    with pytest.raises(CorruptAudio, match=r"is damaged: .* Export or download it again\.$"):
        decode(damage(path, every=every), OPTIONS)


def test_a_byte_here_and_there_is_forgiven(encode: Encode, make_tune: MakeTune) -> None:
    path = damage(encode(make_tune(30.0), "clip.mp3", *WITHOUT_INDEX), every=10_000)
    assert decode(path, OPTIONS).info.duration == pytest.approx(30.0, abs=0.5)


def ape_tag(content: bytes) -> bytes:
    size = struct.pack("<III", 2_000, len(content) + 32, 1)
    return b"APETAGEX" + size + b"\0\0\0\xa0" + bytes(8) + content + b"APETAGEX" + size + b"\0\0\0\x80" + bytes(8)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda mp3: mp3[len(mp3) // 3 + 1 : len(mp3) * 2 // 3], id="both-ends-cut-off"),
        pytest.param(lambda mp3: mp3[len(mp3) // 2 + 7 : len(mp3) // 2 + len(mp3) // 9], id="three-seconds"),
        pytest.param(lambda mp3: mp3[: len(mp3) // 2] + mp3[len(mp3) // 3 :], id="two-pieces-joined"),
        pytest.param(lambda mp3: mp3[: len(mp3) // 2] + bytes(65_536) + mp3[len(mp3) // 2 :], id="zeros-in-the-middle"),
        pytest.param(lambda mp3: mp3 + b"TAG" + b"x" * 125, id="id3v1"),
        pytest.param(lambda mp3: mp3 + ape_tag(JUNK), id="ape-tag"),
        pytest.param(lambda mp3: JUNK + mp3, id="junk-before"),
    ],
)
def test_an_mp3_that_is_cut_joined_or_oddly_tagged_is_heard(
    change: Callable[[bytes], bytes], encode: Encode, make_tune: MakeTune
) -> None:
    path = encode(make_tune(30.0), "clip.mp3", *WITHOUT_INDEX)
    path.write_bytes(change(path.read_bytes()))
    assert decode(path, OPTIONS).info.duration >= 3.0
