"""Follows the waveform of a stream in bounded memory, however long it is."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.features import SAMPLE_RATE
from classifier.result import Waveform

MOST_PEAKS: Final = 400
"""Most peaks of a waveform: more than a phone has columns for, and 3 kB as JSON."""

FINEST_STEP: Final = SAMPLE_RATE // 50
"""Samples between the peaks of a short stream (20 ms)."""


class Envelope:
    """Takes a stream in pieces and keeps the largest magnitude of every few samples.

    As soon as there are more than `most_peaks`, each two neighbours become one, so that the step doubles: the
    result depends on nothing but the audio.

    Parameters
    ----------
    most_peaks
        Most peaks to keep, at least one.
    finest_step
        Samples between the peaks of a short stream.
    """

    def __init__(self, *, most_peaks: int = MOST_PEAKS, finest_step: int = FINEST_STEP) -> None:
        self._most_peaks = most_peaks
        self._step = finest_step
        self._samples = 0
        self._peaks = np.zeros(0, np.float32)

    def write(self, samples: npt.NDArray[np.float32]) -> None:
        """Take the next piece of the stream.

        Parameters
        ----------
        samples : ndarray of float32, shape (n,)
            Full scale ±1, no NaN.
        """
        if not samples.size:
            return
        missing = -self._samples % self._step
        first = [0] if missing else []
        starts = np.concatenate([first, np.arange(missing, samples.size, self._step)]).astype(np.intp)
        peaks = np.maximum.reduceat(np.abs(samples), starts)
        if missing:
            self._peaks[-1] = max(self._peaks[-1], peaks[0])
            peaks = peaks[1:]
        self._peaks = np.concatenate([self._peaks, peaks])
        self._samples += samples.size
        while self._peaks.size > self._most_peaks:
            self._peaks = np.maximum.reduceat(self._peaks, np.arange(0, self._peaks.size, 2))
            self._step *= 2

    def waveform(self) -> Waveform:
        """Return the waveform so far.

        Returns
        -------
        Waveform
            Its peaks with three digits.
        """
        return Waveform(self._step / SAMPLE_RATE, tuple(round(float(peak), 3) for peak in self._peaks))
