"""Places where no music plays: rooms, streets and machines, made of filtered noise, hum and things that fall."""

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
    phase_of,
    place,
    poisson_times,
    reverberate,
    sine,
    struck,
    wave,
)


def room_tone(rng: np.random.Generator, size: int) -> Signal:
    """Make a quiet room: noise, hum, and now and then a thump or a creak."""
    air = coloured_noise(rng, size, rng.uniform(-2, -0.8))
    hum = wave(phase_of(float(rng.choice([50.0, 60.0])), size), rng.uniform(0, 1, 8) / np.arange(1, 9))
    seconds = size / SAMPLE_RATE
    thumps = [(time, 8 * struck(rng.uniform(40, 160), 0.05)) for time in poisson_times(rng, seconds, 0.2)]
    creaks = [(time, _creak(rng)) for time in poisson_times(rng, seconds, 0.15)]
    events = reverberate(rng, place(size, thumps + creaks), seconds=rng.uniform(0.3, 1.0), wet=0.4)
    return air + hum * decibels(rng.uniform(-20, 6)) + events * rng.uniform(0.2, 1.5)


def traffic(rng: np.random.Generator, size: int) -> Signal:
    """Make a street: a rumble, and vehicles that swell and fade as they pass."""
    time = np.arange(size) / SAMPLE_RATE
    rumble = band_noise(rng, size, 25, 200)
    tyres = band_noise(rng, size, 300, rng.uniform(1500, 4000))
    passing = np.zeros(size)
    for centre in poisson_times(rng, size / SAMPLE_RATE, rng.uniform(0.1, 0.5)):
        passing += rng.uniform(0.3, 1.5) * np.exp(-(((time - centre) / rng.uniform(0.6, 2.5)) ** 2))
    return rumble * (0.5 + passing) + tyres * (0.08 + 0.7 * passing)


def fan(rng: np.random.Generator, size: int) -> Signal:
    """Make a fan or an air conditioner: a stream of air that the blades cut, and their tone."""
    blade = rng.uniform(12, 140)
    air = coloured_noise(rng, size, rng.uniform(-1.5, -0.3))
    tone = wave(phase_of(blade, size), rng.uniform(0, 1, 12) / np.arange(1, 13))
    return air * (1 + rng.uniform(0, 0.6) * sine(phase_of(blade, size))) + tone * rng.uniform(0.05, 1)


def engine(rng: np.random.Generator, size: int) -> Signal:
    """Make a motor: firing pulses whose speed drifts a little, through the noise of its exhaust."""
    speed = log_uniform(rng, 15, 120) * (1 + rng.uniform(0.02, 0.4) * drift(rng, size, rng.uniform(1, 8)))
    phase = phase_of(speed, size)
    amplitudes = rng.uniform(0.2, 1, 60) / (1 + (np.arange(60) / rng.uniform(4, 20)) ** 2)
    pulses = np.exp(-6 * (phase % 1.0))
    return wave(phase, amplitudes) + rng.uniform(0.3, 2) * pulses * coloured_noise(rng, size, -0.8)


def handling(rng: np.random.Generator, size: int) -> Signal:
    """Make somebody busy near the microphone: steps, rustling cloth, things that are put down."""
    seconds = size / SAMPLE_RATE
    steps = [
        (time, struck(rng.uniform(60, 200), 0.03) + 0.3 * burst(rng, 0.03)[: int(0.15 * SAMPLE_RATE)])
        for time in poisson_times(rng, seconds, rng.uniform(0.3, 2))
    ]
    starts = poisson_times(rng, seconds, rng.uniform(0.3, 1.5))
    rustling = gate(size, ((start, start + rng.uniform(0.1, 0.9)) for start in starts), ramp=0.05)
    cloth = band_noise(rng, size, 1500, 7000) * rustling * drift(rng, size, 0.04) ** 2
    room = coloured_noise(rng, size, -1.3) * decibels(rng.uniform(-45, -25))
    return reverberate(rng, place(size, steps), seconds=0.5, wet=0.3) + rng.uniform(0.1, 0.5) * cloth + room


def kitchen(rng: np.random.Generator, size: int) -> Signal:
    """Make cutlery, glasses and plates over running water or an extractor hood."""
    seconds = size / SAMPLE_RATE
    clinks = [
        (
            time,
            rng.uniform(0.1, 1)
            * (struck(rng.uniform(1800, 7000), decay) + 0.6 * struck(rng.uniform(900, 9000), decay)),
        )
        for time in poisson_times(rng, seconds, rng.uniform(0.4, 4))
        for decay in [rng.uniform(0.01, 0.12)]
    ]
    water = band_noise(rng, size, rng.uniform(150, 900), 8000) * (0.3 + 0.7 * drift(rng, size, 3))
    dishes = reverberate(rng, place(size, clinks), seconds=rng.uniform(0.3, 0.8), wet=0.4)
    return dishes + water * decibels(rng.uniform(-40, -12))


def _creak(rng: np.random.Generator) -> Signal:
    """Return a door that sticks and slips: clicks that come faster and slower, through wood."""
    size = int(rng.uniform(0.3, 1.2) * SAMPLE_RATE)
    slips = np.diff(np.floor(phase_of(rng.uniform(20, 90) * (0.4 + drift(rng, size, 0.2)), size)), prepend=0.0)
    return np.convolve(slips, struck(rng.uniform(400, 1500), 0.004))[:size] * rng.uniform(0.5, 3)
