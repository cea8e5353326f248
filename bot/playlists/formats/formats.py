"""The formats that there are, and which of them a file is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, Protocol

from bot.playlists.formats import comma_separated, json_lines, jspf, m3u8, xspf
from bot.playlists.formats.decoding import peeked
from bot.playlists.formats.errors import UnknownFormat
from bot.playlists.formats.locations import locate
from bot.playlists.formats.reading import ReadResult
from bot.playlists.portable import PortableList


class Read(Protocol):
    """Reads a list from the bytes of a file."""

    def __call__(self, data: bytes, *, most_tracks: int) -> ReadResult:
        """Read it, or raise `bot.playlists.formats.errors.PlaylistFileError`."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write lists down.

    Parameters
    ----------
    name
        As a member chooses it.
    title
        As people call it.
    endings
        Of names of files, with the dot; the first one is written.
    content_types
        As browsers and servers say it; the first one is written.
    write, read
        Turn a list into bytes and back.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    content_types: tuple[str, ...]
    write: Callable[[PortableList], bytes]
    read: Read


M3U8: Final = Format(
    "m3u8",
    m3u8.KIND,
    (".m3u8", ".m3u"),
    (
        "audio/x-mpegurl",
        "audio/mpegurl",
        "application/x-mpegurl",
        "application/mpegurl",
        "application/vnd.apple.mpegurl",
    ),
    m3u8.write,
    m3u8.read,
)
XSPF: Final = Format("xspf", xspf.KIND, (".xspf",), ("application/xspf+xml",), xspf.write, xspf.read)
JSPF: Final = Format(
    "jspf", jspf.KIND, (".jspf", ".json"), ("application/jspf+json", "application/json"), jspf.write, jspf.read
)
CSV: Final = Format(
    "csv",
    comma_separated.KIND,
    (".csv", ".tsv"),
    ("text/csv", "text/tab-separated-values"),
    comma_separated.write,
    comma_separated.read,
)
JSON_LINES: Final = Format(
    "jsonl",
    json_lines.KIND,
    (".jsonl", ".ndjson"),
    ("application/jsonl", "application/x-ndjson", "application/x-jsonlines"),
    json_lines.write,
    json_lines.read,
)

FORMATS: Final = (M3U8, XSPF, JSPF, CSV, JSON_LINES)
"""In the order in which they are offered."""


def by_name(name: str) -> Format | None:
    """Find a format by what a member chose.

    Parameters
    ----------
    name
        Such as ``xspf``.

    Returns
    -------
    Format or None
    """
    return next((kind for kind in FORMATS if kind.name == name.lower()), None)


def by_ending(file_name: str) -> Format | None:
    """Find a format by the name of a file.

    Parameters
    ----------
    file_name
        Such as ``Our list.M3U``.

    Returns
    -------
    Format or None
    """
    ending = PurePosixPath(file_name).suffix.lower()
    return next((kind for kind in FORMATS if ending in kind.endings), None)


def by_content_type(content_type: str) -> Format | None:
    """Find a format by what a server or a browser says of a file.

    Parameters
    ----------
    content_type
        Such as ``text/csv; charset=utf-8``.

    Returns
    -------
    Format or None
    """
    kind = content_type.partition(";")[0].strip().lower()
    return next((known for known in FORMATS if kind in known.content_types), None)


def by_content(data: bytes) -> Format | None:
    """Find a format by what is in a file.

    Parameters
    ----------
    data
        The file.

    Returns
    -------
    Format or None
        None where the content is no sign of any of them.

    Raises
    ------
    PlaylistFileError
        If it is no text that a list could be in.
    """
    text = peeked(data).lstrip()
    if text.startswith("<"):
        return XSPF
    if text.startswith("{"):
        first, _, others = text.partition("\n")
        # Each of several lines that is an object by itself is one of JSON Lines; the only line may be either.
        many = first.rstrip().endswith("}") and others.lstrip().startswith("{")
        return JSON_LINES if many or '"track"' not in text else JSPF
    if text.startswith("#EXT"):
        return M3U8
    if comma_separated.names_columns(text):
        return CSV
    first = text.partition("\n")[0]
    return M3U8 if locate(first).link else None


def read_playlist(
    data: bytes, *, most_tracks: int, file_name: str = "", content_type: str | None = None
) -> tuple[Format, ReadResult]:
    """Read a list from a file that somebody sent.

    Parameters
    ----------
    data
        The file.
    most_tracks
        How many tracks are taken.
    file_name
        As its sender called it.
    content_type
        What is said of it.

    Returns
    -------
    tuple of Format and ReadResult
        Content goes before the name's ending, and that before the content type: people rename files, and most content
        types are guessed from the name.

    Raises
    ------
    PlaylistFileError
        If there is no list in it.
    """
    kind = by_content(data) or by_ending(file_name) or by_content_type(content_type or "")
    if kind is None:
        raise UnknownFormat
    return kind, kind.read(data, most_tracks=most_tracks)
