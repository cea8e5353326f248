"""Puts an answer into words, the same on a card and on the command line."""

from __future__ import annotations

from typing import Final

from bot.text import clock_span, sentence_case
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import duration, genre_name, paragraph, percent, series
from classifier.reason import SOUND_WORDS
from classifier.result import Analysis, AudioInfo, Ground, Sound, Verdict

EVIDENCE_SHOWN: Final = 3
"""Reasons that are given: as many as fit a phone."""

FAR_AHEAD: Final = 2.0
"""From how many times the second genre's probability on the first is not called too close to it."""


def headline(analysis: Analysis, texts: Texts = ENGLISH) -> str:
    """Say the answer in the words that its verdict allows.

    Parameters
    ----------
    analysis
        What the classifier says.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``Reggae, clearly``, ``Country, perhaps pop`` or ``Rock or country: too close to call``.
    """
    first, second = analysis.genres[:2]
    name, other = genre_name(first.name, texts), genre_name(second.name, texts)
    match analysis.verdict:
        case Verdict.CLEAR:
            words = texts("headline-clear", genre=name)
        case Verdict.CLOSE_CALL if first.probability >= FAR_AHEAD * second.probability:
            words = texts("headline-ahead", first=name, second=other)
        case Verdict.CLOSE_CALL:
            words = texts("headline-close", first=name, second=other)
        case Verdict.UNSURE:
            words = texts("headline-unsure")
        case Verdict.NOT_MUSIC:
            sound = sound_name(analysis.basis.sound, texts)
            words = texts("headline-not-music") if sound is None else texts("headline-sound", sound=sound)
    return sentence_case(words)


def length(audio: AudioInfo, texts: Texts = ENGLISH) -> str:
    """Say how long a clip is.

    Parameters
    ----------
    audio
        Of an analysis.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``42 s`` or, where the file was not decoded to its end, ``2:00:00 or more``.
    """
    words = duration(audio.duration, texts)
    return words if audio.complete else texts("card-or-more", length=words)


def heard_words(audio: AudioInfo, texts: Texts = ENGLISH) -> str:
    """Say which seconds the answer rests on.

    Parameters
    ----------
    audio
        Of an analysis.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``all of it heard`` or ``heard: 0:10–0:40, 1:00–1:30``.
    """
    if audio.complete and len(audio.heard) == 1 and audio.seconds_heard >= audio.duration - 1.0:
        return texts("card-heard-all")
    parts = series((clock_span(span.start, span.end) for span in audio.heard), texts)
    return texts("card-heard-parts", parts=parts)


def reason(analysis: Analysis, texts: Texts = ENGLISH) -> str:
    """Say what the verdict rests on, and so what the percentages mean.

    Parameters
    ----------
    analysis
        What the classifier says.
    texts
        The reader's language.

    Returns
    -------
    str
        The classifier's own words where the language has none for it, as English has not.
    """
    basis = analysis.basis
    key = {
        Ground.MEASURED: f"reason-measured-{analysis.verdict}",
        Ground.TOO_FEW: f"reason-unknown-{analysis.verdict}",
        # A message of its own: none can ask whether a text is empty.
        Ground.NOT_MUSIC: "reason-not-music" if basis.sound is None else "reason-not-music-sound",
    }
    words = texts.find(
        key.get(basis.kind, f"reason-{basis.kind}").replace("_", "-"),
        share=percent(basis.share or 0.0, texts),
        unheard="artists" if basis.by_artist else "clips",
        parts=" → ".join(genre_name(genre, texts) for genre in basis.parts),
        sound=sound_name(basis.sound, texts) or "",
    )
    if words is None:
        return analysis.reason
    return paragraph((words, texts("reason-short")), texts) if basis.short else words


def sound_name(sound: Sound | None, texts: Texts = ENGLISH) -> str | None:
    """Return a kind of sound in the reader's words.

    Parameters
    ----------
    sound
        What something sounds like that is no music; None where that is not known.
    texts
        The reader's language.

    Returns
    -------
    str or None
        Such as ``speech`` or ``a tone``.
    """
    return None if sound is None else texts.find(f"sound-{sound}") or SOUND_WORDS[sound]


def sounds_like(analysis: Analysis, texts: Texts = ENGLISH) -> str | None:
    """Name what else the music sounds like.

    Parameters
    ----------
    analysis
        What the classifier says.
    texts
        The reader's language.

    Returns
    -------
    str or None
        Such as ``guitar, 1970s, mellow``; None where no tag is probable enough, or it is no music.
    """
    if analysis.verdict is Verdict.NOT_MUSIC:
        return None
    return series((tag_name(tag.name, texts) for tag in analysis.tags), texts) or None


def tag_name(tag: str, texts: Texts = ENGLISH) -> str:
    """Return a tag in the reader's words.

    Parameters
    ----------
    tag
        As an analysis names it, such as ``female vocals``.
    texts
        The reader's language.

    Returns
    -------
    str
        The tag itself where the language has no other word for it.
    """
    return texts.find(f"tag-{tag.replace(' ', '-').lower()}") or tag


def why(analysis: Analysis, texts: Texts = ENGLISH) -> str | None:
    """Give the evidence for the first genre, and what it may be mistaken for.

    Parameters
    ----------
    analysis
        What the classifier says.
    texts
        The reader's language; the evidence itself is English.

    Returns
    -------
    str or None
        One or two sentences in plain words that name the genre; None where nothing is known. Where the answer
        names no genre, only the evidence for the nearest one is left.
    """
    if analysis.verdict is Verdict.NOT_MUSIC:
        return None
    genre = genre_name(analysis.genres[0].name, texts)
    reasons = "; ".join(evidence.text for evidence in analysis.why.evidence[:EVIDENCE_SHOWN])
    if analysis.verdict is Verdict.UNSURE:
        return texts("why-nearest", genre=genre, reasons=reasons) if reasons else None
    sentences = [texts("why-evidence", genre=genre, reasons=reasons)] if reasons else []
    if analysis.why.mistaken_for:
        others = series(
            (
                f"{genre_name(confusion.name, texts)} ({percent(confusion.share, texts)})"
                for confusion in analysis.why.mistaken_for
            ),
            texts,
        )
        sentences.append(texts("why-confused", genre=genre, others=others))
    return paragraph(sentences, texts) or None
