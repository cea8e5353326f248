"""Windows are spread over what can be heard of a clip, whether all of it was kept or not."""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.audio import MINIMUM_SECONDS, Clip
from classifier.features import SAMPLE_RATE
from classifier.ffmpeg_log import StreamInfo
from classifier.recording import BLOCK_SAMPLES, MAX_BLOCKS
from classifier.silence import SILENCE_DBFS, SILENCE_STEP
from classifier.windows import Window
from tests.classifier.recordings import record

STREAM = StreamInfo("pcm_f32le", SAMPLE_RATE, "mono", None)


# Windows of a file that is kept whole


def clip_of_parts(parts: list[tuple[float, bool]]) -> Clip:
    """Lay stretches of noise and of silence end to end; the first and the last can be heard."""
    random = np.random.default_rng(0)
    pieces = [
        random.uniform(-0.1, 0.1, round(seconds * SAMPLE_RATE)) * (heard or index in {0, len(parts) - 1})
        for index, (seconds, heard) in enumerate(parts)
    ]
    recording = record(np.concatenate(pieces), block_samples=BLOCK_SAMPLES, max_blocks=MAX_BLOCKS)
    return Clip(recording, STREAM, complete=True, audible=Window(0.0, recording.samples / SAMPLE_RATE))


def level(samples: npt.NDArray[np.float32]) -> float:
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2)))


@given(
    parts=st.lists(st.tuples(st.floats(3.0, 15.0), st.booleans()), min_size=1, max_size=7),
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
        assert window.seconds <= seconds + 1.0 + rounding
        samples = clip.samples(window)
        assert samples.size == pytest.approx(window.seconds * SAMPLE_RATE, abs=2)
        assert level(samples) >= SILENCE_DBFS
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


# Windows of a file that is too long to be kept whole

LONG_BLOCK_SECONDS = 4
"""Blocks as short as can be judged, so that a long file is quick to make."""


QUIET_BUT_FOR_A_CLICK = np.zeros(LONG_BLOCK_SECONDS * SAMPLE_RATE, np.float32)
QUIET_BUT_FOR_A_CLICK[:SILENCE_STEP] = 10 ** ((SILENCE_DBFS + 10) / 20)
"""A block that is kept for a tenth of a second that can be heard, but is silence on the whole."""


def long_clip(audible: list[bool], *, max_blocks: int, lead: float = 0.0, tail: float = 0.0) -> Clip:
    """Return a clip that begins and ends in audible blocks, after `lead` seconds and `tail` before their ends."""
    blocks = np.array([0.1 * (heard or index in {0, len(audible) - 1}) for index, heard in enumerate(audible)])
    recording = record(
        np.repeat(blocks.astype(np.float32), LONG_BLOCK_SECONDS * SAMPLE_RATE),
        block_samples=LONG_BLOCK_SECONDS * SAMPLE_RATE,
        max_blocks=max_blocks,
    )
    return Clip(recording, STREAM, complete=True, audible=Window(lead, len(audible) * float(LONG_BLOCK_SECONDS) - tail))


@given(
    audible=st.lists(st.sampled_from([True, True, True, False]), min_size=8, max_size=40),
    max_blocks=st.integers(3, 6),
    lead=st.floats(0.0, 3.9),
    tail=st.floats(0.0, 3.9),
    seconds=st.floats(1.0, 9.0),
    at_most=st.integers(1, 8),
)
@settings(max_examples=60, deadline=None)
def test_windows_of_a_long_file_are_in_one_piece_ordered_apart_inside_the_audible_part_and_heard(
    *, audible: list[bool], max_blocks: int, lead: float, tail: float, seconds: float, at_most: int
) -> None:
    clip = long_clip(audible, max_blocks=max_blocks, lead=lead, tail=tail)
    rounding = 1e-9
    windows = clip.windows(seconds=seconds, at_most=at_most)
    assert 1 <= len(windows) <= at_most
    for window in windows:
        assert clip.audible.start - rounding <= window.start < window.end <= clip.audible.end + rounding
        assert min(seconds, MINIMUM_SECONDS) - rounding <= window.seconds <= seconds + 1.0 + rounding
        # A stretch that was not kept would be refused.
        samples = clip.samples(window)
        assert samples.size == pytest.approx(window.seconds * SAMPLE_RATE, abs=2)
        assert level(samples) >= SILENCE_DBFS
    for earlier, later in itertools.pairwise(windows):
        assert earlier.end <= later.start + rounding


@pytest.mark.parametrize("at_most", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("blocks", [41, 64, 100])
def test_windows_of_a_long_file_are_spread_over_all_of_it(blocks: int, at_most: int) -> None:
    clip = long_clip([True] * blocks, max_blocks=20)
    windows = clip.windows(seconds=float(LONG_BLOCK_SECONDS), at_most=at_most)
    assert len(windows) == at_most
    duration = clip.info.duration
    ideal = [(number + 0.5) * duration / at_most for number in range(at_most)]
    for window, middle in zip(windows, ideal, strict=True):
        # No farther off than one stride of what is kept.
        assert (window.start + window.end) / 2 == pytest.approx(middle, abs=duration / 10)


def test_where_a_long_file_is_silent_its_windows_lie_elsewhere() -> None:
    audible = [*[True] * 12, *[False] * 30, *[True] * 12]
    windows = long_clip(audible, max_blocks=20).windows(seconds=float(LONG_BLOCK_SECONDS), at_most=6)
    assert len(windows) == 6
    assert sum(window.end <= 12 * LONG_BLOCK_SECONDS for window in windows) == 3
    assert sum(window.start >= 42 * LONG_BLOCK_SECONDS for window in windows) == 3


def test_windows_that_no_kept_stretch_is_long_enough_for_are_cut_to_one() -> None:
    clip = long_clip([True] * 40, max_blocks=4)
    (window,) = clip.windows(seconds=60.0, at_most=3)
    assert window.seconds == LONG_BLOCK_SECONDS


def test_blocks_of_a_long_file_with_nothing_but_a_click_are_skipped() -> None:
    loud = np.full_like(QUIET_BUT_FOR_A_CLICK, 0.1)
    samples = np.concatenate([loud, *[QUIET_BUT_FOR_A_CLICK] * 6, loud])
    recording = record(samples, block_samples=loud.size, max_blocks=4)
    clip = Clip(recording, STREAM, complete=True, audible=Window(0.0, 32.0))
    assert [block.index for block in recording.blocks] == [0, 2, 4, 6, 7]
    windows = clip.windows(seconds=float(LONG_BLOCK_SECONDS), at_most=5)
    assert [(window.start, window.end) for window in windows] == [(0.0, 4.0), (28.0, 32.0)]


def test_of_a_long_file_with_nothing_but_clicks_the_loudest_is_heard() -> None:
    clicks = [QUIET_BUT_FOR_A_CLICK * np.float32(gain) for gain in (1.0, 1.0, 1.5, 1.0, 2.0, 1.0, 1.2, 1.0)]
    recording = record(np.concatenate(clicks), block_samples=clicks[0].size, max_blocks=4)
    clip = Clip(recording, STREAM, complete=True, audible=Window(0.0, len(clicks) * float(LONG_BLOCK_SECONDS)))
    assert clip.windows(seconds=float(LONG_BLOCK_SECONDS), at_most=5) == (Window(16.0, 20.0),)
