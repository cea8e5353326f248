"""Everything that can go wrong between a file and its genre.

``str(error)`` is a sentence for the person who asked: what is wrong, and what to do next.
Arguments stay in ``args`` as they were passed, so that every error survives the pickling
between a worker process and its caller.
"""

from __future__ import annotations

import math


class ClassifierError(Exception):
    """Root of every error that this package raises on purpose."""


class ClipError(ClassifierError):
    """This clip cannot be answered; the sentence is for the person who sent it."""


class AudioError(ClipError):
    """The file cannot be listened to."""


class EmptyFile(AudioError):
    """The file has no bytes."""

    def __str__(self) -> str:
        return "The file is empty (0 bytes). Get it again; the transfer may have been cut off."


class FileTooLarge(AudioError):
    """The file has more bytes than the limit.

    Parameters
    ----------
    limit_bytes
        The limit, in bytes.
    """

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(limit_bytes)
        self.limit_bytes = limit_bytes

    def __str__(self) -> str:
        megabytes = f"{self.limit_bytes / 1_000_000:g}"
        return f"The file is larger than the limit of {megabytes} MB. Send a shorter excerpt or a compressed format."


class NotAudio(AudioError):
    """The bytes are in none of the formats that are decoded."""

    def __str__(self) -> str:
        return (
            "This is not an audio file that can be read. "
            "Send wav, mp3, flac, ogg, opus, m4a, aac, aiff, webm or mka, or an mp4 or mov with sound; "
            "the file's name does not matter."
        )


class NoSound(AudioError):
    """The container is readable but has no audio stream."""

    def __str__(self) -> str:
        return "This file has pictures but no sound track. Send one that has sound."


class TruncatedAudio(AudioError):
    """The file ends before its own header says that it does.

    Parameters
    ----------
    declared_seconds
        Length that the header claims, in seconds; None where the end is missing altogether.
    decoded_seconds
        Length that could be decoded, in seconds.
    """

    def __init__(self, declared_seconds: float | None, decoded_seconds: float) -> None:
        super().__init__(declared_seconds, decoded_seconds)
        self.declared_seconds = declared_seconds
        self.decoded_seconds = decoded_seconds

    def __str__(self) -> str:
        if self.declared_seconds is None:
            return "The file is cut off: part of it is missing. Get it again from the original."
        return (
            f"The file is cut off: it should last {self.declared_seconds:.0f} s "
            f"but only {self.decoded_seconds:.0f} s could be read. Get it again from the original."
        )


class CorruptAudio(AudioError):
    """The format is recognised, but the data cannot be decoded, or too much of it cannot."""

    def __str__(self) -> str:
        return "The audio in this file is damaged: too much of it cannot be decoded. Export or download it again."


class WrongScale(AudioError):
    """The samples are floats on another scale than -1 to 1: clipped to that, they are noise."""

    def __str__(self) -> str:
        return (
            "Many samples in this file lie far outside the range from -1 to 1, so only noise would be heard. "
            "Export it again with samples between -1 and 1, or as 16-bit wav or flac."
        )


class SilentAudio(AudioError):
    """Nothing is audible in the part that was decoded.

    Parameters
    ----------
    seconds
        How much was listened to, in seconds.
    mixed
        Whether the file has more than one channel: what is the opposite of each other is silence when it is mixed.
    """

    def __init__(self, seconds: float, mixed: bool = False) -> None:
        super().__init__(seconds, mixed)
        self.seconds = seconds
        self.mixed = mixed

    def __str__(self) -> str:
        silence = f"There is only silence in the {self.seconds:.0f} s that were listened to"
        if self.mixed:
            return (
                f"{silence}, all channels mixed. Send a part that has sound. If you can hear this one, its channels "
                "may cancel each other out when they are mixed: send it as mono, or one channel of it."
            )
        return f"{silence}. Send a part of the recording that has sound."


class TooShort(AudioError):
    """There is less sound than can be judged.

    Parameters
    ----------
    seconds
        Length of the clip without silence at its ends, in seconds.
    minimum_seconds
        The least length that is accepted, in seconds.
    """

    def __init__(self, seconds: float, minimum_seconds: float) -> None:
        super().__init__(seconds, minimum_seconds)
        self.seconds = seconds
        self.minimum_seconds = minimum_seconds

    def __str__(self) -> str:
        # Rounded down: 2.99 s are not "only 3.0 s".
        heard = math.floor(self.seconds * 10) / 10
        return (
            f"Only {heard:.1f} s of sound can be heard; at least {self.minimum_seconds:g} s are needed "
            "to tell a genre. Send a longer piece."
        )


class DecodingTimeout(AudioError):
    """Decoding took longer than the limit.

    Parameters
    ----------
    limit_seconds
        The limit, in seconds of wall time.
    """

    def __init__(self, limit_seconds: float) -> None:
        super().__init__(limit_seconds)
        self.limit_seconds = limit_seconds

    def __str__(self) -> str:
        return f"Decoding the file took longer than {self.limit_seconds:g} s. Send a shorter or simpler file."


class AnalysisTimeout(ClipError):
    """The whole analysis took longer than the limit, and its worker was stopped.

    Parameters
    ----------
    limit_seconds
        The limit, in seconds of wall time.
    """

    def __init__(self, limit_seconds: float) -> None:
        super().__init__(limit_seconds)
        self.limit_seconds = limit_seconds

    def __str__(self) -> str:
        return f"Listening took longer than {self.limit_seconds:g} s and was stopped. Send a shorter piece."


class OutOfMemory(ClipError):
    """The analysis wanted more memory than a worker may have."""

    def __str__(self) -> str:
        return "Listening to this file took more memory than there is for one file. Send a shorter or simpler one."


class WorkerDied(ClipError):
    """The worker process ended in the middle of the analysis."""

    def __str__(self) -> str:
        return "Something went wrong while listening to this file. Try again; if it fails again, try another format."


class WorkersUnavailable(ClassifierError):
    """The worker processes do not start: the operator has to act.

    Parameters
    ----------
    detail
        What happened to them.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return (
            f"The worker processes cannot start: {self.detail}. The lines above and the system's log may say why; "
            "`genre-bot doctor` says what is missing."
        )


class DecoderUnavailable(ClassifierError):
    """ffmpeg cannot be started: the operator has to act, not the person who asked.

    Parameters
    ----------
    detail
        What was tried and why it failed.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"ffmpeg cannot be started: {self.detail}."


class ModelError(ClassifierError):
    """The model directory cannot be used.

    Parameters
    ----------
    message
        What is wrong and what the operator can do.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)


class DatasetError(ClassifierError):
    """A training table, artist list or split list cannot be used.

    Parameters
    ----------
    message
        Which file or row is wrong, and what would be right.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)


class ReportError(ClassifierError):
    """A report or a model card cannot be written.

    Parameters
    ----------
    message
        Where it should go, what is wrong there, and what to do.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
