"""Tones that somebody may send for a joke or a test: steady ones, telephones, sirens and alarms."""

from __future__ import annotations

from typing import Final

import numpy as np

from classifier.features import SAMPLE_RATE
from classifier.training.not_music.signals import (
    Signal,
    coloured_noise,
    gate,
    log_uniform,
    mix,
    partials,
    peak_of,
    phase_of,
    sine,
    wave,
)

SHAPES: Final = ("sine", "triangle", "square", "saw")
"""Waveforms of `chord` and `vibrato`."""

DTMF_HZ: Final = ((697.0, 770.0, 852.0, 941.0), (1209.0, 1336.0, 1477.0, 1633.0))
"""Low and high group of the push-button telephone, in Hz (ITU-T Q.23)."""

CALL_PROGRESS: Final = (
    ((440.0, 480.0), ((2.0, 4.0),)),
    ((480.0, 620.0), ((0.5, 0.5),)),
    ((425.0,), ((1.0, 4.0),)),
    ((425.0,), ((0.48, 0.48),)),
    ((400.0, 450.0), ((0.4, 0.2), (0.4, 2.0))),
)
"""Ringing and busy signals of North America, Germany and Britain: frequencies in Hz, then the seconds of
sound and of silence that repeat (ITU-T E.180, Supplement 2)."""

DIAL_TONES: Final = ((350.0, 440.0), (425.0,), (350.0, 450.0), (400.0,))
"""Dial tones of North America, most of Europe, Britain and Japan, in Hz (the same supplement)."""


def steady_sine(rng: np.random.Generator, size: int) -> Signal:
    """Make a sine of 50 Hz to 8 kHz."""
    return sine(phase_of(log_uniform(rng, 50, 8000), size))


def steady_square(rng: np.random.Generator, size: int) -> Signal:
    """Make a square wave of 60 Hz to 2 kHz."""
    return _steady(rng, size, "square")


def steady_saw(rng: np.random.Generator, size: int) -> Signal:
    """Make a saw wave of 60 Hz to 2 kHz."""
    return _steady(rng, size, "saw")


def chord(rng: np.random.Generator, size: int) -> Signal:
    """Make two or three steady tones at once: beating, dissonant or in tune."""
    lowest = log_uniform(rng, 90, 700)
    shape = str(rng.choice(SHAPES))
    intervals = [(1.01, 1.3), (1.25, 1.5), (1.2, 1.5, 1.8), (1.26, 1.498), (1.19, 1.335)]
    ratios = np.array([1.0, *intervals[rng.integers(len(intervals))]])
    ratios[1:] *= rng.uniform(0.98, 1.02, size=ratios.size - 1)
    return mix([wave(phase_of(lowest * ratio, size), partials(shape, lowest * ratio)) for ratio in ratios])


def mains_hum(rng: np.random.Generator, size: int) -> Signal:
    """Make the hum of mains at 50 or 60 Hz: harmonics that fall at random, even ones strongest, over faint noise."""
    number = np.arange(1, 41)
    amplitudes = rng.uniform(0.2, 1, number.size) * number ** -rng.uniform(0.7, 1.6)
    amplitudes[::2] *= rng.uniform(0.2, 1)
    hum = wave(phase_of(float(rng.choice([50.0, 60.0])), size), amplitudes)
    return hum + coloured_noise(rng, size, -1) * (peak_of(hum) * rng.uniform(0.0, 0.03))


def sweep(rng: np.random.Generator, size: int) -> Signal:
    """Make a tone that glides slowly up, or up and down again and again."""
    low = log_uniform(rng, 40, 400)
    high = low * log_uniform(rng, 4, 20)
    time = np.arange(size) / SAMPLE_RATE
    period = rng.uniform(5, 40)
    position = time / period % 1.0 if rng.integers(2) else 1 - np.abs(2 * (time / period % 1.0) - 1)
    return sine(phase_of(low * (high / low) ** position, size))


def dial_tone(rng: np.random.Generator, size: int) -> Signal:
    """Make the dial tone of one of four countries."""
    return _sum_of_sines(DIAL_TONES[rng.integers(len(DIAL_TONES))], size)


def call_progress(rng: np.random.Generator, size: int) -> Signal:
    """Make a ringing or a busy signal, cut in at random."""
    frequencies, cadence = CALL_PROGRESS[rng.integers(len(CALL_PROGRESS))]
    cycle = sum(on + off for on, off in cadence)
    spans = []
    for start in np.arange(rng.uniform(0, 1), size / SAMPLE_RATE, cycle):
        moment = float(start)
        for on, off in cadence:
            spans.append((moment, moment + on))
            moment += on + off
    return _sum_of_sines(frequencies, size) * gate(size, spans)


def dialling(rng: np.random.Generator, size: int) -> Signal:
    """Make numbers dialled on a push-button telephone: 6 to 12 digits, a pause, and again."""
    low, high = (np.full(size, group[0]) for group in DTMF_HZ)
    spans: list[tuple[float, float]] = []
    moment, pace = rng.uniform(0, 0.5), rng.uniform(0.12, 0.35)
    while moment < size / SAMPLE_RATE:
        for _ in range(rng.integers(6, 13)):
            end = moment + pace * rng.uniform(0.4, 0.65)
            first, last = (round(second * SAMPLE_RATE) for second in (moment, end))
            low[first:last], high[first:last] = rng.choice(DTMF_HZ[0]), rng.choice(DTMF_HZ[1])
            spans.append((moment, end))
            moment += pace * rng.uniform(0.9, 1.1)
        moment += rng.uniform(0.6, 2.5)
    return (sine(phase_of(low, size)) + sine(phase_of(high, size))) * gate(size, spans)


def siren(rng: np.random.Generator, size: int) -> Signal:
    """Make the siren of an emergency vehicle: wail, yelp or two-tone horn."""
    time = np.arange(size) / SAMPLE_RATE
    style = rng.integers(3)
    period = (rng.uniform(3, 8), rng.uniform(0.25, 0.5), rng.uniform(0.8, 1.6))[style]
    position = 1 - np.abs(2 * (time / period % 1.0) - 1)
    low = rng.uniform(380, 700)
    high = low * (rng.uniform(1.3, 1.35) if style == 2 else rng.uniform(1.8, 3))
    frequency = np.where(position > 0.5, high, low) if style == 2 else low * (high / low) ** position
    return wave(phase_of(frequency, size), partials(str(rng.choice(["sine", "square", "saw"])), high))


def alarm(rng: np.random.Generator, size: int) -> Signal:
    """Make an alarm's groups of beeps: a smoke detector's three (ISO 8201) or an alarm clock's four."""
    count, on, off, pause = ((3, 0.5, 0.5, 1.5), (4, 0.06, 0.06, 0.5), (1, 0.4, 0.6, 0.0))[rng.integers(3)]
    group = count * on + (count - 1) * off + max(pause, off)
    starts = np.arange(rng.uniform(0, 1), size / SAMPLE_RATE, group)
    spans = [(start + beep * (on + off), start + beep * (on + off) + on) for start in starts for beep in range(count)]
    frequency = rng.uniform(900, 3600)
    return wave(phase_of(frequency, size), partials(str(rng.choice(["sine", "square"])), frequency)) * gate(size, spans)


def vibrato(rng: np.random.Generator, size: int) -> Signal:
    """Make one long tone whose pitch or level trembles, as a theremin, an organ pipe or a whistle."""
    frequency, rate = log_uniform(rng, 150, 1500), rng.uniform(3, 9)
    trembling = sine(phase_of(rate, size))
    semitones = rng.uniform(0.1, 1.0)
    tone = wave(
        phase_of(frequency * 2 ** (semitones * trembling / 12), size),
        partials(str(rng.choice(SHAPES)), frequency * 1.06),
    )
    return tone * (1 - rng.uniform(0, 0.4) * (0.5 + 0.5 * trembling))


def _steady(rng: np.random.Generator, size: int, shape: str) -> Signal:
    frequency = log_uniform(rng, 60, 2000)
    return wave(phase_of(frequency, size), partials(shape, frequency))


def _sum_of_sines(frequencies: tuple[float, ...], size: int) -> Signal:
    return mix([sine(phase_of(frequency, size)) for frequency in frequencies])
