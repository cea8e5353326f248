"""Lists of other programs are read as far as they go, and what could not be taken is said."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.media.links import parse_link
from bot.playlists.formats.formats import FORMATS, read_playlist
from bot.playlists.formats.locations import PLAIN_LINK
from bot.playlists.formats.reading import MOST_NOTES, ReadResult
from bot.playlists.portable import PortableList, PortableTrack

FOREIGN_DISK = "it is a file on somebody's disk; only its title is taken"
NOT_HTTPS = "the link is not https; only the title is taken"


def read(data: str | bytes, *, name: str = "", most_tracks: int = 100) -> ReadResult:
    encoded = data.encode() if isinstance(data, str) else data
    return read_playlist(encoded, most_tracks=most_tracks, file_name=name)[1]


def titles(result: ReadResult) -> list[str]:
    return [track.title for track in result.playlist.tracks]


def notes(result: ReadResult) -> list[str]:
    return list(map(str, result.notes))


def test_a_list_of_winamp_is_read_with_its_accents() -> None:
    text = "#EXTM3U\r\n#EXTINF:123,Björk - Jóga\r\nC:\\Music\\Björk\\02 Jóga.mp3\r\n\r\n..\\Beyoncé - Halo.flac\r\n"
    result = read(text.encode("cp1252"), name="list.m3u")
    assert result.playlist.tracks == (
        PortableTrack("Björk - Jóga", duration=123.0),
        PortableTrack("Beyoncé - Halo"),
    )
    assert notes(result) == [
        "the file: it is not UTF-8; I read it as Latin-1, so letters with accents may be wrong",
        f"line 3: {FOREIGN_DISK}",
        f"line 5: {FOREIGN_DISK}",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_with_a_mark_and_every_end_of_line_are_read(encoding: str, ending: str) -> None:
    lines = ("#EXTM3U", '#EXTINF:-1 tvg-id="a,b" group="x",Radio, 1', "#EXTVLCOPT:x=1", "https://example.org/ü")
    result = read(ending.join(lines).encode(encoding))
    assert result.playlist.tracks == (PortableTrack("Radio, 1", "https://example.org/ü"),)
    assert not result.notes


def test_a_bare_list_of_addresses_is_read_whatever_it_is_called() -> None:
    text = (
        "https://example.org/music/My%20song.mp3?x=1\n"
        "https://www.youtube.com/watch?v=abc\n"
        "http://example.org/old.mp3\n"
        "https://user:secret@example.org/a.mp3\n"
        "spotify:track:0123456789abcdefABCDEF\n"
    )
    result = read(text, name="list.txt")
    assert titles(result) == [
        *("My song", "www.youtube.com/watch?v=abc", "old", "a", "track:0123456789abcdefABCDEF"),
    ]
    assert [track.link for track in result.playlist.tracks] == [
        "https://example.org/music/My%20song.mp3?x=1",
        "https://www.youtube.com/watch?v=abc",
        None,
        None,
        "https://open.spotify.com/track/0123456789abcdefABCDEF",
    ]
    assert notes(result) == [
        f"line 3: {NOT_HTTPS}",
        "line 4: the link has a port, a password or odd characters in it; only the title is taken",
    ]


@settings(max_examples=100, deadline=None)
@given(link=st.from_regex(PLAIN_LINK, fullmatch=True))
def test_no_link_is_taken_that_is_never_opened(link: str) -> None:
    assert parse_link(link).url.startswith("https://")


def test_a_title_without_an_address_stays() -> None:
    result = read("#EXTM3U\n#EXTINF:1,One\n#EXTINF:2,Two\nhttps://example.org/2\n#EXTINF:3,Three\n")
    assert titles(result) == ["One", "Two", "Three"]
    assert [note.place for note in result.notes] == ["line 2", "line 5"]


def test_a_list_of_vlc_is_read() -> None:
    result = read("""<?xml version="1.0" encoding="UTF-8"?>
<playlist xmlns="http://xspf.org/ns/0/" xmlns:vlc="http://www.videolan.org/vlc/playlist/ns/0/" version="1">
  <title>Wiedergabeliste</title>
  <trackList>
    <track>
      <location>file:///home/me/Music/a%20b.mp3</location>
      <title>Jóga &amp; more</title><creator>Björk</creator><album>Homogenic</album>
      <duration>305000</duration>
      <extension application="http://www.videolan.org/vlc/playlist/0"><vlc:id>0</vlc:id><title>no</title></extension>
    </track>
    <track><vlc:title>no</vlc:title><location>https://example.org/c.ogg</location></track>
    <track><annotation>nothing</annotation></track>
  </trackList>
</playlist>""")
    assert result.playlist == PortableList(
        "Wiedergabeliste",
        "",
        (PortableTrack("Björk – Jóga & more", duration=305.0), PortableTrack("c", "https://example.org/c.ogg")),
    )
    assert notes(result) == [
        f"line 5: {FOREIGN_DISK}",
        "line 12: there is neither a title nor a link; it is left out",
    ]


@pytest.mark.parametrize("namespace", ["", ' xmlns="http://xspf.org/ns/0/"', ' xmlns="http://example.org/another"'])
def test_xspf_is_read_with_any_namespace_and_declared_encoding(namespace: str) -> None:
    text = f"""<?xml version='1.0' encoding='ISO-8859-1'?><playlist version="1"{namespace}>
        <trackList><track><location>http://example.org/x</location><location>https://example.org/y</location>
        <title> Déjà\n vu </title></track></trackList></playlist>"""
    for encoding in ("utf-8", "utf-16", "latin-1"):
        assert read(text.encode(encoding)).playlist.tracks == (PortableTrack("Déjà vu", "https://example.org/y"),)


def test_a_list_of_listenbrainz_is_read() -> None:
    track = {
        "creator": "Portishead",
        "title": "Roads",
        "identifier": ["https://musicbrainz.org/recording/7df0d4a7-2d0a-4cc6-a1b4-6a8e3a4d6b0e"],
        "duration": 303000,
        "extension": {
            "https://musicbrainz.org/doc/jspf#track": {"added_at": "2024-05-06T07:08:09.5+00:00", "added_by": "someone"}
        },
    }
    others = [
        "nothing",
        {"title": "Odd", "location": "https://example.org/z", "duration": -1},
        {"title": "Zero", "duration": 0},
    ]
    result = read(json.dumps({"playlist": {"title": "Weekly", "annotation": "<p>Jams</p>", "track": [track, *others]}}))
    assert result.playlist == PortableList(
        "Weekly",
        "<p>Jams</p>",
        (
            PortableTrack(
                "Portishead – Roads", duration=303.0, added_at=datetime(2024, 5, 6, 7, 8, 9, 500000, tzinfo=UTC)
            ),
            PortableTrack("Odd", "https://example.org/z"),
            PortableTrack("Zero"),
        ),
    )
    assert notes(result) == [
        "track 2: it is no object with a title; it is left out",
        "track 3: the duration is no number from 0 to 1,000,000; it is left out",
    ]


def test_a_table_of_a_spotify_exporter_is_read() -> None:
    result = read(
        '"Track URI","Track Name","Artist URI(s)","Artist Name(s)","Album Name","Track Duration (ms)","Added By",'
        '"Added At","Genres","Genre","Energy"\r\n'
        '"spotify:track:6y0igZArWVi6Iz0rj35c1Y","Dreams, again","spotify:artist:x","Fleetwood Mac","Rumours","257800",'
        '"me","2020-01-02T03:04:05Z","rock","soft rock","0.5"\r\n'
        '"spotify:local:x","Mine","","","","","","","","",""\r\n'
    )
    link = "https://open.spotify.com/track/6y0igZArWVi6Iz0rj35c1Y"
    added = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    # What another program calls the genre or the energy is no word of the bot's.
    assert result.playlist.tracks == (
        PortableTrack("Fleetwood Mac – Dreams, again", link, duration=257.8, added_at=added),
        PortableTrack("Mine"),
    )
    assert notes(result) == [f"line 3: {NOT_HTTPS}"]


@pytest.mark.parametrize(
    "text",
    [
        "Title;Artist;Length;URL\nOne;Two;3:05;https://example.org/1\n",
        "name\tartists\ttime\tlocation\nOne\tTwo\t0:03:05\thttps://example.org/1\n",
        '\nArtist Name,Song,Duration,link,playlist name\n"Two","One",185.0,https://example.org/1,Mine\n',
    ],
)
def test_tables_with_other_signs_between_columns_and_other_names_are_read(text: str) -> None:
    track = PortableTrack("Two – One", "https://example.org/1", duration=185.0)
    assert read(text, name="list.csv").playlist.tracks == (track,)


def test_a_table_that_a_spreadsheet_saved_anew_is_still_ours() -> None:
    result = read(
        "digest;verdict;title;genre;probability;votes;adder\n"
        f'{"AB" * 32};clear;\'=x;rock;0,75;"{{""rock"":3}}";<@42>\n'
        ";maybe;y;;much;oops;1,23E+17\n"
    )
    first, second = result.playlist.tracks
    assert (first.title, first.probability, first.adder, first.digest) == ("=x", 0.75, 42, "ab" * 32)
    assert second == PortableTrack("y")
    assert [note.reason.partition(" ")[2].split(" ")[0] for note in result.notes] == [
        "adder",
        "probability",
        "verdict",
        "are",
    ]


def test_json_lines_of_others_are_read_and_damaged_lines_left_out() -> None:
    result = read(
        '{"artist": "A", "title": "B", "url": "https://example.org/", "duration": 9, "genre": "rock"}\n'
        '{"title": "C"\n[1]\n{"title": "D"}\n'
    )
    assert result.playlist.tracks == (PortableTrack("A – B", "https://example.org/", duration=9.0), PortableTrack("D"))
    assert notes(result) == [
        "line 2: it is no object in JSON; it is left out",
        "line 3: it is no object in JSON; it is left out",
    ]


def test_a_content_that_the_name_belies_is_read_all_the_same() -> None:
    listed = PortableList("Mine", "", (PortableTrack("A", "https://example.org/a"),))
    for kind in FORMATS:
        for other in FORMATS:
            found, result = read_playlist(kind.write(listed), most_tracks=9, file_name=f"x{other.endings[0]}")
            assert (found, result.playlist) == (kind, listed)


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.name)
def test_tracks_beyond_the_limit_are_left_out_with_words(kind: object) -> None:
    for listed, most, said in ((5, 5, []), (6, 5, ["5th"]), (40, 22, ["22nd"])):
        tracks = tuple(PortableTrack(f"Track {number}", "https://example.org/") for number in range(listed))
        result = kind.read(kind.write(PortableList("All", "", tracks)), most_tracks=most)  # type: ignore[attr-defined]
        assert result.playlist == PortableList("All", "", tracks[:most])
        assert [note.reason for note in result.notes] == [
            f"tracks beyond the {ordinal} are left out" for ordinal in said
        ]


def test_notes_without_end_are_counted() -> None:
    result = read("{}\n" * (MOST_NOTES + 50), name="x.jsonl")
    assert (len(result.notes), result.more_notes) == (MOST_NOTES, 50)
    cut = read("{}\n" * (MOST_NOTES + 50) + '{"title":"a"}\n' * 2, name="x.jsonl", most_tracks=1)
    assert cut.notes[-1].reason == "tracks beyond the 1st are left out"
