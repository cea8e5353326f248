"""Sounds that are no music: what is on the list, that each is what it says, and that a seed makes it again."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt
import pytest
import scipy.signal
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier.errors import DatasetError
from classifier.features import SAMPLE_RATE
from classifier.training.not_music import signals
from classifier.training.not_music.catalogue import (
    FAMILIES,
    FULL_SECONDS,
    PEAKS_DBFS,
    SHORT_SECONDS,
    Sound,
    Source,
    sounds,
    sources,
)
from classifier.training.not_music.espeak import Utterance, speak
from classifier.training.not_music.speech import SPEAKERS, count_aloud

Samples = npt.NDArray[np.floating]

SPOKEN = ("speech", "counting", "babble")
SIGNALS = [source for source in sources() if source.kind not in SPOKEN]
SEED = 1

needs_espeak = pytest.mark.skipif(
    importlib.util.find_spec("espeakng_loader") is None,
    reason="needs espeak-ng (espeakng-loader, dependency group `train`) for speech",
)


@pytest.fixture(scope="module")
def made() -> dict[str, Sound]:
    """One sound of each generator of `FAMILIES`, the full length where there is such a take."""
    chosen: dict[str, Sound] = {}
    for source in SIGNALS:
        if source.group not in chosen:
            chosen[source.group] = source.render(SEED)
    return chosen


def source_named(name: str) -> Source:
    return next(source for source in sources() if source.name == name)


def slope_db_per_octave(samples: Samples, low: float = 100, high: float = 8000) -> float:
    """Fit a line to the power spectrum over the octaves between two frequencies."""
    frequencies, power = scipy.signal.welch(samples.astype(np.float64), SAMPLE_RATE, nperseg=4096)
    inside = (frequencies >= low) & (frequencies <= high)
    # Every octave counts alike, however many bins it has.
    return float(
        np.polyfit(np.log2(frequencies[inside]), 10 * np.log10(power[inside]), 1, w=1 / np.sqrt(frequencies[inside]))[0]
    )


def strongest_hz(samples: Samples) -> float:
    """Find the strongest frequency, to a fraction of a bin."""
    frequencies, power = scipy.signal.periodogram(samples.astype(np.float64), SAMPLE_RATE, "blackman")
    return float(frequencies[np.argmax(power)])


def fundamental_hz(samples: Samples) -> float:
    """Find the pitch of the middle of a vowel, by autocorrelation between 60 and 400 Hz."""
    middle = samples[samples.size // 2 - SAMPLE_RATE // 10 :][: SAMPLE_RATE // 5]
    likeness = np.correlate(middle, middle, "full")[middle.size - 1 :]
    shortest = SAMPLE_RATE // 400
    return SAMPLE_RATE / float(shortest + np.argmax(likeness[shortest : SAMPLE_RATE // 60]))


def level_by_tenth(samples: Samples) -> Samples:
    """Effective value of each tenth of a second, in dB below the loudest of them; at least -100."""
    step = SAMPLE_RATE // 10
    blocks = samples[: samples.size // step * step].astype(np.float64).reshape(-1, step)
    power = np.mean(blocks**2, axis=1)
    return np.asarray(10 * np.log10(np.maximum(power / power.max(), 1e-10)))


def bursts(samples: Samples, *, apart: float) -> int:
    """Count stretches of sound that silence of `apart` seconds parts."""
    loud = np.flatnonzero(np.abs(samples) > 0.05 * np.abs(samples).max())
    return 1 + int((np.diff(loud) > apart * SAMPLE_RATE).sum())


# The list


def test_the_list_has_four_to_five_hundred_sounds_of_unique_names_and_every_kind() -> None:
    listed = sources()
    assert 400 <= len(listed) <= 500
    assert len({source.name for source in listed}) == len(listed)
    assert {source.kind for source in listed} == set(PEAKS_DBFS)


def test_a_group_holds_one_generator_or_one_language_and_nothing_else() -> None:
    for source in SIGNALS:
        assert source.group == f"{source.kind}/{source.make.__name__}"
    spoken = {source.group for source in sources() if source.kind in SPOKEN}
    assert spoken == {f"voice/{speakers.language}" for speakers in SPEAKERS}


def test_no_timbre_is_heard_on_both_sides_of_a_split() -> None:
    variants = [variant for speakers in SPEAKERS for variant in speakers.variants]
    assert len(set(variants)) == len(variants)


def test_every_kind_has_groups_enough_to_hold_some_out() -> None:
    for kind in PEAKS_DBFS:
        assert len({source.group for source in sources() if source.kind == kind}) >= 2, kind


# Signals


def test_every_generator_makes_finite_samples_of_the_promised_length_and_level(made: dict[str, Sound]) -> None:
    assert len(made) == sum(len(family) for family in FAMILIES.values())
    for sound in made.values():
        assert sound.samples.dtype == np.float32
        assert sound.samples.ndim == 1
        assert np.isfinite(sound.samples).all(), sound.name
        seconds = sound.samples.size / SAMPLE_RATE
        assert seconds == FULL_SECONDS or SHORT_SECONDS[0] <= seconds <= SHORT_SECONDS[1], sound.name
        low, high = PEAKS_DBFS[sound.kind]
        assert low - 0.01 <= 20 * np.log10(np.abs(sound.samples).max()) <= high + 0.01, sound.name


def test_every_kind_stays_below_full_scale() -> None:
    assert all(high <= -3 for _, high in PEAKS_DBFS.values())


def test_every_generator_sounds_different_in_every_take(made: dict[str, Sound]) -> None:
    for group, first in made.items():
        # The second take of the list is the other one.
        second = next(source for source in SIGNALS if source.group == group and source.name != first.name).render(SEED)
        length = min(first.samples.size, second.samples.size)
        assert not np.array_equal(first.samples[:length], second.samples[:length]), group


def test_the_same_seed_makes_the_same_signal_and_another_seed_another(made: dict[str, Sound]) -> None:
    for group in ("tone/siren", "clicks/typing", "noise/surf", "silence/dither", "room/handling"):
        first = made[group]
        np.testing.assert_array_equal(source_named(first.name).render(SEED).samples, first.samples)
        assert not np.array_equal(source_named(first.name).render(SEED + 1).samples, first.samples)


def test_the_sounds_come_in_the_order_of_the_list_and_do_not_depend_on_what_came_before() -> None:
    for source, sound in zip(sources()[:5], sounds(SEED), strict=False):
        assert (sound.name, sound.kind, sound.group) == (source.name, source.kind, source.group)
        np.testing.assert_array_equal(sound.samples, source.render(SEED).samples)


def test_most_sounds_last_as_long_as_a_clip_and_some_are_short() -> None:
    lengths = [
        source.render(SEED).samples.size for source in SIGNALS if source.group in ("tone/dial_tone", "noise/white")
    ]
    lengths += [source.render(SEED + 1).samples.size for source in SIGNALS if source.group == "silence/faint_hiss"]
    full = sum(length == FULL_SECONDS * SAMPLE_RATE for length in lengths)
    assert len(lengths) / 2 < full < len(lengths)


@pytest.mark.parametrize(("colour", "slope"), [("white", 0.0), ("pink", -3.01), ("brown", -6.02), ("blue", 3.01)])
def test_noise_has_the_slope_of_its_colour(made: dict[str, Sound], colour: str, slope: float) -> None:
    assert slope_db_per_octave(made[f"noise/{colour}"].samples) == pytest.approx(slope, abs=0.5)


def test_noise_has_nothing_below_hearing(made: dict[str, Sound]) -> None:
    frequencies, power = scipy.signal.periodogram(made["noise/brown"].samples.astype(np.float64), SAMPLE_RATE, "hann")
    assert power[frequencies < 15].sum() < 1e-3 * power.sum()


@given(
    rate=st.floats(1.0, 20.0), jitter=st.floats(0.0, 0.9), seconds=st.floats(2.0, 30.0), seed=st.integers(0, 2**32 - 1)
)
@settings(deadline=None, max_examples=50)
def test_repeated_events_keep_their_pace_to_the_end(rate: float, jitter: float, seconds: float, seed: int) -> None:
    times = signals.paced_times(np.random.default_rng(seed), seconds, 1 / rate, jitter)
    assert 0 <= times[0] <= 1 / rate
    assert seconds - (1 + jitter) / rate <= times[-1] < seconds
    assert (np.diff(times) >= (1 - jitter) / rate - 1e-9).all()
    assert (np.diff(times) <= (1 + jitter) / rate + 1e-9).all()


def test_dial_tones_are_those_of_the_recommendation(made: dict[str, Sound]) -> None:
    heard = strongest_hz(made["tone/dial_tone"].samples)
    assert min(abs(heard - nominal) for nominal in (350, 400, 425, 440, 450)) < 0.5


def test_dialled_digits_are_pairs_of_one_low_and_one_high_tone(made: dict[str, Sound]) -> None:
    samples = made["tone/dialling"].samples.astype(np.float64)
    loud = np.flatnonzero(np.abs(samples) > 0.5 * np.abs(samples).max())[0]
    digit = samples[loud : loud + int(0.04 * SAMPLE_RATE)]
    frequencies, power = scipy.signal.periodogram(digit, SAMPLE_RATE, "hann", nfft=1 << 16)
    for low, high, nominal in ((650, 1000, (697, 770, 852, 941)), (1150, 1700, (1209, 1336, 1477, 1633))):
        band = (frequencies > low) & (frequencies < high)
        heard = frequencies[band][np.argmax(power[band])]
        assert min(abs(heard - tone) for tone in nominal) < 15


def test_hum_is_made_of_harmonics_of_the_mains(made: dict[str, Sound]) -> None:
    heard = strongest_hz(made["tone/mains_hum"].samples)
    assert min(abs(heard / mains - round(heard / mains)) for mains in (50, 60)) < 0.01


@pytest.mark.parametrize("shape", ["triangle", "square", "saw"])
def test_sharp_waves_do_not_fold_back(shape: str) -> None:
    # Above half the sample rate, no partial of 700 Hz would fold back to a multiple of it.
    tone = signals.wave(signals.phase_of(700.0, SAMPLE_RATE), signals.partials(shape, 700.0))
    power = np.abs(np.fft.rfft(tone)) ** 2
    assert power[::700].sum() > 0.99999 * power.sum()


@pytest.mark.parametrize("group", ["clicks/metronome", "clicks/knocking", "clicks/dripping", "clicks/clock"])
def test_clicks_are_short_peaks_with_little_between(made: dict[str, Sound], group: str) -> None:
    samples = made[group].samples
    crest = np.abs(samples).max() / np.sqrt(np.mean(samples.astype(np.float64) ** 2))
    assert crest > 5


def test_silence_is_faint_but_not_so_faint_that_it_is_refused_as_silence(made: dict[str, Sound]) -> None:
    for group in ("silence/dither", "silence/faint_hiss"):
        power = np.mean(made[group].samples.astype(np.float64) ** 2)
        assert -60 < 10 * np.log10(power) < -38


def test_a_reverberation_falls_by_sixty_decibels_in_its_time() -> None:
    impulse = np.zeros(2 * SAMPLE_RATE)
    impulse[0] = 1.0
    room = signals.reverberate(np.random.default_rng(0), impulse, seconds=1.0, wet=1.0)
    early, late = (np.mean(room[start : start + 2205] ** 2) for start in (2205, 15 * 2205 // 2))
    fall = 10 * np.log10(early / late) / (13 * 2205 / 2 / SAMPLE_RATE)
    assert fall == pytest.approx(60, abs=3)


# Speech


@needs_espeak
def test_the_same_words_are_the_same_samples_whatever_was_said_before() -> None:
    words = [Utterance("The window is open.", "en+f2"), Utterance("1, 2, 3", "de+m4", rate=210, pitch=70)]
    first = speak(words)
    speak([Utterance("Something else.", "fr+m5")])
    again = speak(words)
    for one, other in zip(first, again, strict=True):
        assert one.size > SAMPLE_RATE / 2
        np.testing.assert_array_equal(one, other)


@needs_espeak
def test_a_spoken_sound_can_be_made_again_bit_by_bit() -> None:
    source = source_named("speech/de-dialogue")
    np.testing.assert_array_equal(source.render(SEED).samples, source.render(SEED).samples)


@needs_espeak
def test_two_voices_of_a_language_say_the_same_words_differently() -> None:
    text = "There are three cats living in the garden."
    man, woman = speak([Utterance(text, "en-us+m1"), Utterance(text, "en-us+f1")])
    length = min(man.size, woman.size)
    assert abs(np.corrcoef(man[:length], woman[:length])[0, 1]) < 0.5


@needs_espeak
def test_rate_and_pitch_change_speech_as_they_say() -> None:
    text = "There are three cats living in the garden."
    slow, fast = speak([Utterance(text, "en+m2", rate=110), Utterance(text, "en+m2", rate=260)])
    assert slow.size > 1.5 * fast.size
    low, high = speak([Utterance("aaaa", "it+Marco", pitch=10), Utterance("aaaa", "it+Marco", pitch=90)])
    assert fundamental_hz(high) > 1.3 * fundamental_hz(low)


@needs_espeak
def test_every_voice_of_the_list_can_count() -> None:
    for speakers in SPEAKERS:
        spoken = speak([Utterance("3", speakers.voice(index)) for index in range(len(speakers.variants))])
        assert all(word.size > 0.1 * SAMPLE_RATE and np.abs(word).max() > 0.02 for word in spoken), speakers.language


@needs_espeak
@pytest.mark.parametrize("name", ["speech/en-us-dry", "speech/ja-dry", "speech/ru-telephone", "speech/fr-dialogue"])
def test_speech_fills_its_time_and_pauses_between_sentences(name: str) -> None:
    sound = source_named(name).render(SEED)
    level = level_by_tenth(sound.samples)
    low, high = PEAKS_DBFS["speech"]
    assert low - 0.01 <= 20 * np.log10(np.abs(sound.samples).max()) <= high + 0.01
    assert (level > -20).mean() > 0.3
    assert (level < -25).mean() > 0.05
    # Nowhere is there silence for as long as would be no speech any more.
    assert max(len(run) for run in "".join("x" if tenth > -25 else " " for tenth in level).split("x")) < 25


@needs_espeak
def test_a_telephone_passes_only_its_band() -> None:
    samples = source_named("speech/en-us-telephone").render(SEED).samples.astype(np.float64)
    frequencies, power = scipy.signal.welch(samples, SAMPLE_RATE, nperseg=2048)
    assert power[(frequencies > 300) & (frequencies < 3400)].sum() > 0.8 * power.sum()
    assert power[frequencies > 5000].sum() < 0.02 * power.sum()


@needs_espeak
def test_counting_has_as_many_bursts_as_numbers() -> None:
    numbers = [(0.3 + 1.1 * index, Utterance(str(index + 1), "en-us+m1")) for index in range(10)]
    counted = count_aloud(12 * SAMPLE_RATE, numbers)
    assert counted.size == 12 * SAMPLE_RATE
    # A stop within a word may part it.
    assert 9 <= bursts(counted, apart=0.25) <= 11


@needs_espeak
def test_a_number_waits_for_the_one_before() -> None:
    numbers = [(0.0, Utterance(text, "en-us+m1", rate=110)) for text in ("777", "8")]
    first, second = (count_aloud(6 * SAMPLE_RATE, numbers[:count]) for count in (1, 2))
    heard = np.flatnonzero(first)[-1] + 1
    np.testing.assert_array_equal(second[:heard], first[:heard])
    assert np.abs(second[heard:]).max() > 0.1


@needs_espeak
def test_counting_and_crowds_are_made_to_the_promised_level_and_length() -> None:
    for name in ("counting/de-steadily", "counting/it-unevenly", "counting/cmn-sing-song", "babble/en-us"):
        sound = source_named(name).render(SEED)
        low, high = PEAKS_DBFS[sound.kind]
        assert np.isfinite(sound.samples).all()
        assert low - 0.01 <= 20 * np.log10(np.abs(sound.samples).max()) <= high + 0.01, name
        seconds = sound.samples.size / SAMPLE_RATE
        assert seconds == FULL_SECONDS or SHORT_SECONDS[0] <= seconds <= SHORT_SECONDS[1], name


@needs_espeak
def test_speaking_stops_when_there_is_enough() -> None:
    words = [Utterance("One more sentence to say.", "en+m2")] * 20
    assert 2 <= len(speak(words, enough_seconds=3.0)) < 5


@needs_espeak
@pytest.mark.parametrize("voice", ["nowhere", "en+nobody"])
def test_an_unknown_voice_is_named_in_a_sentence(voice: str) -> None:
    with pytest.raises(DatasetError, match=rf"no voice '{voice.replace('+', '[+]')}'.*dependency group `train`"):
        speak([Utterance("Hello.", voice)])


# espeak-ng that is missing or broken


def test_without_espeak_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(DatasetError, match=r"not installed\. Install the dependency group `train`"):
        source_named("counting/en-us-steadily").render(SEED)


def test_signals_need_no_espeak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    assert next(sounds(SEED)).kind == "tone"


class BrokenLoader(ModuleType):
    """Stands for a wheel whose library or data is gone."""

    def __init__(self, library: Path, data: Path | None) -> None:
        super().__init__("espeakng_loader")
        self.library, self.data = library, data

    def get_library_path(self) -> str:
        return str(self.library)

    def get_data_path(self) -> str:
        if self.data is None:
            raise RuntimeError("data path not exists")
        return str(self.data)


def test_a_library_that_does_not_load_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    library = tmp_path / "libespeak-ng.so"
    library.write_bytes(b"not a library")
    monkeypatch.setitem(sys.modules, "espeakng_loader", BrokenLoader(library, tmp_path))
    with pytest.raises(DatasetError, match=r"the library does not load .*dependency group `train`"):
        speak([Utterance("Hello.", "en")])


@needs_espeak
def test_data_that_are_missing_are_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    library = Path(importlib.import_module("espeakng_loader").get_library_path())
    monkeypatch.setitem(sys.modules, "espeakng_loader", BrokenLoader(library, None))
    with pytest.raises(DatasetError, match="data path not exists"):
        speak([Utterance("Hello.", "en")])
    monkeypatch.setitem(sys.modules, "espeakng_loader", BrokenLoader(library, tmp_path / "nothing"))
    with pytest.raises(DatasetError, match=r"cannot be used: .*dependency group `train`"):
        speak([Utterance("Hello.", "en")])
