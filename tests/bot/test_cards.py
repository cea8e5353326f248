"""What a member sees, without a server."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cards.analysis import PICTURE_NAME, analysis_card, answer_card, bars, safe_name
from bot.cards.failure import UNEXPECTED, failure_card
from bot.errors import QueueFull, StoreUnavailable, TooManyForMember
from classifier.answer import Answer
from classifier.errors import ModelError, TooShort, WorkerDied
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
    Segment,
    Span,
    TagProbability,
    Verdict,
    Why,
)

PHONE_COLUMNS = 28
"""Monospaced characters that a narrow phone shows in one line of an embed."""

GENRES = ("reggae", "hiphop", "pop", "disco", "classical", "jazz", "rock", "blues", "country", "metal")


def analysis(
    *,
    verdict: Verdict = Verdict.CLEAR,
    windows: tuple[tuple[float, float], ...] = ((0.0, 30.0),),
    duration: float = 30.0,
    complete: bool = True,
    confused: bool = True,
) -> Analysis:
    genres = tuple(GenreProbability(name, p) for name, p in zip(GENRES, (0.62, 0.2, *[0.18 / 8] * 8), strict=True))
    return Analysis(
        genres=genres,
        verdict=verdict,
        reason="A reason.",
        basis=Basis(Ground.NOTHING_STANDS_OUT),
        timeline=tuple(Segment(start, end, genres) for start, end in windows),
        tags=(TagProbability("mellow", 0.4), TagProbability("1970s", 0.2)),
        why=Why(
            (Evidence("a slow beat", 0.5), Evidence("a dark sound with little treble", 0.2)),
            (Confusion("hiphop", 0.12), Confusion("disco", 0.04)) if confused else (),
        ),
        audio=AudioInfo(
            duration, complete, 44_100, "stereo", "mp3", -14.2, tuple(Span(start, end) for start, end in windows)
        ),
        model=ModelInfo("default", "0.1.0", "0123456789abcdef" * 4),
        elapsed=Elapsed(decode=0.2, features=0.5, tags=0.4, vote=0.1),
    )


def fields(shown: Analysis) -> dict[str, str]:
    card = analysis_card(shown, file_name="clip.mp3", genres=3)
    return {str(field.name): str(field.value) for field in card.fields}


def test_the_card_says_what_was_asked_for() -> None:
    card = analysis_card(analysis(), file_name="One Love.mp3", genres=3).to_dict()
    text = str(card)
    assert card["title"] == "Reggae"
    for expected in ("One Love.mp3", "30 s", "all of it", "1.2 s", "default 0.1.0", "A reason.", "mellow, 1970s"):
        assert expected in text


def test_the_card_says_why_and_what_the_genre_is_mistaken_for() -> None:
    evidence = "What speaks for reggae: a slow beat; a dark sound with little treble."
    confused = "Of clips called reggae, some were really hip-hop (12%), disco (4%)."
    assert fields(analysis())["Why"] == f"{evidence} {confused}"
    assert fields(analysis(confused=False))["Why"] == evidence


def test_a_picture_comes_with_the_card_and_in_words() -> None:
    embed, (picture,) = answer_card(Answer(analysis(), b"a picture"), file_name="clip.mp3", genres=3)
    assert embed.image.url == f"attachment://{PICTURE_NAME}"
    assert (picture.filename, picture.fp.read()) == (PICTURE_NAME, b"a picture")
    assert picture.description == "Genre over time: reggae throughout. On average reggae 62%, hip-hop 20%."


def test_a_card_without_a_picture_attaches_nothing() -> None:
    embed, files = answer_card(Answer(analysis()), file_name="clip.mp3", genres=3)
    assert files == []
    assert embed == analysis_card(analysis(), file_name="clip.mp3", genres=3)


def test_a_card_without_a_genre_says_what_was_nearest() -> None:
    card = analysis_card(analysis(verdict=Verdict.UNSURE), file_name="mix.mp3", genres=3)
    assert card.title == "I can't tell"
    nearest = "The nearest was reggae: a slow beat; a dark sound with little treble."
    assert fields(analysis(verdict=Verdict.UNSURE))["Why"] == nearest


def test_a_card_with_nothing_to_say_leaves_it_out() -> None:
    quiet = replace(analysis(), tags=(), why=Why((), ()))
    assert set(fields(quiet)) == {"Clip", "Heard", "Took"}


@pytest.mark.parametrize("count", [1, 3, 10])
def test_the_bars_line_up_and_fit_a_phone(count: int) -> None:
    block = bars(analysis().genres[:count])
    lines = block.splitlines()
    assert (lines[0], lines[-1]) == ("```", "```")
    rows = lines[1:-1]
    assert len(rows) == count
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows[0]) <= PHONE_COLUMNS
    assert rows[0].endswith(" 62%")
    assert "hip-hop" in block or count == 1


def test_what_is_not_music_has_no_bars() -> None:
    card = analysis_card(analysis(verdict=Verdict.NOT_MUSIC), file_name="hum.wav", genres=3)
    assert card.description == "A reason."
    assert not {"Why", "Sounds like"} & {field.name for field in card.fields}


def test_the_card_says_which_seconds_of_a_long_clip_were_heard() -> None:
    long = analysis(windows=((10, 40), (60, 90.4)), duration=600.0, complete=False)
    text = str(analysis_card(long, file_name="mix.mp3", genres=3).to_dict())
    assert "0:10–0:40, 1:00–1:30" in text
    assert "10:00 or more" in text


@given(st.text(max_size=300))
@example("a" * 4_000)
@example("\N{COMBINING GRAVE ACCENT}" * 4_000)
@example("*_`" * 1_500)
@example("")
def test_no_file_name_breaks_the_card(name: str) -> None:
    card = analysis_card(analysis(), file_name=name, genres=10)
    assert len(card) <= 6000
    for field in card.fields:
        assert 1 <= len(field.value or "") <= 1024


@pytest.mark.parametrize(
    "name", ["@everyone", "<@123456789012345678>", "**bold**.mp3", "`code`", "[a](http://b.example)", "# big"]
)
def test_a_file_name_neither_mentions_nor_formats(name: str) -> None:
    shown = safe_name(name)
    assert "@everyone" not in shown
    assert "<@1" not in shown
    assert "**" not in shown
    assert not shown.startswith(("# ", "`"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\x1b[2J\x1b]0;owned\x07song.mp3", "[2J]0;ownedsong.mp3"),
        ("song\0.mp3", "song.mp3"),
        ("\u2066\u202esong\u2069.mp3", "song.mp3"),
        ("song\r\n\r\nfield.mp3", "song field.mp3"),
        ("../../etc/passwd", "../../etc/passwd"),
        ("\ud800.mp3", ".mp3"),
    ],
)
def test_a_file_name_moves_hides_and_reverses_nothing(name: str, shown: str) -> None:
    card = analysis_card(analysis(), file_name=name, genres=3)
    (clip,) = (field.value for field in card.fields if field.name == "Clip")
    assert discord.utils.remove_markdown((clip or "").partition("\n")[0]) == shown


@pytest.mark.parametrize("error", [QueueFull(), TooManyForMember(2), TooShort(1.0, 3.0), WorkerDied()])
def test_an_error_for_members_is_shown_in_its_own_words(error: Exception) -> None:
    assert failure_card(error).description == str(error)


@pytest.mark.parametrize(
    "error", [ValueError("secret"), ModelError("/srv/models is broken"), StoreUnavailable("sqlite:///srv/x", "locked")]
)
def test_the_insides_of_the_bot_are_not_shown_to_members(error: Exception) -> None:
    card = failure_card(error)
    assert card.description == UNEXPECTED
    assert card.colour == discord.Colour.red()
