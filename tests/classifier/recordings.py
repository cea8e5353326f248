"""Records samples as a decoder would hand them over."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from classifier.recording import Recorder, Recording


def record(
    samples: npt.NDArray[np.float32], *, block_samples: int, max_blocks: int, cuts: Sequence[int] = ()
) -> Recording:
    recorder = Recorder(block_samples=block_samples, max_blocks=max_blocks)
    data = samples.astype("<f4").tobytes()
    for start, end in itertools.pairwise([0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]):
        recorder.write(data[start:end])
    return recorder.finish()
