"""What an analysis says: frozen, picklable, JSON-serialisable and light to import."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """How far the answer can be trusted."""

    CLEAR = "clear"
    CLOSE_CALL = "close_call"
    UNSURE = "unsure"
    NOT_MUSIC = "not_music"


@dataclass(frozen=True, slots=True)
class GenreProbability:
    """One genre and how probable it is.

    Parameters
    ----------
    name
        The genre, as the model's training table spells it.
    probability
        Between 0 and 1.
    """

    name: str
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """One analysed window of the clip.

    Parameters
    ----------
    start, end
        Where the window lies in the file, in seconds.
    genres
        All genres of the model, most probable first.
    """

    start: float
    end: float
    genres: tuple[GenreProbability, ...]


@dataclass(frozen=True, slots=True)
class AudioInfo:
    """What was heard.

    Parameters
    ----------
    duration
        Length that was decoded, in seconds; the file may go on after it (`complete`).
    complete
        Whether the file was decoded to its end.
    sample_rate
        Of the file's audio stream, in Hz.
    channels
        Channel layout of the file in ffmpeg's words, such as ``mono``, ``stereo`` or ``5.1``.
    codec
        Of the file's audio stream, in ffmpeg's words, such as ``mp3`` or ``pcm_s16le``.
    loudness
        RMS level of what was decoded, in dBFS.
    """

    duration: float
    complete: bool
    sample_rate: int
    channels: str
    codec: str
    loudness: float


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model answered.

    Parameters
    ----------
    name
        The recipe that it was fitted with.
    version
        Of the Genre Bot that trained it.
    digest
        SHA-256 of the fitted pipeline, hexadecimal.
    """

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Wall time of each stage, in seconds."""

    decode: float
    features: float
    vote: float

    @property
    def total(self) -> float:
        """Sum of the stages, in seconds."""
        return self.decode + self.features + self.vote


@dataclass(frozen=True, slots=True)
class Analysis:
    """The answer for one file: the only thing that the bot knows of the classifier.

    Parameters
    ----------
    genres
        All genres of the model, most probable first; the probabilities sum to 1.
    verdict
        How far to trust the first of them.
    reason
        The verdict in words.
    timeline
        The analysed windows in order of time.
    audio
        What was heard.
    model
        Which model answered.
    elapsed
        How long each stage took.
    """

    genres: tuple[GenreProbability, ...]
    verdict: Verdict
    reason: str
    timeline: tuple[Segment, ...]
    audio: AudioInfo
    model: ModelInfo
    elapsed: Elapsed

    def to_dict(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers, ready for ``json.dumps``."""
        return asdict(self)
