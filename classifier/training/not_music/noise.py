"""Noise: of every colour, of weather, of old records and bad converters, and what is left where nothing is played."""

from __future__ import annotations

import numpy as np

from classifier.features import SAMPLE_RATE
from classifier.training.not_music.signals import (
    Signal,
    band_noise,
    burst,
    coloured_noise,
    decibels,
    drift,
    gate,
    log_uniform,
    mix,
    phase_of,
    place,
    poisson_times,
    sine,
    struck,
)


def white(rng: np.random.Generator, size: int) -> Signal:
    """Make white noise: the same power at every frequency."""
    return coloured_noise(rng, size, 0)


def pink(rng: np.random.Generator, size: int) -> Signal:
    """Make pink noise: -3 dB an octave."""
    return coloured_noise(rng, size, -1)


def brown(rng: np.random.Generator, size: int) -> Signal:
    """Make brown noise: -6 dB an octave."""
    return coloured_noise(rng, size, -2)


def blue(rng: np.random.Generator, size: int) -> Signal:
    """Make blue noise: +3 dB an octave."""
    return coloured_noise(rng, size, 1)


def band(rng: np.random.Generator, size: int) -> Signal:
    """Make one to three bands of noise, from a third of an octave to four octaves wide."""
    bands = []
    for _ in range(rng.integers(1, 4)):
        low = log_uniform(rng, 40, 5000)
        high = min(low * 2 ** rng.uniform(0.33, 4), 0.45 * SAMPLE_RATE)
        bands.append(band_noise(rng, size, low, high) * rng.uniform(0.3, 1))
    return mix(bands)


def wind(rng: np.random.Generator, size: int) -> Signal:
    """Make wind: a low rumble, and whistling bands that come and go with the gusts."""
    gusts = drift(rng, size, rng.uniform(0.8, 4))
    rumble = band_noise(rng, size, 30, rng.uniform(120, 400)) * (0.3 + gusts)
    centre = log_uniform(rng, 250, 1200)
    whistle = band_noise(rng, size, centre, centre * rng.uniform(1.1, 2)) * gusts ** rng.uniform(1.5, 3)
    return rumble + rng.uniform(0.1, 0.8) * whistle


def surf(rng: np.random.Generator, size: int) -> Signal:
    """Make waves that break on a beach: each swells, breaks bright, and runs out."""
    near, far = coloured_noise(rng, size, -0.5), coloured_noise(rng, size, -1.6)
    swell = np.full(size, 0.08)
    moment = -rng.uniform(0, 5)
    time = np.arange(size) / SAMPLE_RATE
    while moment < size / SAMPLE_RATE:
        rise, fall = rng.uniform(1, 3), rng.uniform(1.5, 4)
        since = time - moment - rise
        swell += rng.uniform(0.4, 1) * np.exp(-np.where(since < 0, (since / rise) ** 2 * 4, since / fall))
        moment += rng.uniform(4, 11)
    return far * (0.3 + swell) + near * swell**1.5


def rain(rng: np.random.Generator, size: int) -> Signal:
    """Make rain: a wash of noise under hundreds of drops a second."""
    wash = band_noise(rng, size, rng.uniform(300, 1200), 9000) * (0.7 + 0.3 * drift(rng, size, 5))
    drops = np.zeros(size)
    count = int(size / SAMPLE_RATE * log_uniform(rng, 30, 800))
    drops[rng.integers(size, size=count)] = rng.standard_normal(count) ** 3
    ring = struck(rng.uniform(1500, 5000), 0.001)
    return wash + rng.uniform(0.3, 2) * np.convolve(drops, ring)[:size]


def crackle(rng: np.random.Generator, size: int) -> Signal:
    """Make the run-out groove of a record, or a fire: clicks of very unequal level over hiss and rumble."""
    clicks = [burst(rng, log_uniform(rng, 0.0003, 0.004)) for _ in range(20)]
    times = poisson_times(rng, size / SAMPLE_RATE, log_uniform(rng, 4, 80))
    # Levels of crackle have a heavy tail; its largest would leave nothing else to be heard.
    levels = np.minimum(rng.pareto(2.0, size=times.size) + 0.1, 6)
    track = place(size, ((time, level * clicks[rng.integers(20)]) for time, level in zip(times, levels, strict=True)))
    hiss, rumble = coloured_noise(rng, size, 0), coloured_noise(rng, size, -2)
    return track + hiss * decibels(rng.uniform(-40, -20)) + rumble * decibels(rng.uniform(-40, -10))


def static(rng: np.random.Generator, size: int) -> Signal:
    """Make a radio between two stations: hiss, a drifting whistle, and bursts of interference."""
    hiss = band_noise(rng, size, 150, rng.uniform(2500, 8000))
    whistle = sine(phase_of(300 + 3000 * drift(rng, size, rng.uniform(2, 10)), size)) * rng.uniform(0, 0.4)
    starts = poisson_times(rng, size / SAMPLE_RATE, rng.uniform(0.2, 3))
    bursts = gate(size, ((start, start + rng.exponential(0.15) + 0.01) for start in starts))
    return hiss * (0.5 + 0.5 * drift(rng, size, 2) + rng.uniform(0.3, 1.5) * bursts) + whistle


def quantised(rng: np.random.Generator, size: int) -> Signal:
    """Make what a coarse converter leaves of a faint tone and faint noise: a staircase of few steps."""
    steps = rng.uniform(0.7, 4)
    tone = sine(phase_of(log_uniform(rng, 60, 1500), size)) * steps
    return np.round(tone * rng.integers(2) + coloured_noise(rng, size, -1) * steps / 3)


def dither(rng: np.random.Generator, size: int) -> Signal:
    """Make the dither of silence: triangular noise of two steps, rounded.

    See Lipshitz, Wannamaker and Vanderkooy, 1992, "Quantization and dither", J. Audio Eng. Soc. 40.
    """
    return np.round(rng.uniform(-1, 1, size=size) + rng.uniform(-1, 1, size=size))


def faint_hiss(rng: np.random.Generator, size: int) -> Signal:
    """Make the hiss of a microphone in front of which nothing happens."""
    return coloured_noise(rng, size, rng.uniform(-1.2, 0.3)) + sine(
        phase_of(float(rng.choice([50, 60, 100])), size)
    ) * (rng.uniform(0, 1))
