"""A whole file becomes one answer that adds up, can be kept as JSON and is right about real music."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile
from pydantic import TypeAdapter

from classifier.analysis import MAX_WINDOWS, TAGS_OF_A_SPAN, TAGS_SHOWN, WINDOW_SECONDS, Listener, analyze
from classifier.audio import decode
from classifier.errors import SilentAudio
from classifier.options import DecodeOptions
from classifier.reason import words
from classifier.result import Analysis, Basis, Ground, Sound, Verdict
from classifier.tags import LEAST_TAG
from classifier.timeline import PATCH_SECONDS, cut_patches
from classifier.windows import Window

ClipOf = Callable[[str], Path]
Encode = Callable[..., Path]
MakeTune = Callable[..., npt.NDArray[np.float32]]
WriteWav = Callable[..., Path]

OPTIONS = DecodeOptions()


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory, make_tune: MakeTune, listener: Listener) -> Analysis:
    path = tmp_path_factory.mktemp("analysis") / "tune.wav"
    scipy.io.wavfile.write(path, 22_050, make_tune(100.0))
    return analyze(path, listener, OPTIONS)


def test_probabilities_add_up_and_are_sorted(analysis: Analysis, listener: Listener) -> None:
    for genres in (analysis.genres, *(segment.genres for segment in analysis.timeline)):
        probabilities = [genre.probability for genre in genres]
        assert sum(probabilities) == pytest.approx(1.0, abs=1e-9)
        assert probabilities == sorted(probabilities, reverse=True)
        assert all(0.0 <= probability <= 1.0 for probability in probabilities)
        assert {genre.name for genre in genres} == set(listener.model.manifest.genres)


def test_the_timeline_cuts_what_was_heard_into_segments_of_about_five_seconds(analysis: Analysis) -> None:
    heard = analysis.audio.heard
    assert len(heard) == 3 <= MAX_WINDOWS
    assert analysis.audio.seconds_heard == pytest.approx(3 * WINDOW_SECONDS)
    assert len(analysis.timeline) == 3 * 6
    for segment in analysis.timeline:
        assert segment.end - segment.start == pytest.approx(5.0)
    for number, span in enumerate(heard):
        of_window = analysis.timeline[6 * number : 6 * number + 6]
        assert (of_window[0].start, of_window[-1].end) == pytest.approx((span.start, span.end))
    starts = [segment.start for segment in analysis.timeline]
    assert starts == sorted(starts)


def test_the_timeline_follows_the_music(clip_of: ClipOf, write_wav: WriteWav, listener: Listener) -> None:
    halves = [decode(clip_of(name), OPTIONS).samples(Window(0.0, 30.0)) for name in ("classical.00000", "metal.00000")]
    quiet, loud = halves
    analysis = analyze(write_wav(np.concatenate([quiet * np.float32(0.3), loud * np.float32(0.3)])), listener, OPTIONS)
    first, last = analysis.timeline[0], analysis.timeline[-1]
    assert (first.genres[0].name, last.genres[0].name) == ("classical", "metal")
    assert analysis.verdict is not Verdict.CLEAR
    assert analysis.basis == Basis(Ground.CHANGES, parts=("classical", "metal"))


def test_an_answer_has_tags_and_reasons(clip_of: ClipOf, listener: Listener) -> None:
    analysis = analyze(clip_of("metal.00000"), listener, OPTIONS)
    assert len(analysis.tags) == TAGS_SHOWN
    assert analysis.tags[0].name in {"metal", "heavy metal", "hard rock"}
    assert [tag.probability for tag in analysis.tags] == sorted((t.probability for t in analysis.tags), reverse=True)
    weights = [evidence.weight for evidence in analysis.why.evidence]
    assert weights == sorted(weights, reverse=True)
    assert 0.0 < sum(weights) <= 1.0
    assert any("metal" in evidence.text for evidence in analysis.why.evidence)
    assert "metal" not in {confusion.name for confusion in analysis.why.mistaken_for}


def test_an_answer_says_what_was_heard_and_who_answered(analysis: Analysis, listener: Listener) -> None:
    assert analysis.audio.duration == pytest.approx(100.0)
    assert analysis.model == listener.model.info
    assert isinstance(analysis.verdict, Verdict)
    assert analysis.reason == words(analysis.basis, analysis.verdict)
    assert min(analysis.elapsed.decode, analysis.elapsed.features, analysis.elapsed.tags, analysis.elapsed.vote) > 0.0


def test_an_answer_can_be_kept_as_json(analysis: Analysis) -> None:
    kept = json.loads(json.dumps(analysis.to_dict(), allow_nan=False))
    assert kept["verdict"] == analysis.verdict.value
    assert kept["basis"]["kind"] == analysis.basis.kind.value
    assert kept["genres"][0] == {"name": analysis.genres[0].name, "probability": analysis.genres[0].probability}
    assert [segment["start"] for segment in kept["timeline"]] == [segment.start for segment in analysis.timeline]
    first = analysis.tag_timeline[0]
    assert kept["tag_timeline"][0]["end"] == first.end
    assert [tag["name"] for tag in kept["tag_timeline"][0]["tags"]] == [tag.name for tag in first.tags]
    assert kept["audio"]["codec"] == "pcm_f32le"
    assert kept["audio"]["waveform"]["peaks"] == list(analysis.audio.waveform.peaks)
    assert len(json.dumps(kept["audio"]["waveform"])) < 4_000


def test_an_answer_is_the_same_after_it_was_kept_as_json(
    analysis: Analysis, clip_of: ClipOf, write_wav: WriteWav, listener: Listener
) -> None:
    adapter = TypeAdapter(Analysis)
    hiss = np.random.default_rng(0).uniform(-0.5, 0.5, 8 * 22_050).astype(np.float32)
    answers = [analysis, *(analyze(path, listener, OPTIONS) for path in (clip_of("metal.00000"), write_wav(hiss)))]
    # What no clip at hand brings about.
    answers += [replace(analysis, basis=Basis(kind, 1 / 3, True, True, ("pop", "rock"), Sound.TONE)) for kind in Ground]
    for answer in answers:
        kept = adapter.validate_json(adapter.dump_json(answer))
        assert kept == answer
        assert repr(kept) == repr(answer)
        assert adapter.validate_python(json.loads(json.dumps(answer.to_dict()))) == answer


def test_an_answer_has_the_outline_of_the_whole_file(
    write_wav: WriteWav, make_tune: MakeTune, listener: Listener
) -> None:
    loudness = np.repeat(np.array([0.2, 0.8, 0.4], np.float32), 40 * 22_050)
    samples = loudness * np.sign(make_tune(120.0))
    waveform = analyze(write_wav(samples), listener, OPTIONS).audio.waveform
    assert len(waveform.peaks) * waveform.step == pytest.approx(120.0, abs=waveform.step)
    at = [waveform.peaks[int(seconds / waveform.step)] for seconds in (5.0, 35.0, 45.0, 75.0, 85.0, 118.0)]
    assert at == pytest.approx([0.2, 0.2, 0.8, 0.8, 0.4, 0.4], abs=0.002)


def test_an_answer_crosses_a_process_boundary(analysis: Analysis) -> None:
    assert pickle.loads(pickle.dumps(analysis)) == analysis


def test_the_format_does_not_change_the_answer(encode: Encode, make_tune: MakeTune, listener: Listener) -> None:
    tune = np.round(make_tune(10.0) * 32_767).astype(np.float32) / np.float32(32_768)
    answers = [analyze(encode(tune, name), listener, OPTIONS).genres for name in ("a.wav", "a.flac", "a.aiff")]
    assert answers[0] == answers[1] == answers[2]


def test_a_file_without_sound_has_no_answer(write_wav: WriteWav, listener: Listener) -> None:
    with pytest.raises(SilentAudio):
        analyze(write_wav(np.zeros(5 * 22_050, np.float32)), listener, OPTIONS)


# Tags over time


def test_each_three_seconds_that_were_heard_have_their_tags(analysis: Analysis) -> None:
    assert len(analysis.tag_timeline) == 3 * 10
    for number, window in enumerate(analysis.audio.heard):
        spans = analysis.tag_timeline[10 * number : 10 * number + 10]
        assert (spans[0].start, spans[-1].end) == (window.start, window.end)
        assert [span.end for span in spans[:-1]] == [span.start for span in spans[1:]]
        assert [span.end - span.start for span in spans] == pytest.approx([3.0] * 10)
    assert any(span.tags for span in analysis.tag_timeline)
    for span in analysis.tag_timeline:
        probabilities = [tag.probability for tag in span.tags]
        assert len(probabilities) <= TAGS_OF_A_SPAN
        assert probabilities == sorted(probabilities, reverse=True)
        assert all(LEAST_TAG <= probability <= 1.0 for probability in probabilities)


@pytest.mark.parametrize(("seconds", "spans"), [(3.0, 1), (4.0, 1), (5.0, 2), (8.0, 3)])
def test_short_audio_is_tagged_from_its_beginning_to_its_end(
    seconds: float, spans: int, write_wav: WriteWav, make_tune: MakeTune, listener: Listener
) -> None:
    tag_timeline = analyze(write_wav(make_tune(seconds)), listener, OPTIONS).tag_timeline
    edges = [0.0, *(span.end for span in tag_timeline)]
    assert edges[:-1] == [span.start for span in tag_timeline]
    assert edges == pytest.approx([seconds * number / spans for number in range(spans + 1)])


def test_the_tags_follow_the_music(write_wav: WriteWav, make_song: MakeTune, listener: Listener) -> None:
    time = np.arange(15 * 22_050) / 22_050
    pitches = np.array([[110.0], [164.8], [220.0], [329.6]])
    swell = 0.6 + 0.4 * np.sin(2 * np.pi * 0.1 * time + np.arange(4)[:, np.newaxis])
    drone = (np.sin(2 * np.pi * pitches * time) * swell).mean(axis=0) / 2
    samples = np.concatenate([drone.astype(np.float32), make_song(15.0)])
    spans = analyze(write_wav(samples), listener, OPTIONS).tag_timeline
    assert [span.tags[0].name for span in spans] == ["ambient"] * 5 + ["electronic"] * 5


def test_the_tags_over_time_are_those_of_the_whole_on_average(shared_data: Path, listener: Listener) -> None:
    analysis = analyze(shared_data / "music" / "vibe-ace.ogg", listener, OPTIONS)
    assert len(analysis.audio.heard) == 2
    of_spans = [tag.probability for span in analysis.tag_timeline for tag in span.tags if tag.name == "jazz"]
    # Half a minute is 28 patches, and the last span has fewer of them than the others.
    slices = cut_patches(28, WINDOW_SECONDS, segment_seconds=PATCH_SECONDS)
    patches = [len(range(28)[part]) for part in slices] * 2
    of_all = next(tag.probability for tag in analysis.tags if tag.name == "jazz")
    assert np.average(of_spans, weights=patches) == pytest.approx(of_all, rel=1e-5)


# Real music


@pytest.mark.parametrize("genre", ["blues", "classical", "jazz", "metal", "pop", "reggae", "rock"])
def test_a_real_clip_gets_its_genre(genre: str, clip_of: ClipOf, listener: Listener) -> None:
    analysis = analyze(clip_of(f"{genre}.00000"), listener, OPTIONS)
    assert analysis.genres[0].name == genre
    assert len(analysis.audio.heard) == 1


@pytest.mark.parametrize("name", ["classical.00000", "reggae.00000"])
def test_the_volume_does_not_change_the_genre(
    name: str, clip_of: ClipOf, write_wav: WriteWav, listener: Listener
) -> None:
    clip = decode(clip_of(name), OPTIONS)
    samples = clip.samples(Window(0.0, clip.info.duration))
    # Room for 6 dB more without clipping.
    samples *= np.float32(0.45) / np.abs(samples).max()
    answers = [
        analyze(write_wav(samples * np.float32(10 ** (decibels / 20))), listener, OPTIONS) for decibels in (-6, 0, 6)
    ]
    assert {answer.genres[0].name for answer in answers} == {name.partition(".")[0]}
    for answer in answers:
        assert answer.genres[0].probability == pytest.approx(answers[1].genres[0].probability, abs=0.05)


def test_a_stereo_copy_gets_the_same_answer(clip_of: ClipOf, write_wav: WriteWav, listener: Listener) -> None:
    clip = decode(clip_of("metal.00000"), OPTIONS)
    samples = clip.samples(Window(0.0, clip.info.duration))
    mono = analyze(write_wav(samples), listener, OPTIONS)
    stereo = analyze(write_wav(np.stack([samples, samples], axis=1)), listener, OPTIONS)
    assert stereo.audio.channels == "stereo"
    assert stereo.genres == mono.genres


@pytest.mark.parametrize("name", ["sugar-plum-fairy", "hungarian-dance-5"])
def test_orchestral_music_outside_the_training_data_is_classical(
    name: str, shared_data: Path, listener: Listener
) -> None:
    analysis = analyze(shared_data / "music" / f"{name}.ogg", listener, OPTIONS)
    assert analysis.genres[0].name == "classical"
    assert analysis.verdict is not Verdict.NOT_MUSIC


def test_a_vibraphone_trio_outside_the_training_data_may_be_jazz(shared_data: Path, listener: Listener) -> None:
    analysis = analyze(shared_data / "music" / "vibe-ace.ogg", listener, OPTIONS)
    assert "jazz" in {genre.name for genre in analysis.genres[:3]}
    assert analysis.verdict is not Verdict.NOT_MUSIC
