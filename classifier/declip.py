"""Restores the peaks of music that was made too loud, so that it is heard as what it was."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.fft

CEILING_QUANTILE: Final = 0.99
"""Of the magnitudes: where more than a hundredth of all samples was cut off, this is the ceiling itself."""

RINGING: Final = 1.15
"""How far the greatest magnitude may lie above the ceiling: a resampler and a codec ring at edges as sharp as those.

Music that is not clipped reaches much farther above its 0.99-quantile: `python -m benchmarks.peaks` prints how far.
"""

FLATNESS: Final = 0.95
"""Share of the ceiling from which on a sample counts as cut off."""

FRAME: Final = 1024
"""Length of a frame, in samples; frames overlap by half."""

ITERATIONS: Final = 20

FIRST_KEPT: Final = 0.005
"""Share of the time-frequency coefficients that the first iteration keeps: the loudest partials."""

LAST_KEPT: Final = 0.15
"""The same for the last iteration."""


def restore_peaks(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Estimate what was above the ceiling of a clipped signal, and leave any other as it is.

    Clipping adds partials to every loud note, and music turns into rock for the classifier. Consistent iterative
    hard thresholding looks for a signal with few time-frequency coefficients that equals the given one where that
    was not cut off, and lies beyond the ceiling where it was.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
        Mono audio.

    Returns
    -------
    ndarray of float32, shape (n,)
        The given array itself if it is not clipped.

    References
    ----------
    Kitić, Jacques, Madhu, Hopwood, Spriet and De Vleeschouwer (2013), "Consistent iterative hard thresholding for
    signal declipping".
    """
    magnitudes = np.abs(samples)
    ceiling = np.quantile(magnitudes, CEILING_QUANTILE) if samples.size else np.float32(0.0)
    if samples.size < FRAME or ceiling <= 0.0 or magnitudes.max() > RINGING * ceiling:
        return samples
    cut_off = np.flatnonzero(magnitudes >= FLATNESS * ceiling)
    least, signs = magnitudes[cut_off], np.sign(samples[cut_off])

    hop = FRAME // 2
    count = -(-samples.size // hop) + 1
    restored = np.zeros((count + 1) * hop, np.float32)
    inside = slice(hop, hop + samples.size)
    restored[inside] = samples
    # The square root of a Hann window, for analysis and synthesis: halves that overlap add up to one.
    window = np.sqrt(np.hanning(FRAME + 1)[:-1]).astype(np.float32)
    for share in np.linspace(FIRST_KEPT, LAST_KEPT, ITERATIONS):
        frames = np.lib.stride_tricks.sliding_window_view(restored, FRAME)[::hop] * window
        coefficients = scipy.fft.rfft(frames, axis=1)
        loudness = np.abs(coefficients)
        # Every seventh frame is enough to find the threshold, and sorting is what would take the time.
        coefficients[loudness < np.quantile(loudness[::7], 1.0 - share)] = 0.0
        sparse_frames = scipy.fft.irfft(coefficients, FRAME, axis=1) * window
        sparse = np.zeros((count + 1, hop), np.float32)
        sparse[:-1] += sparse_frames[:, :hop]
        sparse[1:] += sparse_frames[:, hop:]
        restored[hop + cut_off] = signs * np.maximum(least, signs * sparse.ravel()[hop + cut_off])
    return restored[inside].copy()
