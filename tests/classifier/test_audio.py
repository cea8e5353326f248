"""A stranger's file becomes mono audio, or an error that says what is wrong with it."""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.signal
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.audio import SAMPLE_RATE, SILENCE_DBFS, AudioSegment, Clip, Window, decode
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
)
from classifier.ffmpeg import StreamInfo
from classifier.options import DecodeOptions

Encode = Callable[..., Path]
MakeTune = Callable[..., npt.NDArray[np.float32]]
WriteWav = Callable[..., Path]

LOSSY = {
    "clip.mp3": ("-c:a", "libmp3lame", "-b:a", "192k"),
    "clip.ogg": ("-c:a", "libvorbis", "-q:a", "6"),
    "opus-in.ogg": ("-c:a", "libopus", "-b:a", "128k"),
    "clip.opus": ("-c:a", "libopus", "-b:a", "128k"),
    "clip.m4a": ("-c:a", "aac", "-b:a", "192k"),
    "clip.aac": ("-c:a", "aac", "-b:a", "192k"),
    "clip.webm": ("-c:a", "libopus", "-b:a", "128k"),
    "vorbis-in.webm": ("-c:a", "libvorbis", "-q:a", "6"),
}
LOSSLESS = {
    "clip.wav": ("-c:a", "pcm_s16le"),
    "deep.wav": ("-c:a", "pcm_s24le"),
    "clip.flac": ("-c:a", "flac"),
    "clip.aiff": ("-c:a", "pcm_s16be"),
    "clip.mka": ("-c:a", "flac"),
    "alac-in.m4a": ("-c:a", "alac"),
}
EVERY_FORMAT = {**LOSSY, **LOSSLESS}
OPTIONS = DecodeOptions()


def samples_of(clip: Clip) -> npt.NDArray[np.float32]:
    return clip.samples(Window(0.0, clip.segment.duration_seconds))


def similarity(ours: npt.NDArray[np.float32], theirs: npt.NDArray[np.float32]) -> float:
    """Return the greatest normalised correlation over all delays: encoders pad the start."""
    peak = np.abs(scipy.signal.correlate(ours, theirs, method="fft")).max()
    return float(peak / (np.linalg.norm(ours) * np.linalg.norm(theirs)))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("name", EVERY_FORMAT)
def test_every_format_that_people_send_becomes_the_same_mono_audio(
    name: str, channels: int, encode: Encode, make_tune: MakeTune
) -> None:
    tune = make_tune(4.0)
    clip = decode(encode(tune, name, *EVERY_FORMAT[name], "-ac", str(channels)), OPTIONS)
    assert isinstance(clip.segment, AudioSegment)
    assert (clip.segment.frame_rate, clip.segment.channels, clip.segment.sample_width) == (SAMPLE_RATE, 1, 4)
    assert samples_of(clip).dtype == np.float32
    assert clip.complete
    assert clip.info.channels == ("mono", "stereo")[channels - 1]
    assert clip.info.duration == pytest.approx(4.0, abs=0.1)
    assert similarity(samples_of(clip), tune) > 0.97


@pytest.mark.parametrize("name", LOSSLESS)
def test_lossless_formats_at_the_features_own_rate_are_decoded_bit_for_bit(
    name: str, encode: Encode, make_tune: MakeTune
) -> None:
    sixteen_bit = np.round(make_tune(3.5) * 32_767) / 32_768
    clip = decode(encode(sixteen_bit.astype(np.float32), name, *LOSSLESS[name]), OPTIONS)
    np.testing.assert_array_equal(samples_of(clip), sixteen_bit.astype(np.float32))


@pytest.mark.parametrize(
    ("name", "sample_rate"),
    [
        *[("clip.wav", rate) for rate in (8_000, 11_025, 16_000, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000)],
        *[("clip.flac", rate) for rate in (8_000, 44_100, 96_000, 192_000)],
        *[("clip.mp3", rate) for rate in (8_000, 11_025, 44_100, 48_000)],
        *[("clip.opus", rate) for rate in (8_000, 48_000)],
    ],
)
def test_any_sample_rate_keeps_pitch_level_and_length(name: str, sample_rate: int, encode: Encode) -> None:
    time = np.arange(4 * sample_rate) / sample_rate
    tone = (0.5 * np.sin(2 * np.pi * 1_000 * time)).astype(np.float32)
    clip = decode(encode(tone, name, *EVERY_FORMAT[name], sample_rate=sample_rate), OPTIONS)
    if name in LOSSLESS:
        assert clip.info.sample_rate == sample_rate
    spectrum = np.abs(np.fft.rfft(samples_of(clip)[: 3 * SAMPLE_RATE]))
    assert np.argmax(spectrum) / 3 == pytest.approx(1_000, abs=1)
    # LAME attenuates by 0.45 dB below 32 kHz.
    assert clip.info.loudness == pytest.approx(20 * np.log10(0.5 / np.sqrt(2)), abs=0.5)
    assert clip.info.duration == pytest.approx(4.0, abs=0.1)


def test_stereo_is_averaged(write_wav: WriteWav, make_tune: MakeTune) -> None:
    left, right = make_tune(4.0, seed=1), make_tune(4.0, seed=2)
    clip = decode(write_wav(np.stack([left, right], axis=1)), OPTIONS)
    np.testing.assert_allclose(samples_of(clip), (left + right) / 2, atol=1e-6)


@pytest.mark.parametrize("name", EVERY_FORMAT)
def test_more_channels_are_neither_louder_nor_clipped(name: str, encode: Encode, make_tune: MakeTune) -> None:
    tune = make_tune(4.0)
    loud = np.stack([tune, tune], axis=1) / np.abs(tune).max() * np.float32(0.9)
    mono = decode(encode(loud[:, 0], f"mono-{name}", *EVERY_FORMAT[name]), OPTIONS)
    stereo = decode(encode(loud, f"stereo-{name}", *EVERY_FORMAT[name]), OPTIONS)
    assert stereo.info.loudness == pytest.approx(mono.info.loudness, abs=0.3)


def test_surround_sound_is_mixed_at_its_own_level(write_wav: WriteWav, make_tune: MakeTune) -> None:
    tune = make_tune(4.0)
    clip = decode(write_wav(np.stack([tune] * 6, axis=1)), OPTIONS)
    assert clip.info.channels.startswith("5.1")
    np.testing.assert_allclose(samples_of(clip), tune, atol=1e-6)


@pytest.mark.parametrize("suffix", ["", ".txt", ".mp3", ".exe"])
def test_the_suffix_says_nothing(suffix: str, encode: Encode, make_tune: MakeTune) -> None:
    flac = encode(make_tune(4.0), "clip.flac")
    renamed = flac.rename(flac.with_name(f"renamed{suffix}"))
    assert decode(renamed, OPTIONS).info.codec == "flac"


@pytest.mark.parametrize(
    "name",
    [
        "-i.wav",
        "-",
        "a:b.wav",
        "http:evil.wav",
        "concat:a|b.wav",
        "%03d.wav",
        "with spaces.wav",
        "Größe – 音楽 🎵.wav",
        'it\'s "quoted".wav',
        "two\nlines.wav",
    ],
)
def test_names_are_only_names(
    name: str, write_wav: WriteWav, make_tune: MakeTune, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_wav(make_tune(4.0), name)
    # A relative path is what would be taken for an option or an address.
    monkeypatch.chdir(path.parent)
    assert decode(Path(name), OPTIONS).info.duration == pytest.approx(4.0)


def test_what_was_heard_is_told(encode: Encode, make_tune: MakeTune) -> None:
    info = decode(encode(make_tune(4.0), "clip.mp3", "-ac", "2", "-ar", "44100"), OPTIONS).info
    assert (info.codec, info.sample_rate, info.channels, info.complete) == ("mp3", 44_100, "stereo", True)


def test_the_sound_track_of_a_film_and_a_song_with_a_cover_are_decoded(
    encode: Encode, make_tune: MakeTune, ffmpeg: str
) -> None:
    both = ("-map", "1:v", "-map", "0:a")
    pictures = ("-f", "lavfi", "-i", "color=red:size=64x64:duration=4:rate=5")
    film = encode(make_tune(4.0), "film.mp4", *pictures, *both, "-pix_fmt", "yuv420p")
    cover = ("-f", "lavfi", "-i", "color=red:size=64x64:duration=0.2:rate=5")
    song = encode(make_tune(4.0), "song.mp3", *cover, *both, "-c:v", "png", "-disposition:v", "attached_pic")
    assert decode(film, OPTIONS).info.codec == "aac"
    assert decode(song, OPTIONS).info.codec == "mp3"


# Limits


def test_a_file_over_the_byte_limit_is_refused_and_one_at_the_limit_is_not(
    write_wav: WriteWav, make_tune: MakeTune
) -> None:
    path = write_wav(make_tune(4.0))
    size = path.stat().st_size
    with pytest.raises(FileTooLarge, match=r"limit of 0\.\d+ MB"):
        decode(path, DecodeOptions(max_bytes=size - 1))
    assert decode(path, DecodeOptions(max_bytes=size)).complete


@pytest.mark.parametrize("name", ["clip.wav", "clip.mp3", "clip.m4a", "clip.ogg", "clip.opus", "clip.flac"])
def test_a_longer_file_is_decoded_only_as_far_as_the_limit(name: str, encode: Encode, make_tune: MakeTune) -> None:
    path = encode(make_tune(12.0), name, *EVERY_FORMAT[name])
    clip = decode(path, DecodeOptions(max_seconds=5.0))
    assert clip.info.duration == pytest.approx(5.0, abs=0.1)
    assert not clip.complete
    assert not clip.info.complete
    assert decode(path, DecodeOptions(max_seconds=13.0)).complete


def test_an_hour_of_silence_is_heard_only_as_far_as_the_limit(encode: Encode, tmp_path: Path, ffmpeg: str) -> None:
    minute = encode(np.zeros(60 * 8_000, np.float32), "minute.opus", "-c:a", "libopus", "-b:a", "6k", sample_rate=8_000)
    hour = encode(
        np.zeros(1, np.float32), "hour.opus", "-stream_loop", "59", "-i", str(minute), "-map", "1:a", "-c", "copy"
    )
    with pytest.raises(SilentAudio) as caught:
        decode(hour, DecodeOptions(max_seconds=120.0))
    assert caught.value.seconds == pytest.approx(120.0, abs=0.1)


# Files that cannot be listened to


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


@pytest.mark.parametrize("name", ["clip.ogg", "clip.opus", "clip.aac"])
def test_formats_without_a_declared_length_are_just_shorter_when_cut(
    name: str, encode: Encode, make_tune: MakeTune
) -> None:
    path = encode(make_tune(20.0), name, *LOSSY[name])
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


def test_samples_that_are_no_numbers_or_beyond_full_scale_are_survived(
    write_wav: WriteWav, make_tune: MakeTune
) -> None:
    samples = make_tune(4.0).copy()
    samples[::50], samples[1::50], samples[2::50], samples[3::50] = np.nan, np.inf, -np.inf, 1e30
    decoded = samples_of(decode(write_wav(samples), OPTIONS))
    assert np.isfinite(decoded).all()
    assert np.abs(decoded).max() <= 1.0
    np.testing.assert_array_equal(decoded[::50], 0.0)
    np.testing.assert_allclose(decoded[1::50], 1.0, atol=1e-6)
    np.testing.assert_allclose(decoded[2::50], -1.0, atol=1e-6)
    np.testing.assert_allclose(decoded[4::50], samples[4::50], atol=1e-6)


def test_samples_that_are_all_not_numbers_are_silence(write_wav: WriteWav) -> None:
    with pytest.raises(SilentAudio):
        decode(write_wav(np.full(4 * SAMPLE_RATE, np.nan, np.float32)), OPTIONS)


@pytest.mark.parametrize("error", [EmptyFile, NotAudio, NoSound, TruncatedAudio, SilentAudio, TooShort, FileTooLarge])
def test_every_refusal_can_be_caught_as_one(error: type[Exception]) -> None:
    assert issubclass(error, AudioError)


# Windows


def clip_of_parts(parts: list[tuple[float, bool]]) -> Clip:
    """Lay stretches of noise and of silence end to end; the first and the last can be heard."""
    random = np.random.default_rng(0)
    pieces = [
        random.integers(-(2**28), 2**28, round(seconds * SAMPLE_RATE)) * (heard or index in {0, len(parts) - 1})
        for index, (seconds, heard) in enumerate(parts)
    ]
    data = np.concatenate(pieces).astype("<i4")
    segment = AudioSegment(data=data.tobytes(), sample_width=4, frame_rate=SAMPLE_RATE, channels=1)
    stream = StreamInfo("pcm_s32le", SAMPLE_RATE, "mono", None)
    return Clip(segment, stream, complete=True, audible=Window(0.0, data.size / SAMPLE_RATE))


@given(
    parts=st.lists(st.tuples(st.floats(0.5, 15.0), st.booleans()), min_size=1, max_size=7),
    seconds=st.floats(1.0, 30.0),
    at_most=st.integers(1, 6),
)
@settings(max_examples=60, deadline=None)
def test_windows_are_ordered_apart_inside_the_clip_and_can_be_heard(
    parts: list[tuple[float, bool]], seconds: float, at_most: int
) -> None:
    clip = clip_of_parts(parts)
    windows = clip.windows(seconds=seconds, at_most=at_most)
    rounding = 1e-9
    assert 1 <= len(windows) <= at_most
    for window in windows:
        assert clip.audible.start - rounding <= window.start < window.end <= clip.audible.end + rounding
        assert window.end - window.start <= seconds + 1.0 + rounding
        samples = clip.samples(window).astype(np.float64)
        assert samples.size == pytest.approx((window.end - window.start) * SAMPLE_RATE, abs=2)
        assert 10 * np.log10(np.mean(samples**2)) >= SILENCE_DBFS
    for earlier, later in itertools.pairwise(windows):
        assert earlier.end <= later.start + rounding


def test_windows_are_spread_over_the_whole_clip() -> None:
    clip = clip_of_parts([(100.0, True)])
    windows = clip.windows(seconds=10.0, at_most=4)
    assert [(window.start, window.end) for window in windows] == [(7.5, 17.5), (32.5, 42.5), (57.5, 67.5), (82.5, 92.5)]


def test_a_window_in_a_long_pause_is_skipped() -> None:
    windows = clip_of_parts([(30.0, True), (30.0, False), (30.0, True)]).windows(seconds=30.0, at_most=3)
    assert [window.start for window in windows] == [0.0, 60.0]


def test_a_clip_of_one_window_is_taken_whole_and_one_of_less_than_two_from_its_middle() -> None:
    assert clip_of_parts([(30.9, True)]).windows(seconds=30.0, at_most=4) == (Window(0.0, 30.9),)
    assert clip_of_parts([(50.0, True)]).windows(seconds=30.0, at_most=4) == (Window(10.0, 40.0),)
