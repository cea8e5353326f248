"""Files of more than ten minutes are decoded to their end, and heard in windows spread over all that is not silent."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile

from classifier.audio import Clip, decode
from classifier.errors import SilentAudio, TooShort, TruncatedAudio
from classifier.features import SAMPLE_RATE
from classifier.options import DecodeOptions
from classifier.windows import Window

WriteWav = Callable[..., Path]

OPTIONS = DecodeOptions()
SILENCE = 128
"""Zero, in unsigned 8-bit PCM."""


def noise(seconds: float, *, silent: tuple[tuple[float, float], ...] = ()) -> npt.NDArray[np.uint8]:
    """Return 8-bit noise that never repeats, in which stretches are silent: small, and decoded without loss."""
    samples = np.frombuffer(np.random.default_rng(0).bytes(round(seconds * SAMPLE_RATE)), np.uint8).copy()
    for start, end in silent:
        samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)] = SILENCE
    return samples


def original(samples: npt.NDArray[np.uint8], window: Window) -> npt.NDArray[np.float32]:
    part = samples[round(window.start * SAMPLE_RATE) : round(window.end * SAMPLE_RATE)]
    return (part.astype(np.float32) - SILENCE) / np.float32(128)


@dataclass(frozen=True, slots=True)
class LongFile:
    samples: npt.NDArray[np.uint8]
    path: Path
    clip: Clip


@pytest.fixture(scope="module")
def forty_minutes(tmp_path_factory: pytest.TempPathFactory) -> LongFile:
    """Forty minutes with a pause of twenty in the middle."""
    samples = noise(2_400.0, silent=((615.0, 1_815.0),))
    path = tmp_path_factory.mktemp("long") / "forty-minutes.wav"
    scipy.io.wavfile.write(path, SAMPLE_RATE, samples)
    return LongFile(samples, path, decode(path, OPTIONS))


def test_a_long_file_is_decoded_to_its_end(forty_minutes: LongFile) -> None:
    info = forty_minutes.clip.info
    assert info.complete
    assert info.duration == 2_400.0
    power = np.mean(original(forty_minutes.samples, Window(0.0, 2_400.0)).astype(np.float64) ** 2)
    assert info.loudness == pytest.approx(10 * np.log10(power), abs=1e-3)


@pytest.mark.parametrize("at_most", [1, 5, 10])
def test_its_windows_are_the_audio_of_those_seconds(forty_minutes: LongFile, at_most: int) -> None:
    windows = forty_minutes.clip.windows(seconds=30.0, at_most=at_most)
    assert len(windows) == at_most
    for window in windows:
        assert window.seconds == 30.0
        np.testing.assert_array_equal(
            forty_minutes.clip.samples(window), original(forty_minutes.samples, window), strict=True
        )


def test_its_windows_are_spread_over_the_whole_and_not_in_the_pause(forty_minutes: LongFile) -> None:
    windows = forty_minutes.clip.windows(seconds=30.0, at_most=8)
    before = [window for window in windows if window.start < 615.0]
    after = [window for window in windows if window.end > 1_815.0]
    assert len(before) == len(after) == 4
    for side, (start, end) in ((before, (0.0, 630.0)), (after, (1_800.0, 2_400.0))):
        assert start <= side[0].start < start + 120.0
        assert end - 180.0 < side[-1].end <= end
        assert all(120.0 <= later.start - earlier.start <= 240.0 for earlier, later in itertools.pairwise(side))


def test_what_was_not_kept_is_refused_in_words(forty_minutes: LongFile) -> None:
    with pytest.raises(ValueError, match="not all of the samples 0 to"):
        forty_minutes.clip.samples(Window(0.0, 2_400.0))


def test_only_what_the_limit_allows_is_heard(forty_minutes: LongFile) -> None:
    clip = decode(forty_minutes.path, DecodeOptions(max_seconds=700.0))
    assert not clip.complete
    assert clip.info.duration == 700.0
    assert clip.audible == Window(0.0, 615.0)


def test_a_long_file_that_is_cut_off_is_told(forty_minutes: LongFile, tmp_path: Path) -> None:
    path = tmp_path / "cut-off.wav"
    with forty_minutes.path.open("rb") as file:
        path.write_bytes(file.read(forty_minutes.path.stat().st_size // 2))
    with pytest.raises(TruncatedAudio, match="should last 2400 s but only 1200 s"):
        decode(path, OPTIONS)


def test_silence_at_the_ends_of_a_long_file_is_not_listened_to(write_wav: WriteWav) -> None:
    samples = noise(1_300.0, silent=((0.0, 137.5), (1_111.3, 1_300.0)))
    clip = decode(write_wav(samples), OPTIONS)
    assert clip.info.duration == 1_300.0
    assert clip.audible.start == pytest.approx(137.5, abs=0.1)
    assert clip.audible.end == pytest.approx(1_111.3, abs=0.1)
    windows = clip.windows(seconds=30.0, at_most=5)
    assert len(windows) == 5
    for window in windows:
        assert 137.5 <= window.start < window.end <= 1_111.3
        np.testing.assert_array_equal(clip.samples(window), original(samples, window))


def test_a_short_song_in_a_long_silence_is_found(write_wav: WriteWav) -> None:
    samples = noise(1_300.0, silent=((0.0, 215.0), (265.0, 1_300.0)))
    clip = decode(write_wav(samples), OPTIONS)
    (window,) = clip.windows(seconds=30.0, at_most=5)
    assert (window.start, window.end) == pytest.approx((225.0, 255.0), abs=0.1)
    np.testing.assert_array_equal(clip.samples(window), original(samples, window))


def test_a_long_silence_is_called_silence(write_wav: WriteWav) -> None:
    with pytest.raises(SilentAudio, match="only silence in the 700 s"):
        decode(write_wav(np.full(700 * SAMPLE_RATE, SILENCE, np.uint8)), OPTIONS)


def test_two_clicks_far_apart_are_too_short(write_wav: WriteWav) -> None:
    with pytest.raises(TooShort, match="at least 3 s are needed"):
        decode(write_wav(noise(700.0, silent=((0.0, 29.5), (30.0, 660.0), (660.5, 700.0)))), OPTIONS)
