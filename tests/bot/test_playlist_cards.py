"""Pages of playlists and cards of tracks: whatever strangers called them, they fit and lead nowhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.playlist_page import page_card
from bot.cards.playlists import playlists_card
from bot.cards.track import track_card
from bot.cards.track_words import linked, track_address
from bot.playlists.place import Place
from bot.playlists.playlist import Collaborator, Playlist, SharedWith
from bot.playlists.settling import votes_missing
from bot.playlists.track import Source, Track
from bot.playlists.wanted import Sort, Wanted
from bot.store.track_pages import Page
from bot.store.votes import GenreVotes
from bot.texts.catalogue import ENGLISH, texts_in
from classifier.result import TagProbability, Verdict
from tests.bot.stores import NEW_YEAR, ONE

PLAYLIST = Playlist(1, 2**62, "Chill", "", 1, NEW_YEAR, 10_000, ())
TRACK = Track(
    id=7,
    playlist_id=1,
    title="Song",
    digest=ONE,
    link=None,
    source=None,
    adder=2**62,
    added_at=NEW_YEAR,
    duration=187.0,
    model_key="model",
    verdict=Verdict.CLEAR,
    genre="rock",
    probability=0.87,
    tempo=120.4,
    energy=0.73,
    tags=(),
    told_votes=(),
    votes=0,
    top_genre=None,
    top_votes=0,
    settled=None,
)


def page_of(*tracks: Track, wanted: Wanted | None = None, language: str = "en", about: str = "") -> Any:
    page = Page(tracks, 2, 1000, 10_000)
    return page_card(
        replace(PLAYLIST, description=about), page, Place(wanted or Wanted(), 2, marked=None), texts_in(language)
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "🎸 21. **Song**\nrock 87%"),
        ({"settled": "rock"}, "🎸 21. **Song**\nrock 87%"),
        ({"settled": "jazz"}, "🎷 21. **Song**\n**jazz** by vote · I heard rock (87%)"),
        ({"verdict": Verdict.UNSURE}, "🤷 21. **Song**\nrock 87%"),
        ({"verdict": Verdict.NOT_MUSIC, "genre": None, "probability": None}, "🔇 21. **Song**\nnot music"),
        (
            {"verdict": Verdict.NOT_MUSIC, "genre": None, "probability": None, "settled": "pop"},
            "🎈 21. **Song**\n**pop** by vote · I heard no music",
        ),
        ({"model_key": None}, "🎸 21. **Song**\na file says rock (87%)"),
        ({"model_key": None, "settled": "pop"}, "🎈 21. **Song**\n**pop** by vote · a file says rock (87%)"),
        (
            {"model_key": None, "verdict": None, "genre": None, "probability": None},
            "🎵 21. **Song**\nnot heard yet",
        ),
        (
            {"model_key": None, "verdict": None, "genre": None, "probability": None, "settled": "pop"},
            "🎈 21. **Song**\n**pop** by vote",
        ),
    ],
)
def test_a_line_says_what_the_bot_and_the_community_say(change: dict[str, Any], words: str) -> None:
    card = page_of(replace(TRACK, adder=None, **change), wanted=Wanted(sort=Sort.TITLE))
    assert card.description.split("\n\n")[1] == words


@pytest.mark.parametrize(
    ("sort", "number"),
    [
        (Sort.NEWEST, "<t:1767225600:R>"),
        (Sort.FAST, "120 BPM"),
        (Sort.SLOW, "120 BPM"),
        (Sort.ENERGY, "energy 73%"),
        (Sort.CALM, "energy 73%"),
    ],
)
def test_what_a_page_is_sorted_by_is_shown(sort: Sort, number: str) -> None:
    card = page_of(TRACK, wanted=Wanted(sort=sort))
    assert card.description.endswith(f"rock 87% · {number} · <@{TRACK.adder}>")
    without = page_of(replace(TRACK, tempo=None, energy=None), wanted=Wanted(sort=sort))
    assert ("BPM" in without.description, "energy " in without.description.split("\n\n")[1]) == (False, False)


def test_numbers_are_written_as_the_language_has_them() -> None:
    assert page_of(TRACK).description.startswith("Page 3 of 1,000 · 10,000 tracks · newest first\n\n")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("x](https://evil.example) [y", "x)(https: evil.example) (y"),
        ("[Official Video]", "(Official Video)"),
        ("back\\", "back\\\\"),
        ("**bold** `code`", "\\*\\*bold\\*\\* \\`code\\`"),
        ("two\nlines\u202e", "two lines"),
    ],
)
def test_a_title_leads_only_where_its_link_does(title: str, shown: str) -> None:
    assert linked(title, "https://example.com/a") == f"[{shown}](https://example.com/a)"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://example.com/a_(b)", "https://example.com/a_%28b%29"),
        ("https://example.com/a b", None),
        ("https://example.com/\u202ea", None),
        ('https://example.com/"a"', None),
        ("https://example.com/<a>", None),
        ("javascript:alert(1)", None),
        ("http://example.com/", None),
    ],
)
def test_only_addresses_that_stay_addresses_are_linked(link: str, address: str | None) -> None:
    assert track_address(replace(TRACK, link=link), 5) == address


def test_a_file_leads_to_its_message() -> None:
    assert track_address(replace(TRACK, source=Source(6, 7, 0)), 5) == "https://discord.com/channels/5/6/7"
    assert track_address(TRACK, 5) is None


@pytest.mark.parametrize(
    ("about", "title", "link", "shown"),
    [
        ("For *late* @everyone", "Song", None, "For \\*late\\* @\u200beveryone\n\nPage 3"),
        ("a" * 500, "Song", f"https://example.com/{'a' * 900}", "a" * 500 + "\n\nPage 3"),
        ("*" * 500, "*" * 200, None, "\\*" * 500 + "\n\nPage 3"),
        ("", "Song", None, "Page 3"),
    ],
)
def test_what_a_playlist_is_about_stands_above_its_tracks(about: str, title: str, link: str | None, shown: str) -> None:
    page = page_of(*[replace(TRACK, title=title, link=link)] * 10, about=about)
    assert page.description.startswith(shown)
    assert page.description.count("\nrock 87%") == 10
    assert len(page.description) <= 4096


HOSTILE = st.text(st.sampled_from("*_`[]()<>@#|~\\:/ehrvyon"), min_size=1, max_size=200)


@settings(max_examples=30)
@given(title=HOSTILE, genre=HOSTILE, link=st.sampled_from([None, "https://example.com/" + "a" * 1900]))
def test_the_longest_page_and_card_fit(title: str, genre: str, link: str | None) -> None:
    track = replace(
        TRACK,
        title=title,
        genre=genre[:100],
        settled=genre[:99],
        link=link,
        tags=tuple(TagProbability(f"{n}{genre}"[:100], 0.5) for n in range(50)),
        told_votes=tuple(GenreVotes(f"{n}{genre}"[:100], 1) for n in range(50)),
    )
    wanted = Wanted(genre[:100], genre[:100], 2**62, Verdict.CLEAR, True, genre[:100])
    for language in ("en", "ja"):
        page = page_of(*[track] * 10, wanted=wanted, language=language, about=(title * 500)[:500])
        assert len(page.title) <= 256
        assert len(page.description) <= 4096
        card = track_card(track, PLAYLIST, votes=(GenreVotes("rock", 1),), needed=3, texts=texts_in(language))
        assert len(card.title) <= 256
        assert max(len(field.value or "") for field in card.fields) <= 1024
        assert len(card) <= 6000
        assert card.description is not None
        assert card.description.count("```") == 2


@pytest.mark.parametrize(
    ("votes", "needed", "missing"),
    [
        ((), 3, 3),
        ((1,), 3, 2),
        ((3,), 3, 0),
        ((3, 3), 3, 1),
        ((3, 2), 3, 0),
        ((3, 2, 2), 3, 2),
        ((1, 1), 1, 1),
        ((1,), 1, 0),
        ((5, 1), 10, 5),
    ],
)
def test_as_many_votes_are_missing_as_settle_a_genre(votes: tuple[int, ...], needed: int, missing: int) -> None:
    counted = [GenreVotes(f"genre {n}", number) for n, number in enumerate(votes)]
    assert votes_missing(counted, needed) == missing
    if counted and missing:
        first = counted[0].votes + missing
        assert first >= needed
        assert 2 * first > sum(votes) + missing
        less = first - 1
        assert less < needed or 2 * less <= sum(votes) + missing - 1


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ((), "Nobody has voted yet. 2 members who agree settle the genre."),
        ((GenreVotes("jazz", 1),), "**Jazz (1 of 1)**\nOne more vote for jazz settles it."),
        ((GenreVotes("jazz", 2),), "**Jazz (2 of 2)**\nThat settles it: the playlist shows jazz."),
        ((GenreVotes("rock", 2),), "**Rock (2 of 2)**\nThat settles it: rock, as I heard it."),
    ],
)
def test_a_card_says_what_settles_the_genre(votes: tuple[GenreVotes, ...], words: str) -> None:
    card = track_card(TRACK, PLAYLIST, votes=votes, needed=2, texts=ENGLISH)
    assert card.fields[0].value == words


class FedByMany:
    def channels(self, playlist_id: int) -> tuple[int, ...]:
        return tuple(2**62 + number for number in range(playlist_id, playlist_id + 9))


@pytest.mark.parametrize(
    ("name", "text", "shared", "told"),
    [
        ("Chill", "~" * 50, 2, ("\\~", "shared with", "from")),
        ("Chill", "~" * 500, 9, ("shared with", "from")),
        ("*" * 80, "~" * 500, 9, ("from",)),
    ],
)
def test_a_list_of_playlists_leaves_out_what_does_not_fit(
    name: str, text: str, shared: int, told: tuple[str, ...]
) -> None:
    members = tuple(Collaborator(SharedWith.MEMBER, 2**62 + number) for number in range(shared))
    playlist = replace(PLAYLIST, name=name, description=text, owner=2**62, collaborators=members)
    shown = playlists_card([replace(playlist, id=number) for number in range(10)], FedByMany(), page=0).description
    assert shown is not None
    assert len(shown) <= 4096
    assert shown.count(" tracks · ") == 10
    for words in ("\\~", "shared with", "from"):
        assert (words in shown) is (words in told)
