"""Puts what a verdict rests on into English words; nothing else does."""

from __future__ import annotations

from typing import Final

from classifier.result import MEASURED_SECONDS, Basis, Ground, Sound, Verdict

SOUND_WORDS: Final = {Sound.SPEECH: "speech", Sound.NOISE: "noise", Sound.TONE: "a tone"}
"""What follows "it sounds like"."""


def words(basis: Basis, verdict: Verdict) -> str:
    """Give the reason for a verdict.

    Parameters
    ----------
    basis
        What the verdict rests on.
    verdict
        Which one.

    Returns
    -------
    str
        One to three sentences.
    """
    match basis.kind:
        case Ground.NOT_MUSIC:
            return f"This isn't music{f': it sounds like {SOUND_WORDS[basis.sound]}' if basis.sound else ''}."
        case Ground.CHANGES:
            return f"It changes on the way: {', then '.join(basis.parts)}. No one genre fits all of it."
        case Ground.NOTHING_STANDS_OUT:
            return "No genre stands out: this may be a style outside the ones that were learnt."
        case Ground.TOO_FEW:
            return _unknown(verdict, short=basis.short)
        case Ground.MEASURED:
            return _measured(basis, verdict)


def _unknown(verdict: Verdict, *, short: bool) -> str:
    how_often = (
        "How often such answers are right" if verdict is Verdict.CLEAR else "One of the first two, perhaps. How often"
    )
    caveat = f" And this is much less than {MEASURED_SECONDS:g} s of music, so trust it less." if short else ""
    return f"{how_often} is not known: too few clips were held out when this model was trained.{caveat}"


def _measured(basis: Basis, verdict: Verdict) -> str:
    assert basis.share is not None
    unheard = "on artists never heard before" if basis.by_artist else "on clips held out, if not on unheard artists"
    promise = (
        f"Of clear answers like this one, {basis.share:.0%} are right {unheard}."
        if verdict is Verdict.CLEAR
        else f"One of the first two, probably: of such pairs, {basis.share:.0%} hold the right genre {unheard}."
    )
    caveat = (
        f" That was measured on {MEASURED_SECONDS:g} s of music; this is much less, so trust it less."
        if basis.short
        else ""
    )
    return promise + caveat
