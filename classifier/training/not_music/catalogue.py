"""The list of sounds that are no music, and the way from its entries to samples."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.features import SAMPLE_RATE
from classifier.training.not_music import clicks, noise, rooms, speech, tones
from classifier.training.not_music.signals import Signal, at_level

Make = Callable[[np.random.Generator, int], Signal]
"""Makes a sound of so many samples, at any level."""

TAKES: Final = 6
"""How many sounds each generator of `FAMILIES` makes, each with parameters of its own."""

FULL_SECONDS: Final = 30.0
"""Length of most sounds, in seconds: that of the clips that music is learnt from."""

SHORT_SECONDS: Final = (5.0, 15.0)
"""Least and greatest length of the others."""

SHORT_SHARE: Final = 0.25
"""Share of sounds that are short."""

BABBLING: Final = 10
"""How many languages also have a crowd."""

PEAKS_DBFS: Final[dict[str, tuple[float, float]]] = {
    "tone": (-40.0, -3.0),
    "clicks": (-25.0, -3.0),
    "noise": (-40.0, -3.0),
    "silence": (-45.0, -38.0),
    "room": (-35.0, -3.0),
    "speech": (-30.0, -3.0),
    "counting": (-30.0, -3.0),
    "babble": (-30.0, -3.0),
}
"""Lowest and highest peak of each kind, in dB relative to full scale. What is fainter is refused as silence
before it is measured, as clicks are whose peaks are not far above that level."""

FAMILIES: Final[dict[str, tuple[Make, ...]]] = {
    "tone": (
        tones.steady_sine,
        tones.steady_square,
        tones.steady_saw,
        tones.chord,
        tones.mains_hum,
        tones.sweep,
        tones.dial_tone,
        tones.call_progress,
        tones.dialling,
        tones.siren,
        tones.alarm,
        tones.vibrato,
    ),
    "clicks": (
        clicks.regular,
        clicks.irregular,
        clicks.metronome,
        clicks.clock,
        clicks.typing,
        clicks.dripping,
        clicks.knocking,
    ),
    "noise": (
        noise.white,
        noise.pink,
        noise.brown,
        noise.blue,
        noise.band,
        noise.wind,
        noise.surf,
        noise.rain,
        noise.crackle,
        noise.static,
        noise.quantised,
    ),
    "silence": (noise.dither, noise.faint_hiss),
    "room": (rooms.room_tone, rooms.traffic, rooms.fan, rooms.engine, rooms.handling, rooms.kitchen),
}
"""Generators of each kind; sounds of one generator stay on one side of a split."""


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A sound that is no music.

    Parameters
    ----------
    name
        Unique among the sounds of a seed.
    kind
        One of `PEAKS_DBFS`.
    group
        What must stay on one side of a split: the generator, or the language with its voices.
    samples : ndarray of float32, shape (samples,)
        Mono at `SAMPLE_RATE`, full scale ±1.
    """

    name: str
    kind: str
    group: str
    samples: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the list: what makes one sound.

    Parameters
    ----------
    name, kind, group
        Of the `Sound`.
    make
        The generator.
    """

    name: str
    kind: str
    group: str
    make: Make

    def render(self, seed: int) -> Sound:
        """Make the sound.

        Parameters
        ----------
        seed
            0 or more. Seed and name decide everything: no sound depends on the ones before it.

        Returns
        -------
        Sound
            Most last `FULL_SECONDS`.

        Raises
        ------
        DatasetError
            If it is speech and espeak-ng cannot be used.
        """
        rng = np.random.default_rng([seed, zlib.crc32(self.name.encode())])
        seconds = rng.uniform(*SHORT_SECONDS) if rng.random() < SHORT_SHARE else FULL_SECONDS
        peak = rng.uniform(*PEAKS_DBFS[self.kind])
        samples = at_level(self.make(rng, round(seconds * SAMPLE_RATE)), peak)
        return Sound(self.name, self.kind, self.group, samples.astype(np.float32))


def sources() -> tuple[Source, ...]:
    """List what can be made.

    Returns
    -------
    tuple of Source
        The same for every seed, in the order of `sounds`.
    """
    return (*_signals(), *_speech())


def sounds(seed: int) -> Iterator[Sound]:
    """Make all sounds, one at a time.

    Parameters
    ----------
    seed
        0 or more. The same seed makes the same samples with the same versions of numpy, scipy and espeak-ng.

    Yields
    ------
    Sound
        One for each of `sources`.

    Raises
    ------
    DatasetError
        If espeak-ng cannot be used, when the first speech is due.
    """
    for source in sources():
        yield source.render(seed)


def _signals() -> Iterator[Source]:
    for kind, family in FAMILIES.items():
        for make in family:
            group = f"{kind}/{make.__name__}"
            for take in range(TAKES):
                yield Source(f"{group}-{take}", kind, group, make)


def _speech() -> Iterator[Source]:
    for number, speakers in enumerate(speech.SPEAKERS):
        group = f"voice/{speakers.language}"
        for kind, scenes in (("speech", _talks(speakers)), ("counting", _counts(speakers))):
            for scene, make in scenes.items():
                yield Source(f"{kind}/{speakers.language}-{scene}", kind, group, make)
        if number % (len(speech.SPEAKERS) // BABBLING) == 0:
            make = partial(speech.babble, speakers=speakers)
            yield Source(f"babble/{speakers.language}", "babble", group, make)


def _talks(speakers: speech.Speakers) -> dict[str, Make]:
    """Return five ways to talk: each voice of the language comes up, and the last is a dialogue."""
    alone = [partial(speech.talk, voices=[speakers.voice(number)]) for number in range(4)]
    together = partial(speech.talk, voices=[speakers.voice(0), speakers.voice(1)])
    return {
        "dry": alone[0],
        "room": _then(alone[1], speech.in_room),
        "telephone": _then(alone[2], speech.on_telephone),
        "noise": _then(alone[3], speech.in_noise),
        "dialogue": together,
    }


def _counts(speakers: speech.Speakers) -> dict[str, Make]:
    """Return three ways to count."""
    return {
        "steadily": partial(speech.count_steadily, voice=speakers.voice(0)),
        "unevenly": _then(partial(speech.count_unevenly, voice=speakers.voice(1)), speech.in_noise),
        "sing-song": _then(partial(speech.count_in_sing_song, voice=speakers.voice(2)), speech.in_room),
    }


def _then(make: Make, scene: Callable[[np.random.Generator, Signal], Signal]) -> Make:
    return lambda rng, size: scene(rng, make(rng, size))
