"""An answer reads the same on a card and on the command line, and promises no more than it can."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.wording import EVIDENCE_SHOWN, headline, heard_words, length, sounds_like, why
from classifier.result import (
    Analysis,
    AudioInfo,
    Basis,
    Confusion,
    Elapsed,
    Evidence,
    GenreProbability,
    Ground,
    ModelInfo,
    SoundPrint,
    Span,
    TagProbability,
    Verdict,
    Why,
)

EVIDENCE = (Evidence("a slow beat", 0.5), Evidence("a dark sound with little treble", 0.2))
CONFUSIONS = (Confusion("hiphop", 0.12), Confusion("disco", 0.04))
AUDIO = AudioInfo(30.0, True, 44_100, "stereo", "mp3", -14.2, (Span(0.0, 30.0),))
SPOKEN_FOR = "What speaks for hip-hop: a slow beat; a dark sound with little treble."
CONFUSED = "Of clips called hip-hop, some were really disco (4%)."


def answer(
    verdict: Verdict = Verdict.CLEAR,
    *,
    first: tuple[str, float] = ("reggae", 0.6),
    second: tuple[str, float] = ("hiphop", 0.3),
    why: Why | None = None,
) -> Analysis:
    return Analysis(
        genres=(GenreProbability(*first), GenreProbability(*second), GenreProbability("rock", 0.1)),
        verdict=verdict,
        reason="A reason.",
        basis=Basis(Ground.NOTHING_STANDS_OUT),
        timeline=(),
        tags=(TagProbability("mellow", 0.4), TagProbability("1970s", 0.2)),
        tag_timeline=(),
        sound=SoundPrint(120.19, 0.5, (0.02,) * 50),
        why=why or Why(EVIDENCE, CONFUSIONS),
        audio=AUDIO,
        model=ModelInfo("default", "0.1.0", "0" * 64),
        elapsed=Elapsed(decode=0.2, features=0.5, tags=0.4, vote=0.1),
    )


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.CLEAR, "Reggae, clearly"),
        (Verdict.UNSURE, "I can't tell"),
        (Verdict.NOT_MUSIC, "This isn't music"),
    ],
)
def test_the_headline_promises_no_more_than_the_verdict(verdict: Verdict, words: str) -> None:
    assert headline(answer(verdict)) == words


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (0.59, 0.19, "Country, perhaps hip-hop"),
        (0.50, 0.25, "Country, perhaps hip-hop"),
        (0.49, 0.25, "Country or hip-hop: too close to call"),
        (0.40, 0.40, "Country or hip-hop: too close to call"),
    ],
)
def test_a_genre_that_is_far_ahead_is_not_called_too_close(first: float, second: float, words: str) -> None:
    close = answer(Verdict.CLOSE_CALL, first=("country", first), second=("hiphop", second))
    assert headline(close) == words


def test_the_headline_leaves_capitals_of_genres_alone() -> None:
    assert headline(answer(first=("UK garage", 0.9))) == "UK garage, clearly"
    assert headline(answer(first=("hiphop", 0.9))) == "Hip-hop, clearly"
    pair = answer(Verdict.CLOSE_CALL, first=("drum'n'bass", 0.4), second=("UK garage", 0.4))
    assert headline(pair) == "Drum'n'bass or UK garage: too close to call"


@pytest.mark.parametrize("verdict", [Verdict.CLEAR, Verdict.CLOSE_CALL])
@pytest.mark.parametrize(
    ("known", "words"),
    [
        (Why(EVIDENCE, (Confusion("disco", 0.04),)), f"{SPOKEN_FOR} {CONFUSED}"),
        (Why(EVIDENCE, ()), SPOKEN_FOR),
        (Why((), (Confusion("disco", 0.04),)), CONFUSED),
        (Why((), ()), None),
    ],
)
def test_reasons_and_confusions_name_the_genre(verdict: Verdict, known: Why, words: str | None) -> None:
    assert why(answer(verdict, first=("hiphop", 0.6), second=("disco", 0.3), why=known)) == words


def test_where_no_genre_is_named_the_reasons_are_those_of_the_nearest() -> None:
    unsure = answer(Verdict.UNSURE)
    assert why(unsure) == "The nearest was reggae: a slow beat; a dark sound with little treble."
    assert why(answer(Verdict.UNSURE, why=Why((), CONFUSIONS))) is None


def test_what_is_not_music_has_neither_reasons_nor_tags() -> None:
    assert why(answer(Verdict.NOT_MUSIC)) is None
    assert sounds_like(answer(Verdict.NOT_MUSIC)) is None


def test_no_more_reasons_are_given_than_fit() -> None:
    many = Why(tuple(Evidence(f"reason {number}", 0.1) for number in range(9)), ())
    assert (why(answer(why=many)) or "").count("reason") == EVIDENCE_SHOWN


def test_the_tags_are_named_if_there_are_any() -> None:
    assert sounds_like(answer()) == "mellow, 1970s"
    assert sounds_like(replace(answer(), tags=())) is None


@pytest.mark.parametrize(
    ("duration", "complete", "spans", "words"),
    [
        (30.0, True, [(0, 30)], "all of it heard"),
        (30.9, True, [(0, 30)], "all of it heard"),
        (45.0, True, [(7.5, 37.5)], "heard: 0:08–0:38"),
        (30.0, False, [(0, 30)], "heard: 0:00–0:30"),
        (8000.0, False, [(10, 40), (3585, 3615), (7150, 7180)], "heard: 0:10–0:40, 59:45–1:00:15, 1:59:10–1:59:40"),
    ],
)
def test_the_seconds_that_were_heard(
    duration: float, complete: bool, spans: list[tuple[float, float]], words: str
) -> None:
    audio = replace(AUDIO, duration=duration, complete=complete, heard=tuple(Span(*span) for span in spans))
    assert heard_words(audio) == words


def test_the_length_says_whether_the_file_goes_on() -> None:
    assert length(AUDIO) == "30 s"
    assert length(replace(AUDIO, duration=7200.0, complete=False)) == "2:00:00 or more"
