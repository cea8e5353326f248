"""No file makes a reader fail with anything but a sentence for its sender, or keeps it busy for long."""

from __future__ import annotations

import gzip
import inspect
import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playlists.formats import errors
from bot.playlists.formats.comma_separated import COLUMNS
from bot.playlists.formats.decoding import MOST_BYTES
from bot.playlists.formats.errors import (
    Broken,
    Compressed,
    DocumentTypeRefused,
    FileTooLarge,
    NestedTooDeeply,
    NoListInside,
    NoTitleColumn,
    NotText,
    PlaylistFileError,
    StreamNotList,
    TooMuchInside,
    UnknownFormat,
)
from bot.playlists.formats.formats import CSV, FORMATS, JSON_LINES, JSPF, M3U8, XSPF, Format, read_playlist
from bot.playlists.formats.own_fields import fields_of
from bot.playlists.portable import PortableList
from tests.bot.portable_lists import AWKWARD, playlists

every_format = pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)

EXPANDING = """<?xml version="1.0"?><!DOCTYPE playlist [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><playlist><title>&c;</title><trackList/></playlist>"""
EXTERNAL = """<!DOCTYPE playlist [<!ENTITY a SYSTEM "file:///etc/passwd">]><playlist><title>&a;</title></playlist>"""
REMOTE = """<!DOCTYPE playlist SYSTEM "https://example.org/x.dtd"><playlist><trackList/></playlist>"""

PIECES = (
    *AWKWARD,
    *(
        "#EXTM3U\n",
        "#EXTINF:",
        "#EXTINF:12,",
        "#GENREBOT:",
        "#GENREBOT-LIST:",
        "https://a.b/",
        "1e999",
        "-0",
        "9" * 5000,
    ),
    *("<playlist>", "<trackList>", "<track>", "</track>", "<extension application='urn:x-genre-bot:playlist:1'>", "</"),
    *(
        '{"playlist":',
        '{"track":[',
        '"title":',
        '"location":',
        '"duration":',
        '"extension":',
        '"votes":',
        '"added_at":',
    ),
    *(
        '{"title":"a","digest":',
        '"0001-01-01T00:00:00+23:59"',
        "true",
        "title,link\n",
        "title,verdict,digest,votes\n",
        '"',
    ),
)


def can_be_read_or_refused(read: Callable[[], object]) -> None:
    # Whatever else is raised ends the test.
    with suppress(PlaylistFileError):
        read()


@settings(max_examples=250, deadline=None)
@given(
    data=st.binary(max_size=200)
    | st.lists(st.sampled_from(PIECES), max_size=12).map(lambda pieces: "".join(pieces).encode("utf-8", "replace"))
)
def test_any_bytes_are_read_or_refused_with_words(data: bytes) -> None:
    for kind in FORMATS:
        can_be_read_or_refused(lambda kind=kind: kind.read(data, most_tracks=3))  # type: ignore[misc]
    can_be_read_or_refused(lambda: read_playlist(data, most_tracks=3, file_name="x.m3u"))


@settings(max_examples=60, deadline=None)
@given(playlist=playlists, place=st.floats(0, 1), length=st.integers(0, 9), damage=st.binary(max_size=4))
def test_a_damaged_list_is_read_or_refused_with_words(
    playlist: PortableList, place: float, length: int, damage: bytes
) -> None:
    for kind in FORMATS:
        data = bytearray(kind.write(playlist))
        start = int(place * len(data))
        data[start : start + length] = damage
        can_be_read_or_refused(lambda kind=kind, data=data: kind.read(bytes(data), most_tracks=3))  # type: ignore[misc]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(AWKWARD) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(AWKWARD), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(
    fields=st.dictionaries(
        st.sampled_from(("title", "link", "artist", "location", "extension", "playlist", *COLUMNS)),
        json_values,
    )
)
def test_fields_of_any_kind_are_taken_or_noted(fields: dict[str, object]) -> None:
    line = json.dumps({"title": "A", **fields})
    can_be_read_or_refused(lambda: JSON_LINES.read(line.encode(), most_tracks=3))
    can_be_read_or_refused(lambda: M3U8.read(f"#GENREBOT:{line}\nhttps://a.b/\n".encode(), most_tracks=3))
    tracks = [fields, {**fields, "extension": {"urn:x-genre-bot:playlist:1": [fields]}}]
    can_be_read_or_refused(lambda: JSPF.read(json.dumps({"playlist": {"track": tracks}}).encode(), most_tracks=3))


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (EXPANDING, DocumentTypeRefused),
        (EXTERNAL, DocumentTypeRefused),
        (REMOTE, DocumentTypeRefused),
        ("<playlist>" + "<a>" * 100_000, NestedTooDeeply),
        ("<playlist" + "".join(f" a{number}=''" for number in range(200_001)) + "/>", TooMuchInside),
        ("<html><body>Not found</body></html>", NoListInside),
        ("<playlist><trackList><track>", Broken),
        ("<playlist><title>&undefined;</title></playlist>", Broken),
        ("<playlist>" + "<a/>" * 1_000_001 + "</playlist>", TooMuchInside),
        ('{"playlist": {"track": ' + "[" * 200_000, NestedTooDeeply),
        ('{"playlist": {"track": ' + '{"a":' * 200_000, NestedTooDeeply),
        ('{"playlist": {"track": [' + "[]," * 1_000_000 + "[]]}}", TooMuchInside),
        ('{"playlist": {"track": [' + "9" * 5000 + "]}}", Broken),
        ('{"playlist": {"track": 5}}', NoListInside),
        ('{"track": ["title"', Broken),
        ("{oops\n", NoListInside),
        ("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\na.ts\n", StreamNotList),
        ("#EXTM3U\n" + "\n" * 1_000_001, TooMuchInside),
        ("title,link\n" + "," * 200_000, TooMuchInside),
        ('title,link\n"never closed\n' + "a\n" * 100_000, Broken),
        ("just some words\n", UnknownFormat),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_hostile_texts_are_refused_with_words(text: str, refusal: type[PlaylistFileError]) -> None:
    data = text.encode()
    with pytest.raises(refusal):
        read_playlist(data, most_tracks=5000)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"#" * (MOST_BYTES + 1), FileTooLarge),
        (gzip.compress(b"#EXTM3U\n", mtime=0), Compressed),
        (b"PK\x03\x04 a spreadsheet", Compressed),
        (b"ID3\x04\0\0\0 a song", NotText),
        (b"\xff\xfe\x00\xd8", NotText),
        ("#EXTM3U\n".encode("utf-16-le"), NotText),
    ],
)
@every_format
def test_what_is_no_text_is_refused(kind: Format, data: bytes, refusal: type[PlaylistFileError]) -> None:
    with pytest.raises(refusal):
        kind.read(data, most_tracks=5)


def test_a_table_without_titles_is_refused() -> None:
    with pytest.raises(NoTitleColumn):
        read_playlist(b"a,b\n1,2\n", most_tracks=5, file_name="list.csv")
    with pytest.raises(NoTitleColumn):
        CSV.read(b"", most_tracks=5)


def test_a_million_tracks_are_cut() -> None:
    for kind, text in (
        (M3U8, "https://a.b/\n" * 10**6),
        (CSV, "title\n" + "x\n" * 900_000),
        (JSON_LINES, '{"title":"x"}\n' * 10**6),
    ):
        result = kind.read(text.encode(), most_tracks=100)
        assert (len(result.playlist.tracks), len(result.notes)) == (100, 1)
    text = "<playlist><trackList>" + "<track><title>x</title></track>" * 120_000
    assert len(XSPF.read(text.encode(), most_tracks=100).playlist.tracks) == 100


def test_numbers_out_of_range_are_left_out_with_words() -> None:
    odd = (
        '{"playlist":{}}\n{"title":"a","duration":NaN,"probability":Infinity,"energy":-1,"tempo":1e999,"adder":"0","added_at":"soon",'
        '"digest":"x","verdict":"sure","genre":5,"tags":{"a":2,"b":true,"c":0.5},"votes":{"rock":1000000000,"pop":1.5,"jazz":2}}'
    )
    result = JSON_LINES.read(odd.encode(), most_tracks=1)
    (track,) = result.playlist.tracks
    assert fields_of(track) == {"tags": {"c": 0.5}, "votes": {"jazz": 2}}
    assert len(result.notes) == 11
    assert all(note.place == "line 2" and "left out" in note.reason for note in result.notes)


def test_every_refusal_says_what_to_do_next() -> None:
    arguments = {FileTooLarge: (16_000_000,), Broken: ("XSPF", "line 7"), NoListInside: ("JSPF",)}
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, PlaylistFileError)]
    for kind in set(kinds) - {PlaylistFileError}:
        sentence = str(kind(*arguments.get(kind, ())))
        assert any(word in sentence.lower() for word in ("send", "save", "split", "export", "call one"))
