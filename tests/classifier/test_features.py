"""The extractor gives the published table's values, golden values of its own, and numbers for any sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import librosa
import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from classifier.audio import SAMPLE_RATE, decode
from classifier.features import FEATURE_NAMES, HOP_LENGTH, N_FFT, extract_features, separate
from classifier.options import DecodeOptions
from classifier.windows import Window

MakeTune = Callable[..., npt.NDArray[np.float32]]

GOLDEN = {
    "chroma_stft_mean": 0.372528,
    "chroma_stft_var": 0.08840927,
    "rms_mean": 0.1691454,
    "rms_var": 0.000107978,
    "spectral_centroid_mean": 1884.222,
    "spectral_centroid_var": 3003969,
    "spectral_bandwidth_mean": 2121.132,
    "spectral_bandwidth_var": 1634656,
    "rolloff_mean": 3828.822,
    "rolloff_var": 1.507817e07,
    "zero_crossing_rate_mean": 0.0565826,
    "zero_crossing_rate_var": 0.002983801,
    "harmony_mean": 7.653669e-06,
    "harmony_var": 0.02649299,
    "perceptr_mean": -0.0001309945,
    "perceptr_var": 0.002012483,
    "tempo": 117.4538,
    "mfcc1_mean": -320.7582,
    "mfcc1_var": 43430.68,
    "mfcc2_mean": 46.60467,
    "mfcc2_var": 727.3184,
    "mfcc3_mean": 45.37982,
    "mfcc3_var": 458.6389,
    "mfcc4_mean": 39.44822,
    "mfcc4_var": 332.5881,
    "mfcc5_mean": 31.72113,
    "mfcc5_var": 221.5546,
    "mfcc6_mean": 22.66029,
    "mfcc6_var": 139.7417,
    "mfcc7_mean": 13.25676,
    "mfcc7_var": 97.50411,
    "mfcc8_mean": 3.512868,
    "mfcc8_var": 86.54692,
    "mfcc9_mean": -5.814026,
    "mfcc9_var": 120.1919,
    "mfcc10_mean": -14.31723,
    "mfcc10_var": 158.8209,
    "mfcc11_mean": -20.73713,
    "mfcc11_var": 194.2625,
    "mfcc12_mean": -26.20348,
    "mfcc12_var": 216.0193,
    "mfcc13_mean": -29.71342,
    "mfcc13_var": 206.7635,
    "mfcc14_mean": -31.30385,
    "mfcc14_var": 181.0939,
    "mfcc15_mean": -30.96136,
    "mfcc15_var": 154.1668,
    "mfcc16_mean": -29.37647,
    "mfcc16_var": 130.4409,
    "mfcc17_mean": -26.26368,
    "mfcc17_var": 119.9179,
    "mfcc18_mean": -23.15042,
    "mfcc18_var": 111.5888,
    "mfcc19_mean": -19.17592,
    "mfcc19_var": 124.6729,
    "mfcc20_mean": -14.06275,
    "mfcc20_var": 137.2095,
}
"""Of ``tune(8.0, seed=7)`` in ``tests/conftest.py``, computed once with the extractor that matches the table."""

WAVEFORM_MEANS = ("harmony_mean", "perceptr_mean")
"""DC offsets: sums that cancel, of which only the size can be compared."""

HPSS_VARIANCES = ("harmony_var", "perceptr_var")

GROUPS = {
    "chroma": ("chroma_stft",),
    "rms": ("rms",),
    "centroid": ("spectral_centroid",),
    "bandwidth": ("spectral_bandwidth",),
    "rolloff": ("rolloff",),
    "zero-crossing rate": ("zero_crossing_rate",),
    "mfcc": tuple(f"mfcc{number}" for number in range(1, 21)),
}


def test_golden_values(make_tune: MakeTune) -> None:
    values = dict(zip(FEATURE_NAMES, extract_features(make_tune(8.0, seed=7)), strict=True))
    assert list(values) == list(GOLDEN)
    for name, value in values.items():
        tolerance = 1e-6 if name in WAVEFORM_MEANS else 0.0
        assert value == pytest.approx(GOLDEN[name], rel=1e-4, abs=tolerance), name


def test_there_are_57_features_in_the_order_of_the_table(shared_data: Path) -> None:
    columns = pd.read_csv(shared_data / "gtzan" / "features_30_sec.csv", nrows=1).columns
    assert tuple(columns) == ("filename", "length", *FEATURE_NAMES, "label")


@pytest.mark.parametrize("seconds", [0.5, 3.0, 7.0])
def test_the_separation_is_librosas(seconds: float, make_tune: MakeTune) -> None:
    tune = make_tune(seconds, seed=3)
    spectrum = librosa.stft(tune, n_fft=N_FFT, hop_length=HOP_LENGTH, pad_mode="reflect")
    ours = separate(tune, spectrum, np.abs(spectrum))
    theirs = [librosa.istft(part, hop_length=HOP_LENGTH, length=tune.size) for part in librosa.decompose.hpss(spectrum)]
    for our_waveform, their_waveform in zip(ours, theirs, strict=True):
        assert our_waveform.shape == tune.shape
        np.testing.assert_allclose(our_waveform, their_waveform, atol=1e-6)
    # The two differ, so that they cannot have been exchanged unnoticed.
    assert np.abs(ours[0] - ours[1]).max() > 0.1


@pytest.mark.parametrize(
    ("samples", "message"),
    [
        (np.zeros((2, 44_100), np.float32), r"shape \(2, 44100\)"),
        (np.zeros(N_FFT - 1, np.float32), f"at least {N_FFT} samples"),
        (np.zeros(0, np.float32), "at least"),
        (np.full(44_100, np.nan, np.float32), "NaN or infinite"),
        (np.append(np.zeros(44_100, np.float32), np.float32(np.inf)), "NaN or infinite"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_words(samples: npt.NDArray[np.float32], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        extract_features(samples)


# librosa says so of sound without pitch.
@pytest.mark.filterwarnings("ignore:Trying to estimate tuning from empty frequency set")
@given(
    pattern=hnp.arrays(np.float32, st.integers(1, 64), elements=st.floats(-1, 1, width=32)),
    length=st.integers(N_FFT, 2 * SAMPLE_RATE),
)
@settings(max_examples=15, deadline=None)
def test_any_sound_gives_finite_numbers(pattern: npt.NDArray[np.float32], length: int) -> None:
    values = extract_features(np.resize(pattern, length))
    assert values.shape == (len(FEATURE_NAMES),)
    assert values.dtype == np.float64
    assert np.isfinite(values).all()


def test_the_same_audio_gives_the_same_values(make_tune: MakeTune) -> None:
    np.testing.assert_array_equal(extract_features(make_tune(3.0)), extract_features(make_tune(3.0)))


# The published table


@pytest.fixture(scope="module")
def parity(shared_data: Path, real_clips: list[Path]) -> pd.DataFrame:
    """Relative error of each feature of each real clip, decoded and measured as a stranger's file is."""
    table = pd.read_csv(shared_data / "gtzan" / "features_30_sec.csv", index_col="filename")
    published = table.loc[[f"{clip.stem}.wav" for clip in real_clips], list(FEATURE_NAMES)]
    rows = [extract_features(_whole(clip)) for clip in real_clips]
    return ((np.stack(rows) - published) / published).abs()


def _whole(path: Path) -> npt.NDArray[np.float32]:
    clip = decode(path, DecodeOptions())
    return clip.samples(Window(0.0, clip.info.duration))


def test_parity_covers_real_clips_of_every_genre(parity: pd.DataFrame) -> None:
    assert len(parity) >= 34
    assert len({name.partition(".")[0] for name in parity.index}) == 10
    assert parity.shape[1] == 57


@pytest.mark.parametrize("group", GROUPS)
def test_the_published_values_are_reproduced(group: str, parity: pd.DataFrame) -> None:
    columns = [f"{stem}_{statistic}" for stem in GROUPS[group] for statistic in ("mean", "var")]
    errors = parity[columns]
    assert errors.median().max() <= 1e-6
    assert errors.max().max() <= 5e-4


def test_the_published_tempo_is_reproduced(parity: pd.DataFrame) -> None:
    assert (parity["tempo"] < 1e-9).mean() >= 0.97


@pytest.mark.parametrize("column", HPSS_VARIANCES)
def test_the_published_separation_is_reproduced(column: str, parity: pd.DataFrame) -> None:
    assert parity[column].median() <= 3e-4
    assert parity[column].max() <= 3e-2
