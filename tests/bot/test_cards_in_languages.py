"""A card reads as if it had been written in the member's language: no English is left on it, and its bars line up."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from bot.buttons.cancel import cancel_view
from bot.buttons.under_answer import answer_view
from bot.cards.analysis import analysis_card, bars
from bot.cards.help import DropHelp, help_card
from bot.cards.progress import progress_text
from bot.cards.timeline import alt_text
from bot.cards.votes import show_votes
from bot.cards.why import why_card
from bot.progress import Fetching, Waiting
from bot.store.votes import GenreVotes
from bot.text import has_wide_characters
from bot.texts.catalogue import ENGLISH, LANGUAGES, Texts, texts_in
from bot.wording import reason
from classifier.reason import words
from classifier.result import (
    MEASURED_SECONDS,
    Analysis,
    Basis,
    Confusion,
    Evidence,
    GenreProbability,
    Ground,
    Sound,
    TagProbability,
    Verdict,
    Why,
)
from classifier.stage import Stage
from tests.bot.timelines import GENRES, analysis_of

TRANSLATIONS = LANGUAGES[1:]

PHONE_COLUMNS = 28
"""Monospaced characters that a narrow phone shows in one line of an embed."""

SCREEN_LINES = 25
SCREEN_COLUMNS = 35
"""About what a phone shows of an embed at once, in ordinary type; wide characters take two columns."""

ANSWERS = [
    *(
        (verdict, Basis(kind, share=0.91 if kind is Ground.MEASURED else None, by_artist=by_artist, short=short))
        for verdict in (Verdict.CLEAR, Verdict.CLOSE_CALL)
        for kind, by_artist in ((Ground.MEASURED, True), (Ground.MEASURED, False), (Ground.TOO_FEW, False))
        for short in (False, True)
    ),
    (Verdict.CLOSE_CALL, Basis(Ground.CHANGES, parts=("classical", "hiphop", "classical"))),
    (Verdict.UNSURE, Basis(Ground.CHANGES, parts=("classical", "hiphop"))),
    (Verdict.UNSURE, Basis(Ground.NOTHING_STANDS_OUT)),
    (Verdict.NOT_MUSIC, Basis(Ground.NOT_MUSIC)),
    *((Verdict.NOT_MUSIC, Basis(Ground.NOT_MUSIC, sound=sound)) for sound in Sound),
]
"""Every verdict on every ground that it can have."""

COMMON = frozenset({"audio", "compare", "default", "genre", "reggae", "rock", "style"})
"""Words of English cards that other languages have as well, in these cards."""


@cache
def analysis(verdict: Verdict, basis: Basis, *, close: bool = False) -> Analysis:
    shares = {"classical": 0.4, "reggae": 0.35} if close else {"classical": 0.6, "rock": 0.2}
    made = analysis_of((0.0, [shares] * 5 + [{"hiphop": 0.6, "rock": 0.2}] * 2), verdict=verdict, seconds=180.0)
    return replace(
        made,
        basis=basis,
        reason=words(basis, verdict),
        tags=(TagProbability("guitar", 0.5), TagProbability("female vocals", 0.4), TagProbability("1970s", 0.2)),
        why=Why((Evidence("…", 0.5),), (Confusion("hiphop", 0.12),)),
    )


def shown(made: Analysis, texts: Texts, *, recalled: bool = False) -> str:
    """Return all that members read of an answer, but for numbers."""
    card = analysis_card(made, clip_name="1.mp3", recalled=recalled, texts=texts)
    show_votes(card, [GenreVotes("hiphop", 2), GenreVotes("classical", 1)], texts)
    view = answer_view(1, made, texts, private=False)
    return "\n".join(
        [
            *_texts_of(card.to_dict()),
            *_texts_of(why_card(made, texts).to_dict()),
            *(str(button.item.label) for button in view.children),
            alt_text(made, texts),
        ]
    )


def _texts_of(part: object) -> list[str]:
    if isinstance(part, dict):
        return [text for key, value in part.items() if key != "type" for text in _texts_of(value)]
    if isinstance(part, list):
        return [text for value in part for text in _texts_of(value)]
    return [part] if isinstance(part, str) else []


def long_words(text: str) -> set[str]:
    """Return words of four letters and more: shorter ones, such as "so", mean something in several languages."""
    return set(re.findall(r"[^\W\d_]{4,}", text.lower()))


def screen_lines(text: str) -> int:
    """Count lines as a phone breaks them: between words, and around any wide character."""
    lines = 0
    for line in re.sub(r"\*\*|`", "", text).splitlines():
        lines, used = lines + 1, 0
        for word in re.findall("[^ ]+ ?", line):
            for piece in word if has_wide_characters(word) else [word]:
                width = 2 if has_wide_characters(piece) else len(piece.rstrip(" "))
                if used + width > SCREEN_COLUMNS:
                    lines, used = lines + 1, 0
                used += 2 if has_wide_characters(piece) else len(piece)
    return lines


@cache
def english_words(verdict: Verdict, basis: Basis, *, close: bool, recalled: bool) -> set[str]:
    """Return the words of an English card, which every other language is compared with."""
    return long_words(shown(analysis(verdict, basis, close=close), ENGLISH, recalled=recalled))


def test_lines_are_counted_as_they_are_broken() -> None:
    assert screen_lines("a\n\nb") == 3
    assert screen_lines(f"{'a' * 20} {'b' * 20} {'c' * 14}") == 2
    assert screen_lines("ジ" * 17) == 1
    assert screen_lines("ジ" * 18) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dropping", DropHelp)
def test_help_fits_one_screen_of_a_phone(language: str, dropping: DropHelp) -> None:
    assert screen_lines(help_card(dropping, texts_in(language)).description or "") <= SCREEN_LINES


def test_the_words_of_an_english_card_are_found() -> None:
    found = long_words(shown(analysis(*ANSWERS[0]), ENGLISH))
    assert found >= {"classical", "clearly", "sounds", "guitar", "agree", "artists", "members", "heard", "average"}


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize(("verdict", "basis"), ANSWERS)
def test_no_english_is_left_on_a_card(language: str, verdict: Verdict, basis: Basis) -> None:
    texts = texts_in(language)
    for close in (False, True):
        made = analysis(verdict, basis, close=close)
        for recalled in (False, True):
            english = english_words(verdict, basis, close=close, recalled=recalled)
            assert english & long_words(shown(made, texts, recalled=recalled)) - COMMON == set()


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize(("verdict", "basis"), ANSWERS)
def test_title_reason_fields_and_buttons_are_in_the_language(language: str, verdict: Verdict, basis: Basis) -> None:
    texts = texts_in(language)
    made = analysis(verdict, basis)
    card, english = (analysis_card(made, clip_name="1.mp3", texts=each) for each in (texts, ENGLISH))
    assert card.title != english.title
    assert card.description != english.description
    assert reason(made, texts) not in {made.reason, reason(made, ENGLISH)}
    assert len(card.fields) == len(english.fields)
    assert {field.name for field in card.fields} & {field.name for field in english.fields} == set()
    labels, english_labels = (
        {
            button.item.label
            for view in (answer_view(1, made, each, private=False), cancel_view(each))
            for button in view.children
        }
        for each in (texts, ENGLISH)
    )
    assert len(labels) == len(english_labels)
    assert labels & english_labels == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_music_names_the_button_that_stands_under_it(language: str) -> None:
    texts = texts_in(language)
    made = analysis(Verdict.NOT_MUSIC, Basis(Ground.NOT_MUSIC))
    named = re.findall(r"\*\*(.+?)\*\*", analysis_card(made, clip_name="1.mp3", texts=texts).description or "")
    labels = [button.item.label for button in answer_view(1, made, texts, private=True).children]
    assert len(named) == 1
    assert named[0] in labels


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_each_ground_has_its_own_reason(language: str) -> None:
    texts = texts_in(language)
    said = {}
    for verdict, basis in ANSWERS:
        made = analysis(verdict, basis)
        # Changes read the same, whether the answer is unsure or close.
        said[verdict if basis.kind is not Ground.CHANGES else None, basis] = reason(made, texts)
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_reason_has_the_numbers_and_names_that_it_rests_on(language: str) -> None:
    texts = texts_in(language)
    for verdict, basis in ANSWERS:
        told = reason(analysis(verdict, basis), texts)
        assert (re.search(r"91\u00a0?%", told) is not None) is (basis.share is not None)
        assert (f"{MEASURED_SECONDS:g}" in told) is basis.short
        if basis.parts:
            names = [texts.find(f"genre-{genre}") or genre for genre in basis.parts]
            assert " → ".join(names) in told
        if basis.sound is not None:
            assert texts(f"sound-{basis.sound}") in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("first", [1.0, 0.62, 0.04])
def test_the_bars_line_up_and_fit_a_phone(language: str, first: float) -> None:
    genres = tuple(GenreProbability(name, first if name == "classical" else (1 - first) / 9) for name in GENRES)
    rows = bars(genres, texts_in(language)).splitlines()[1:-1]
    assert len(rows) == len(GENRES)
    assert all(len(row) <= PHONE_COLUMNS for row in rows)
    for position in (re.search("[█░]", row) for row in rows):
        assert position is not None
    # What stands before the bars and their shares is drawn equally wide in every font.
    ahead = [row[: row.index("%") + 1] for row in rows]
    assert len({len(part) for part in ahead}) == 1
    assert not any(map(has_wide_characters, ahead))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_progress_and_help_are_in_the_language(language: str) -> None:
    texts = texts_in(language)
    for state in (Fetching(), *Stage, *(Waiting(place, wait) for place in (1, 4) for wait in (None, 17.0, 130.0))):
        english = long_words(progress_text(state, ENGLISH))
        assert english
        assert english & long_words(progress_text(state, texts)) - COMMON == set()
    for dropping in DropHelp:
        text, english_text = (help_card(dropping, each).description or "" for each in (texts, ENGLISH))
        assert set(text.splitlines()) & set(english_text.splitlines()) <= {""}
        for command in ("genre", "about", "privacy", "settings"):
            assert f"/{texts(f'command-{command}')}**" in text
