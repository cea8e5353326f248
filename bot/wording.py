"""Puts an answer into words, the same on a card and on the command line."""

from __future__ import annotations

from typing import Final

from bot.text import clock, display_name, duration, sentence_case
from classifier.result import Analysis, AudioInfo, Verdict

EVIDENCE_SHOWN: Final = 3
"""Reasons that are given: as many as fit a phone."""

FAR_AHEAD: Final = 2.0
"""From how many times the second genre's probability on the first is not called too close to it."""


def headline(analysis: Analysis) -> str:
    """Say the answer in the words that its verdict allows.

    Parameters
    ----------
    analysis
        What the classifier says.

    Returns
    -------
    str
        Such as ``Reggae``, ``Country, perhaps pop`` or ``Rock or country: too close to call``.
    """
    first, second = analysis.genres[:2]
    name, other = sentence_case(display_name(first.name)), display_name(second.name)
    match analysis.verdict:
        case Verdict.CLEAR:
            return name
        case Verdict.CLOSE_CALL if first.probability >= FAR_AHEAD * second.probability:
            return f"{name}, perhaps {other}"
        case Verdict.CLOSE_CALL:
            return f"{name} or {other}: too close to call"
        case Verdict.UNSURE:
            return "I can't tell"
        case Verdict.NOT_MUSIC:
            return "This does not sound like music"


def length(audio: AudioInfo) -> str:
    """Say how long a clip is.

    Parameters
    ----------
    audio
        Of an analysis.

    Returns
    -------
    str
        Such as ``42 s`` or, where the file was not decoded to its end, ``2:00:00 or more``.
    """
    return duration(audio.duration) + ("" if audio.complete else " or more")


def heard(audio: AudioInfo) -> str:
    """Say which seconds the answer rests on.

    Parameters
    ----------
    audio
        Of an analysis.

    Returns
    -------
    str
        Such as ``all of it`` or ``0:10–0:40, 1:00–1:30``.
    """
    if audio.complete and len(audio.heard) == 1 and audio.seconds_heard >= audio.duration - 1.0:
        return "all of it"
    return ", ".join(f"{clock(span.start)}–{clock(span.end)}" for span in audio.heard)


def sounds_like(analysis: Analysis) -> str | None:
    """Name what else the music sounds like.

    Parameters
    ----------
    analysis
        What the classifier says.

    Returns
    -------
    str or None
        Such as ``guitar, 1970s, mellow``; None where no tag is probable enough, or it is no music.
    """
    if analysis.verdict is Verdict.NOT_MUSIC:
        return None
    return ", ".join(tag.name for tag in analysis.tags) or None


def why(analysis: Analysis) -> str | None:
    """Give the evidence for the first genre, and what it may be mistaken for.

    Parameters
    ----------
    analysis
        What the classifier says.

    Returns
    -------
    str or None
        One or two sentences in plain words that name the genre; None where nothing is known. Where the answer
        names no genre, only the evidence for the nearest one is left.
    """
    if analysis.verdict is Verdict.NOT_MUSIC:
        return None
    genre = display_name(analysis.genres[0].name)
    reasons = "; ".join(evidence.text for evidence in analysis.why.evidence[:EVIDENCE_SHOWN])
    if analysis.verdict is Verdict.UNSURE:
        return f"The nearest was {genre}: {reasons}." if reasons else None
    sentences = [f"What speaks for {genre}: {reasons}."] if reasons else []
    if analysis.why.mistaken_for:
        others = ", ".join(
            f"{display_name(confusion.name)} ({confusion.share:.0%})" for confusion in analysis.why.mistaken_for
        )
        sentences.append(f"Of clips called {genre}, some were really {others}.")
    return " ".join(sentences) or None
