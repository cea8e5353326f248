"""Speaks with espeak-ng, so that the same words in the same voice are the same samples.

espeak-ng keeps its state in the process: the phase of the pitch's flutter and the random numbers
survive even `espeak_Terminate`, so that a sentence sounds a little different after another one.
Each call is therefore a process of its own, of some 50 ms.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from classifier.errors import DatasetError
from classifier.features import SAMPLE_RATE
from classifier.training.not_music.signals import Signal

LONGEST_SECONDS: Final = 600.0
"""Length of speech at which a call stops unless it is told otherwise, in seconds: all of it is held in memory."""

TIMEOUT_SECONDS: Final = 120.0
"""Longest that one call may take, in seconds of wall time; ten minutes of speech take about two."""

_INSTALL: Final = "Install the dependency group `train`: `pip install espeakng-loader==0.2.4`."


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words to speak.

    Parameters
    ----------
    text
        In the voice's language, or in digits.
    voice
        Language and variant under espeak-ng's names, such as ``en-us+f3``.
    rate
        In words a minute, 80 to 450.
    pitch
        From 0 to 99; 50 is the voice's own.
    """

    text: str
    voice: str
    rate: int = 175
    pitch: int = 50


def speak(utterances: Sequence[Utterance], *, enough_seconds: float = LONGEST_SECONDS) -> tuple[Signal, ...]:
    """Speak.

    Parameters
    ----------
    utterances
        Each starts where the one before has left the voice, so that only the whole is reproducible.
    enough_seconds
        Length of speech from which on no further utterance is begun.

    Returns
    -------
    tuple of ndarray, each of shape (samples,)
        One for each utterance that was begun, at `SAMPLE_RATE`, between -1 and 1, with the silence
        that espeak-ng puts around it.

    Raises
    ------
    DatasetError
        If espeak-ng is not installed, does not start, or lacks a voice.
    """
    library, data = _installation()
    order = {
        "library": library,
        "data": data,
        "sample_rate": SAMPLE_RATE,
        "enough_seconds": enough_seconds,
        "utterances": [asdict(utterance) for utterance in utterances],
    }
    program = Path(__file__).with_name("espeak_process.py")
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, on a file of this package
            # Without site-packages the interpreter starts in half the time.
            [sys.executable, "-I", "-S", str(program)],
            input=json.dumps(order).encode(),
            capture_output=True,
            check=False,
            timeout=TIMEOUT_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise DatasetError(f"espeak-ng did not finish speaking within {TIMEOUT_SECONDS:g} s. Try again.") from error
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or [f"it ended with status {done.returncode}"]
        raise DatasetError(f"espeak-ng cannot be used: {lines[-1]}. {_INSTALL}")
    return tuple(_signals(done.stdout))


def _installation() -> tuple[str, str]:
    """Return the paths of the library and of its data."""
    try:
        loader = importlib.import_module("espeakng_loader")
        return loader.get_library_path(), loader.get_data_path()
    except ImportError as error:
        raise DatasetError(f"Speech is made with espeak-ng, which is not installed. {_INSTALL}") from error
    except RuntimeError as error:
        raise DatasetError(f"espeak-ng cannot be used: {error}. {_INSTALL}") from error


def _signals(stream: bytes) -> list[Signal]:
    signals, position = [], 0
    while position < len(stream):
        end = position + 4 + int.from_bytes(stream[position : position + 4], "little")
        signals.append(np.frombuffer(stream[position + 4 : end], dtype="<i2") / 32768)
        position = end
    return signals
