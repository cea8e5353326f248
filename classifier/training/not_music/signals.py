"""What the generated sounds are built of: oscillators, noise of any colour, events in time, filters and rooms.

Every function is pure: what is random comes from the generator that is passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import scipy.fft
import scipy.signal

from classifier.features import SAMPLE_RATE

Signal = npt.NDArray[np.float64]
"""Samples at `SAMPLE_RATE`, shape (samples,)."""

LOWEST_HZ: Final = 20.0
"""Least frequency of generated noise, in Hz: what lies below is not heard but would decide the level."""

TABLE_SAMPLES: Final = 4096
"""Length of one period of a stored waveform, in samples."""


def decibels(level: float) -> float:
    """Return the amplitude of a level in dB."""
    return float(10 ** (level / 20))


def peak_of(signal: Signal) -> float:
    """Return the greatest amplitude of a signal; 0 for one without samples."""
    return float(np.abs(signal).max(initial=0.0))


def at_level(signal: Signal, dbfs: float) -> Signal:
    """Scale a signal.

    Parameters
    ----------
    signal : ndarray, shape (samples,)
        Any sound but silence.
    dbfs
        The peak that it shall have, in dB relative to full scale.

    Returns
    -------
    ndarray, shape (samples,)
        The same sound.
    """
    return signal * (decibels(dbfs) / peak_of(signal))


def mix(signals: Sequence[Signal]) -> Signal:
    """Return the sum of signals of one length."""
    return np.asarray(np.sum(signals, axis=0), dtype=np.float64)


def log_uniform(rng: np.random.Generator, low: float, high: float) -> float:
    """Draw a number whose logarithm is uniform, as pitches and durations are heard."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def phase_of(frequency: float | Signal, size: int) -> Signal:
    """Integrate a frequency.

    Parameters
    ----------
    frequency : float or ndarray, shape (size,)
        In Hz, constant or for each sample.
    size
        In samples.

    Returns
    -------
    ndarray, shape (size,)
        Phase in periods, from 0.
    """
    if isinstance(frequency, np.ndarray):
        # Not the sum itself: the first sample is at phase 0.
        return (np.cumsum(frequency, dtype=np.float64) - frequency) / SAMPLE_RATE
    return np.arange(size, dtype=np.float64) * (frequency / SAMPLE_RATE)


def sine(phase: Signal) -> Signal:
    """Return the sine of a phase in periods."""
    return np.asarray(np.sin(2 * np.pi * phase), dtype=np.float64)


def partials(shape: str, highest_hz: float) -> Signal:
    """Return the Fourier series of a classic waveform, cut off below half of `SAMPLE_RATE`.

    Parameters
    ----------
    shape
        ``sine``, ``triangle``, ``square`` or ``saw``.
    highest_hz
        Highest fundamental that it is played at, in Hz: no partial of that may fold back.

    Returns
    -------
    ndarray, shape (partials,)
        Amplitudes of the first partial, the second and so on: odd ones falling as 1/n for the square
        and 1/n² with alternating sign for the triangle, all of them as 1/n for the saw.
    """
    number = np.arange(1, min(int(0.49 * SAMPLE_RATE / highest_hz), TABLE_SAMPLES // 8) + 1, dtype=np.float64)
    odd = number % 2
    amplitudes = {
        "sine": (number == 1).astype(np.float64),
        "triangle": odd * (1 - 2 * (number % 4 == 3)) / number**2,
        "square": odd / number,
        "saw": 1 / number,
    }
    return np.asarray(amplitudes[shape], dtype=np.float64)


def wave(phase: Signal, amplitudes: Sequence[float] | Signal) -> Signal:
    """Play a waveform from a table of one period, with linear interpolation.

    Parameters
    ----------
    phase : ndarray, shape (samples,)
        In periods.
    amplitudes
        Of the sine partials, from the first.

    Returns
    -------
    ndarray, shape (samples,)
        The waveform at each phase.
    """
    spectrum = np.zeros(TABLE_SAMPLES // 2 + 1, dtype=np.complex128)
    spectrum[1 : len(amplitudes) + 1] = -0.5j * TABLE_SAMPLES * np.asarray(amplitudes)
    period = scipy.fft.irfft(spectrum)
    position = (phase % 1.0) * TABLE_SAMPLES
    return np.asarray(np.interp(position, np.arange(TABLE_SAMPLES + 1), np.append(period, period[0])), dtype=np.float64)


def shaped_noise(rng: np.random.Generator, size: int, gain: Callable[[Signal], Signal]) -> Signal:
    """Make Gaussian noise of any spectrum.

    Each bin of the spectrum is a complex normal number times the gain, which an inverse Fourier
    transform turns into sound (Timmer and König, 1995, "On generating power law noise",
    Astronomy and Astrophysics 300).

    Parameters
    ----------
    rng
        What is random.
    size
        In samples.
    gain
        Amplitude at frequencies in Hz, an array of shape (bins,); nothing below `LOWEST_HZ` is asked for.

    Returns
    -------
    ndarray, shape (size,)
        With an effective value of 1.
    """
    # A little longer where that makes the transform fast.
    length = scipy.fft.next_fast_len(size, real=True)
    frequencies = scipy.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    heard = frequencies >= LOWEST_HZ
    spectrum = np.zeros(frequencies.size, dtype=np.complex128)
    normal = rng.standard_normal((2, int(heard.sum())))
    spectrum[heard] = (normal[0] + 1j * normal[1]) * gain(frequencies[heard])
    noise = scipy.fft.irfft(spectrum, length)[:size]
    return np.asarray(noise / np.sqrt(np.mean(noise**2)), dtype=np.float64)


def coloured_noise(rng: np.random.Generator, size: int, exponent: float) -> Signal:
    """Make noise whose power falls or rises as a power of the frequency.

    Parameters
    ----------
    rng
        What is random.
    size
        In samples.
    exponent
        Of the power: 0 is white, -1 pink (-3 dB an octave), -2 brown (-6 dB), 1 blue (+3 dB).

    Returns
    -------
    ndarray, shape (size,)
        With an effective value of 1.
    """
    return shaped_noise(rng, size, lambda frequency: frequency ** (exponent / 2))


def band_noise(rng: np.random.Generator, size: int, low: float, high: float) -> Signal:
    """Make noise between two frequencies in Hz, with the slopes of a Butterworth filter of second order."""
    return shaped_noise(
        rng, size, lambda frequency: 1 / np.sqrt((1 + (low / frequency) ** 4) * (1 + (frequency / high) ** 4))
    )


def drift(rng: np.random.Generator, size: int, seconds: float) -> Signal:
    """Make a slow random curve.

    Parameters
    ----------
    rng
        What is random.
    size
        In samples.
    seconds
        Time from one turning point to the next.

    Returns
    -------
    ndarray, shape (size,)
        Between 0 and 1: uniform points joined by half cosines.
    """
    points = rng.uniform(size=int(size / SAMPLE_RATE / seconds) + 2)
    position = np.arange(size) / (seconds * SAMPLE_RATE)
    index = position.astype(np.intp)
    ease = 0.5 - 0.5 * np.cos(np.pi * (position - index))
    return points[index] * (1 - ease) + points[index + 1] * ease


def gate(size: int, spans: Iterable[tuple[float, float]], *, ramp: float = 0.005) -> Signal:
    """Make an envelope that opens and closes.

    Parameters
    ----------
    size
        In samples.
    spans
        Start and end of each opening, in seconds; ends beyond the last sample are cut.
    ramp
        Time to open and to close, in seconds: without it, each edge is a click.

    Returns
    -------
    ndarray, shape (size,)
        Between 0 and 1.
    """
    envelope = np.zeros(size)
    edge = max(int(ramp * SAMPLE_RATE), 1)
    for start, end in spans:
        first, last = round(start * SAMPLE_RATE), min(round(end * SAMPLE_RATE), size)
        if first < last:
            steps = np.arange(1, last - first + 1) / edge
            envelope[first:last] = np.minimum(np.minimum(steps, steps[::-1]), 1.0)
    return envelope


def place(size: int, events: Iterable[tuple[float, Signal]]) -> Signal:
    """Add short sounds into a longer one.

    Parameters
    ----------
    size
        Of the longer one, in samples.
    events
        Start in seconds and samples of each; what reaches beyond the end is cut.

    Returns
    -------
    ndarray, shape (size,)
        Their sum.
    """
    track = np.zeros(size)
    for start, event in events:
        first = round(start * SAMPLE_RATE)
        part = event[: max(size - first, 0)]
        track[first : first + part.size] += part
    return track


def poisson_times(rng: np.random.Generator, seconds: float, rate: float) -> Signal:
    """Draw the times of independent events, in seconds, at `rate` events a second; never none."""
    return np.sort(rng.uniform(0, seconds, size=max(int(rng.poisson(rate * seconds)), 1)))


def paced_times(rng: np.random.Generator, seconds: float, period: float, jitter: float) -> Signal:
    """Draw the times of repeated events.

    Parameters
    ----------
    rng
        What is random.
    seconds
        Length of the sound.
    period
        Mean time from one event to the next, in seconds.
    jitter
        Greatest change of that time as a share of it, from 0 to below 1.

    Returns
    -------
    ndarray, shape (events,)
        In seconds; the first lies within the first period.
    """
    steps = period * (1 + rng.uniform(-jitter, jitter, size=int(seconds / period / (1 - jitter)) + 2))
    times: Signal = rng.uniform(0, period) + np.cumsum(steps) - steps[0]
    return times[times < seconds]


def struck(frequency: float, decay: float, *, glide: float = 0.0) -> Signal:
    """Make a damped resonance.

    Parameters
    ----------
    frequency
        In Hz, at the start.
    decay
        Time to fall to 1/e, in seconds; five times that is kept.
    glide
        Relative change of the frequency within one `decay`.

    Returns
    -------
    ndarray, shape (samples,)
        At most 1. With a glide upwards it is a drop falling into water (van den Doel, 2005,
        "Physically based models for liquid sounds", ACM Transactions on Applied Perception 2).
    """
    time = np.arange(max(int(5 * decay * SAMPLE_RATE), 2)) / SAMPLE_RATE
    return np.asarray(np.exp(-time / decay), dtype=np.float64) * sine(
        frequency * time * (1 + glide * time / (2 * decay))
    )


def burst(rng: np.random.Generator, decay: float) -> Signal:
    """Make a burst of white noise that falls to 1/e in `decay` seconds, with a peak of 1."""
    time = np.arange(max(int(5 * decay * SAMPLE_RATE), 2)) / SAMPLE_RATE
    noise = rng.standard_normal(time.size) * np.exp(-time / decay)
    return at_level(noise, 0.0)


def band_pass(signal: Signal, low: float, high: float) -> Signal:
    """Keep what lies between two frequencies in Hz (Butterworth, fourth order at each end)."""
    sections = scipy.signal.butter(4, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos")
    return np.asarray(scipy.signal.sosfilt(sections, signal), dtype=np.float64)


def reverberate(rng: np.random.Generator, signal: Signal, *, seconds: float, wet: float) -> Signal:
    """Put a sound into a room.

    The room is noise that decays exponentially, which Moorer found to sound like one ("About this
    reverberation business", 1979, Computer Music Journal 3).

    Parameters
    ----------
    rng
        What is random: the room.
    signal : ndarray, shape (samples,)
        The dry sound.
    seconds
        Time in which the room's sound falls by 60 dB.
    wet
        Energy of the room's impulse response relative to that of the direct sound.

    Returns
    -------
    ndarray, shape (samples,)
        Cut at the length of the dry sound.
    """
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    response = rng.standard_normal(time.size) * 10 ** (-3 * time / seconds)
    response *= np.sqrt(wet / np.sum(response**2))
    response[0] += 1.0
    return np.asarray(scipy.signal.oaconvolve(signal, response)[: signal.size], dtype=np.float64)


def over_floor(rng: np.random.Generator, signal: Signal, below: float) -> Signal:
    """Add the pink noise of a recording, `below` dB under the signal's peak."""
    return signal + coloured_noise(rng, signal.size, -1) * (peak_of(signal) * decibels(-below))
