"""Which clips have a picture, and what is said of it to those who do not see it."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.cards.timeline import alt_text, has_picture, stretches
from bot.text import clock
from classifier.result import Analysis, Verdict
from tests.bot.timelines import analysis_of, any_analysis

DISCORD_LIMIT = 1024
"""Characters that Discord takes as the description of an attachment."""


@pytest.mark.parametrize(
    ("segments", "verdict", "expected"),
    [
        (3, Verdict.CLEAR, False),
        (4, Verdict.CLEAR, True),
        (4, Verdict.UNSURE, True),
        (6, Verdict.NOT_MUSIC, False),
    ],
)
def test_a_short_clip_and_what_is_not_music_have_no_picture(segments: int, verdict: Verdict, expected: bool) -> None:
    assert has_picture(analysis_of((0.0, [{"rock": 0.8}] * segments), verdict=verdict)) is expected


def test_a_genre_that_stays_is_said_to() -> None:
    text = alt_text(analysis_of((0.0, [{"hiphop": 0.9, "jazz": 0.1}] * 6)))
    assert text == "Genre over time: hip-hop throughout. On average hip-hop 90%, jazz 10%."


def test_a_change_is_told_with_its_time() -> None:
    text = alt_text(analysis_of((0.0, [{"classical": 1.0}] * 7 + [{"metal": 1.0}] * 5)))
    assert text == "Genre over time: classical until 0:35, then metal. On average classical 58%, metal 42%."


def test_a_change_that_nobody_heard_is_told_with_what_was_heard() -> None:
    text = alt_text(
        analysis_of(
            (10.0, [{"classical": 1.0}] * 6),
            (300.0, [{"metal": 1.0}] * 4 + [{"rock": 1.0}] * 2),
            seconds=600.0,
        )
    )
    assert text == (
        "Genre over time: classical until 0:40, metal from 5:00 until 5:20, then rock. "
        "On average classical 50%, metal 33%, rock 17%. Of 10:00, 2 parts were heard."
    )


def test_many_changes_are_counted_and_not_told() -> None:
    names = ["rock", "pop", "rock", "blues", "rock", "pop", "jazz", "metal", "disco", "rock"]
    text = alt_text(analysis_of((0.0, [{name: 1.0} for name in names])))
    assert text.startswith(
        "Genre over time: it changes 9 times; mostly rock, at times pop, blues, disco and others. On average rock 40%, "
    )


@given(analysis=any_analysis())
def test_the_words_are_short_and_name_what_leads(analysis: Analysis) -> None:
    text = alt_text(analysis)
    assert len(text) < DISCORD_LIMIT / 2
    assert text.endswith(".")
    heard = stretches(analysis.timeline)
    assert tuple(segment for stretch in heard for segment in stretch.segments) == analysis.timeline
    leaders = {segment.genres[0].name for segment in analysis.timeline}
    if len(leaders) == 1:
        assert " throughout." in text
    elif "times" not in text:
        assert text.count(" until ") >= 1
        assert clock(heard[-1].end) not in text.split(". ")[0] or len(heard) > 1
