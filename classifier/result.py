"""What an analysis says: frozen, picklable, JSON-serialisable and light to import."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

MEASURED_SECONDS: Final = 30.0
"""Length of the clips that the verdicts' shares of right answers are measured on, in seconds."""


class Verdict(StrEnum):
    """How far the answer can be trusted."""

    CLEAR = "clear"
    CLOSE_CALL = "close_call"
    UNSURE = "unsure"
    NOT_MUSIC = "not_music"


class Sound(StrEnum):
    """What a sound that is no music is like; kinds that cannot be told apart often enough are one."""

    SPEECH = "speech"
    NOISE = "noise"
    TONE = "tone"


class Ground(StrEnum):
    """What a verdict rests on."""

    NOT_MUSIC = "not_music"
    CHANGES = "changes"
    MEASURED = "measured"
    TOO_FEW = "too_few"
    NOTHING_STANDS_OUT = "nothing_stands_out"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a verdict rests on, with all that its reason says in any language.

    Parameters
    ----------
    kind
        Which ground. For `Ground.MEASURED`, such answers were counted on held-out music; for `Ground.TOO_FEW`, too
        few were to promise anything.
    share
        How many of such answers were right, between 0 and 1: their first genre for ``clear``, one of the first two
        for ``close_call``. None where nothing was measured.
    by_artist
        Whether that was on artists never heard; else on clips held out, whose artists may have been.
    short
        Whether less than half of `MEASURED_SECONDS` was heard, where the answer names a genre.
    parts
        The genres in turn, where the answer changes on the way.
    sound
        What it sounds like, where it is no music; None where no kind is likely enough to be named.
    """

    kind: Ground
    share: float | None = None
    by_artist: bool = False
    short: bool = False
    parts: tuple[str, ...] = ()
    sound: Sound | None = None


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
class Span:
    """A stretch of the file.

    Parameters
    ----------
    start, end
        Where it lies in the file, in seconds.
    """

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A few seconds of the timeline.

    Parameters
    ----------
    start, end
        Where the segment lies in the file, in seconds.
    genres
        All genres of the model, most probable first; smoothed over the neighbouring segments.
    """

    start: float
    end: float
    genres: tuple[GenreProbability, ...]


@dataclass(frozen=True, slots=True)
class Waveform:
    """The outline of all that was decoded, small enough to be kept.

    Parameters
    ----------
    step
        From one peak to the next, in seconds.
    peaks
        The largest magnitude of each step, from the beginning of the file; full scale is 1, rounded to three digits.
        The last one may be of less than a step. At most 400; empty where nobody followed the waveform.
    """

    step: float = 0.0
    peaks: tuple[float, ...] = ()


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
    heard
        The windows that the answer rests on, in order of time.
    waveform
        The outline of all that was decoded.
    """

    duration: float
    complete: bool
    sample_rate: int
    channels: str
    codec: str
    loudness: float
    heard: tuple[Span, ...] = ()
    waveform: Waveform = Waveform()

    @property
    def seconds_heard(self) -> float:
        """Length of all that was heard, in seconds."""
        return sum(span.end - span.start for span in self.heard)


@dataclass(frozen=True, slots=True)
class TagProbability:
    """Something else that the music sounds like.

    Parameters
    ----------
    name
        An instrument, mood, style or decade, in words that people use.
    probability
        Between 0 and 1; tags do not exclude each other, and their scale is the tag network's own.
    """

    name: str
    probability: float


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """About as much of the file as the tag network hears at once, and what it sounds like.

    Parameters
    ----------
    start, end
        Where the span lies in the file, in seconds.
    tags
        Most probable first, at most `classifier.analysis.TAGS_OF_A_SPAN`; empty where no tag is probable enough to
        name.
    """

    start: float
    end: float
    tags: tuple[TagProbability, ...]


@dataclass(frozen=True, slots=True)
class SoundPrint:
    """How the clip sounds, in numbers that clips can be compared by; `classifier.sound_print` says how it is measured.

    Parameters
    ----------
    tempo
        Of most of what was heard, in beats a minute; half or double of what people would tap is common.
    energy
        From 0, calm, to 1, energetic; it does not depend on how loud the file is.
    embedding
        Mean probability of each of the 50 `classifier.tags.TAG_NAMES`: near each other for clips that sound alike.
    """

    tempo: float
    energy: float
    embedding: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reason for the first genre, of the XGBoost voter: the other voters are not explained.

    Parameters
    ----------
    text
        What was heard, in plain words.
    weight
        How much it speaks for the genre: its share of all that speaks for it with the XGBoost voter,
        between 0 and 1.
    """

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """A genre that the first one is known to be mistaken for.

    Parameters
    ----------
    name
        What such music really was.
    share
        Of the held-out clips that were given the first genre, between 0 and 1.
    """

    name: str
    share: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why the first genre is the first.

    Parameters
    ----------
    evidence
        Of the XGBoost voter, strongest first; empty where that voter alone would have put another genre first,
        or where nothing can be said in true and plain words.
    mistaken_for
        Most frequent first; empty where the genre is hardly ever given wrongly.
    """

    evidence: tuple[Evidence, ...]
    mistaken_for: tuple[Confusion, ...]


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
    tags: float
    vote: float

    @property
    def total(self) -> float:
        """Sum of the stages, in seconds."""
        return self.decode + self.features + self.tags + self.vote


@dataclass(frozen=True, slots=True)
class Analysis:
    """The answer for one file: the only thing that the bot knows of the classifier.

    Parameters
    ----------
    genres
        All genres of the model, most probable first; the probabilities sum to 1. They mean nothing where the
        verdict is `Verdict.NOT_MUSIC`, and neither do `timeline`, `tags`, `tag_timeline`, `sound` and `why`: those are
        not shown then.
    verdict
        How far to trust the first of them.
    reason
        The verdict in English words, by `classifier.reason.words`.
    basis
        What the verdict rests on: the same for any other language.
    timeline
        The genres over time, in the windows that were heard.
    tags
        What else the music sounds like, most probable first; empty where no tag is probable enough to name.
    sound
        Tempo, energy and an embedding, which clips can be compared by.
    why
        The evidence for the first genre, and what it may be mistaken for.
    audio
        What was heard.
    model
        Which model answered.
    elapsed
        How long each stage took.
    tag_timeline
        The tags over time: spans of about 3 s, in order of time, which together are the windows that were heard. Empty
        in what was kept before there was this.
    """

    genres: tuple[GenreProbability, ...]
    verdict: Verdict
    reason: str
    basis: Basis
    timeline: tuple[Segment, ...]
    tags: tuple[TagProbability, ...]
    sound: SoundPrint
    why: Why
    audio: AudioInfo
    model: ModelInfo
    elapsed: Elapsed
    tag_timeline: tuple[TaggedSpan, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers, ready for ``json.dumps``."""
        return asdict(self)
