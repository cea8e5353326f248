"""A few seconds are cut out of a file: the right ones, at a good level, and with nothing that tells what they are."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile

from classifier.audio import MINIMUM_SECONDS
from classifier.errors import NotAudio, SilentAudio, TooShort
from classifier.excerpt import FADE_MILLISECONDS, cut_excerpt
from classifier.features import SAMPLE_RATE
from classifier.options import DecodeOptions

Encode = Callable[..., Path]
WriteWav = Callable[..., Path]
Samples = npt.NDArray[np.float32]

OPTIONS = DecodeOptions()
SECONDS = 4.0


def tone(frequency: float, seconds: float, level: float = 0.5) -> Samples:
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return (level * np.sin(2 * np.pi * frequency * times)).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def heard(wav: bytes) -> Samples:
    rate, samples = scipy.io.wavfile.read(io.BytesIO(wav))
    assert (rate, samples.dtype, samples.ndim) == (SAMPLE_RATE, np.int16, 1)
    return (samples / np.float32(1 << 15)).astype(np.float32)


def pitch(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples))
    return float(np.argmax(spectrum) * SAMPLE_RATE / samples.size)


def chunks(wav: bytes) -> list[bytes]:
    """Return the names of everything that a RIFF file holds."""
    names, place = [], 12
    while place < len(wav):
        names.append(wav[place : place + 4])
        place += 8 + int.from_bytes(wav[place + 4 : place + 8], "little")
    return names


def test_an_excerpt_is_as_long_as_wanted_faded_and_loud_enough_to_be_heard(write_wav: WriteWav) -> None:
    samples = heard(cut_excerpt(write_wav(tone(440, 30.0, level=0.01)), OPTIONS, seconds=SECONDS))
    fade = FADE_MILLISECONDS * SAMPLE_RATE // 1000
    assert samples.size == SECONDS * SAMPLE_RATE
    assert np.abs(samples).max() == pytest.approx(10 ** (-1 / 20), abs=0.01)
    for end in (samples[: fade // 8], samples[-fade // 8 :]):
        assert np.abs(end).max() < 0.2
    assert pitch(samples) == pytest.approx(440, abs=1)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # The middle, where it is as loud as the rest.
        ([(300, 20.0, 0.5), (600, 10.0, 0.5), (900, 20.0, 0.5)], 600),
        # Not the middle, where it is much quieter.
        ([(300, 8.0, 0.02), (600, 30.0, 0.01), (900, 12.0, 0.5)], 900),
        # Silence at the ends does not count.
        ([(0, 30.0, 0.0), (600, 9.0, 0.5)], 600),
    ],
)
def test_it_is_taken_from_where_the_music_is(
    parts: list[tuple[float, float, float]], expected: float, write_wav: WriteWav
) -> None:
    path = write_wav(np.concatenate([tone(*part) for part in parts]))
    assert pitch(heard(cut_excerpt(path, OPTIONS, seconds=SECONDS))) == pytest.approx(expected, abs=1)


@pytest.mark.parametrize(("sound", "expected"), [(3.2, 3.2), (4.5, 4.0), (7.9, 4.0)])
def test_a_short_clip_is_taken_whole_without_the_silence_around_it(
    sound: float, expected: float, write_wav: WriteWav
) -> None:
    path = write_wav(np.concatenate([silence(1.0), tone(440, sound), silence(2.0)]))
    samples = heard(cut_excerpt(path, OPTIONS, seconds=SECONDS))
    assert samples.size / SAMPLE_RATE == pytest.approx(expected, abs=0.11)


def test_nothing_but_the_sound_is_in_the_file(encode: Encode) -> None:
    stereo = np.stack([tone(440, 6.0), tone(660, 6.0)], axis=1)
    path = encode(
        stereo, "tagged.mp3", "-c:a", "libmp3lame", "-metadata", "title=One Love", "-metadata", "genre=Reggae"
    )
    wav = cut_excerpt(path, OPTIONS, seconds=SECONDS)
    assert b"One Love" in path.read_bytes()
    assert chunks(wav) == [b"fmt ", b"data"]
    assert b"One Love" not in wav
    assert b"Reggae" not in wav
    assert cut_excerpt(path, OPTIONS, seconds=SECONDS) == wav


@pytest.mark.parametrize(
    ("samples", "error"),
    [
        (silence(10.0), SilentAudio),
        (tone(440, MINIMUM_SECONDS - 0.5), TooShort),
        (np.concatenate([silence(9.0), tone(440, 1.0), silence(9.0)]), TooShort),
    ],
)
def test_what_has_too_little_sound_is_refused_in_words(
    samples: Samples, error: type[Exception], write_wav: WriteWav
) -> None:
    with pytest.raises(error):
        cut_excerpt(write_wav(samples), OPTIONS, seconds=SECONDS)


def test_what_is_no_audio_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.mp3"
    path.write_bytes(b"<html>not a song</html>" * 100)
    with pytest.raises(NotAudio):
        cut_excerpt(path, OPTIONS, seconds=SECONDS)
