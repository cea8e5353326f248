"""How a clip sounds: tempo, energy and embedding of its windows, whatever its volume."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from classifier.analysis import Listener, analyze
from classifier.audio import decode
from classifier.features import FEATURE_NAMES
from classifier.measure import Measurement
from classifier.options import DecodeOptions
from classifier.sound_print import CALM, ENERGETIC, sound_print
from classifier.tags import TAG_NAMES
from classifier.windows import Window

OPTIONS = DecodeOptions()


def window(
    *, tempo: float = 100.0, harmonic: float = 1.0, percussive: float = 1.0, patches: int = 2, **tags: float
) -> Measurement:
    features = np.zeros(len(FEATURE_NAMES))
    for name, value in (("tempo", tempo), ("harmony_var", harmonic), ("perceptr_var", percussive)):
        features[FEATURE_NAMES.index(name)] = value
    taggram = np.zeros((patches, len(TAG_NAMES)), np.float32)
    for name, probability in tags.items():
        taggram[:, TAG_NAMES.index(name)] = probability
    return Measurement(features, taggram)


@pytest.mark.parametrize(
    ("tempi", "heard"), [([90], 90), ([70, 140], 70), ([91, 90, 181, 92, 89], 91), ([120, 60, 120], 120)]
)
def test_the_tempo_is_one_that_was_heard_and_most_windows_agree_on(tempi: list[float], heard: float) -> None:
    assert sound_print([window(tempo=tempo) for tempo in tempi]).tempo == heard


def test_energy_by_hand() -> None:
    assert sound_print([window()]).energy == pytest.approx((0.5 + np.sqrt(0.5)) / 2, abs=5e-5)
    metal = sound_print([window(metal=0.5, harmonic=3.0)])
    assert metal.energy == pytest.approx((0.51 / 0.52 + 0.5) / 2, abs=5e-5)
    still = sound_print([window(ambient=0.2, Mellow=0.29, percussive=0.0)])
    assert still.energy == pytest.approx(0.01 / 0.51 / 2, abs=5e-5)
    assert sound_print([window(harmonic=0.0, percussive=0.0)]).energy == 0.25


def test_the_embedding_is_the_mean_of_all_patches() -> None:
    heard = sound_print([window(jazz=0.9, patches=3), window(jazz=0.1, patches=1)])
    expected = [0.7 if name == "jazz" else 0.0 for name in TAG_NAMES]
    assert heard.embedding == tuple(expected)


def test_tags_are_energetic_or_calm_and_known() -> None:
    assert len({*ENERGETIC, *CALM}) == len(ENERGETIC) + len(CALM)
    assert {*ENERGETIC, *CALM} < set(TAG_NAMES)


def test_nothing_has_no_sound() -> None:
    with pytest.raises(ValueError, match="at least one window"):
        sound_print([])


def test_real_clips_are_ordered_as_people_would(clip_of: Callable[[str], Path], listener: Listener) -> None:
    classical, metal = (analyze(clip_of(f"{genre}.00000"), listener, OPTIONS).sound for genre in ("classical", "metal"))
    assert classical.energy < 0.4
    assert metal.energy > 0.6
    assert len(metal.embedding) == len(TAG_NAMES)
    assert max(zip(metal.embedding, TAG_NAMES, strict=True))[1] in {"metal", "heavy metal", "hard rock", "rock"}


def test_the_volume_does_not_change_the_sound(
    clip_of: Callable[[str], Path],
    write_wav: Callable[[npt.NDArray[np.float32]], Path],
    listener: Listener,
) -> None:
    clip = decode(clip_of("reggae.00000"), OPTIONS)
    samples = clip.samples(Window(0.0, 10.0))
    loud, quiet = (
        analyze(write_wav(samples * np.float32(gain / np.abs(samples).max())), listener, OPTIONS).sound
        for gain in (0.9, 0.09)
    )
    assert quiet.tempo == loud.tempo
    assert quiet.energy == pytest.approx(loud.energy, abs=0.01)
    assert quiet.embedding == pytest.approx(loud.embedding, abs=0.01)
