"""What a member sees, without a server."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cards.analysis import PICTURE_NAME, analysis_card, answer_card, safe_name
from bot.cards.bars import draw_bars, genre_bars
from bot.cards.failure import UNEXPECTED, failure_card
from bot.cards.votes import votes_words
from bot.cards.why import why_card
from bot.errors import (
    CannotRead,
    CoolingDown,
    DownloadFailed,
    FileOrLink,
    NotAnAdmin,
    NothingToHear,
    QueueFull,
    ShuttingDown,
    StoreFailed,
    StoreUnavailable,
    TooManyForMember,
    TooManyForServer,
    WaitedTooLong,
    WrongChannel,
)
from bot.heard import Heard
from bot.media.link_errors import PrivateOrRemoved
from bot.store.votes import GenreVotes
from bot.texts.catalogue import LANGUAGES, texts_in
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
    SoundPrint,
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
        tag_timeline=(),
        sound=SoundPrint(120.19, 0.5, (0.02,) * 50),
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
    card = analysis_card(shown, clip_name="clip.mp3")
    return {str(field.name): str(field.value) for field in card.fields}


def test_the_card_says_what_was_asked_for() -> None:
    card = analysis_card(analysis(), clip_name="One Love.mp3").to_dict()
    text = str(card)
    assert card["title"] == "Reggae, clearly"
    for expected in ("One Love.mp3", "30 s · all of it heard", "1.2 s", "default 0.1.0", "A reason.", "mellow, 1970s"):
        assert expected in text


def test_a_recalled_answer_says_so_and_names_no_time() -> None:
    card = analysis_card(analysis(), clip_name="clip.mp3", recalled=True)
    assert card.footer.text == "default 0.1.0 · answered from memory"


def test_the_clip_has_no_name_where_none_is_known() -> None:
    (clip,) = [field for field in analysis_card(analysis(), clip_name=None).fields if field.name == "Clip"]
    assert clip.value == "30 s · all of it heard"


def test_why_gives_the_evidence_and_what_the_genre_is_mistaken_for() -> None:
    evidence = "What speaks for reggae: a slow beat; a dark sound with little treble."
    confused = "Of clips called reggae, some were really hip-hop (12%), disco (4%)."
    card = why_card(analysis())
    assert card.title == "Why Reggae?"
    assert card.description == f"{evidence} {confused}\n\nA reason."
    assert why_card(analysis(confused=False)).description == f"{evidence}\n\nA reason."


@pytest.mark.parametrize(
    ("verdict", "title", "text"),
    [
        (
            Verdict.UNSURE,
            "Why can't I tell?",
            "The nearest was reggae: a slow beat; a dark sound with little treble.\n\nA reason.",
        ),
        (
            Verdict.NOT_MUSIC,
            "Why is this not music?",
            "A reason.\n\nI compare a clip with music and with speech, noise and tones that I learnt; "
            "this one is nearer to those.",
        ),
    ],
)
def test_why_fits_the_verdict(verdict: Verdict, title: str, text: str) -> None:
    card = why_card(analysis(verdict=verdict))
    assert (card.title, card.description) == (title, text)


def test_why_says_so_where_nothing_stands_out() -> None:
    card = why_card(replace(analysis(verdict=Verdict.UNSURE), why=Why((), ())))
    assert card.description == "Nothing stands out that I could put into plain words.\n\nA reason."


def test_a_picture_comes_with_the_card_and_in_words() -> None:
    heard = Heard("0" * 64, Answer(analysis(), b"a picture"), recalled=False)
    embed, picture = answer_card(heard, clip_name="clip.mp3")
    assert picture is not None
    assert embed.image.url == f"attachment://{PICTURE_NAME}"
    assert (picture.name, picture.data) == (PICTURE_NAME, b"a picture")
    assert picture.description == "Genre over time: reggae throughout. On average reggae 62%, hip-hop 20%."


def test_a_card_without_a_picture_attaches_nothing() -> None:
    embed, picture = answer_card(Heard("0" * 64, Answer(analysis()), recalled=False), clip_name="clip.mp3")
    assert picture is None
    assert embed == analysis_card(analysis(), clip_name="clip.mp3")


def test_a_card_with_nothing_to_say_leaves_it_out() -> None:
    assert set(fields(replace(analysis(), tags=()))) == {"Clip"}


@pytest.mark.parametrize(
    ("shares", "shown"),
    [((0.9, 0.05, 0.03, 0.02), 3), ((0.5, 0.2, 0.1, 0.1, 0.1), 5), ((0.4, 0.2, 0.2, 0.1, 0.04, 0.03, 0.03), 4)],
)
def test_as_many_bars_as_are_worth_it(shares: tuple[float, ...], shown: int) -> None:
    genres = tuple(GenreProbability(name, share) for name, share in zip(GENRES, shares, strict=False))
    text = analysis_card(replace(analysis(), genres=genres), clip_name=None).description or ""
    assert text.count("░") > 0
    rows = text.split("```")[1].strip().splitlines()
    assert len(rows) == shown


@pytest.mark.parametrize("count", [1, 3, 10])
def test_the_bars_line_up_and_fit_a_phone(count: int) -> None:
    block = draw_bars(genre_bars(analysis().genres[:count]))
    lines = block.splitlines()
    assert (lines[0], lines[-1]) == ("```", "```")
    rows = lines[1:-1]
    assert len(rows) == count
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows[0]) <= PHONE_COLUMNS
    assert rows[0].endswith(" 62%")
    assert "hip-hop" in block or count == 1


def test_what_is_not_music_has_no_bars() -> None:
    card = analysis_card(analysis(verdict=Verdict.NOT_MUSIC), clip_name="hum.wav")
    assert card.description == (
        "So there is no genre to tell. If it is music after all, press **I know it** and choose the genre."
    )
    assert not {"Why", "Sounds like"} & {field.name for field in card.fields}


def test_the_card_says_which_seconds_of_a_long_clip_were_heard() -> None:
    long = analysis(windows=((10, 40), (60, 90.4)), duration=600.0, complete=False)
    text = str(analysis_card(long, clip_name="mix.mp3").to_dict())
    assert "0:10–0:40, 1:00–1:30" in text
    assert "10:00 or more" in text


@given(st.text(max_size=300))
@example("a" * 4_000)
@example("\N{COMBINING GRAVE ACCENT}" * 4_000)
@example("*_`" * 1_500)
@example("")
def test_no_file_name_breaks_the_card(name: str) -> None:
    card = analysis_card(analysis(), clip_name=name, genres=10)
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
    card = analysis_card(analysis(), clip_name=name)
    (clip,) = (field.value for field in card.fields if field.name == "Clip")
    assert discord.utils.remove_markdown((clip or "").partition("\n")[0]) == shown


@pytest.mark.parametrize("error", [QueueFull(), TooManyForMember(2), TooShort(1.0, 3.0), WorkerDied()])
def test_an_error_for_members_is_shown_in_its_own_words(error: Exception) -> None:
    assert failure_card(error).description == str(error)


@pytest.mark.parametrize(
    ("error", "title"),
    [
        *(
            (error, "failure-title")
            for error in (
                *(TooShort(1.0, 3.0), WorkerDied(), PrivateOrRemoved(), DownloadFailed()),
                *(FileOrLink(), NothingToHear(), CannotRead()),
                *(QueueFull(), TooManyForMember(2), TooManyForServer(2), CoolingDown(3.0)),
                *(WaitedTooLong(), ShuttingDown()),
            )
        ),
        *(
            (error, "failure-title-other")
            for error in (NotAnAdmin(), WrongChannel(), StoreFailed(), ModelError("broken"), ValueError("secret"))
        ),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_keeps_a_clip_from_being_heard_is_titled_so(language: str, error: Exception, title: str) -> None:
    texts = texts_in(language)
    assert failure_card(error, texts).title == texts(title)


def test_a_failure_is_titled_in_english_unless_a_language_is_given() -> None:
    assert failure_card(QueueFull()).title == "I could not listen to that"
    assert failure_card(NotAnAdmin()).title == "That did not work"


@pytest.mark.parametrize(
    "error", [ValueError("secret"), ModelError("/srv/models is broken"), StoreUnavailable("sqlite:///srv/x", "locked")]
)
def test_the_insides_of_the_bot_are_not_shown_to_members(error: Exception) -> None:
    card = failure_card(error)
    assert card.description == UNEXPECTED
    assert card.colour == discord.Colour.red()


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ([("reggae", 1)], "**Reggae (1 of 1)**"),
        ([("hiphop", 2), ("rock", 1)], "**Hip-hop (2 of 3)** · rock (1)"),
        ([("jazz", 2), ("rock", 2)], "Jazz (2 of 4) · rock (2)"),
        ([("**a**", 1)], r"**\*\*a\*\* (1 of 1)**"),
    ],
)
def test_votes_are_told_beside_each_other(votes: list[tuple[str, int]], words: str) -> None:
    assert votes_words([GenreVotes(genre, count) for genre, count in votes]) == words


def test_the_votes_of_many_genres_fit_a_field() -> None:
    votes = [GenreVotes("x" * 100, 1) for _ in range(100)]
    assert len(votes_words(votes)) <= 1024
