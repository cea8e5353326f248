"""The outline of a stream is small, exact and the same however the stream arrives."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.envelope import FINEST_STEP, MOST_PEAKS, Envelope
from classifier.features import SAMPLE_RATE


@given(
    count=st.integers(0, 2_000),
    cuts=st.lists(st.integers(0, 2_000), max_size=8),
    most_peaks=st.integers(1, 30),
    finest_step=st.integers(1, 20),
    seed=st.integers(0, 9),
)
def test_each_peak_is_the_largest_magnitude_of_its_step(
    count: int, cuts: list[int], most_peaks: int, finest_step: int, seed: int
) -> None:
    samples = np.random.default_rng(seed).uniform(-1, 1, count).astype(np.float32)
    envelope = Envelope(most_peaks=most_peaks, finest_step=finest_step)
    for start, end in itertools.pairwise([0, *sorted(min(cut, count) for cut in cuts), count]):
        envelope.write(samples[start:end])
    waveform = envelope.waveform()

    step = round(waveform.step * SAMPLE_RATE)
    assert step == next(
        step for step in (finest_step * 2**power for power in itertools.count()) if count <= most_peaks * step
    )
    assert len(waveform.peaks) == -(-count // step)
    expected = [np.abs(samples[start : start + step]).max() for start in range(0, count, step)]
    assert waveform.peaks == pytest.approx(expected, abs=0.000_51)
    assert all(len(repr(peak)) <= len("0.123") for peak in waveform.peaks)


@pytest.mark.parametrize(("seconds", "step"), [(3.0, 0.02), (30.0, 0.08), (7200.0, 20.48)])
def test_a_short_clip_has_fine_peaks_and_a_long_one_no_more_of_them(seconds: float, step: float) -> None:
    envelope = Envelope()
    block = np.linspace(-1, 1, SAMPLE_RATE, dtype=np.float32)
    for _ in range(round(seconds)):
        envelope.write(block)
    waveform = envelope.waveform()
    assert waveform.step == pytest.approx(step)
    assert len(waveform.peaks) * step == pytest.approx(seconds, abs=step)
    assert min(MOST_PEAKS / 2, seconds * SAMPLE_RATE / FINEST_STEP) <= len(waveform.peaks) <= MOST_PEAKS
