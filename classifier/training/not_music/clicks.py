"""Clicks, knocks and drips: sounds with a beat or without one, but with nothing that is played."""

from __future__ import annotations

import numpy as np

from classifier.features import SAMPLE_RATE
from classifier.training.not_music.signals import (
    Signal,
    at_level,
    burst,
    decibels,
    log_uniform,
    over_floor,
    paced_times,
    place,
    poisson_times,
    reverberate,
    struck,
)


def regular(rng: np.random.Generator, size: int) -> Signal:
    """Make one click again and again, at an even pace from 0.5 to 16 a second."""
    click = _click(rng)
    times = paced_times(rng, size / SAMPLE_RATE, 1 / log_uniform(rng, 0.5, 16), 0.0)
    return _recorded(rng, place(size, ((time, click) for time in times)))


def irregular(rng: np.random.Generator, size: int) -> Signal:
    """Make clicks at random times and levels, as of a Geiger counter."""
    click = _click(rng)
    times = poisson_times(rng, size / SAMPLE_RATE, log_uniform(rng, 0.7, 25))
    return _recorded(rng, place(size, ((time, click * decibels(rng.uniform(-20, 0))) for time in times)))


def metronome(rng: np.random.Generator, size: int) -> Signal:
    """Make a metronome of 40 to 208 beats a minute, with or without an accent."""
    frequency, decay = rng.uniform(700, 2500), rng.uniform(0.008, 0.03)
    beat, accent = struck(frequency, decay), struck(frequency * rng.uniform(1.2, 1.6), decay)
    bar = int(rng.choice([1, 2, 3, 4]))
    times = paced_times(rng, size / SAMPLE_RATE, 60 / rng.uniform(40, 208), 0.0)
    return _recorded(
        rng, place(size, ((time, beat if bar == 1 or number % bar else accent) for number, time in enumerate(times)))
    )


def clock(rng: np.random.Generator, size: int) -> Signal:
    """Make the tick and the tock of a clock."""
    pair = [_resonant(rng, 1500, 5000, 0.004) for _ in range(2)]
    times = paced_times(rng, size / SAMPLE_RATE, float(rng.choice([1.0, 0.5, 0.4, 0.2])), 0.02)
    return over_floor(rng, place(size, ((time, pair[number % 2]) for number, time in enumerate(times))), 45)


def typing(rng: np.random.Generator, size: int) -> Signal:
    """Make somebody type: words of 2 to 12 keys, each pressed and released, and pauses to think."""
    keys = [_resonant(rng, 800, 4000, 0.006) for _ in range(8)]
    events: list[tuple[float, Signal]] = []
    moment, pace = rng.uniform(0, 0.5), rng.uniform(0.09, 0.25)
    while moment < size / SAMPLE_RATE:
        for _ in range(rng.integers(2, 13)):
            key, level = keys[rng.integers(len(keys))], rng.uniform(0.4, 1)
            events += [(moment, level * key), (moment + rng.uniform(0.05, 0.1), 0.3 * level * key)]
            moment += pace * rng.uniform(0.5, 1.6)
        moment += rng.exponential(0.5)
    return over_floor(rng, place(size, events), rng.uniform(35, 55))


def dripping(rng: np.random.Generator, size: int) -> Signal:
    """Make water drip, from a slow tap to a gutter."""
    times = paced_times(rng, size / SAMPLE_RATE, 1 / log_uniform(rng, 0.7, 8), rng.uniform(0.05, 0.6))
    drops = [
        struck(rng.uniform(500, 2200), rng.uniform(0.01, 0.05), glide=rng.uniform(0.1, 0.8)) * rng.uniform(0.3, 1)
        for _ in range(12)
    ]
    water = place(size, ((time, drops[rng.integers(len(drops))]) for time in times))
    return over_floor(rng, reverberate(rng, water, seconds=rng.uniform(0.3, 1.8), wet=rng.uniform(0.1, 0.6)), 55)


def knocking(rng: np.random.Generator, size: int) -> Signal:
    """Make somebody knock at a door: two to six knocks, a wait, and again."""
    knocks = [_resonant(rng, 90, 450, 0.025) for _ in range(3)]
    events: list[tuple[float, Signal]] = []
    moment, pace = rng.uniform(0, 1), rng.uniform(0.13, 0.45)
    while moment < size / SAMPLE_RATE:
        for _ in range(rng.integers(2, 7)):
            events.append((moment, knocks[rng.integers(len(knocks))] * rng.uniform(0.6, 1)))
            moment += pace * rng.uniform(0.9, 1.1)
        moment += rng.uniform(0.5, 3)
    door = reverberate(rng, place(size, events), seconds=rng.uniform(0.2, 0.9), wet=rng.uniform(0.1, 0.8))
    return over_floor(rng, door, rng.uniform(40, 60))


def _click(rng: np.random.Generator) -> Signal:
    """Return a single sample, a short burst or a damped resonance."""
    style = rng.integers(3)
    if style == 0:
        return np.ones(1)
    return burst(rng, log_uniform(rng, 0.001, 0.02)) if style == 1 else _resonant(rng, 400, 5000, 0.008)


def _resonant(rng: np.random.Generator, low: float, high: float, decay: float) -> Signal:
    """Return a hit on something with three resonances between two frequencies in Hz, with a peak of 1."""
    sounds = [struck(log_uniform(rng, low, high), decay * rng.uniform(0.5, 2)) * rng.uniform(0.3, 1) for _ in range(3)]
    hit = place(max(sound.size for sound in sounds), ((0.0, sound) for sound in [*sounds, 0.5 * burst(rng, 0.002)]))
    return at_level(hit, 0.0)


def _recorded(rng: np.random.Generator, clicks: Signal) -> Signal:
    """Return the clicks as a computer makes them, with digital silence between, or as a microphone hears them."""
    if rng.integers(2):
        return clicks
    room = reverberate(rng, clicks, seconds=rng.uniform(0.15, 0.8), wet=rng.uniform(0.05, 0.5))
    return over_floor(rng, room, rng.uniform(35, 60))
