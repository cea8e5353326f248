"""The pictures of whole playlists on a web page: what they hold, and what strangers' words do to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from bot.cards import map_measures, mix_measures
from bot.cards.genre_signs import POINTED, ROUND, SIGNS, TRIANGULAR, sign_of
from bot.cards.map_svg import map_svg
from bot.cards.mix_svg import mix_svg
from bot.cards.playlist_map import map_alt_text
from bot.drawing.findings import Outlier, PlaylistMap
from bot.drawing.looks import lay_out_playlist
from bot.drawing.sounds import Sounds
from bot.playlists.genre_mix import NAMED_GENRES, genre_mix
from bot.store.track_pages import TrackSound
from bot.texts.catalogue import LANGUAGES, texts_in
from tests.bot.made_tracks import sounding

MOST_BYTES_A_TRACK = 320
HOSTILE = (
    "<script>alert(1)</script>",
    "\" onload='alert(1)' x=\"",
    "]]></title></svg><img src=x onerror=alert(1)>",
    "\u202egpj.exe\u2066",
    "a" * 500,
    "",
    "🔥" * 40,
    "&lt;b&gt; {0} %s",
    "\x00\ud800\ufffe\x1b",
    "夜に駆ける\n二行目",
    "مرحبا بالعالم",
)
ATTRIBUTES = {
    *("aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "class", "cx", "cy", "d", "data-genre"),
    *("data-title", "dy", "fill", "fill-opacity", "font-size", "height", "href", "id", "overflow", "pointer-events"),
    *("preserveAspectRatio", "r", "role", "rx", "stroke", "stroke-width", "tabindex", "text-anchor", "vector-effect"),
    *("viewBox", "width", "x", "y"),
}
SHAPES = {ROUND: "circle", POINTED: "path", TRIANGULAR: "path"}


def address_of(track: TrackSound) -> str:
    return f"/tracks/{track.id}?a=1&b=2"


def genre_address(genre: str) -> str | None:
    return None if genre == "jazz" else f"/playlists/1?genre={genre}"


def quoted(genre: str) -> str:
    return f"/?genre={quote(genre, errors='replace')}"


def laid_out(tracks: Sequence[TrackSound]) -> PlaylistMap:
    return lay_out_playlist(Sounds.of(tracks), 7)


def mapped(tracks: Sequence[TrackSound], found: PlaylistMap | None = None) -> Markup:
    return map_svg(found or laid_out(tracks), tracks, address_of, playlist_name="Chill <3", unheard=2)


def mixed(tracks: Sequence[TrackSound], name: str = "ann") -> Markup:
    mix = genre_mix(tracks)
    return mix_svg(mix, dict.fromkeys(mix.named, name), genre_address, playlist_name="Chill <3")


def parsed(markup: Markup) -> ET.Element:
    """Read a picture as XML, and make sure that HTML reads the same, and that nothing in it could do anything."""
    root = ET.fromstring(str(markup))
    elements = [element.tag.lower() for element in root.iter()]
    read: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            read.append(tag)

    Reader().feed(str(markup))
    assert read == elements
    assert {"script", "style", "img", "animate"}.isdisjoint(elements)
    assert {name for element in root.iter() for name in element.attrib} <= ATTRIBUTES
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 2
    return root


def dots(root: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Yield what leads to each track, and its mark."""
    for link in root.iter():
        if link.get("data-title") is not None:
            title, mark = link
            assert title.tag == "title"
            yield link, mark


def words_in(root: ET.Element, tag: str, name: str) -> list[str]:
    (found,) = (element for element in root.iter(tag) if element.get("class") == name)
    return ["".join(entry.itertext()).strip() for entry in found]


def test_every_track_is_a_dot_where_the_picture_has_it_and_says_what_it_is() -> None:
    tracks = sounding(["rock"] * 40 + ["jazz"] * 30)
    found = laid_out(tracks)
    root = parsed(mapped(tracks, found))
    assert mapped(tracks, found) == mapped(tracks, found)
    by_address = {link.get("href"): (link, mark) for link, mark in dots(root)}
    assert len(by_address) == len(tracks)
    base = (map_measures.WIDTH - map_measures.SIDE) / 2
    for track, (across, up) in zip(tracks, found.points, strict=True):
        link, mark = by_address[address_of(track)]
        assert (link.tag, mark.tag) == ("a", "circle")
        assert float(mark.get("cx", "")) == pytest.approx(base + map_measures.SIDE * across, abs=0.051)
        assert float(mark.get("cy", "")) == pytest.approx(base + map_measures.SIDE * (1 - up), abs=0.051)
        assert (link.get("data-title"), link.get("data-genre")) == (track.title, track.genre)
        assert link.findtext("title") == f"{track.title} ({track.genre})"
    groups = {group.get("class"): group for group in root.iter("g") if (group.get("class") or "").startswith("genre-")}
    assert {name: (group.get("fill"), len(group)) for name, group in groups.items()} == {
        "genre-0": (SIGNS[0].colour, 40),
        "genre-1": (SIGNS[1].colour, 30),
    }


def test_the_map_has_its_legend_its_words_and_its_marked_tracks_beside_it() -> None:
    tracks = [*sounding(["rock"] * 30), *sounding(["rock", "zydeco"])[1:]]
    found = laid_out(tracks)
    root = parsed(mapped(tracks, found))
    (svg,) = (element for element in root.iter("svg") if element.get("role"))
    assert svg.get("role") == "group"
    assert svg.findtext("title") == "Map of Chill <3"
    assert svg.findtext("desc") == map_alt_text(found, tracks)
    assert root.findtext("figcaption", "").startswith("31 tracks: the closer two lie, the more alike they sound.")
    assert root.findtext("figcaption", "").endswith("2 tracks are missing: I have not listened to them yet.")
    assert words_in(root, "ul", "legend") == ["rock 30", "zydeco 1"]
    typical = tracks[found.typical[0]]
    assert words_in(root, "dl", "marked") == [
        "They sound like no other",
        "1 Song 1 (zydeco) sounds like no other, and is next to rock.",
        "Most typical of their genre",
        f"2 {typical.title} (rock)",
    ]
    assert [text.text for text in root.iter("text")] == ["1", "2"]


def test_a_genre_has_the_shape_and_the_colour_that_it_has_on_the_picture() -> None:
    tracks = sounding([f"genre {number % 13}" for number in range(60)] + [None])
    found = laid_out(tracks)
    root = parsed(mapped(tracks, found))
    assert max(found.kinds) == NAMED_GENRES - 1
    marks = [SHAPES[sign_of(kind).marker] for kind in range(-1, NAMED_GENRES)]
    groups = [group for group in root.iter("g") if (group.get("class") or "").startswith("genre-")]
    assert [group[0][1].tag for group in groups] == marks
    assert [group.get("fill") for group in groups] == [sign_of(kind).colour for kind in range(-1, NAMED_GENRES)]
    # The genre of a track that has no colour of its own is said nevertheless.
    assert {"no genre", "genre 9"} <= {link.get("data-genre") for link in groups[0]}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_map_of_hardly_anything_is_one_too(count: int) -> None:
    tracks = sounding(["rock"] * count)
    root = parsed(mapped(tracks, PlaylistMap(((0.5, 0.5),) * count, (0,) * count, (), (), ())))
    assert len(list(dots(root))) == count
    assert words_in(root, "dl", "marked") == ["They sound like no other", "No track stands out."]


def test_a_track_that_leads_nowhere_is_no_link() -> None:
    tracks = sounding(["rock"] * 6)
    root = parsed(map_svg(laid_out(tracks), tracks, lambda _: None, playlist_name="", unheard=0))
    assert [link.tag for link, _ in dots(root)] == ["g"] * 6
    assert not list(root.iter("a"))
    assert next(root.iter("svg")).get("role") == "img"


def test_ten_thousand_tracks_stay_small() -> None:
    tracks = sounding([f"genre {number % 12}" for number in range(10_000)], title="The Paper Lanterns – Midnight Ferry")
    points = tuple((number / 9_999, number % 100 / 99) for number in range(10_000))
    found = PlaylistMap(points, tuple(number % 12 if number % 12 < 10 else -1 for number in range(10_000)), (), (), ())
    assert len(mapped(tracks, found).encode()) < MOST_BYTES_A_TRACK * len(tracks)


@given(titles=st.lists(st.sampled_from(HOSTILE) | st.text(max_size=40), min_size=12, max_size=12))
@settings(max_examples=30, deadline=None)
def test_whatever_strangers_write_is_only_words(titles: list[str]) -> None:
    tracks = [
        replace(track, title=title, genre=title or None)
        for track, title in zip(sounding(["rock"] * 12), titles, strict=True)
    ]
    genres = tuple(title for title in titles if title)
    found = PlaylistMap(((0.1, 0.2),) * 12, (0,) * 12, (Outlier(0, 3.0, genres[:3]),), (1, 2), ())
    root = parsed(map_svg(found, tracks, address_of, playlist_name=titles[0], unheard=0))
    assert [link.get("href") for link, _ in dots(root)] == [address_of(track) for track in tracks]
    assert {link.get("href") for link in root.iter("a")} <= {address_of(track) for track in tracks}
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", "".join(root.itertext()))
    if genres:
        mix = genre_mix(tracks)
        names = dict.fromkeys(mix.named, titles[0])
        root = parsed(mix_svg(mix, names, quoted, playlist_name=titles[0]))
        assert {link.get("href") for link in root.iter("a")} <= set(map(quoted, mix.genres))


def test_every_part_of_the_mix_is_as_long_as_its_share_and_says_it() -> None:
    tracks = sounding((["rock"] * 3 + ["jazz"]) * 14)
    root = parsed(mixed(tracks))
    columns, *_ = root.iter("svg")
    assert mixed(tracks) == mixed(tracks)
    assert columns.findtext("title") == "Genres of Chill <3"
    assert columns.findtext("desc", "").startswith("Stacked columns over time, and a stacked bar for each member. 56 ")
    assert root.findtext("figcaption", "").startswith("56 tracks: rock 75%, jazz 25%. From week to week, ")
    heights = {
        name: sum(float(part[1].get("height", "")) for part in columns if part.get("class") == name)
        for name in ("genre-0", "genre-1")
    }
    assert heights["genre-0"] == pytest.approx(3 * heights["genre-1"], rel=0.1)
    assert sum(heights.values()) == pytest.approx(8 * mix_measures.COLUMNS_HEIGHT, rel=0.05)
    titles = [element.text for element in root.iter("title")]
    assert {"2026-03-02: 7 tracks, rock 86%", "2026-03-02: 7 tracks, jazz 14%"} <= set(titles)
    assert "2026-03-02: 7 tracks, rock 86%, jazz 14%" in titles
    assert {"ann: 56 tracks, rock 75%", "ann: 56 tracks, jazz 25%"} <= set(titles)
    assert words_in(root, "ul", "members") == [f"ann {''.join(titles[-2:])} 56"]


def test_a_genre_leads_where_it_is_told_to_and_once_for_the_keyboard() -> None:
    root = parsed(mixed(sounding(["rock", "jazz"] * 14)))
    addresses = [link.get("href") for link in root.iter("a")]
    assert set(addresses) == {"/playlists/1?genre=rock"}
    assert len([link for link in root.iter("a") if link.get("tabindex") is None]) == 1
    assert {svg.get("role") for svg in root.iter("svg")} == {"group", None}
    mix = genre_mix(sounding(["rock", "jazz"] * 14))
    unlinked = parsed(mix_svg(mix, dict.fromkeys(mix.named, "ann"), playlist_name="Chill"))
    assert not list(unlinked.iter("a"))
    assert {svg.get("role") for svg in unlinked.iter("svg")} == {"img", None}


def test_a_list_of_one_track_is_mixed_too() -> None:
    root = parsed(mixed(sounding(["rock"])))
    assert [element.text for element in root.iter("title")][1:] == [
        "1: one track, rock 100%",
        "1: one track, rock 100%",
        "ann: one track, rock 100%",
    ]


def test_what_is_left_of_all_genres_and_members_is_there_too() -> None:
    tracks = [replace(track, adder=track.id % 9) for track in sounding([f"genre {number}" for number in range(14)] * 3)]
    root = parsed(mixed(tracks, "HAL"))
    assert words_in(root, "ul", "legend")[-1] == "other 12"
    (members,) = (element for element in root.iter("ul") if element.get("class") == "members")
    names = [element.text for element in members.iter("bdi")]
    assert names == ["HAL"] * 6 + ["others"]
    assert any(re.fullmatch(r"others: \d+ tracks, other \d+%", element.text or "") for element in root.iter("title"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_are_said_in_the_language_of_the_reader(language: str) -> None:
    tracks, texts = sounding(["rock", "jazz"] * 14), texts_in(language)
    mix = genre_mix(tracks)
    drawn = (
        map_svg(laid_out(tracks), tracks, address_of, playlist_name="Chill", unheard=1, texts=texts),
        mix_svg(mix, dict.fromkeys(mix.named, "ann"), playlist_name="Chill", texts=texts),
    )
    titles = [parsed(markup).find("svg") for markup in drawn]
    assert [svg.findtext("title") for svg in titles if svg is not None] == [
        texts("map-title", name="Chill"),
        texts("fingerprint-title", name="Chill"),
    ]
