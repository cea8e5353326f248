"""Keeps a stream of audio in bounded memory, however long it is."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Final

import numpy as np

from classifier.envelope import Envelope
from classifier.features import SAMPLE_RATE
from classifier.ffmpeg import BYTES_PER_SAMPLE
from classifier.result import Waveform
from classifier.silence import silence

with warnings.catch_warnings():
    # pydub looks for ffmpeg on PATH when it is imported; it is never asked to decode here.
    warnings.filterwarnings("ignore", message="Couldn't find ff", category=RuntimeWarning)
    from pydub import AudioSegment

BLOCK_SAMPLES: Final = 30 * SAMPLE_RATE
"""Length of a kept block, in samples (30 s): the longest window that is sure to lie in one piece."""

MAX_BLOCKS: Final = 20
"""Most blocks that are kept (53 MB): all of a song of ten minutes, and at least every second block of this
many afterwards."""

FULL_SCALE: Final = 2.0**31
"""Of 32-bit integer PCM, which is how pydub holds 32-bit samples."""

LARGEST_SAMPLE: Final = np.nextafter(np.float32(1.0), np.float32(0.0))
"""Greatest float32 below full scale: full scale itself does not fit into 32-bit integers."""


FAR_BEYOND: Final = 2.0
"""Level that music hardly passes, as a multiple of full scale: low bit rates of mp3, ogg, m4a and opus lift clipped
clips to 1.2 to 2.0, one sample of 660,000 beyond."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of kept audio.

    Parameters
    ----------
    index
        How many blocks of the stream came before it.
    segment
        Its audio: mono, `SAMPLE_RATE`, 32-bit. Only the last of a stream is shorter than the others.
    """

    index: int
    segment: AudioSegment

    @property
    def samples(self) -> int:
        """Its length, in samples."""
        return int(self.segment.frame_count())


@dataclass(frozen=True, slots=True)
class Recording:
    """What is kept of a stream.

    Parameters
    ----------
    blocks
        In order of time.
    block_samples
        Length of a whole block, in samples.
    samples
        Length of the stream, in samples.
    loudness
        RMS level of the whole stream, in dBFS; minus infinity where all samples are zero.
    far_beyond
        Share of the stream's samples that lay beyond `FAR_BEYOND` before they were clipped, infinities among them.
    waveform
        Outline of the whole stream.
    """

    blocks: tuple[Block, ...]
    block_samples: int
    samples: int
    loudness: float
    far_beyond: float
    waveform: Waveform

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """First sample, and the one after the last, of each stretch that is kept in one piece; in order of time."""
        stretches: list[tuple[int, int]] = []
        for block in self.blocks:
            first = block.index * self.block_samples
            last = first + block.samples
            if stretches and stretches[-1][1] == first:
                first, _ = stretches.pop()
            stretches.append((first, last))
        return tuple(stretches)

    def part(self, first: int, last: int) -> AudioSegment:
        """Return audio that was kept.

        Parameters
        ----------
        first, last
            Its first sample and the one after its last; what lies outside the stream is left out.

        Returns
        -------
        AudioSegment
            Mono, `SAMPLE_RATE`, 32-bit.

        Raises
        ------
        ValueError
            If some of it was not kept.
        """
        first, last = max(first, 0), min(last, self.samples)
        pieces = []
        for block in self.blocks:
            origin = block.index * self.block_samples
            if origin < last and first < origin + block.samples:
                # By sample, because pydub's own slices count in whole milliseconds.
                pieces.append(block.segment.get_sample_slice(max(first - origin, 0), last - origin).raw_data)
        data = b"".join(pieces)
        if len(data) != max(last - first, 0) * BYTES_PER_SAMPLE:
            raise ValueError(f"not all of the samples {first} to {last} of this long file were kept")
        return _segment(data)


class Recorder:
    """Takes a stream of audio in pieces and keeps a part of it that has a bounded size.

    A stream of at most `max_blocks` blocks is kept whole. Of a longer one, silent blocks are
    dropped, and of the others every second one as often as too many are held: what stays are the
    first, every 2ⁿ-th after it, and the last. That takes no length from any header, and depends
    on nothing but the audio.

    Parameters
    ----------
    block_samples
        Length of a block, in samples.
    max_blocks
        Most blocks to keep; the last one comes on top.
    """

    def __init__(self, *, block_samples: int = BLOCK_SAMPLES, max_blocks: int = MAX_BLOCKS) -> None:
        self.block_samples = block_samples
        self.max_blocks = max_blocks
        self._pending = bytearray()
        self._kept: list[Block] = []
        self._last_audible: Block | None = None
        self._blocks = 0
        self._audible_blocks = 0
        # 0 as long as everything is kept.
        self._stride = 0
        self._samples = 0
        self._power = 0.0
        self._far_beyond = 0
        self._envelope = Envelope()

    def write(self, pcm: bytes) -> None:
        """Take the next piece of the stream.

        Parameters
        ----------
        pcm
            Little-endian float32 samples, full scale ±1, cut anywhere. NaN becomes 0; what is beyond full
            scale is clipped.
        """
        self._pending += pcm
        block_bytes = self.block_samples * BYTES_PER_SAMPLE
        while len(self._pending) >= block_bytes:
            block, self._pending = self._pending[:block_bytes], self._pending[block_bytes:]
            self._close_block(block)

    def finish(self) -> Recording:
        """End the stream.

        Returns
        -------
        Recording
            What was kept of it.
        """
        rest = len(self._pending) - len(self._pending) % BYTES_PER_SAMPLE
        if rest:
            self._close_block(self._pending[:rest])
        self._pending.clear()
        blocks = list(self._kept)
        if self._last_audible is not None and blocks[-1] is not self._last_audible:
            blocks.append(self._last_audible)
        mean_square = self._power / max(self._samples, 1)
        loudness = 10.0 * math.log10(mean_square) if mean_square > 0.0 else -math.inf
        far_beyond = self._far_beyond / max(self._samples, 1)
        waveform = self._envelope.waveform()
        return Recording(tuple(blocks), self.block_samples, self._samples, loudness, far_beyond, waveform)

    def _close_block(self, pcm: bytearray) -> None:
        # In place, block by block: two hours of sound are 635 MB.
        samples = np.frombuffer(pcm, dtype="<f4")
        self._far_beyond += int(np.count_nonzero(np.abs(samples) > FAR_BEYOND))
        np.nan_to_num(samples, copy=False, nan=0.0, posinf=1.0, neginf=-1.0)
        np.clip(samples, -1.0, LARGEST_SAMPLE, out=samples)
        self._envelope.write(samples)
        samples *= np.float32(FULL_SCALE)
        block = Block(self._blocks, _segment(samples.astype("<i4").tobytes()))
        self._blocks += 1
        self._samples += block.samples
        self._power += block.samples * (block.segment.rms / FULL_SCALE) ** 2
        self._keep(block)

    def _keep(self, block: Block) -> None:
        if self._stride:
            self._keep_if_audible(block)
            return
        self._kept.append(block)
        if len(self._kept) > self.max_blocks:
            self._stride = 1
            everything, self._kept = self._kept, []
            for candidate in everything:
                self._keep_if_audible(candidate)

    def _keep_if_audible(self, block: Block) -> None:
        # As the ends are trimmed, so that the audible part begins and ends in blocks that are kept.
        if silence(block.segment.get_sample_slice, 0, block.samples) == block.samples:
            return
        self._last_audible = block
        if self._audible_blocks % self._stride == 0:
            self._kept.append(block)
        self._audible_blocks += 1
        if len(self._kept) > self.max_blocks:
            del self._kept[1::2]
            self._stride *= 2


def _segment(data: bytes) -> AudioSegment:
    return AudioSegment(data=data, sample_width=BYTES_PER_SAMPLE, frame_rate=SAMPLE_RATE, channels=1)
