"""What was cut off is restored; what was not is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from classifier.analysis import Listener, analyze
from classifier.audio import decode
from classifier.declip import FLATNESS, RINGING, restore_peaks
from classifier.features import FEATURE_NAMES, SAMPLE_RATE, extract_features
from classifier.measure import measure, tag_at_reference_level
from classifier.options import DecodeOptions
from classifier.tag_statistics import summarize_tags

FloatArray = npt.NDArray[np.float32]


def chords(seconds: float = 6.0) -> FloatArray:
    """Return decaying chords, a new one each half second, whose greatest magnitude is 1."""
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    random = np.random.default_rng(0)
    music = np.zeros(time.size)
    for start in np.arange(0.0, seconds, 0.5):
        since = np.maximum(time - start, 0.0)
        for pitch in 110.0 * 2.0 ** (random.choice(24, 3) / 12):
            for partial in range(1, 6):
                decay = np.exp(-3.0 * partial * since) * (time >= start)
                music += decay * np.sin(2 * np.pi * pitch * partial * since) / partial
    return (music / np.abs(music).max()).astype(np.float32)


def clipped(music: FloatArray, decibels: float) -> FloatArray:
    return np.clip(music * np.float32(10 ** (decibels / 20)), -1.0, 1.0)


def error(music: FloatArray, other: FloatArray) -> float:
    """Return the error in dB relative to the music, at the gain that suits it best."""
    gain = float(np.dot(music, other) / np.dot(other, other))
    return float(10 * np.log10(np.mean((music - gain * other) ** 2) / np.mean(music**2)))


@pytest.mark.parametrize(("decibels", "gained"), [(9.0, 3.0), (12.0, 2.5), (18.0, 1.0)])
def test_clipped_music_comes_nearer_to_what_it_was(decibels: float, gained: float) -> None:
    music = chords()
    cut = clipped(music, decibels)
    assert error(music, restore_peaks(cut)) < error(music, cut) - gained


def test_a_resampler_after_the_clipping_does_not_hide_it() -> None:
    music = chords()
    cut = clipped(music, 12.0)
    # A short low-pass rings at the edges, as every resampler does.
    taps = np.sinc(np.arange(-16, 17) * 0.9) * np.hamming(33)
    ringing = np.convolve(cut, taps / taps.sum(), "same").astype(np.float32)
    assert 1.0 < np.abs(ringing).max() < RINGING
    assert error(music, restore_peaks(ringing)) < error(music, ringing) - 2.0


def test_what_is_not_clipped_is_left_alone() -> None:
    music = chords()
    assert restore_peaks(music) is music
    quiet = clipped(music, -20.0)
    assert restore_peaks(quiet) is quiet
    silence = np.zeros(SAMPLE_RATE, np.float32)
    assert restore_peaks(silence) is silence
    nothing = np.zeros(0, np.float32)
    assert restore_peaks(nothing) is nothing


@given(
    samples=npst.arrays(np.float32, st.integers(0, 5_000), elements=st.floats(-1, 1, width=32)),
    ceiling=st.floats(0.001, 1.0),
)
@settings(max_examples=100, deadline=None)
def test_only_what_was_cut_off_changes_and_only_outwards(samples: FloatArray, ceiling: float) -> None:
    cut = np.clip(samples, -np.float32(ceiling), np.float32(ceiling))
    restored = restore_peaks(cut)
    assert restored.shape == cut.shape
    assert np.isfinite(restored).all()
    changed = restored != cut
    assert (np.abs(restored[changed]) > np.abs(cut[changed])).all()
    assert (np.sign(restored[changed]) == np.sign(cut[changed])).all()
    if changed.any():
        assert np.abs(cut[changed]).min() >= FLATNESS * np.quantile(np.abs(cut), 0.99) * (1 - 1e-6)


def test_it_is_heard_in_every_measurement(listener: Listener) -> None:
    cut = clipped(chords(), 15.0)
    restored = restore_peaks(cut - cut.mean(dtype=np.float64).astype(np.float32))
    row = measure(cut, listener.network).row()
    np.testing.assert_array_equal(row[: len(FEATURE_NAMES)], extract_features(restored))
    np.testing.assert_array_equal(
        row[len(FEATURE_NAMES) :], summarize_tags(tag_at_reference_level(restored, listener.network))
    )


@pytest.mark.parametrize("name", ["country.00094", "pop.00004"])
def test_a_song_made_far_too_loud_keeps_its_genre(
    name: str, clip_of: Callable[[str], Path], write_wav: Callable[..., Path], listener: Listener
) -> None:
    original = decode(clip_of(name), DecodeOptions())
    samples = original.samples(original.audible)
    loud = analyze(write_wav(clipped(samples, 12.0)), listener, DecodeOptions())
    assert loud.genres[0].name == name.split(".", maxsplit=1)[0]
