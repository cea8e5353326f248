"""Takes the network's weights and licence out of its author's release."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from classifier.errors import ModelError
from classifier.training.musicnn.architecture import WEIGHT_SHAPES
from classifier.training.musicnn.checkpoint import read_checkpoint

WHEEL_NAME: Final = "musicnn-0.1.0-py3-none-any.whl"
"""The release on PyPI, of August 2019."""

WHEEL_SHA256: Final = "f38a4890c648c1ddbb141c5d96d2b0a8cfcd36746002d896989f7b88beb65cfa"
"""Of that file, as PyPI has it."""

INDEX: Final = "musicnn/MSD_musicnn/.index"
"""Index of the checkpoint that was trained on the Million Song Dataset."""

DATA: Final = "musicnn/MSD_musicnn/.data-00000-of-00001"
"""Its tensors."""

LICENCE: Final = "musicnn-0.1.0.dist-info/LICENSE.md"
"""The ISC licence with its copyright line."""


_DOWNLOAD: Final = "Get it with `pip download --no-deps musicnn==0.1.0`."


@dataclass(frozen=True, slots=True)
class Release:
    """What is used of the release.

    Parameters
    ----------
    weights
        As `classifier.training.musicnn.architecture.WEIGHT_SHAPES` names them; the optimiser's state is left out.
    licence
        Text of the licence, to the letter.
    """

    weights: dict[str, npt.NDArray[np.float32]]
    licence: str


def read_wheel(path: Path, *, sha256: str = WHEEL_SHA256) -> Release:
    """Read the release.

    Parameters
    ----------
    path
        The wheel; it is not installed, and nothing in it is run.
    sha256
        Digest that it must have, hexadecimal.

    Returns
    -------
    Release
        Weights and licence.

    Raises
    ------
    ModelError
        If the file cannot be read, has another digest, or does not hold what the release holds.
    """
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            if digest != sha256:
                raise ModelError(
                    f"{path} is not {WHEEL_NAME}: its SHA-256 begins {digest[:12]} instead of {sha256[:12]}. "
                    f"{_DOWNLOAD}"
                )
            with zipfile.ZipFile(file) as wheel:
                index, data, licence = (wheel.read(name) for name in (INDEX, DATA, LICENCE))
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}). {_DOWNLOAD}") from error
    except (zipfile.BadZipFile, KeyError) as error:
        raise ModelError(f"{path} is not a wheel with a checkpoint of MSD_musicnn: {error}. {_DOWNLOAD}") from error
    return Release(read_checkpoint(index, data, WEIGHT_SHAPES), licence.decode())
