"""The 57 features of the GTZAN table, measured in one pass over one STFT.

Each value follows the extraction that made the published table (librosa of its time, which
padded every STFT by reflection), so that a model trained on the table can be served on a file.
"""

from __future__ import annotations

import warnings
from typing import Final

import librosa
import numpy as np
import numpy.typing as npt
import scipy.ndimage

from classifier.median import median_of_rows

SAMPLE_RATE: Final = 22_050
"""Sample rate that the features are defined at, in Hz (librosa's default, GTZAN's own)."""

N_FFT: Final = 2048
"""STFT window, in samples (93 ms)."""

HOP_LENGTH: Final = 512
"""STFT hop, in samples (23 ms)."""

N_MFCC: Final = 20
"""MFCC coefficients in the table."""

HPSS_KERNEL: Final = 31
"""Median filter length of the harmonic-percussive separation, in frames and in bins (librosa's default)."""

SPECTRAL_NAMES: Final = (
    "chroma_stft",
    "rms",
    "spectral_centroid",
    "spectral_bandwidth",
    "rolloff",
    "zero_crossing_rate",
    "harmony",
    "perceptr",
)
"""Stems of the columns before ``tempo``; ``harmony`` and ``perceptr`` are the HPSS waveforms."""

FEATURE_NAMES: Final[tuple[str, ...]] = (
    *(f"{stem}_{statistic}" for stem in SPECTRAL_NAMES for statistic in ("mean", "var")),
    "tempo",
    *(f"mfcc{index}_{statistic}" for index in range(1, N_MFCC + 1) for statistic in ("mean", "var")),
)
"""The 57 columns in the order of the GTZAN table."""

FloatArray = npt.NDArray[np.floating]


def extract_features(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Measure the 57 features of one window of audio.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
        Mono audio at `SAMPLE_RATE`, full scale ±1; at least `N_FFT` samples.

    Returns
    -------
    ndarray of float64, shape (57,)
        Values in the order of `FEATURE_NAMES`. Means and variances are over frames, save for
        ``harmony`` and ``perceptr``, which are over the samples of the separated waveforms.

    Raises
    ------
    ValueError
        If `samples` is not one-dimensional, is too short or holds NaN or infinity.

    Notes
    -----
    The table was made for the Kaggle copy of GTZAN (Tzanetakis and Cook, 2002) with librosa 0.7:
    reflect padding, chroma from the power spectrogram, centroid, bandwidth and rolloff from the
    magnitude, tempo from the median-aggregated onset strength of the mel spectrogram in dB.
    """
    if samples.ndim != 1 or samples.size < N_FFT:
        raise ValueError(f"expected mono audio of at least {N_FFT} samples, got shape {samples.shape}")
    if not np.isfinite(samples).all():
        raise ValueError("audio holds NaN or infinite samples")

    spectrum = librosa.stft(samples, n_fft=N_FFT, hop_length=HOP_LENGTH, pad_mode="reflect")
    magnitude = np.abs(spectrum)
    power = magnitude**2
    mel_db = librosa.power_to_db(librosa.feature.melspectrogram(S=power, sr=SAMPLE_RATE))
    centroid = librosa.feature.spectral_centroid(S=magnitude, sr=SAMPLE_RATE)
    harmonic, percussive = separate(samples, spectrum, magnitude)
    onset_strength = librosa.onset.onset_strength(S=mel_db, sr=SAMPLE_RATE, aggregate=np.median)

    with warnings.catch_warnings():
        # Silence and hum have no pitch to tune to; librosa then takes standard tuning, and so does the table.
        warnings.filterwarnings("ignore", message="Trying to estimate tuning from empty frequency set")
        chroma = librosa.feature.chroma_stft(S=power, sr=SAMPLE_RATE)

    spectral = (
        chroma,
        librosa.feature.rms(y=samples, frame_length=N_FFT, hop_length=HOP_LENGTH, pad_mode="reflect"),
        centroid,
        librosa.feature.spectral_bandwidth(S=magnitude, sr=SAMPLE_RATE, centroid=centroid),
        librosa.feature.spectral_rolloff(S=magnitude, sr=SAMPLE_RATE),
        librosa.feature.zero_crossing_rate(samples, frame_length=N_FFT, hop_length=HOP_LENGTH),
        harmonic,
        percussive,
    )
    tempo = librosa.feature.tempo(onset_envelope=onset_strength, sr=SAMPLE_RATE, hop_length=HOP_LENGTH)
    mfcc = librosa.feature.mfcc(S=mel_db, n_mfcc=N_MFCC)

    statistics = [value for series in spectral for value in (np.mean(series), np.var(series))]
    mfcc_statistics = np.stack([mfcc.mean(axis=1), mfcc.var(axis=1)], axis=1).ravel()
    return np.concatenate([statistics, tempo, mfcc_statistics]).astype(np.float64)


def separate(
    samples: npt.NDArray[np.float32], spectrum: npt.NDArray[np.complex64], magnitude: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Split audio into harmonic and percussive waveforms.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
        The audio.
    spectrum : ndarray of complex64, shape (1 + N_FFT / 2, frames)
        Its STFT.
    magnitude : ndarray of float32, shape (1 + N_FFT / 2, frames)
        The absolute value of that.

    Returns
    -------
    harmonic, percussive : ndarray of float32, shape (n,)
        The two waveforms, which sum to the audio.

    Notes
    -----
    Median-filtering HPSS (Fitzgerald, 2010) with soft masks of power 2, as ``librosa.effects.hpss``.
    The two masks sum to 1, so the percussive waveform is what the harmonic one leaves of the audio:
    the same to rounding, for one inverse STFT less.
    """
    along_time = _median_of_rows(magnitude)
    along_frequency = _median_of_rows(np.ascontiguousarray(magnitude.T)).T
    mask = librosa.util.softmask(along_time, along_frequency, power=2.0, split_zeros=True)
    harmonic = librosa.istft(spectrum * mask, hop_length=HOP_LENGTH, length=samples.size)
    return harmonic, samples - harmonic


def _median_of_rows(matrix: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    if matrix.shape[1] >= HPSS_KERNEL:
        return median_of_rows(matrix, HPSS_KERNEL)
    # Less than a second of audio: rows shorter than the window are reflected more than once.
    return np.asarray(scipy.ndimage.median_filter(matrix, size=(1, HPSS_KERNEL), mode="reflect"))
