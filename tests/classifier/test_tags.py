"""The tag network gives its author's answers, golden values of its own, and refuses what it cannot hear in words."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from classifier.audio import decode
from classifier.errors import ModelError
from classifier.features import SAMPLE_RATE
from classifier.location import tag_network_dir
from classifier.options import DecodeOptions
from classifier.tags import (
    FRIENDLY_NAMES,
    HOP_LENGTH,
    LEAST_TAG,
    MEL_BANDS,
    NETWORK_NAME,
    NETWORK_SHA256,
    PATCH_FRAMES,
    PATCH_STEP,
    TAG_NAMES,
    TAG_SAMPLE_RATE,
    TagNetwork,
    log_mel,
    patches,
    resample,
    strongest_tags,
)
from classifier.windows import Window

MakeTune = Callable[..., npt.NDArray[np.float32]]

NETWORK_DIR = tag_network_dir()

GOLDEN = {
    "rock": 0.029001,
    "pop": 0.039239,
    "alternative": 0.039799,
    "indie": 0.109636,
    "electronic": 0.380575,
    "female vocalists": 0.061493,
    "dance": 0.046488,
    "00s": 0.016127,
    "alternative rock": 0.005980,
    "jazz": 0.040603,
    "beautiful": 0.022965,
    "metal": 0.001935,
    "chillout": 0.128747,
    "male vocalists": 0.004414,
    "classic rock": 0.003060,
    "soul": 0.020116,
    "indie rock": 0.020355,
    "Mellow": 0.020453,
    "electronica": 0.121672,
    "80s": 0.003252,
    "folk": 0.015838,
    "90s": 0.004510,
    "chill": 0.026262,
    "instrumental": 0.060511,
    "punk": 0.002066,
    "oldies": 0.006979,
    "blues": 0.006462,
    "hard rock": 0.000583,
    "ambient": 0.142660,
    "acoustic": 0.020324,
    "experimental": 0.086181,
    "female vocalist": 0.005773,
    "guitar": 0.006896,
    "Hip-Hop": 0.007912,
    "70s": 0.001741,
    "party": 0.003648,
    "country": 0.001061,
    "easy listening": 0.008379,
    "sexy": 0.005590,
    "catchy": 0.002225,
    "funk": 0.007297,
    "electro": 0.050244,
    "heavy metal": 0.000428,
    "Progressive rock": 0.003516,
    "60s": 0.007755,
    "rnb": 0.003444,
    "indie pop": 0.019643,
    "sad": 0.006140,
    "House": 0.047347,
    "happy": 0.001998,
}
"""Mean over the patches of ``tune(5.0, seed=7)`` in ``tests/conftest.py``, computed once with the author's whole
network, before the filters that are switched off were taken out; its order is the author's ``MSD_LABELS``."""


@pytest.fixture(scope="module")
def network() -> TagNetwork:
    return TagNetwork.load(NETWORK_DIR)


def test_golden_values(network: TagNetwork, make_tune: MakeTune) -> None:
    tags = network.tag(make_tune(5.0, seed=7))
    assert tags.shape == (3, 50)
    assert tags.dtype == np.float32
    np.testing.assert_allclose(tags.mean(axis=0), list(GOLDEN.values()), rtol=0, atol=1e-5)


def test_there_are_50_tags_in_the_order_of_the_network() -> None:
    assert len(TAG_NAMES) == len(set(TAG_NAMES)) == 50
    assert tuple(GOLDEN) == TAG_NAMES


def test_the_same_audio_gives_the_same_tags(network: TagNetwork, make_tune: MakeTune) -> None:
    np.testing.assert_array_equal(network.tag(make_tune(3.0)), network.tag(make_tune(3.0)))


def test_each_patch_is_tagged_by_itself(network: TagNetwork, make_tune: MakeTune) -> None:
    cut = patches(log_mel(resample(make_tune(6.0))))
    tags = network.tag_patches(cut)
    assert len(tags) == len(cut) == 4
    np.testing.assert_array_equal(network.tag_patches(cut[2:3]), tags[2:3])


# The author's vectors


@dataclass(frozen=True, slots=True)
class Comparison:
    clip: str
    patches: tuple[int, int]
    difference: float
    correlation: float


@pytest.fixture(scope="module")
def comparisons(shared_data: Path, real_clips: list[Path], network: TagNetwork) -> list[Comparison]:
    """Real clips, decoded and tagged as a stranger's file is, beside what the author published of them."""
    published: dict[str, npt.NDArray[np.float32]] = {}
    for part in ("train_443", "test_290"):
        with np.load(shared_data / "gtzan" / "musicnn" / f"{part}_taggram.npz") as vectors:
            clips, probabilities = np.array([Path(name).stem for name in vectors["IDS"]]), vectors["X"]
        published |= {str(clip): probabilities[clips == clip] for clip in np.unique(clips)}
    return [_compare(network, path, published[path.stem]) for path in real_clips if path.stem in published]


def _compare(network: TagNetwork, path: Path, theirs: npt.NDArray[np.float32]) -> Comparison:
    clip = decode(path, DecodeOptions())
    ours = network.tag(clip.samples(Window(0.0, clip.info.duration)))
    common = min(len(ours), len(theirs))
    return Comparison(
        path.stem,
        (len(ours), len(theirs)),
        float(np.abs(ours[:common] - theirs[:common]).mean()),
        float(np.corrcoef(ours.mean(axis=0), theirs.mean(axis=0))[0, 1]),
    )


def test_as_many_patches_as_the_author_counted(comparisons: list[Comparison]) -> None:
    assert len(comparisons) >= 31
    for comparison in comparisons:
        ours, theirs = comparison.patches
        assert ours == theirs, comparison.clip


def test_the_authors_probabilities_are_reproduced_patch_by_patch(comparisons: list[Comparison]) -> None:
    differences = [comparison.difference for comparison in comparisons]
    assert np.mean(differences) <= 0.003
    assert max(differences) <= 0.01


def test_the_authors_means_over_a_clip_are_reproduced(comparisons: list[Comparison]) -> None:
    correlations = [comparison.correlation for comparison in comparisons]
    assert np.median(correlations) >= 0.999
    assert min(correlations) >= 0.985


# The steps


def test_a_tone_lies_in_its_mel_band() -> None:
    time = np.arange(TAG_SAMPLE_RATE) / TAG_SAMPLE_RATE
    spectrogram = log_mel(np.sin(2 * np.pi * 1000 * time).astype(np.float32))
    assert spectrogram.shape == (1 + TAG_SAMPLE_RATE // HOP_LENGTH, MEL_BANDS)
    assert spectrogram.dtype == np.float32
    # 15 mel up to 1 kHz and 45.2 mel at 8 kHz (Slaney), on 98 edges of 96 bands: 1 kHz is nearest to band 31.
    assert set(spectrogram[2:-2].argmax(axis=1)) == {31}


def test_silence_is_zero_in_every_band() -> None:
    assert not log_mel(np.zeros(TAG_SAMPLE_RATE, np.float32)).any()


def test_loud_music_stays_finite() -> None:
    loud = np.sign(np.sin(np.arange(TAG_SAMPLE_RATE) / 3)).astype(np.float32)
    spectrogram = log_mel(loud)
    # The author's 16-bit floats end at 65504, which is a logarithm of 4.8.
    assert spectrogram.max() > 4.82
    assert np.isfinite(spectrogram).all()


def test_resampling_keeps_pitch_and_length() -> None:
    time = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
    resampled = resample(np.sin(2 * np.pi * 440 * time).astype(np.float32))
    assert resampled.shape == (3 * TAG_SAMPLE_RATE,)
    assert resampled.dtype == np.float32
    assert np.abs(np.fft.rfft(resampled)).argmax() == 3 * 440


@pytest.mark.parametrize(
    ("frames", "count"), [(188, 1), (248, 1), (249, 2), (309, 2), (310, 3), (1876, 28), (1896, 29)]
)
def test_patches_step_as_the_author_steps(frames: int, count: int) -> None:
    spectrogram = np.arange(frames, dtype=np.float32)[:, np.newaxis] + np.zeros(2, np.float32)
    cut = patches(spectrogram)
    assert count == len(range(0, frames - PATCH_FRAMES, PATCH_STEP))
    assert cut.shape == (count, PATCH_FRAMES, 2)
    for number, patch in enumerate(cut):
        np.testing.assert_array_equal(patch, spectrogram[number * PATCH_STEP :][:PATCH_FRAMES])


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (np.zeros((2, 5 * SAMPLE_RATE), np.float32), r"shape \(2, 110250\)"),
        (np.zeros(0, np.float32), "at least 1 sample"),
        (np.zeros(600, np.float32), "at least 512 samples"),
        (np.zeros(round(2.95 * SAMPLE_RATE), np.float32), "more than 187 frames"),
        (np.full(5 * SAMPLE_RATE, np.nan, np.float32), "NaN or infinite"),
        (np.append(np.zeros(5 * SAMPLE_RATE, np.float32), np.float32(np.inf)), "NaN or infinite"),
    ],
)
def test_audio_that_cannot_be_tagged_is_refused_in_words(
    samples: npt.NDArray[np.float32], message: str, network: TagNetwork
) -> None:
    with pytest.raises(ValueError, match=message):
        network.tag(samples)


def test_each_step_refuses_what_is_not_its_input(network: TagNetwork) -> None:
    with pytest.raises(ValueError, match="NaN or infinite"):
        log_mel(np.full(TAG_SAMPLE_RATE, np.inf, np.float32))
    with pytest.raises(ValueError, match=r"got shape \(187, 96\)"):
        patches(np.zeros((PATCH_FRAMES, MEL_BANDS), np.float32))
    for shape in [(0, PATCH_FRAMES, MEL_BANDS), (1, MEL_BANDS, PATCH_FRAMES), (PATCH_FRAMES, MEL_BANDS)]:
        with pytest.raises(ValueError, match="187 frames and 96 bands"):
            network.tag_patches(np.zeros(shape, np.float32))


def test_three_seconds_of_sound_are_enough(network: TagNetwork, make_tune: MakeTune) -> None:
    assert network.tag(make_tune(3.0)).shape == (1, 50)


# The file


def test_the_network_is_the_one_that_its_note_describes() -> None:
    digest = hashlib.sha256((NETWORK_DIR / NETWORK_NAME).read_bytes()).hexdigest()
    assert digest == NETWORK_SHA256
    assert digest in (NETWORK_DIR / "README.md").read_text()
    assert "Universitat Pompeu Fabra 2019" in (NETWORK_DIR / "LICENSE").read_text()


def test_a_missing_network_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be read \(No such file or directory\).*genre-bot convert-tags"):
        TagNetwork.load(tmp_path)


@pytest.mark.parametrize("damage", ["empty", "cut off", "one bit", "longer"])
def test_a_damaged_network_is_refused_in_words(damage: str, tmp_path: Path) -> None:
    content = bytearray((NETWORK_DIR / NETWORK_NAME).read_bytes())
    match damage:
        case "empty":
            content.clear()
        case "cut off":
            del content[len(content) // 2 :]
        case "one bit":
            content[len(content) // 2] ^= 1
        case "longer":
            content.append(0)
    (tmp_path / NETWORK_NAME).write_bytes(content)
    with pytest.raises(ModelError, match=rf"SHA-256 begins \w{{12}} instead of {NETWORK_SHA256[:12]}.*Restore"):
        TagNetwork.load(tmp_path)


def test_a_fresh_process_tags_the_same_without_the_package_that_converts(
    network: TagNetwork, make_tune: MakeTune, tmp_path: Path
) -> None:
    samples = make_tune(3.0)
    np.save(tmp_path / "samples.npy", samples)
    program = (
        "import sys; from pathlib import Path; import numpy as np; from classifier.tags import TagNetwork\n"
        "tags = TagNetwork.load(Path(sys.argv[1])).tag(np.load(sys.argv[2]))\n"
        "np.save(sys.argv[3], tags); print('onnx' in sys.modules)"
    )
    arguments = [NETWORK_DIR, tmp_path / "samples.npy", tmp_path / "tags.npy"]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True, timeout=120
    )
    assert (done.stdout, done.stderr) == ("False\n", "")
    np.testing.assert_array_equal(np.load(tmp_path / "tags.npy"), network.tag(samples))


# The names that people see


def test_every_tag_has_a_friendly_name() -> None:
    assert tuple(FRIENDLY_NAMES) == TAG_NAMES
    assert FRIENDLY_NAMES["Hip-Hop"] == "hip-hop"
    assert FRIENDLY_NAMES["00s"] == "2000s"
    assert FRIENDLY_NAMES["80s"] == "1980s"
    assert FRIENDLY_NAMES["rnb"] == "R&B"
    assert FRIENDLY_NAMES["female vocalist"] == FRIENDLY_NAMES["female vocalists"] == "female vocals"
    assert {FRIENDLY_NAMES[name] for name in ("electro", "electronica", "electronic")} == {"electronic"}


def probabilities(**named: float) -> npt.NDArray[np.float32]:
    return np.array([named.get(name.replace(" ", "_"), 0.01) for name in TAG_NAMES], np.float32)


def test_the_strongest_tags_come_first_and_synonyms_once() -> None:
    heard = probabilities(guitar=0.5, female_vocalist=0.7, female_vocalists=0.25, rnb=0.75, chill=0.125, chillout=0.375)
    names, values = zip(*strongest_tags(heard, 4), strict=True)
    assert names == ("R&B", "female vocals", "guitar", "chill")
    assert values == pytest.approx((0.75, 0.7, 0.5, 0.375))
    assert all(type(value) is float for value in values)


def test_five_tags_unless_told_otherwise_and_never_more_than_there_are() -> None:
    assert len(strongest_tags(probabilities())) == 5
    assert strongest_tags(probabilities(), 0) == ()
    assert len(strongest_tags(probabilities(), 100)) == len(set(FRIENDLY_NAMES.values())) == 46


def test_tags_that_are_hardly_there_are_not_named() -> None:
    heard = probabilities(guitar=0.1, blues=0.099, jazz=0.5)
    assert [name for name, _ in strongest_tags(heard, at_least=float(np.float32(0.1)))] == ["jazz", "guitar"]
    assert strongest_tags(probabilities(), at_least=LEAST_TAG) == ()


def test_probabilities_of_other_tags_are_refused() -> None:
    with pytest.raises(ValueError, match=r"50 probabilities.*\(10,\)"):
        strongest_tags(np.zeros(10))
    with pytest.raises(ValueError, match=r"got .* and -1"):
        strongest_tags(probabilities(), -1)
