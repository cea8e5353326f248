"""A whole file becomes one answer that adds up, can be kept as JSON and is right about real music."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import scipy.io.wavfile

from classifier.analysis import MAX_WINDOWS, WINDOW_SECONDS, analyze
from classifier.audio import Window, decode
from classifier.errors import SilentAudio
from classifier.model import GenreModel
from classifier.options import DecodeOptions
from classifier.result import Analysis, Verdict

ClipOf = Callable[[str], Path]
Encode = Callable[..., Path]
MakeTune = Callable[..., npt.NDArray[np.float32]]
WriteWav = Callable[..., Path]

OPTIONS = DecodeOptions()


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory, make_tune: MakeTune, shipped_model: GenreModel) -> Analysis:
    path = tmp_path_factory.mktemp("analysis") / "tune.wav"
    scipy.io.wavfile.write(path, 22_050, make_tune(100.0))
    return analyze(path, shipped_model, OPTIONS)


def test_probabilities_add_up_and_are_sorted(analysis: Analysis, shipped_model: GenreModel) -> None:
    for genres in (analysis.genres, *(segment.genres for segment in analysis.timeline)):
        probabilities = [genre.probability for genre in genres]
        assert sum(probabilities) == pytest.approx(1.0, abs=1e-9)
        assert probabilities == sorted(probabilities, reverse=True)
        assert all(0.0 <= probability <= 1.0 for probability in probabilities)
        assert {genre.name for genre in genres} == set(shipped_model.manifest.genres)


def test_the_timeline_is_the_windows_and_the_answer_their_mean(analysis: Analysis) -> None:
    assert len(analysis.timeline) == 3 <= MAX_WINDOWS
    for segment in analysis.timeline:
        assert segment.end - segment.start == pytest.approx(WINDOW_SECONDS)
    starts = [segment.start for segment in analysis.timeline]
    assert starts == sorted(starts)
    for genre in analysis.genres:
        votes = [
            vote.probability for segment in analysis.timeline for vote in segment.genres if vote.name == genre.name
        ]
        assert genre.probability == pytest.approx(np.mean(votes))


def test_an_answer_says_what_was_heard_and_who_answered(analysis: Analysis, shipped_model: GenreModel) -> None:
    assert analysis.audio.duration == pytest.approx(100.0)
    assert analysis.model == shipped_model.info
    assert isinstance(analysis.verdict, Verdict)
    assert analysis.reason.endswith(".")
    assert min(analysis.elapsed.decode, analysis.elapsed.features, analysis.elapsed.vote) > 0.0


def test_an_answer_can_be_kept_as_json(analysis: Analysis) -> None:
    kept = json.loads(json.dumps(analysis.to_dict(), allow_nan=False))
    assert kept["verdict"] == analysis.verdict.value
    assert kept["genres"][0] == {"name": analysis.genres[0].name, "probability": analysis.genres[0].probability}
    assert [segment["start"] for segment in kept["timeline"]] == [segment.start for segment in analysis.timeline]
    assert kept["audio"]["codec"] == "pcm_f32le"


def test_an_answer_crosses_a_process_boundary(analysis: Analysis) -> None:
    assert pickle.loads(pickle.dumps(analysis)) == analysis


def test_the_format_does_not_change_the_answer(encode: Encode, make_tune: MakeTune, shipped_model: GenreModel) -> None:
    tune = np.round(make_tune(10.0) * 32_767).astype(np.float32) / np.float32(32_768)
    answers = [analyze(encode(tune, name), shipped_model, OPTIONS).genres for name in ("a.wav", "a.flac", "a.aiff")]
    assert answers[0] == answers[1] == answers[2]


def test_a_file_without_sound_has_no_answer(write_wav: WriteWav, shipped_model: GenreModel) -> None:
    with pytest.raises(SilentAudio):
        analyze(write_wav(np.zeros(5 * 22_050, np.float32)), shipped_model, OPTIONS)


# Real music


@pytest.mark.parametrize("genre", ["blues", "classical", "country", "hiphop", "jazz", "metal", "pop", "reggae"])
def test_a_real_clip_gets_its_genre(genre: str, clip_of: ClipOf, shipped_model: GenreModel) -> None:
    analysis = analyze(clip_of(f"{genre}.00000"), shipped_model, OPTIONS)
    assert analysis.genres[0].name == genre
    assert len(analysis.timeline) == 1


@pytest.mark.parametrize("name", ["classical.00000", "reggae.00000"])
def test_the_volume_does_not_change_the_genre(
    name: str, clip_of: ClipOf, write_wav: WriteWav, shipped_model: GenreModel
) -> None:
    clip = decode(clip_of(name), OPTIONS)
    samples = clip.samples(Window(0.0, clip.segment.duration_seconds))
    # Room for 6 dB more without clipping.
    samples *= np.float32(0.45) / np.abs(samples).max()
    answers = [
        analyze(write_wav(samples * np.float32(10 ** (decibels / 20))), shipped_model, OPTIONS)
        for decibels in (-6, 0, 6)
    ]
    assert {answer.genres[0].name for answer in answers} == {name.partition(".")[0]}
    for answer in answers:
        assert answer.genres[0].probability == pytest.approx(answers[1].genres[0].probability, abs=0.05)


def test_a_stereo_copy_gets_the_same_answer(clip_of: ClipOf, write_wav: WriteWav, shipped_model: GenreModel) -> None:
    clip = decode(clip_of("metal.00000"), OPTIONS)
    samples = clip.samples(Window(0.0, clip.segment.duration_seconds))
    mono = analyze(write_wav(samples), shipped_model, OPTIONS)
    stereo = analyze(write_wav(np.stack([samples, samples], axis=1)), shipped_model, OPTIONS)
    assert stereo.audio.channels == "stereo"
    assert stereo.genres == mono.genres


@pytest.mark.parametrize("name", ["sugar-plum-fairy", "hungarian-dance-5"])
def test_orchestral_music_outside_the_training_data_is_classical(
    name: str, shared_data: Path, shipped_model: GenreModel
) -> None:
    analysis = analyze(shared_data / "music" / f"{name}.ogg", shipped_model, OPTIONS)
    assert analysis.genres[0].name == "classical"
    assert analysis.verdict is not Verdict.NOT_MUSIC


def test_a_vibraphone_trio_outside_the_training_data_may_be_jazz(shared_data: Path, shipped_model: GenreModel) -> None:
    analysis = analyze(shared_data / "music" / "vibe-ace.ogg", shipped_model, OPTIONS)
    assert "jazz" in {genre.name for genre in analysis.genres[:3]}
    assert analysis.verdict is not Verdict.NOT_MUSIC
