"""What can be listened to in a message: files by what is said of them, links by their text."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.media.in_message import files_in, links_in
from bot.media.site_names import DEFAULT_SITES, may_belong

SITES = tuple(DEFAULT_SITES.split(","))


def attachment(name: str, kind: str | None = None, **fields: Any) -> discord.Attachment:
    data: Any = {"id": "1", "filename": name, "size": 9, "url": "u", "proxy_url": "p", "content_type": kind, **fields}
    return discord.Attachment(data=data, state=SimpleNamespace(http=None))  # type: ignore[arg-type]


def message(text: str = "", *files: discord.Attachment, forwarded: Any = None) -> Any:
    return SimpleNamespace(content=text, attachments=list(files), message_snapshots=[forwarded] if forwarded else [])


@pytest.mark.parametrize(
    ("name", "kind", "heard", "dropped"),
    [
        ("song.mp3", "audio/mpeg", True, True),
        ("song", "audio/flac", True, True),
        ("song.flac", None, True, True),
        ("song.MP3", "application/octet-stream", True, True),
        ("song.ogg", "application/ogg", True, True),
        ("film.mp4", "video/mp4", True, False),
        ("film.mkv", None, True, False),
        ("untold", None, True, False),
        ("cat.png", "image/png", False, False),
        ("notes.txt", "text/plain", False, False),
        ("cover.mp3", "image/png", True, False),
    ],
)
def test_files_count_by_what_is_said_of_them(name: str, kind: str | None, heard: bool, dropped: bool) -> None:
    found = message("", attachment(name, kind))
    assert bool(files_in(found)) == heard
    assert bool(files_in(found, audio_only=True)) == dropped


def test_a_voice_message_counts_only_where_somebody_asks() -> None:
    voice = attachment("voice-message.ogg", "audio/ogg", duration_secs=3.0, waveform="AAAA")
    for found in (message("", voice), message("", forwarded=message("", voice))):
        assert files_in(found) == (voice,)
        assert files_in(found, audio_only=True) == ()


def test_a_forwarded_message_counts_with_what_was_written_to_it() -> None:
    own, other = attachment("own.mp3"), attachment("other.mp3")
    found = message("https://a.example/x", own, forwarded=message("https://b.example/y", other))
    assert files_in(found) == (own, other)
    assert [link.host for link in links_in(found)] == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://a.example/song.mp3", ["https://a.example/song.mp3"]),
        ("hear <https://a.example/song>, it is good", ["https://a.example/song"]),
        ("(https://a.example/song)", ["https://a.example/song"]),
        ("https://a.example/Ska_(music)", ["https://a.example/Ska_(music)"]),
        ("[this](https://a.example/song).", ["https://a.example/song"]),
        ("**https://a.example/song**!", ["https://a.example/song"]),
        ("https://a.example/1 https://a.example/1 https://a.example/2", ["https://a.example/1", "https://a.example/2"]),
        ("http://a.example/song https://me:secret@a.example/ https://a.example:8443/", []),
        ("||https://a.example/spoiler||", ["https://a.example/spoiler"]),
        ("nothing here", []),
    ],
)
def test_links_are_taken_out_of_their_sentences(text: str, links: list[str]) -> None:
    assert [link.url for link in links_in(message(text))] == links


@given(st.text(max_size=300), st.text(max_size=40))
def test_no_text_breaks_the_search(text: str, tail: str) -> None:
    for link in links_in(message(f"{text} https://{tail}")):
        assert link.url.startswith("https://")


@pytest.mark.parametrize(
    ("host", "belongs"),
    [
        ("soundcloud.com", True),
        ("on.soundcloud.com", True),
        ("artist.bandcamp.com", True),
        ("youtu.be", True),
        ("music.youtube.com", True),
        ("archive.org", True),
        ("hearthis.at", True),
        ("tenor.com", False),
        ("en.wikipedia.org", False),
        ("example.com", False),
        ("", False),
    ],
)
def test_servers_of_the_sites_are_told_from_others(host: str, belongs: bool) -> None:
    assert may_belong(host, SITES) == belongs


def test_where_no_site_is_listed_none_is_called() -> None:
    assert not may_belong("soundcloud.com", ())
