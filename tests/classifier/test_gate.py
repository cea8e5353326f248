"""Verdicts keep the precision that they promise, and what is no music is told apart."""

from __future__ import annotations

import importlib.util
import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from classifier.analysis import Listener, analyze
from classifier.gate import NEVER, REQUIRED_AT_THRESHOLD, REQUIRED_PAIR_PRECISION, REQUIRED_PRECISION, Gate
from classifier.options import DecodeOptions
from classifier.result import Basis, GenreProbability, Ground, Sound, Verdict
from classifier.training.not_music.espeak import Utterance, speak

FloatArray = npt.NDArray[np.float64]
WriteWav = Callable[..., Path]

SAMPLE_RATE = 22_050
GATE = Gate(0.6, 0.8, 0.9, 0.85, 50, 40, music_at=0.4)


@st.composite
def predictions(draw: st.DrawFn) -> tuple[FloatArray, npt.NDArray[np.int_]]:
    """Few distinct values, so that many clips are equally sure, as the trees of a forest make them."""
    clips, genres = draw(st.integers(1, 40)), draw(st.integers(2, 5))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    votes = random.multinomial(draw(st.sampled_from([1, 2, 4, 100])), random.dirichlet(np.ones(genres)), size=clips)
    skill = draw(st.floats(0, 1))
    labels = np.where(random.random(clips) < skill, votes.argmax(axis=1), random.integers(0, genres, clips))
    return votes / votes.sum(axis=1, keepdims=True), labels


def ranked(row: FloatArray) -> tuple[GenreProbability, ...]:
    # The same order as the gate's own: of equal probabilities, the first stays first.
    return tuple(GenreProbability(str(index), float(row[index])) for index in np.argsort(-row))


@given(data=predictions())
@settings(max_examples=150, deadline=None)
def test_a_fitted_gate_keeps_its_promise_on_its_own_data(data: tuple[FloatArray, npt.NDArray[np.int_]]) -> None:
    probabilities, labels = data
    gate = Gate.fit(probabilities, labels, music_at=0.5)
    right: dict[Verdict, list[bool]] = {verdict: [] for verdict in Verdict}
    for row, label in zip(probabilities, labels, strict=True):
        genres = ranked(row)
        verdict, _ = gate.judge(genres, music=1.0, seconds=30.0)
        accepted = genres[:1] if verdict is Verdict.CLEAR else genres[:2]
        right[verdict].append(str(label) in {genre.name for genre in accepted})
    for verdict, precision, required in (
        (Verdict.CLEAR, gate.clear_precision, REQUIRED_PRECISION),
        (Verdict.CLOSE_CALL, gate.close_call_precision, REQUIRED_PAIR_PRECISION),
    ):
        if right[verdict]:
            assert np.mean(right[verdict]) >= required
            assert precision == pytest.approx(np.mean(right[verdict]))
        else:
            assert precision == 0.0


@given(data=predictions())
@settings(max_examples=100, deadline=None)
def test_no_wider_threshold_would_keep_the_promise(data: tuple[FloatArray, npt.NDArray[np.int_]]) -> None:
    probabilities, labels = data
    gate = Gate.fit(probabilities, labels, music_at=0.5)
    sure, right = probabilities.max(axis=1), np.argsort(-probabilities, axis=1)[:, 0] == labels
    share_at = IsotonicRegression().fit(sure, right).predict
    if gate.clear_at < NEVER:
        assert share_at([gate.clear_at])[0] >= REQUIRED_AT_THRESHOLD - 1e-9
    for wider in np.unique(sure[sure < gate.clear_at]):
        assert right[sure >= wider].mean() < REQUIRED_PRECISION or share_at([wider])[0] < REQUIRED_AT_THRESHOLD


def test_sure_answers_do_not_vouch_for_unsure_ones() -> None:
    # 300 answers at 0.95 of which 19 in 20 are right, and 60 at 0.6 of which two in three are: 91 % together.
    sure = np.repeat([0.95, 0.6], [300, 60])
    labels = np.concatenate([np.arange(300) % 20 == 0, np.arange(60) % 3 == 0]).astype(np.intp)
    probabilities = np.stack([sure, 1.0 - sure], axis=1)
    assert (labels == 0).mean() >= REQUIRED_PRECISION
    gate = Gate.fit(probabilities, labels, music_at=0.0)
    assert gate.clear_at == pytest.approx(0.95)
    assert gate.clear_answers == 300


def test_a_model_that_is_never_right_is_never_clear() -> None:
    probabilities = np.tile([1.0, 0.0, 0.0], (10, 1))
    gate = Gate.fit(probabilities, np.full(10, 2), music_at=0.5)
    assert gate.judge(ranked(probabilities[0]), music=1.0, seconds=30.0)[0] is Verdict.UNSURE


@pytest.mark.parametrize(
    ("first", "second", "verdict", "basis"),
    [
        (0.6, 0.1, Verdict.CLEAR, Basis(Ground.MEASURED, share=0.9, by_artist=True)),
        (0.9, 0.1, Verdict.CLEAR, Basis(Ground.MEASURED, share=0.9, by_artist=True)),
        (0.5, 0.3, Verdict.CLOSE_CALL, Basis(Ground.MEASURED, share=0.85, by_artist=True)),
        (0.59, 0.22, Verdict.CLOSE_CALL, Basis(Ground.MEASURED, share=0.85, by_artist=True)),
        (0.5, 0.29, Verdict.UNSURE, Basis(Ground.NOTHING_STANDS_OUT)),
        (0.2, 0.1, Verdict.UNSURE, Basis(Ground.NOTHING_STANDS_OUT)),
    ],
)
def test_verdicts_and_what_they_rest_on(first: float, second: float, verdict: Verdict, basis: Basis) -> None:
    genres = (
        GenreProbability("jazz", first),
        GenreProbability("blues", second),
        GenreProbability("pop", 1 - first - second),
    )
    # What it would sound like if it were no music is nothing to music.
    assert GATE.judge(genres, music=0.4, seconds=30.0, sound=Sound.SPEECH) == (verdict, basis)
    for sound in (Sound.SPEECH, None):
        refused = GATE.judge(genres, music=0.39, seconds=3.0, parts=("jazz", "pop"), sound=sound)
        assert refused == (Verdict.NOT_MUSIC, Basis(Ground.NOT_MUSIC, sound=sound))


@pytest.mark.parametrize(("seconds", "told"), [(3.0, True), (14.9, True), (15.0, False), (30.0, False)])
@pytest.mark.parametrize("first", [0.7, 0.5])
def test_a_promise_measured_on_longer_clips_says_so(first: float, seconds: float, told: bool) -> None:
    genres = (GenreProbability("jazz", first), GenreProbability("blues", 0.95 - first), GenreProbability("pop", 0.05))
    _, basis = GATE.judge(genres, music=1.0, seconds=seconds)
    assert basis.short is told


@pytest.mark.parametrize("second", [0.1, 0.3])
def test_too_few_answers_promise_nothing(second: float) -> None:
    genres = (GenreProbability("jazz", 0.65 - second / 3), GenreProbability("pop", second), GenreProbability("x", 0.0))
    measured, basis = GATE.judge(genres, music=1.0, seconds=3.0)
    assert basis.kind is Ground.MEASURED
    few = replace(GATE, clear_answers=29, close_call_answers=29)
    assert few.judge(genres, music=1.0, seconds=3.0) == (measured, Basis(Ground.TOO_FEW, short=True))
    assert measured is not Verdict.UNSURE


def test_a_clip_that_changes_is_not_called_an_unknown_style() -> None:
    genres = tuple(GenreProbability(name, 0.25) for name in ("metal", "jazz", "pop", "rock"))
    parts = ("jazz", "jazz", "metal", "jazz")
    changes = Basis(Ground.CHANGES, parts=("jazz", "metal", "jazz"))
    assert GATE.judge(genres, music=1.0, seconds=120.0, parts=parts) == (Verdict.UNSURE, changes)
    pair = (GenreProbability("jazz", 0.5), GenreProbability("metal", 0.45), GenreProbability("pop", 0.05))
    assert GATE.judge(pair, music=1.0, seconds=120.0, parts=parts) == (Verdict.CLOSE_CALL, changes)
    _, same = GATE.judge(genres, music=1.0, seconds=120.0, parts=("jazz", "jazz"))
    assert same == Basis(Ground.NOTHING_STANDS_OUT)


def test_who_was_held_out_is_said() -> None:
    genres = (GenreProbability("jazz", 0.9), GenreProbability("pop", 0.1))
    for by_artist in (True, False):
        _, basis = replace(GATE, by_artist=by_artist).judge(genres, music=1.0, seconds=30.0)
        assert basis.by_artist is by_artist


def test_a_gate_survives_json() -> None:
    gate = replace(GATE, clear_at=1 / 3, music_at=np.pi / 10)
    assert Gate.from_dict(json.loads(json.dumps(gate.to_dict(), allow_nan=False))) == gate


@pytest.mark.parametrize("key", sorted(GATE.to_dict().keys() - {"by_artist"}))
def test_a_gate_with_a_missing_or_broken_threshold_is_refused(key: str) -> None:
    data = GATE.to_dict()
    for broken in ({k: v for k, v in data.items() if k != key}, {**data, key: "high"}, {**data, key: None}):
        with pytest.raises((KeyError, TypeError, ValueError)):
            Gate.from_dict(broken)


# With the model that ships


def noise(colour: str) -> FloatArray:
    time, random = np.arange(12 * SAMPLE_RATE) / SAMPLE_RATE, np.random.default_rng(0)
    if colour == "tone":
        return 0.5 * np.sin(2 * np.pi * 440 * time)
    if colour == "hum":
        hum = sum(0.3 / harmonic * np.sin(2 * np.pi * 50 * harmonic * time) for harmonic in (1, 2, 3, 5))
        return hum + 0.001 * random.standard_normal(time.size)
    if colour == "clicks":
        clicks = 0.0003 * random.standard_normal(time.size)
        clicks[:: SAMPLE_RATE // 2] = 0.5
        return clicks
    return random.uniform(-0.5, 0.5, time.size)


@pytest.mark.parametrize(
    ("colour", "decibels"),
    [*itertools.product(["tone", "white", "hum"], [0, -30]), ("clicks", 0), ("clicks", -20)],
)
def test_tones_hum_noise_and_clicks_are_no_music_and_are_told_apart(
    colour: str, decibels: int, write_wav: WriteWav, listener: Listener
) -> None:
    samples = (noise(colour) * 10 ** (decibels / 20)).astype(np.float32)
    analysis = analyze(write_wav(samples), listener, DecodeOptions())
    assert analysis.verdict is Verdict.NOT_MUSIC
    assert analysis.basis == Basis(Ground.NOT_MUSIC, sound=Sound.NOISE if colour in {"white", "clicks"} else Sound.TONE)


@pytest.mark.skipif(
    importlib.util.find_spec("espeakng_loader") is None,
    reason="needs espeak-ng (espeakng-loader, dependency group `train`) for speech",
)
@pytest.mark.parametrize("language", ["en-us", "de", "fr", "es", "pt", "ja"])
def test_speech_is_told_to_sound_like_speech(language: str, write_wav: WriteWav, listener: Listener) -> None:
    # The plain voice of a language is none of those that were learnt from.
    talk = Utterance("Nobody was sure who would pay for it. The ferry leaves at 6, 7, 8 and 9. " * 3, language)
    (samples,) = speak([talk])
    analysis = analyze(write_wav(samples.astype(np.float32)), listener, DecodeOptions())
    assert analysis.verdict is Verdict.NOT_MUSIC
    assert analysis.reason == "This isn't music: it sounds like speech."


@pytest.mark.parametrize("name", ["classical.00000", "hiphop.00000", "metal.00000"])
def test_real_clips_are_music(name: str, clip_of: Callable[[str], Path], listener: Listener) -> None:
    assert analyze(clip_of(name), listener, DecodeOptions()).verdict is not Verdict.NOT_MUSIC
