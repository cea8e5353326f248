"""A stranger's file becomes mono audio, whatever its format, and no more of it than the limits allow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.signal

from classifier.audio import Clip, decode
from classifier.errors import FileTooLarge, SilentAudio
from classifier.features import SAMPLE_RATE
from classifier.options import DecodeOptions
from classifier.windows import Window

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
    return clip.samples(Window(0.0, clip.info.duration))


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
