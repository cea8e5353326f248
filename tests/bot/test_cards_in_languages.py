"""A card reads as if it had been written in the member's language: no English is left on it, and its bars line up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import discord
import pytest

from bot.buttons.cancel import cancel_view
from bot.buttons.under_answer import answer_view
from bot.cards.analysis import analysis_card
from bot.cards.bars import draw_bars, genre_bars
from bot.cards.help import DropHelp, help_card
from bot.cards.jobs import FAILURES_NAME, jobs_card, progress_card, sum_card
from bot.cards.playlist_page import page_card
from bot.cards.playlists import playlists_card
from bot.cards.progress import progress_text
from bot.cards.timeline import alt_text
from bot.cards.track import track_card
from bot.cards.votes import show_votes
from bot.cards.why import why_card
from bot.jobs.job import Counts, Failure, Job, JobKind, JobState
from bot.playlists.place import Place
from bot.playlists.playlist import Collaborator, SharedWith
from bot.playlists.wanted import Sort, Wanted
from bot.progress import Fetching, Waiting
from bot.store.track_pages import Page
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
from tests.bot.stores import NEW_YEAR
from tests.bot.test_playlist_cards import PLAYLIST, TRACK
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

COMMON = frozenset({"audio", "compare", "default", "genre", "playlist", "reggae", "rock", "style"})
"""Words of English cards that other languages have as well, in these cards."""

COMMON_OF_PLAYLISTS = {
    "de": {"import", "live", "playlists", "rest", "tempo", "track", "tracks"},
    "es": {"playlists", "tempo"},
    "fr": {"page", "playlists", "sites", "tempo", "vote", "votes"},
    "pt-BR": {"playlists", "sites"},
    "ja": set[str](),
}
"""Besides, those that a language has on cards of playlists and of jobs."""


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
    view = answer_view(1, made, texts, private=False, collects=True)
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
            for view in (answer_view(1, made, each, private=False, collects=True), cancel_view(each))
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
    labels = [button.item.label for button in answer_view(1, made, texts, private=True, collects=False).children]
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
    rows = draw_bars(genre_bars(genres, texts_in(language))).splitlines()[1:-1]
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


class Fed:
    def channels(self, playlist_id: int) -> tuple[int, ...]:
        return (playlist_id,)


def playlist_cards(texts: Texts) -> Iterator[discord.Embed]:
    """Yield all that there is to read of playlists, whatever can be said of a track; names of strangers are digits."""
    playlist = replace(PLAYLIST, name="1", collaborators=(Collaborator(SharedWith.EVERYONE),))
    yield playlists_card([playlist, replace(playlist, owner=None)], Fed(), page=0, texts=texts)
    yield playlists_card([], Fed(), page=0, texts=texts)
    told = {"model_key": None, "told_votes": (GenreVotes("classical", 2),)}
    silent = {"genre": None, "probability": None}
    changes: tuple[dict[str, Any], ...] = (
        *({"verdict": verdict} for verdict in Verdict),
        told,
        {**told, "settled": "hiphop"},
        {**silent, "settled": "hiphop", "verdict": Verdict.NOT_MUSIC},
        {**told, **silent, "verdict": None},
        {"settled": "hiphop", "tags": (TagProbability("guitar", 0.5), TagProbability("female vocals", 0.5))},
    )
    tracks = tuple(replace(TRACK, title="1", **change) for change in changes)
    for sort in Sort:
        yield page_card(playlist, Page(tracks, 2, 1000, 10_000), Place(Wanted(sort=sort), 2, marked=None), texts)
    for wanted in (Wanted(), Wanted("hiphop", "guitar", 1, Verdict.CLOSE_CALL, True, "1")):
        yield page_card(playlist, Page((), 0, 1, 0), Place(wanted, 0, marked=None), texts)
    hip_hop, classical = GenreVotes("hiphop", 2), GenreVotes("classical", 1)
    for track in tracks:
        for votes, needed in (((), 1), ((), 2), ((hip_hop,), 2), ((hip_hop, classical), 3), ((hip_hop,), 9)):
            yield track_card(track, playlist, votes=votes, needed=needed, texts=texts)


def job_cards(texts: Texts) -> Iterator[discord.Embed]:
    """Yield all that there is to read of long jobs."""
    counts = Counts(waiting=4, done=3, known=2, failed=1)
    for kind in (JobKind.LINK, JobKind.RETAG):
        for state in JobState:
            job = Job(
                id=1,
                kind=kind,
                state=state,
                name="1",
                link=None,
                reason=None,
                pause_reason="1" if state is JobState.PAUSED else None,
                left_out=2,
                cut_off=True,
                asker=1,
                channel=1,
                message=None,
                language=texts.language,
                begun_at=NEW_YEAR,
                ended_at=NEW_YEAR,
                playlist_id=1,
                playlist="1",
                guild=1,
                owner=1,
            )
            yield progress_card(job, counts, now_at=["1"], seconds_left=90, texts=texts)
            yield sum_card(job, counts, [Failure("1", "1")] * 11, now=NEW_YEAR, texts=texts)
            yield jobs_card([job], {1: counts}, texts)
    yield jobs_card([], {}, texts)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_english_is_left_on_the_cards_of_playlists_and_jobs(language: str) -> None:
    for cards in (playlist_cards, job_cards):
        for english, card in zip(cards(ENGLISH), cards(texts_in(language)), strict=True):
            both = (long_words("\n".join(_texts_of(each.to_dict()))) for each in (english, card))
            left = set.intersection(*both) - COMMON - COMMON_OF_PLAYLISTS[language]
            assert left - long_words(FAILURES_NAME) == set()
