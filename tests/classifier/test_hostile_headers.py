"""Headers that claim what is not there, and little files that hold very much: bounded in memory, time and answers."""

from __future__ import annotations

import struct
import subprocess
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from classifier.analysis import Listener, analyze
from classifier.audio import decode
from classifier.errors import AudioError, SilentAudio, TruncatedAudio
from classifier.options import DecodeOptions
from classifier.result import AudioInfo

Encode = Callable[..., Path]
MakeTune = Callable[..., npt.NDArray[np.float32]]

OPTIONS = DecodeOptions()


@contextmanager
def bounded_memory(most: int = 24 << 20) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


def heard(path: Path, options: DecodeOptions = OPTIONS) -> AudioInfo | None:
    """Decode a file in bounded memory; None where a sentence says why it cannot be."""
    with bounded_memory():
        try:
            return decode(path, options).info
        except AudioError as error:
            sentence = str(error)
    assert sentence.endswith(".")
    return None


def wav(
    data: bytes, *, rate: int, channels: int = 1, bits: int = 16, code: int = 1, claimed: int | None = None
) -> bytes:
    """Return a wav file whose header may lie."""
    size = len(data) if claimed is None else claimed
    frame = channels * bits // 8
    form = struct.pack("<IHHIIHH", 16, code, channels, rate, rate * frame & 0xFFFF_FFFF, frame & 0xFFFF, bits)
    riff = struct.pack("<I", min(size + 36, 0xFFFF_FFFF))
    return b"RIFF" + riff + b"WAVEfmt " + form + b"data" + struct.pack("<I", size) + data


def noise(samples: int) -> bytes:
    second = np.random.default_rng(0).integers(-9_999, 9_999, 22_050, dtype=np.int16)
    return np.resize(second, samples).astype("<i2").tobytes()


@pytest.mark.parametrize("claimed", [0x7FFF_0000, 0xFFFF_FFD0, 0xFFFF_FFFF])
def test_a_wav_that_claims_four_gigabytes_is_heard_as_far_as_it_goes(claimed: int, tmp_path: Path) -> None:
    path = tmp_path / "claims.wav"
    path.write_bytes(wav(noise(5 * 22_050), rate=22_050, claimed=claimed))
    with bounded_memory():
        assert decode(path, OPTIONS).info.duration == pytest.approx(5.0)


@pytest.mark.parametrize("channels", [24, 255])
def test_a_wav_of_very_many_channels_gets_an_answer_or_a_sentence(channels: int, tmp_path: Path) -> None:
    path = tmp_path / "wide.wav"
    path.write_bytes(wav(noise(4 * 8_000 * channels), rate=8_000, channels=channels))
    info = heard(path)
    assert info is None or info.duration == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("rate", "samples", "seconds"),
    [(1, 100, 20.0), (7, 700, 20.0), (10_000_000, 32_000_000, 3.2), (2**31 - 1, 1_000, 0.0)],
)
def test_odd_sample_rates_are_bounded_by_the_limits(rate: int, samples: int, seconds: float, tmp_path: Path) -> None:
    path = tmp_path / "odd.wav"
    path.write_bytes(wav(noise(samples), rate=rate))
    info = heard(path, DecodeOptions(max_seconds=20.0))
    assert info is None or info.duration == pytest.approx(seconds, abs=0.1)


def test_no_sample_rate_is_no_audio(tmp_path: Path) -> None:
    path = tmp_path / "zero.wav"
    path.write_bytes(wav(noise(100_000), rate=0))
    with pytest.raises(AudioError):
        decode(path, OPTIONS)


@pytest.mark.parametrize("bits", [32, 64])
def test_samples_that_are_no_numbers_do_not_reach_the_answer(
    bits: int, make_tune: MakeTune, listener: Listener, tmp_path: Path
) -> None:
    samples = make_tune(4.0).astype(f"<f{bits // 8}")
    samples[::1_000], samples[1::4_000], samples[2::4_000] = np.nan, np.inf, -np.inf
    path = tmp_path / "nan.wav"
    path.write_bytes(wav(samples.tobytes(), rate=22_050, bits=bits, code=3))
    genres = analyze(path, listener, OPTIONS).genres
    assert sum(genre.probability for genre in genres) == pytest.approx(1.0)
    assert all(0.0 <= genre.probability <= 1.0 for genre in genres)


def patched(content: bytes, after: bytes, number: bytes, *, skip: int = 0) -> bytes:
    """Overwrite what stands after the name of a field."""
    at = content.index(after) + len(after) + skip
    return content[:at] + number + content[at + len(number) :]


@pytest.mark.parametrize("box", [b"stts", b"stsz", b"stco", b"stsc", b"stsd", b"elst", b"mdat", b"moov", b"trak"])
@pytest.mark.parametrize("number", [b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x00"])
def test_an_m4a_with_a_count_or_a_length_that_is_huge_or_nothing(
    box: bytes, number: bytes, encode: Encode, make_tune: MakeTune, tmp_path: Path
) -> None:
    content = encode(make_tune(4.0), "song.m4a").read_bytes()
    count = content.index(box)
    for lying in (
        patched(content, box, number, skip=4),
        # Its length stands before its name.
        content[: count - 4] + number + content[count:],
    ):
        path = tmp_path / "lying.m4a"
        path.write_bytes(lying)
        info = heard(path)
        assert info is None or info.duration < 10


@pytest.mark.parametrize("name", [b"\x18\x53\x80\x67", b"\x16\x54\xae\x6b", b"\x1f\x43\xb6\x75", b"\xa3", b"\x63\xa2"])
def test_a_matroska_element_that_claims_very_much(
    name: bytes, encode: Encode, make_tune: MakeTune, tmp_path: Path
) -> None:
    content = encode(make_tune(4.0), "song.mka", "-c:a", "flac").read_bytes()
    path = tmp_path / "lying.mka"
    for size in (b"\x01\x00\xff\xff\xff\xff\xff\xff", b"\x01\x7f\xff\xff\xff\xff\xff\xfe", b"\x08\xff\xff\xff"):
        path.write_bytes(patched(content, name, size))
        info = heard(path)
        assert info is None or info.duration < 10


def test_a_flac_whose_header_lies_about_its_length(encode: Encode, make_tune: MakeTune, tmp_path: Path) -> None:
    content = bytearray(encode(make_tune(5.0), "song.flac").read_bytes())
    path = tmp_path / "lying.flac"
    # The last 36 of these bits are the number of samples.
    known = int.from_bytes(content[18:26], "big") >> 36 << 36
    for samples, refused in ((0, False), (22_050, False), ((1 << 36) - 1, True)):
        content[18:26] = (known | samples).to_bytes(8, "big")
        path.write_bytes(content)
        if refused:
            with pytest.raises(TruncatedAudio):
                decode(path, OPTIONS)
        else:
            assert decode(path, OPTIONS).info.duration == pytest.approx(5.0, abs=4.1)


def test_ten_hours_of_silence_in_a_small_file_end_at_the_limit(ffmpeg: str, tmp_path: Path) -> None:
    minute, hours = tmp_path / "minute.opus", tmp_path / "hours.opus"
    quiet = (ffmpeg, "-nostdin", "-loglevel", "error")
    silence = ("-f", "lavfi", "-i", "anullsrc=r=48000:cl=mono", "-t", "60", "-b:a", "6k", "-frame_duration", "60")
    subprocess.run([*quiet, *silence, minute], check=True, timeout=60)
    subprocess.run([*quiet, "-stream_loop", "599", "-i", minute, "-c", "copy", hours], check=True, timeout=60)
    assert hours.stat().st_size < 20_000_000
    with bounded_memory(), pytest.raises(SilentAudio, match=r"only silence in the 12[01] s"):
        decode(hours, DecodeOptions(max_seconds=120.0))


def test_a_small_file_that_decodes_to_very_much_is_cut_at_the_limit(
    ffmpeg: str, tmp_path: Path, listener: Listener
) -> None:
    bomb = tmp_path / "bomb.flac"
    source = "aevalsrc=0.5*lt(mod(t\\,0.5)\\,0.01):s=8000:d=600"
    subprocess.run(
        [ffmpeg, "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", source, bomb], check=True, timeout=120
    )
    analysis = analyze(bomb, listener, DecodeOptions(max_seconds=40.0))
    assert (analysis.audio.duration, analysis.audio.complete) == (pytest.approx(40.0), False)
