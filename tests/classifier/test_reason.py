"""The reason for a verdict says what the verdict rests on, once, and no more than that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.reason import words
from classifier.result import Basis, Ground, Sound, Verdict

HEARD = Basis(Ground.MEASURED, share=0.914, by_artist=True)


@pytest.mark.parametrize(
    ("basis", "verdict", "sentence"),
    [
        (Basis(Ground.NOT_MUSIC), Verdict.NOT_MUSIC, "This isn't music."),
        (
            Basis(Ground.NOT_MUSIC, sound=Sound.SPEECH),
            Verdict.NOT_MUSIC,
            "This isn't music: it sounds like speech.",
        ),
        (Basis(Ground.NOT_MUSIC, sound=Sound.NOISE), Verdict.NOT_MUSIC, "This isn't music: it sounds like noise."),
        (Basis(Ground.NOT_MUSIC, sound=Sound.TONE), Verdict.NOT_MUSIC, "This isn't music: it sounds like a tone."),
        (
            Basis(Ground.CHANGES, parts=("jazz", "metal", "jazz")),
            Verdict.CLOSE_CALL,
            "It changes on the way: jazz, then metal, then jazz. No one genre fits all of it.",
        ),
        (
            Basis(Ground.NOTHING_STANDS_OUT),
            Verdict.UNSURE,
            "No genre stands out: this may be a style outside the ones that were learnt.",
        ),
        (HEARD, Verdict.CLEAR, "Of clear answers like this one, 91% are right on artists never heard before."),
        (
            Basis(Ground.MEASURED, share=0.85),
            Verdict.CLOSE_CALL,
            "One of the first two, probably: of such pairs, 85% hold the right genre on clips held out, "
            "if not on unheard artists.",
        ),
        (
            Basis(Ground.TOO_FEW),
            Verdict.CLEAR,
            "How often such answers are right is not known: too few clips were held out when this model was trained.",
        ),
        (
            Basis(Ground.TOO_FEW, short=True),
            Verdict.CLOSE_CALL,
            "One of the first two, perhaps. How often is not known: too few clips were held out when this model was "
            "trained. And this is much less than 30 s of music, so trust it less.",
        ),
        (
            Basis(Ground.MEASURED, share=1.0, by_artist=True, short=True),
            Verdict.CLEAR,
            "Of clear answers like this one, 100% are right on artists never heard before. That was measured on 30 s "
            "of music; this is much less, so trust it less.",
        ),
    ],
)
def test_every_ground_has_its_words(basis: Basis, verdict: Verdict, sentence: str) -> None:
    assert words(basis, verdict) == sentence


@given(
    basis=st.builds(
        Basis,
        kind=st.sampled_from(Ground),
        share=st.floats(0, 1),
        by_artist=st.booleans(),
        short=st.booleans(),
        parts=st.lists(st.sampled_from(["jazz", "metal"]), min_size=2).map(tuple),
        sound=st.sampled_from([None, *Sound]),
    ),
    verdict=st.sampled_from(Verdict),
)
def test_only_what_was_measured_is_promised(basis: Basis, verdict: Verdict) -> None:
    sentence = words(basis, verdict)
    assert sentence.endswith(".")
    assert ("%" in sentence) is (basis.kind is Ground.MEASURED)
    assert ("trust it less" in sentence) is (basis.short and basis.kind in {Ground.MEASURED, Ground.TOO_FEW})
