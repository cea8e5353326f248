"""What else music sounds like: 50 tags of instruments, moods, styles and decades, by the musicnn network.

Each step can be entered by itself: samples to `resample`, to `log_mel`, to `patches`, to the
network's `TagNetwork.tag_patches`; `TagNetwork.tag` goes all the way. The front end is the one that
the network was trained with (Pons and Serra, "musicnn: pre-trained convolutional neural networks
for music audio tagging", 2019).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

import librosa
import numpy as np
import numpy.typing as npt
import onnxruntime
import soxr

from classifier.errors import ModelError
from classifier.features import SAMPLE_RATE

FloatArray = npt.NDArray[np.float32]

TAG_SAMPLE_RATE: Final = 16_000
"""Sample rate that the network was trained at, in Hz."""

N_FFT: Final = 512
"""STFT window, in samples at `TAG_SAMPLE_RATE` (32 ms)."""

HOP_LENGTH: Final = 256
"""STFT hop, in samples at `TAG_SAMPLE_RATE` (16 ms)."""

MEL_BANDS: Final = 96
"""Mel bands from 0 Hz to half of `TAG_SAMPLE_RATE`."""

PATCH_FRAMES: Final = 187
"""Frames that the network hears at once (3 s)."""

PATCH_STEP: Final = 61
"""Frames from one patch to the next (0.98 s), as in the author's published vectors for GTZAN."""

TAG_NAMES: Final = (
    "rock", "pop", "alternative", "indie", "electronic", "female vocalists", "dance", "00s", "alternative rock",
    "jazz", "beautiful", "metal", "chillout", "male vocalists", "classic rock", "soul", "indie rock", "Mellow",
    "electronica", "80s", "folk", "90s", "chill", "instrumental", "punk", "oldies", "blues", "hard rock", "ambient",
    "acoustic", "experimental", "female vocalist", "guitar", "Hip-Hop", "70s", "party", "country", "easy listening",
    "sexy", "catchy", "funk", "electro", "heavy metal", "Progressive rock", "60s", "rnb", "indie pop", "sad", "House",
    "happy",
)  # fmt: skip
"""The tags in the order of the network's answer, spelt as its author has them from the Million Song Dataset."""

FRIENDLY_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {name: name.lower() for name in TAG_NAMES}
    | {
        "60s": "1960s",
        "70s": "1970s",
        "80s": "1980s",
        "90s": "1990s",
        "00s": "2000s",
        "chillout": "chill",
        "electro": "electronic",
        "electronica": "electronic",
        "female vocalist": "female vocals",
        "female vocalists": "female vocals",
        "male vocalists": "male vocals",
        "rnb": "R&B",
    }
)
"""What a person is shown for each of `TAG_NAMES`; tags that mean the same share a name."""

LEAST_TAG: Final = 0.1
"""Probability from which on a tag is worth naming: of GTZAN's clips with so much of a genre's tag, a fifth and more are
of that genre, and every clip has such a tag; with less of it, a tenth are."""

NETWORK_NAME: Final = "musicnn.onnx"
"""The network's file in its directory."""

NETWORK_SHA256: Final = "a51b6fe679405e67e29ff81b838643ac89ac1ba98d5b0b798ac77e7694e80a40"
"""Of that file, as ``genre-bot convert-tags`` writes it from the author's release."""

INPUT_NAME: Final = "log_mel"
"""The network's input: float32, shape (patches, `PATCH_FRAMES`, `MEL_BANDS`)."""

OUTPUT_NAME: Final = "tags"
"""The network's output: float32, shape (patches, 50)."""


@dataclass(frozen=True, slots=True)
class TagNetwork:
    """The network, ready to tag; it stays in the process that loaded it.

    Parameters
    ----------
    session
        Runs the graph that ``genre-bot convert-tags`` writes.
    """

    session: onnxruntime.InferenceSession

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Load the network after checking that it is the one that was measured.

        Parameters
        ----------
        directory
            Holds `NETWORK_NAME`.

        Returns
        -------
        TagNetwork
            Computes on one thread.

        Raises
        ------
        ModelError
            If the file is missing, unreadable or another one.
        """
        path = directory / NETWORK_NAME
        try:
            network = path.read_bytes()
        except OSError as error:
            raise ModelError(f"The tag network {path} cannot be read ({error.strerror}). {_RESTORE}") from error
        digest = hashlib.sha256(network).hexdigest()
        if digest != NETWORK_SHA256:
            raise ModelError(
                f"{path} is not the tag network that belongs to this version: its SHA-256 begins {digest[:12]} "
                f"instead of {NETWORK_SHA256[:12]}. {_RESTORE}"
            )
        return cls(onnxruntime.InferenceSession(network, session_options(), providers=["CPUExecutionProvider"]))

    def tag(self, samples: FloatArray) -> FloatArray:
        """Tag audio, patch by patch.

        Parameters
        ----------
        samples : ndarray of float32, shape (n,)
            Mono audio at `classifier.features.SAMPLE_RATE`, full scale ±1; at least 3 s.

        Returns
        -------
        ndarray of float32, shape (patches, 50)
            Probability of each of `TAG_NAMES`, which do not exclude each other; one row every 0.98 s.

        Raises
        ------
        ValueError
            If `samples` is not one-dimensional, is too short or holds NaN or infinity.
        """
        return self.tag_patches(patches(log_mel(resample(samples))))

    def tag_patches(self, log_mel_patches: FloatArray) -> FloatArray:
        """Tag patches of a log-mel spectrogram.

        Parameters
        ----------
        log_mel_patches : ndarray of float32, shape (patches, `PATCH_FRAMES`, `MEL_BANDS`)
            As `patches` cuts them.

        Returns
        -------
        ndarray of float32, shape (patches, 50)
            As of `tag`.

        Raises
        ------
        ValueError
            If there is no patch, or one of another shape.
        """
        if log_mel_patches.shape[1:] != (PATCH_FRAMES, MEL_BANDS) or len(log_mel_patches) == 0:
            raise ValueError(
                f"expected patches of {PATCH_FRAMES} frames and {MEL_BANDS} bands, got shape {log_mel_patches.shape}"
            )
        # One by one: several at once need more memory and are no faster.
        rows = [self.session.run([OUTPUT_NAME], {INPUT_NAME: patch[np.newaxis]})[0] for patch in log_mel_patches]
        return np.concatenate(rows)


def session_options() -> onnxruntime.SessionOptions:
    """Return how the network is run: on one thread, as each worker process has one core, and in little memory.

    Returns
    -------
    onnxruntime.SessionOptions
        A fresh object.
    """
    options = onnxruntime.SessionOptions()
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The plan reserves all layers at once; the arena alone is as fast and stays smaller.
    options.enable_mem_pattern = False
    return options


def resample(samples: FloatArray) -> FloatArray:
    """Bring audio to the network's sample rate.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
        Mono audio at `classifier.features.SAMPLE_RATE`.

    Returns
    -------
    ndarray of float32, shape (n · 16000 / 22050,)
        The same at `TAG_SAMPLE_RATE`.

    Raises
    ------
    ValueError
        If `samples` is not one-dimensional, is empty or holds NaN or infinity.
    """
    _check_mono(samples, at_least=1)
    # The author's resampler kept more of the last octave than soxr's HQ does: VHQ comes nearer to his vectors.
    return np.asarray(soxr.resample(samples, SAMPLE_RATE, TAG_SAMPLE_RATE, quality="VHQ"), dtype=np.float32)


def log_mel(samples: FloatArray) -> FloatArray:
    """Measure the spectrogram that the network hears.

    Parameters
    ----------
    samples : ndarray of float32, shape (n,)
        Mono audio at `TAG_SAMPLE_RATE`, full scale ±1; at least `N_FFT` samples.

    Returns
    -------
    ndarray of float32, shape (1 + n // `HOP_LENGTH`, `MEL_BANDS`)
        log10(10000 · power + 1) of each mel band.

    Raises
    ------
    ValueError
        If `samples` is not one-dimensional, is too short or holds NaN or infinity.

    Notes
    -----
    As ``musicnn/extractor.py`` has it with the librosa of its time, which padded by reflection, save
    that the author's 16-bit floats overflow on loud music.
    """
    _check_mono(samples, at_least=N_FFT)
    power = librosa.feature.melspectrogram(
        y=samples.astype(np.float32, copy=False),
        sr=TAG_SAMPLE_RATE,
        n_fft=N_FFT,
        hop_length=HOP_LENGTH,
        n_mels=MEL_BANDS,
        pad_mode="reflect",
    )
    return np.ascontiguousarray(np.log10(np.float32(10_000) * power.T + np.float32(1)))


def patches(spectrogram: FloatArray) -> FloatArray:
    """Cut a spectrogram into what the network hears at once.

    Parameters
    ----------
    spectrogram : ndarray of float32, shape (frames, bands)
        A log-mel spectrogram of more than `PATCH_FRAMES` frames.

    Returns
    -------
    ndarray of float32, shape (patches, `PATCH_FRAMES`, bands)
        A read-only view; one patch every `PATCH_STEP` frames, as the author counted them.

    Raises
    ------
    ValueError
        If it is not two-dimensional or there are too few frames.
    """
    if spectrogram.ndim != 2 or len(spectrogram) <= PATCH_FRAMES:
        raise ValueError(f"expected more than {PATCH_FRAMES} frames (3 s of audio), got shape {spectrogram.shape}")
    # ``range(0, frames - 187, 61)``: a last patch that ends with the last frame is left out.
    views = np.lib.stride_tricks.sliding_window_view(spectrogram, PATCH_FRAMES, axis=0)[:-1:PATCH_STEP]
    return views.transpose(0, 2, 1)


def strongest_tags(
    probabilities: npt.NDArray[np.floating], count: int = 5, *, at_least: float = 0.0
) -> tuple[tuple[str, float], ...]:
    """Name the tags that fit best.

    Parameters
    ----------
    probabilities : ndarray, shape (50,)
        Of `TAG_NAMES`.
    count
        Most tags that are wanted.
    at_least
        Least probability of a tag that is wanted.

    Returns
    -------
    tuple of (str, float)
        Friendly name and probability, the most probable first; none where all are less probable than
        `at_least`. Of tags that share a friendly name, the more probable one counts.

    Raises
    ------
    ValueError
        If there are not 50 probabilities, or `count` is negative.
    """
    if probabilities.shape != (len(TAG_NAMES),) or count < 0:
        raise ValueError(f"expected {len(TAG_NAMES)} probabilities and a count, got {probabilities.shape} and {count}")
    strongest = dict.fromkeys(FRIENDLY_NAMES.values(), 0.0)
    for name, probability in zip(TAG_NAMES, probabilities, strict=True):
        friendly = FRIENDLY_NAMES[name]
        strongest[friendly] = max(strongest[friendly], float(probability))
    wanted = [(name, probability) for name, probability in strongest.items() if probability >= at_least]
    return tuple(sorted(wanted, key=lambda item: -item[1])[:count])


_RESTORE: Final = "Restore the one in `models/musicnn`, or make it anew with `genre-bot convert-tags WHEEL --out DIR`."


def _check_mono(samples: FloatArray, *, at_least: int) -> None:
    if samples.ndim != 1 or samples.size < at_least:
        raise ValueError(f"expected mono audio of at least {at_least} samples, got shape {samples.shape}")
    if not np.isfinite(samples).all():
        raise ValueError("audio holds NaN or infinite samples")
