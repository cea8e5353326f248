"""What the statistics of a server look like, in words and as a picture."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from bot.cards.statistics import has_picture, statistics_card, statistics_picture
from bot.cards.statistics_picture import draw_statistics
from bot.playlists.statistics import Dispute, GenreTracks, ServerStatistics, Share
from bot.playlists.track import Source, Track
from classifier.result import Verdict
from tests.bot.stores import NEW_YEAR

GUILD = 77
WEEK = tuple(GenreTracks(genre, tracks) for genre, tracks in (("rock", 9), ("hiphop", 4), ("日本$x$", 1)))
SHARES = (
    Share(1, 12, (GenreTracks("rock", 9), GenreTracks("jazz", 2))),
    Share(2, 1, ()),
    Share(None, 5, (GenreTracks("hiphop", 4), GenreTracks("日本$x$", 1))),
)
TRACK = Track(
    id=1,
    playlist_id=1,
    title="One [*Love*](https://evil.example) @everyone",
    digest="0" * 64,
    link="https://site.example/one",
    source=None,
    adder=1,
    added_at=NEW_YEAR,
    duration=60.0,
    model_key="model",
    verdict=Verdict.CLEAR,
    genre="rock",
    probability=0.9,
    tempo=None,
    energy=None,
    tags=(),
    told_votes=(),
    votes=5,
    top_genre="reggae",
    top_votes=3,
    settled="reggae",
)
COUNTED = ServerStatistics(
    playlists=2,
    tracks=18,
    votes=1234,
    week=WEEK,
    week_tracks=15,
    agreed=(TRACK,),
    disputed=(
        Dispute(TRACK, 4),
        Dispute(replace(TRACK, link=None, source=Source(5, 6, 0), top_genre="rock"), 2),
        Dispute(replace(TRACK, link=None, genre=None, verdict=None), 2),
    ),
    shares=SHARES,
)


def fields(counted: ServerStatistics) -> dict[str | None, str | None]:
    return {field.name: field.value for field in statistics_card(counted, guild=GUILD).fields}


def test_everything_is_said_in_words() -> None:
    card = statistics_card(COUNTED, guild=GUILD)
    assert card.description == "2 playlists · 18 tracks · 1,234 votes"
    shown = fields(COUNTED)
    assert shown["Genres of the week"] == "rock (9), hip-hop (4), 日本$x$ (1)"
    title = "[One (\\*Love\\*)(https: evil.example) @\u200beveryone](https://site.example/one)"
    assert shown["Most agreed"] == f"🌴 {title} · **reggae**, say 3 of 5"
    most, few, untold = (shown["Most disputed"] or "").splitlines()
    assert most == f"🌴 {title} · I heard rock; 4 of 5 say something else, most of all **reggae**"
    assert few.endswith("(https://discord.com/channels/77/5/6) · I heard **rock**; 2 of 5 say something else")
    assert untold.endswith("everyone · 2 of 5 do not say **reggae**, as the most do")
    assert (shown["Who shares what"] or "").splitlines() == [
        "1. <@1> · 12 tracks: rock (9), jazz (2)",
        "2. <@2> · 1 track",
        "3. everybody else · 5 tracks: hip-hop (4), 日本$x$ (1)",
    ]


def test_where_there_is_nothing_that_is_said() -> None:
    nothing = ServerStatistics(0, 0, 0, (), 0, (), (), ())
    card = statistics_card(nothing, guild=GUILD)
    assert "Nothing is collected here yet." in (card.description or "")
    assert card.fields == []
    assert not has_picture(nothing)
    quiet = replace(COUNTED, week=(), week_tracks=0, agreed=(), disputed=())
    assert list(fields(quiet).values())[:3] == [
        "Nothing was added in the last seven days.",
        "No two members have agreed on a track yet.",
        "Nobody disagrees about a track.",
    ]
    untold = fields(replace(COUNTED, week=()))
    assert untold["Genres of the week"] == "None of what was added in the last seven days has a genre yet."


def test_the_longest_titles_and_addresses_fit() -> None:
    long = replace(TRACK, title="*" * 200, link=f"https://site.example/{'a' * 1900}")
    shown = fields(replace(COUNTED, agreed=(long,) * 3, disputed=(Dispute(long, 5),) * 3))
    assert all(len(value or "") <= 1024 for value in shown.values())
    assert "site.example" not in (shown["Most agreed"] or "")


def test_of_many_genres_only_the_first_are_named() -> None:
    week = tuple(GenreTracks(f"{'*' * 40}{number}", 9) for number in range(60))
    shares = tuple(Share(number, 99, week) for number in range(6))
    shown = fields(replace(COUNTED, week=week, shares=shares))
    assert all(len(value or "") <= 1024 for value in shown.values())
    assert (shown["Genres of the week"] or "").endswith("(9), other (450)")
    assert (shown["Who shares what"] or "").endswith("\n…")
    said = statistics_picture(b"PNG", replace(COUNTED, week=week, shares=shares)).description
    assert said.startswith("Bars in a picture.")
    assert len(said) <= 1024


def test_the_picture_is_told_in_words() -> None:
    picture = statistics_picture(b"PNG", COUNTED)
    assert picture.description == (
        "Bars in a picture. Genres of the last seven days: rock (9), hip-hop (4), 日本$x$ (1). "
        "Who shares what: 1. rock (9), jazz (2); 3. hip-hop (4), 日本$x$ (1)."
    )
    many = tuple(Share(n, 99, tuple(GenreTracks(f"genre {k}" * 5, 9) for k in range(30))) for n in range(6))
    assert len(statistics_picture(b"PNG", replace(COUNTED, shares=many)).description) <= 1024


@pytest.mark.parametrize(("week", "shares", "rows"), [(WEEK, SHARES, 5), ((), SHARES, 2), (WEEK, (), 3)])
def test_the_picture_has_a_bar_for_each_genre_and_each_member(
    week: tuple[GenreTracks, ...], shares: tuple[Share, ...], rows: int
) -> None:
    data = draw_statistics(week, shares)
    assert data == draw_statistics(week, shares)
    image = Image.open(io.BytesIO(data))
    assert image.info == {}
    parts = bool(week) + bool(shares)
    assert image.size == (720, 32 + 52 * parts + 56 * rows)
    # Along a column that every bar of a member, and the longest of the week, crosses.
    column = np.asarray(image.convert("RGB"))[:, 180].astype(int)
    coloured = np.abs(column - column[0]).sum(axis=1) > 60
    assert np.count_nonzero(np.diff(coloured.astype(int)) == 1) >= rows - 1
