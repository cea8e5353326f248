"""A stream of any length is kept in bounded memory."""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.features import SAMPLE_RATE
from classifier.recording import BLOCK_SAMPLES, MAX_BLOCKS, Recorder, Recording
from classifier.silence import SILENCE_DBFS, SILENCE_STEP, silence
from tests.classifier.recordings import record

BLOCK = 100
"""Samples of the small blocks that the recorder is tried with."""


def numbered_blocks(audible: Sequence[bool], last_samples: int) -> npt.NDArray[np.float32]:
    """Return blocks of noise and of silence, all different, of which the last may be shorter."""
    blocks = np.random.default_rng(0).uniform(-0.5, 0.5, (len(audible), BLOCK)) * np.array(audible)[:, np.newaxis]
    return blocks.astype(np.float32).ravel()[: (len(audible) - 1) * BLOCK + last_samples]


def kept_samples(recording: Recording, first: int, last: int) -> npt.NDArray[np.float32]:
    return np.frombuffer(recording.part(first, last).raw_data, "<i4").astype(np.float32) / np.float32(2**31)


@given(
    audible=st.lists(st.sampled_from([True, True, False]), min_size=1, max_size=80),
    last_samples=st.integers(1, BLOCK),
    max_blocks=st.integers(1, 9),
    cuts=st.lists(st.integers(0), max_size=12),
)
@settings(max_examples=150, deadline=None)
def test_kept_blocks_are_few_evenly_strided_and_do_not_depend_on_how_the_stream_is_cut(
    audible: list[bool], last_samples: int, max_blocks: int, cuts: list[int]
) -> None:
    samples = numbered_blocks(audible, last_samples)
    recording = record(samples, block_samples=BLOCK, max_blocks=max_blocks, cuts=cuts)
    assert recording == record(samples, block_samples=BLOCK, max_blocks=max_blocks)
    assert recording.samples == samples.size

    kept = [block.index for block in recording.blocks]
    heard = [index for index, is_audible in enumerate(audible) if is_audible]
    if len(audible) <= max_blocks:
        assert kept == list(range(len(audible)))
    elif len(heard) <= max_blocks:
        assert kept == heard
    else:
        assert max_blocks / 2 < len(kept) <= max_blocks + 1
        stride = next(2**power for power in itertools.count() if len(heard) <= max_blocks * 2**power)
        assert kept == sorted({*heard[::stride], heard[-1]})
    for index in kept:
        original = samples[index * BLOCK : (index + 1) * BLOCK]
        np.testing.assert_allclose(
            kept_samples(recording, index * BLOCK, index * BLOCK + original.size), original, atol=1e-9
        )


def test_a_stretch_that_was_not_kept_is_not_made_up() -> None:
    recording = record(numbered_blocks([True] * 8, BLOCK), block_samples=BLOCK, max_blocks=4)
    assert [block.index for block in recording.blocks] == [0, 2, 4, 6, 7]
    assert recording.stretches == ((0, 100), (200, 300), (400, 500), (600, 800))
    assert kept_samples(recording, 650, 750).size == 100
    for first, last in ((0, 101), (150, 160), (199, 300), (0, 800)):
        with pytest.raises(ValueError, match="not all of the samples"):
            recording.part(first, last)


def test_what_is_kept_is_pydubs_audio() -> None:
    part = record(numbered_blocks([True] * 3, BLOCK), block_samples=BLOCK, max_blocks=4).part(50, 1_000)
    assert (part.frame_rate, part.channels, part.sample_width, part.frame_count()) == (SAMPLE_RATE, 1, 4, 250)


def test_the_loudness_is_that_of_the_whole_stream_not_only_of_what_is_kept() -> None:
    samples = np.repeat(np.array([0.5, 0.05] * 20, np.float32), BLOCK)
    loudness = record(samples, block_samples=BLOCK, max_blocks=4).loudness
    assert loudness == pytest.approx(10 * np.log10(np.mean(samples.astype(np.float64) ** 2)), abs=1e-6)
    assert record(np.zeros(250, np.float32), block_samples=BLOCK, max_blocks=4).loudness == -np.inf


def test_two_hours_take_no_more_memory_than_ten_minutes() -> None:
    second = np.random.default_rng(0).uniform(-0.5, 0.5, SAMPLE_RATE).astype("<f4").tobytes()
    peaks = []
    for minutes in (10, 120):
        recorder = Recorder()
        tracemalloc.start()
        try:
            for _ in range(minutes * 60):
                recorder.write(second)
            recording = recorder.finish()
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        assert recording.samples == minutes * 60 * SAMPLE_RATE
        assert len(recording.blocks) >= MAX_BLOCKS / 2
    assert max(peaks) < (MAX_BLOCKS + 5) * BLOCK_SAMPLES * 4


def test_the_search_for_silence_stays_in_what_was_kept() -> None:
    block = 10 * SILENCE_STEP
    samples = np.full(7 * block + 2 * SILENCE_STEP + SILENCE_STEP // 2, 0.1, np.float32)
    samples[5 * block :] = 0.0
    # Heard in a step that is counted from the beginning, but half in one and half in another from the end.
    samples[7 * block + SILENCE_STEP : 7 * block + 2 * SILENCE_STEP] = 10 ** ((SILENCE_DBFS + 1) / 20)
    recording = record(samples, block_samples=block, max_blocks=6)
    first, last = recording.stretches[-1]
    assert (first, last) == (7 * block, samples.size)
    assert silence(recording.part, first, last) == SILENCE_STEP
    assert silence(recording.part, first, last, from_end=True) == last - first
