"""Lists go out in every format and come back with nothing lost; players see what they look for."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from bot.playlists.formats.formats import (
    CSV,
    FORMATS,
    JSON_LINES,
    JSPF,
    M3U8,
    XSPF,
    Format,
    by_content,
    by_content_type,
    by_ending,
    by_name,
)
from bot.playlists.portable import GENRE_LIMIT, TITLE_LIMIT, PortableList, PortableTrack
from bot.store.votes import GenreVotes
from bot.text import printable
from classifier.result import TagProbability, Verdict
from tests.bot.portable_lists import hostile, playlists

every_format = pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)

XML = {"x": "http://xspf.org/ns/0/"}

KNOWN = PortableTrack(
    title='=SUM(A1) "Ghost", #EXTINF:9,x ]]> – Тест 🎵',
    link="https://example.org/a.mp3?b=1&c=%3C#t=5",
    digest="ab" * 32,
    duration=215.4567891234,
    added_at=datetime(2026, 2, 3, 4, 5, 6, 789012, tzinfo=UTC),
    adder=123456789012345678,
    genre="hiphop",
    probability=0.1 + 0.2,
    verdict=Verdict.CLOSE_CALL,
    tempo=93.75,
    energy=1e-07,
    tags=(TagProbability("female vocal", 1 / 3), TagProbability("1980s", 0.25)),
    votes=(GenreVotes("hiphop", 7), GenreVotes("r&b", 2), GenreVotes("reggae", 2)),
)
UPLOADED = PortableTrack(title="An upload without a link", digest="cd" * 32, duration=30.0)
UNKNOWN = PortableTrack(title="Nobody heard this", link="https://example.org/b")
OURS = PortableList("Friday = night", "What we play.\n\nEvery week.", (KNOWN, UPLOADED, UNKNOWN, KNOWN))


@settings(max_examples=100, deadline=None)
@given(playlist=playlists)
def test_round_trips_lose_nothing_in_any_format(playlist: PortableList) -> None:
    for kind in FORMATS:
        data = kind.write(playlist)
        result = kind.read(data, most_tracks=4)
        assert result.playlist == playlist
        assert not result.notes
        assert by_content(data) is kind
    rows = csv.reader(io.StringIO(CSV.write(playlist).decode("utf-8-sig"), newline=""))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\uff1d", "\t", "\r"))]


@settings(max_examples=100, deadline=None)
@given(text=hostile)
def test_what_nobody_made_printable_breaks_no_file(text: str) -> None:
    line = printable(text, limit=TITLE_LIMIT)
    listed = PortableList(f"A {text}", "", (replace(KNOWN, title=text, genre=f"A {text}"), UNKNOWN))
    name, genre = (printable(f"A {text}", limit=limit) for limit in (TITLE_LIMIT, GENRE_LIMIT))
    made = PortableList(name, "", (replace(KNOWN, title=line, genre=genre), UNKNOWN))
    for kind in FORMATS:
        assert kind.read(kind.write(listed), most_tracks=2).playlist == made


@every_format
def test_every_field_comes_back_exactly(kind: Format) -> None:
    assert kind.read(kind.write(OURS), most_tracks=4).playlist == OURS


@every_format
def test_an_empty_list_keeps_its_name(kind: Format) -> None:
    empty = PortableList("Nothing yet", "Soon.")
    assert kind.read(kind.write(empty), most_tracks=1).playlist == empty


def test_players_of_m3u8_see_titles_lengths_and_links() -> None:
    lines = M3U8.write(OURS).decode().splitlines()
    assert lines[0] == "#EXTM3U"
    # The rule of the format: the line that is no comment belongs to the #EXTINF before it.
    heard: list[tuple[str, str]] = []
    announced = ""
    for line in lines:
        if line.startswith("#EXTINF:"):
            announced = line.removeprefix("#EXTINF:")
        elif not line.startswith("#"):
            heard.append((announced, line))
    assert heard == [
        (f"215,{KNOWN.title}", KNOWN.link),
        (f"-1,{UNKNOWN.title}", UNKNOWN.link),
        (f"215,{KNOWN.title}", KNOWN.link),
    ]
    assert "#PLAYLIST:Friday = night" in lines
    assert "#EXTGENRE:hiphop" in lines


def test_players_of_xspf_see_titles_lengths_and_links() -> None:
    root = ET.fromstring(XSPF.write(OURS))
    assert root.findtext("x:title", namespaces=XML) == OURS.name
    assert root.findtext("x:annotation", namespaces=XML) == OURS.description
    first, second, third, _ = root.findall("x:trackList/x:track", XML)
    assert [first.findtext(f"x:{name}", namespaces=XML) for name in ("title", "duration", "location")] == [
        KNOWN.title,
        "215457",
        KNOWN.link,
    ]
    assert second.find("x:location", XML) is None
    assert third.find("x:duration", XML) is None
    # The specification's order, which some players rely on.
    assert [child.tag.rpartition("}")[2] for child in first] == ["location", "title", "duration", "extension"]


def test_players_of_jspf_see_titles_lengths_and_links() -> None:
    playlist = json.loads(JSPF.write(OURS))["playlist"]
    assert (playlist["title"], playlist["annotation"]) == (OURS.name, OURS.description)
    first, second, *_ = playlist["track"]
    assert (first["title"], first["duration"], first["location"]) == (KNOWN.title, 215457, [KNOWN.link])
    assert "location" not in second


def test_spreadsheets_see_rows_and_no_formula() -> None:
    text = CSV.write(OURS).decode("utf-8-sig")
    first, second, *_ = csv.DictReader(io.StringIO(text, newline=""))
    assert first["title"] == "'" + KNOWN.title
    assert (first["link"], first["duration"], first["genre"]) == (KNOWN.link, "215.4567891234", "hiphop")
    # Excel would round an id and lose its last digits.
    assert first["adder"] == "<@123456789012345678>"
    assert json.loads(first["votes"]) == {"hiphop": 7, "r&b": 2, "reggae": 2}
    assert (first["playlist"], second["playlist"]) == ("Friday = night", "")


def test_programs_read_a_track_a_line() -> None:
    described, first, *others = map(json.loads, JSON_LINES.write(OURS).decode().split("\n")[:-1])
    assert described == {"playlist": {"name": OURS.name, "description": OURS.description}}
    assert (first["title"], first["adder"], first["added_at"]) == (
        KNOWN.title,
        "123456789012345678",
        "2026-02-03T04:05:06.789012+00:00",
    )
    assert first["tags"] == {"female vocal": 1 / 3, "1980s": 0.25}
    assert len(others) == 3


@every_format
def test_a_format_is_found_by_its_name_ending_and_content_type(kind: Format) -> None:
    assert by_name(kind.name.upper()) is kind
    assert all(by_ending(f"My list.v2{ending.upper()}") is kind for ending in kind.endings)
    assert all(by_content_type(f"{content_type}; charset=utf-8") is kind for content_type in kind.content_types)


def test_what_is_no_format_is_not_found() -> None:
    assert by_name("docx") is by_ending("list.docx") is by_ending("list") is by_content_type("text/plain") is None
