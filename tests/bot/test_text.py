"""Text of strangers is shown safely, and numbers as people write them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import UNSAFE_CATEGORIES, bar, clock, has_wide_characters, printable, sentence_case
from bot.texts.phrases import duration, genre_name


@given(st.text(), st.integers(3, 80))
def test_printable_text_is_one_safe_line_within_its_limit(text: str, limit: int) -> None:
    line = printable(text, limit=limit)
    assert 1 <= len(line) <= limit
    assert not any(unicodedata.category(character) in UNSAFE_CATEGORIES for character in line)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=40))
def test_harmless_text_is_left_alone(text: str) -> None:
    assert printable(text, limit=40) == text


def test_a_long_file_name_keeps_its_beginning_and_its_suffix() -> None:
    line = printable("a" * 100 + ".mp3", limit=30)
    assert line.startswith("aaaa")
    assert line.endswith(".mp3")
    assert "…" in line


def test_a_right_to_left_override_cannot_disguise_a_suffix() -> None:
    assert printable("song\u202e3pm.exe", limit=60) == "song3pm.exe"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0.0 s"), (3.04, "3.0 s"), (9.96, "10 s"), (30.013, "30 s"), (59.6, "1:00"), (187, "3:07"), (3725, "1:02:05")],
)
def test_durations_read_as_people_write_them(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (6.6, "0:07"), (59.6, "1:00"), (750, "12:30"), (3599.4, "59:59"), (7150, "1:59:10")],
)
def test_positions_read_as_players_show_them(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(
    ("genre", "text"), [("hiphop", "Hip-hop"), ("UK garage", "UK garage"), ("rock", "Rock"), ("", "")]
)
def test_a_genre_begins_a_sentence_without_losing_its_capitals(genre: str, text: str) -> None:
    assert sentence_case(genre_name(genre)) == text


@given(st.floats(0, 1), st.integers(1, 60))
def test_a_bar_is_always_as_wide_as_asked(probability: float, width: int) -> None:
    drawn = bar(probability, width=width)
    assert len(drawn) == width
    assert drawn.count("█") == round(probability * width)


@pytest.mark.parametrize(
    ("text", "wide"), [("", False), ("reggae", False), ("レゲエ", True), ("hip-hop", False), ("ﾚｹﾞｴ", True)]
)
def test_east_asian_characters_are_known_to_stand_out_of_line(text: str, wide: bool) -> None:
    assert has_wide_characters(text) == wide
