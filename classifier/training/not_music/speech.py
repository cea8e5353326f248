"""People who talk and count, alone, in pairs and in crowds: espeak-ng's voices in rooms, on telephones and in noise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from classifier.features import SAMPLE_RATE
from classifier.training.not_music.espeak import Utterance, speak
from classifier.training.not_music.sentences import things_to_say
from classifier.training.not_music.signals import (
    Signal,
    at_level,
    band_noise,
    band_pass,
    coloured_noise,
    decibels,
    over_floor,
    peak_of,
    place,
    reverberate,
)

RATES_WPM: Final = (110, 260)
"""Slowest and fastest speech, in words a minute: from dictation to haste."""

PITCHES: Final = (20, 80)
"""Lowest and highest pitch on espeak-ng's scale from 0 to 99."""

TELEPHONE_HZ: Final = (300.0, 3400.0)
"""What a telephone lets pass, in Hz (ITU-T G.712)."""

PAUSES_SECONDS: Final = (0.15, 1.2)
"""Between two sentences."""

SHORTEST_SENTENCE: Final = 1.5
"""Time that a sentence and its pause take at least, in seconds."""

BREATH: Final = 0.05
"""Least time between two numbers, in seconds."""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Voices that sound alike, and so belong to one side of a split.

    Parameters
    ----------
    language
        espeak-ng's name of the language or accent.
    variants
        Timbres under espeak-ng's names; no two languages share one.
    """

    language: str
    variants: tuple[str, ...]

    def voice(self, number: int) -> str:
        """Return one of the voices, by a number of any size."""
        return f"{self.language}+{self.variants[number % len(self.variants)]}"


SPEAKERS: Final = (
    Speakers("en-us", ("m1", "f1", "Michael")),
    Speakers("en", ("m2", "f2", "edward", "edward2")),
    Speakers("en-gb-scotland", ("m3", "Alicia", "john")),
    Speakers("en-gb-x-rp", ("quincy", "steph", "steph2", "steph3")),
    Speakers("en-us-nyc", ("travis", "shelby", "zac")),
    Speakers("en-029", ("norbert", "aunty", "rob")),
    Speakers("en-gb-x-gbclan", ("grandpa", "grandma", "ed")),
    Speakers("en-gb-x-gbcwmd", ("paul", "belinda", "robert")),
    Speakers("de", ("m4", "f3", "boris")),
    Speakers("fr", ("m5", "Annie", "michel")),
    Speakers("es", ("miguel", "Andrea", "pablo")),
    Speakers("es-419", ("pedro", "sandro")),
    Speakers("it", ("Marco", "f4", "Mario")),
    Speakers("pt", ("Diogo", "f5", "Hugo")),
    Speakers("pt-br", ("Henrique", "linda", "marcelo")),
    Speakers("ru", ("Denis", "anika", "victor")),
    Speakers("pl", ("m6", "max")),
    Speakers("nl", ("ian", "Storm")),
    Speakers("tr", ("david", "Gene", "Gene2")),
    Speakers("ja", ("Lee", "Jacky")),
    Speakers("cmn", ("Reed", "Nguyen")),
    Speakers("hi", ("caleb", "benjamin")),
    Speakers("sv", ("m7", "adam")),
    Speakers("cs", ("Alex", "Andy")),
    Speakers("hu", ("iven", "iven2", "iven3", "iven4")),
    Speakers("fi", ("Mike", "mike2", "kaukovalta")),
    Speakers("el", ("antonio", "gustave")),
    Speakers("ar", ("klatt2", "klatt3", "klatt4")),
    Speakers("ko", ("m8", "announcer")),
    Speakers("id", ("whisper", "whisperf")),
)
"""All voices but the plain one, which every language would share."""


def talk(rng: np.random.Generator, size: int, voices: Sequence[str]) -> Signal:
    """Let voices speak in turn, one sentence or two at a time.

    Parameters
    ----------
    rng
        What is random: words, pauses, each speaker's rate and pitch.
    size
        In samples.
    voices
        Under espeak-ng's names, of one language; one alone speaks on and on.

    Returns
    -------
    ndarray, shape (size,)
        Dry speech.

    Raises
    ------
    DatasetError
        If espeak-ng cannot be used.
    """
    manners = [(voice, *_manner(rng)) for voice in voices]
    texts = things_to_say(rng, voices[0].partition("+")[0], int(size / SAMPLE_RATE / SHORTEST_SENTENCE) + 1)
    utterances, turn = [], 0
    for text in texts:
        voice, rate, pitch = manners[turn % len(manners)]
        utterances.append(Utterance(text, voice, rate + int(rng.integers(-8, 9)), pitch + int(rng.integers(-3, 4))))
        turn += int(rng.integers(2))
    track = np.zeros(0)
    sentences = [_trimmed(sentence) for sentence in speak(utterances, enough_seconds=size / SAMPLE_RATE)]
    while track.size < size:
        pauses = [np.zeros(int(rng.uniform(*PAUSES_SECONDS) * SAMPLE_RATE)) for _ in sentences]
        track = np.concatenate([track, *(part for pair in zip(pauses, sentences, strict=True) for part in pair)])
    return track[:size]


def count_aloud(size: int, numbers: Iterable[tuple[float, Utterance]]) -> Signal:
    """Speak numbers at given times.

    Parameters
    ----------
    size
        In samples.
    numbers
        Start in seconds and what to say; a number waits until the one before is spoken, and what
        reaches beyond the end is cut.

    Returns
    -------
    ndarray, shape (size,)
        Dry speech.

    Raises
    ------
    DatasetError
        If espeak-ng cannot be used.
    """
    starts, utterances = zip(*numbers, strict=True)
    events, free_at = [], 0.0
    for start, spoken in zip(starts, speak(utterances), strict=True):
        number = _trimmed(spoken)
        moment = max(start, free_at)
        events.append((moment, number))
        free_at = moment + number.size / SAMPLE_RATE + BREATH
    return place(size, events)


def count_steadily(rng: np.random.Generator, size: int, voice: str) -> Signal:
    """Count to 4, 8, 10 or 20 at an even pace, again and again."""
    return _count(rng, size, voice, jitter=0.0, melody=(0,))


def count_unevenly(rng: np.random.Generator, size: int, voice: str) -> Signal:
    """Count at an uneven pace, as people do who count things."""
    return _count(rng, size, voice, jitter=0.5, melody=(0,))


def count_in_sing_song(rng: np.random.Generator, size: int, voice: str) -> Signal:
    """Count at an even pace on two to four pitches that come in turn, as children do."""
    return _count(rng, size, voice, jitter=0.05, melody=tuple(rng.integers(-25, 26, size=rng.integers(2, 5))))


def babble(rng: np.random.Generator, size: int, speakers: Speakers) -> Signal:
    """Let five to eight people talk at once in a hall."""
    crowd = np.zeros(size)
    for number in range(rng.integers(5, 9)):
        person = talk(rng, size, [speakers.voice(number)])
        crowd += at_level(np.roll(person, rng.integers(size)), 0.0) * rng.uniform(0.3, 1)
    hall = reverberate(rng, crowd, seconds=rng.uniform(0.5, 2), wet=rng.uniform(0.3, 2))
    return over_floor(rng, hall, rng.uniform(25, 45))


def on_telephone(rng: np.random.Generator, speech: Signal) -> Signal:
    """Send speech through a telephone line with some noise of its own."""
    line = band_pass(speech, *TELEPHONE_HZ)
    return line + band_noise(rng, line.size, *TELEPHONE_HZ) * (peak_of(line) * decibels(-rng.uniform(30, 60)))


def in_room(rng: np.random.Generator, speech: Signal) -> Signal:
    """Put speech into anything from a bathroom to a church."""
    room = reverberate(rng, speech, seconds=rng.uniform(0.25, 2), wet=rng.uniform(0.1, 1.5))
    return over_floor(rng, room, rng.uniform(40, 65))


def in_noise(rng: np.random.Generator, speech: Signal) -> Signal:
    """Put speech over the noise of a street, a ventilator or a bad microphone."""
    noise = coloured_noise(rng, speech.size, rng.uniform(-2, 0))
    return speech + noise * (peak_of(speech) * decibels(-rng.uniform(18, 36)))


def _manner(rng: np.random.Generator) -> tuple[int, int]:
    """Draw a speaker's rate in words a minute, and pitch."""
    return int(rng.integers(*RATES_WPM, endpoint=True)), int(rng.integers(*PITCHES, endpoint=True))


def _count(rng: np.random.Generator, size: int, voice: str, *, jitter: float, melody: tuple[int, ...]) -> Signal:
    last = int(rng.choice([4, 8, 10, 20]))
    rate, pitch = _manner(rng)
    # Low enough for the melody to stay on the scale
    pitch = int(np.clip(pitch, 25, 74))
    period = rng.uniform(0.45, 1.5)
    numbers: list[tuple[float, Utterance]] = []
    moment = rng.uniform(0, 0.5)
    while moment < size / SAMPLE_RATE:
        index = len(numbers)
        numbers.append(
            (moment, Utterance(str(index % last + 1), voice, rate, pitch + int(melody[index % len(melody)])))
        )
        moment += period * (1 + rng.uniform(-jitter, jitter))
    return count_aloud(size, numbers)


def _trimmed(speech: Signal) -> Signal:
    """Return speech without the silence around it."""
    heard = np.flatnonzero(np.abs(speech) > 0.01 * peak_of(speech))
    return speech[heard[0] : heard[-1] + 1] if heard.size else speech
