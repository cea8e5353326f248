"""Speaks in a process of its own: run as a script by `classifier.training.not_music.espeak`, with the standard library.

Standard input is a JSON object: paths of the library and of its data, the sample rate, the utterances,
and the seconds of speech that are enough. Standard output is, for each utterance, the number of bytes
(32 bits, little-endian) and 16-bit mono PCM. Whatever fails ends the process with a sentence on
standard error.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

# From espeak-ng's speak_lib.h
_SYNCHRONOUS: Final = 2
_DONT_EXIT: Final = 0x8000
_RATE: Final = 1
_PITCH: Final = 3
_BY_CHARACTER: Final = 1
_UTF8: Final = 1

_Callback: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def speak(order: dict[str, Any]) -> Iterator[bytes]:
    """Speak what was ordered, one after the other.

    Parameters
    ----------
    order
        As the module's description says.

    Yields
    ------
    bytes
        PCM of one utterance.

    Raises
    ------
    SystemExit
        With a sentence, if the library or a voice cannot be used.
    """
    try:
        library = ctypes.CDLL(order["library"])
    except OSError as error:
        sys.exit(f"the library does not load ({error})")
    chunks: list[bytes] = []

    def collect(samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            chunks.append(ctypes.string_at(samples, 2 * count))
        return 0

    callback = _Callback(collect)
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, order["data"].encode(), _DONT_EXIT)
    if rate != order["sample_rate"]:
        sys.exit(f"it starts with {rate} instead of {order['sample_rate']} Hz")
    library.espeak_SetSynthCallback(callback)
    # Otherwise the clock is the seed of the breath in the voices.
    library.espeak_ng_SetRandSeed(ctypes.c_long(1))
    missing = int(order["enough_seconds"] * rate)
    for utterance in order["utterances"]:
        if missing <= 0:
            return
        text = utterance["text"].encode()
        variant = utterance["voice"].partition("+")[2]
        # An unknown variant would be the plain voice, without a word.
        known = not variant or Path(order["data"], "voices", "!v", variant).is_file()
        if not known or library.espeak_SetVoiceByName(utterance["voice"].encode()):
            sys.exit(f"it has no voice {utterance['voice']!r}")
        library.espeak_SetParameter(_RATE, utterance["rate"], 0)
        library.espeak_SetParameter(_PITCH, utterance["pitch"], 0)
        failed = library.espeak_Synth(text, ctypes.c_size_t(len(text) + 1), 0, _BY_CHARACTER, 0, _UTF8, None, None)
        if failed:
            sys.exit(f"it does not say {utterance['text']!r}")
        pcm = b"".join(chunks)
        yield pcm
        missing -= len(pcm) // 2
        chunks.clear()


if __name__ == "__main__":
    for pcm in speak(json.load(sys.stdin)):
        sys.stdout.buffer.write(len(pcm).to_bytes(4, "little") + pcm)
