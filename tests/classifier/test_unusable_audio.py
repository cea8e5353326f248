"""A file that cannot be listened to gets an error that says what is wrong with it; one that can is not refused."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.audio import decode
from classifier.errors import (
    AudioError,
    CorruptAudio,
    EmptyFile,
    FileTooLarge,
    NoSound,
    NotAudio,
    SilentAudio,
    TooShort,
    TruncatedAudio,
    WrongScale,
)
from classifier.features import SAMPLE_RATE
from classifier.options import DecodeOptions
from classifier.windows import Window

Encode = Callable[..., Path]
MakeTune = Callable[..., npt.NDArray[np.float32]]
WriteWav = Callable[..., Path]

OPTIONS = DecodeOptions()


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.mp3"
    path.touch()
    with pytest.raises(EmptyFile):
        decode(path, OPTIONS)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"Dear diary, today I heard a song.\n" * 500, id="text"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(5_000), id="picture"),
        pytest.param(b"PK\x03\x04" + bytes(5_000), id="archive"),
        pytest.param(bytes(100_000), id="zeros"),
        pytest.param(b"R", id="one-byte"),
        pytest.param(b"RIFF\x24\x00\x00\x00WAVE", id="header-only"),
        *[pytest.param(np.random.default_rng(seed).bytes(100_000), id=f"random-{seed}") for seed in range(4)],
    ],
)
def test_bytes_that_are_no_audio(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "attachment"
    path.write_bytes(content)
    with pytest.raises(NotAudio):
        decode(path, OPTIONS)
    # Where the content gives no hint at all, ffmpeg believes the suffix and then finds nothing to decode.
    renamed = path.rename(tmp_path / "noise.mp3")
    with pytest.raises((NotAudio, CorruptAudio)):
        decode(renamed, OPTIONS)


def test_a_film_without_sound(encode: Encode, make_tune: MakeTune) -> None:
    picture = ("-f", "lavfi", "-i", "color=red:size=64x64:duration=4:rate=5")
    film = encode(make_tune(1.0), "mute.mp4", *picture, "-map", "1:v", "-pix_fmt", "yuv420p")
    with pytest.raises(NoSound):
        decode(film, OPTIONS)


def test_a_folder_and_a_pipe_are_not_opened(tmp_path: Path) -> None:
    with pytest.raises(NotAudio):
        decode(tmp_path, OPTIONS)
    pipe = tmp_path / "pipe.wav"
    os.mkfifo(pipe)
    # Opening it would wait for a writer for ever.
    with pytest.raises(NotAudio):
        decode(pipe, OPTIONS)


def test_a_missing_file_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        decode(tmp_path / "gone.wav", OPTIONS)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("clip.wav", ()),
        ("clip.aiff", ()),
        ("clip.flac", ()),
        ("clip.mp3", ("-c:a", "libmp3lame", "-write_xing", "1")),
        ("clip.m4a", ("-movflags", "faststart")),
        ("clip.webm", ("-c:a", "libopus")),
        ("clip.mka", ("-c:a", "flac")),
    ],
)
def test_a_file_that_ends_before_its_header_says_so_is_cut_off(
    name: str, options: tuple[str, ...], encode: Encode, make_tune: MakeTune
) -> None:
    path = encode(make_tune(20.0), name, *options)
    assert decode(path, OPTIONS).complete
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(TruncatedAudio, match="should last 20 s but only") as caught:
        decode(path, OPTIONS)
    assert caught.value.decoded_seconds == pytest.approx(10.0, abs=2.0)


def test_an_m4a_whose_index_was_to_come_at_the_end_is_cut_off(encode: Encode, make_tune: MakeTune) -> None:
    path = encode(make_tune(20.0), "clip.m4a")
    content = path.read_bytes()
    assert content.index(b"moov") > len(content) // 2
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(TruncatedAudio, match="part of it is missing"):
        decode(path, OPTIONS)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        pytest.param("film.mp4", ("-map", "1:v", "-map", "0:a", "-pix_fmt", "yuv420p"), id="longer pictures"),
        pytest.param("film.webm", ("-map", "1:v", "-map", "0:a", "-c:a", "libopus"), id="longer pictures in webm"),
        pytest.param("late.mka", ("-map", "0:a", "-c:a", "flac", "-output_ts_offset", "100"), id="late timestamps"),
    ],
)
def test_a_container_that_is_longer_than_its_sound_is_not_cut_off(
    name: str, options: tuple[str, ...], encode: Encode, make_tune: MakeTune
) -> None:
    picture = ("-f", "lavfi", "-i", "color=red:size=64x64:duration=12:rate=5")
    clip = decode(encode(make_tune(6.0), name, *picture, *options), OPTIONS)
    assert clip.info.duration == pytest.approx(6.0, abs=0.1)


def test_an_mp3_with_a_cover_is_still_known_to_be_cut_off(encode: Encode, make_tune: MakeTune) -> None:
    picture = ("-f", "lavfi", "-i", "color=red:size=64x64:duration=0.2:rate=5")
    cover = ("-map", "1:v", "-map", "0:a", "-c:v", "png", "-disposition:v", "attached_pic")
    path = encode(make_tune(20.0), "clip.mp3", *picture, *cover)
    assert decode(path, OPTIONS).complete
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(TruncatedAudio):
        decode(path, OPTIONS)


@pytest.mark.parametrize(("name", "codec"), [("clip.ogg", "libvorbis"), ("clip.opus", "libopus"), ("clip.aac", "aac")])
def test_formats_without_a_declared_length_are_just_shorter_when_cut(
    name: str, codec: str, encode: Encode, make_tune: MakeTune
) -> None:
    path = encode(make_tune(20.0), name, "-c:a", codec)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert 7.0 < decode(path, OPTIONS).info.duration < 13.0


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(b"\x00\x00\x00\x00", id="none"),
        pytest.param(b"\xff\xff\xff\xff", id="4 GiB"),
        pytest.param(b"\x24\xf0\xff\x7f", id="sox"),
        pytest.param(b"\x24\x00\x00\x80", id="arecord"),
    ],
)
def test_a_wav_from_a_writer_that_could_not_seek_back_is_whole(
    size: bytes, encode: Encode, make_tune: MakeTune
) -> None:
    path = encode(make_tune(4.0), "streamed.wav")
    content = bytearray(path.read_bytes())
    data_size = content.index(b"data") + 4
    content[4:8] = content[data_size : data_size + 4] = size
    path.write_bytes(content)
    clip = decode(path, OPTIONS)
    assert clip.complete
    assert clip.info.duration == pytest.approx(4.0)


@given(cut=st.integers(1, 6_000), name=st.sampled_from(["a.mp3", "a.flac", "a.m4a", "a.ogg", "a.webm", "a.aiff"]))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_any_beginning_of_a_file_gives_one_of_the_named_errors(
    cut: int, name: str, beginnings: dict[str, bytes], scratch: Path
) -> None:
    path = scratch / name
    path.write_bytes(beginnings[name][:cut])
    with pytest.raises((NotAudio, TruncatedAudio, CorruptAudio, TooShort, SilentAudio)):
        decode(path, OPTIONS)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("beginnings")


@pytest.fixture(scope="module")
def beginnings(scratch: Path, ffmpeg: str) -> dict[str, bytes]:
    """Return whole files of 2 s: too short to be accepted, wherever they are cut."""
    content = {}
    for name in ("a.mp3", "a.flac", "a.m4a", "a.ogg", "a.webm", "a.aiff"):
        source = ("-f", "lavfi", "-i", "sine=duration=2:sample_rate=48000")
        subprocess.run([ffmpeg, "-nostdin", "-loglevel", "error", *source, scratch / name], check=True, timeout=60)
        content[name] = (scratch / name).read_bytes()
    return content


# Silence and length


@pytest.mark.parametrize("extra_samples", [0, 1, 10, 12, 2_205])
def test_silence_is_called_silence_whatever_its_length(extra_samples: int, write_wav: WriteWav) -> None:
    samples = np.zeros(4 * SAMPLE_RATE + extra_samples, np.int16)
    with pytest.raises(SilentAudio, match="only silence in the 4 s"):
        decode(write_wav(samples), OPTIONS)


def test_what_nobody_can_hear_is_silence(write_wav: WriteWav, make_tune: MakeTune) -> None:
    with pytest.raises(SilentAudio):
        decode(write_wav(make_tune(5.0) * np.float32(1e-4)), OPTIONS)


def test_channels_that_cancel_each_other_out_are_told_from_silence(write_wav: WriteWav, make_tune: MakeTune) -> None:
    tune = make_tune(4.0)
    with pytest.raises(SilentAudio, match=r"channels may cancel each other out .* send it as mono, or one channel"):
        decode(write_wav(np.stack([tune, -tune], axis=1)), OPTIONS)
    with pytest.raises(SilentAudio) as caught:
        decode(write_wav(np.zeros(4 * SAMPLE_RATE, np.float32)), OPTIONS)
    assert "channel" not in str(caught.value)
    assert decode(write_wav(tune), OPTIONS).complete


@pytest.mark.parametrize("seconds", [0.001, 1.0, 2.9, 2.999])
def test_less_than_three_seconds_are_too_short(seconds: float, write_wav: WriteWav, make_tune: MakeTune) -> None:
    with pytest.raises(TooShort, match="at least 3 s are needed") as caught:
        decode(write_wav(make_tune(seconds)), OPTIONS)
    assert caught.value.seconds == pytest.approx(seconds, abs=1e-3)
    assert "Only 3.0 s" not in str(caught.value)


def test_three_seconds_are_enough(write_wav: WriteWav, make_tune: MakeTune) -> None:
    assert decode(write_wav(make_tune(3.0)), OPTIONS).info.duration == pytest.approx(3.0)


def test_silence_at_the_ends_is_not_listened_to(write_wav: WriteWav, make_tune: MakeTune) -> None:
    silence = np.zeros(5 * SAMPLE_RATE, np.float32)
    clip = decode(write_wav(np.concatenate([silence, make_tune(4.0), silence])), OPTIONS)
    assert clip.audible.start == pytest.approx(5.0, abs=0.1)
    assert clip.audible.end == pytest.approx(9.0, abs=0.1)
    assert clip.info.duration == pytest.approx(14.0)


def test_a_clip_that_is_too_short_without_the_silence_at_its_ends(write_wav: WriteWav, make_tune: MakeTune) -> None:
    silence = np.zeros(5 * SAMPLE_RATE, np.float32)
    with pytest.raises(TooShort, match=r"Only 2\.0 s of sound"):
        decode(write_wav(np.concatenate([silence, make_tune(2.0), silence])), OPTIONS)


def test_samples_that_are_no_numbers_and_a_few_beyond_full_scale_are_survived(
    write_wav: WriteWav, make_tune: MakeTune
) -> None:
    samples = make_tune(4.0).copy()
    samples[::50] = np.nan
    # As far as decoders overshoot, and once in three thousand samples any distance.
    samples[1::50], samples[2::9_000], samples[3::9_000], samples[4::9_000] = 1.6, np.inf, -np.inf, 1e30
    clip = decode(write_wav(samples), OPTIONS)
    decoded = clip.samples(Window(0.0, clip.info.duration))
    assert np.isfinite(decoded).all()
    assert np.abs(decoded).max() <= 1.0
    np.testing.assert_array_equal(decoded[::50], 0.0)
    np.testing.assert_allclose(decoded[1::50], 1.0, atol=1e-6)
    np.testing.assert_allclose(decoded[3::9_000], -1.0, atol=1e-6)
    np.testing.assert_allclose(decoded[5::50], samples[5::50], atol=1e-6)


@pytest.mark.parametrize("sample_rate", [SAMPLE_RATE, 44_100])
@pytest.mark.parametrize("scale", [32_768.0, 1e30, np.inf])
def test_samples_on_another_scale_are_refused(
    scale: float, sample_rate: int, write_wav: WriteWav, make_tune: MakeTune
) -> None:
    tune = make_tune(4.0, sample_rate=sample_rate)
    scaled = np.where(np.arange(tune.size) % 300 == 0, np.inf, tune) if np.isinf(scale) else tune * scale
    with pytest.raises(WrongScale, match=r"Export it again with samples between -1 and 1"):
        decode(write_wav(scaled.astype(np.float32), sample_rate=sample_rate), OPTIONS)


def test_samples_that_are_all_not_numbers_are_silence(write_wav: WriteWav) -> None:
    with pytest.raises(SilentAudio):
        decode(write_wav(np.full(4 * SAMPLE_RATE, np.nan, np.float32)), OPTIONS)


@pytest.mark.parametrize("error", [EmptyFile, NotAudio, NoSound, TruncatedAudio, SilentAudio, TooShort, FileTooLarge])
def test_every_refusal_can_be_caught_as_one(error: type[Exception]) -> None:
    assert issubclass(error, AudioError)
