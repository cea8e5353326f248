"""XSPF, the XML that VLC and others read.

No file with a document type is opened, because nothing but a document type can define an entity or lead to another
file; that one rule does here what the defusedxml package is for, without a package more to trust.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

from bot.playlists.formats import json_text
from bot.playlists.formats.decoding import decoded
from bot.playlists.formats.errors import (
    Broken,
    DocumentTypeRefused,
    NestedTooDeeply,
    NoListInside,
    TooMuchInside,
)
from bot.playlists.formats.own_fields import APPLICATION, fields_of, one_line, several_lines, written_title
from bot.playlists.formats.reading import Gathering, ReadResult
from bot.playlists.portable import DESCRIPTION_LIMIT, TITLE_LIMIT, PortableList, PortableTrack

KIND: Final = "XSPF"

NAMESPACE: Final = "http://xspf.org/ns/0/"

MOST_TAGS: Final = 500_000
"""Beginnings and ends of elements; a track of ours has fourteen, one of VLC's about twice as many."""

MOST_EQUALS_SIGNS: Final = 200_000
"""One stands in each attribute, all of which are kept until their element begins; links have a few, too."""

DEEPEST: Final = 32
"""Elements in elements; the format needs six."""

MILLISECONDS: Final = re.compile(r"[1-9][0-9]{0,11}")
"""Zero, and less, is what others write of a length that they do not know."""

TRACK: Final = ["playlist", "tracklist", "track"]
EXTENSION: Final = [*TRACK, "extension"]
"""Where elements stand, without regard to capitals."""

BETWEEN: Final = "\n"
"""Stands between an element's namespace and its name: neither can hold it."""


def write(playlist: PortableList) -> bytes:
    """Write a list.

    Parameters
    ----------
    playlist
        Any.

    Returns
    -------
    bytes
        UTF-8, with the elements in the order in which the specification has them.
    """
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', f'<playlist version="1" xmlns="{NAMESPACE}">']
    if name := one_line(playlist.name, TITLE_LIMIT):
        parts.append(f"<title>{escape(name)}</title>")
    if description := several_lines(playlist.description, DESCRIPTION_LIMIT):
        parts.append(f"<annotation>{escape(description)}</annotation>")
    parts.append("<trackList>")
    parts.extend(map(_written, playlist.tracks))
    parts.append("</trackList>\n</playlist>\n")
    return "\n".join(parts).encode()


def _written(track: PortableTrack) -> str:
    parts = ["<track>"]
    if track.link is not None:
        parts.append(f"<location>{escape(track.link)}</location>")
    parts.append(f"<title>{escape(written_title(track))}</title>")
    if track.duration is not None:
        parts.append(f"<duration>{round(track.duration * 1000)}</duration>")
    if fields := fields_of(track):
        own = f'<fields xmlns="{APPLICATION}">{escape(json_text.dumps(fields))}</fields>'
        parts.append(f'<extension application="{APPLICATION}">{own}</extension>')
    parts.append("</track>")
    return "".join(parts)


def read(data: bytes, *, most_tracks: int) -> ReadResult:
    """Read a list.

    Parameters
    ----------
    data
        The file; with the format's namespace, another one, or none.
    most_tracks
        How many tracks are taken.

    Returns
    -------
    ReadResult

    Raises
    ------
    PlaylistFileError
        If there is no list in it.
    """
    gathering = Gathering(most_tracks)
    text = decoded(data, gathering)
    if text.count("<") > MOST_TAGS or text.count("=") > MOST_EQUALS_SIGNS:
        raise TooMuchInside
    _Document(gathering).read(text)
    return gathering.result()


class _Enough(Exception):
    """The list is full: the rest of the file need not be read."""


class _Document:
    """Follows the elements of one file."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._path: list[str] = []
        self._namespace = ""
        self._texts: dict[str, list[str]] = defaultdict(list)
        self._text: list[str] = []
        self._line = 0
        self._is_own = False
        # A parser that is told the encoding believes no file's own word for it: the text is decoded already.
        self._parser = parser = expat.ParserCreate("utf-8", BETWEEN)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters

    def read(self, text: str) -> None:
        """Read the whole file."""
        try:
            self._parser.Parse(text.encode(), True)
        except _Enough:
            return
        except expat.ExpatError as error:
            raise Broken(KIND, f"line {error.lineno}") from error

    def _refuse(self, *_: object) -> None:
        raise DocumentTypeRefused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(BETWEEN)
        depth = len(self._path)
        if depth == 0:
            if local.lower() != "playlist":
                raise NoListInside(KIND)
            self._namespace = namespace
        elif depth >= DEEPEST:
            raise NestedTooDeeply
        # What others add has their namespace, and may be called anything; its content is not the list's.
        ours = namespace in (self._namespace, APPLICATION)
        self._path.append(local.lower() if ours else "")
        self._text.clear()
        if depth == len(TRACK) - 1 and self._path == TRACK:
            self._texts.clear()
            self._line = self._parser.CurrentLineNumber
        elif depth == len(TRACK) and self._path == EXTENSION:
            self._is_own = attributes.get("application") == APPLICATION

    def _characters(self, text: str) -> None:
        self._text.append(text)

    def _end(self, _: str) -> None:
        leaf = self._path.pop()
        if self._path == TRACK:
            self._texts[leaf].append("".join(self._text))
        elif self._is_own and leaf == "fields" and self._path == EXTENSION:
            self._texts[APPLICATION].append("".join(self._text))
        elif leaf == "track" and self._path == TRACK[:-1]:
            self._add()
        elif self._path == TRACK[:1]:
            text = "".join(self._text)
            self._gathering.call(text if leaf == "title" else None, text if leaf == "annotation" else None)
        self._text.clear()

    def _add(self) -> None:
        place = f"line {self._line}"
        texts = self._texts
        self._gathering.add(
            place,
            title=_first(texts["title"]),
            artist=_first(texts["creator"]),
            locations=texts["location"],
            fields=self._fields(place),
        )
        if self._gathering.full:
            raise _Enough

    def _fields(self, place: str) -> Mapping[str, object]:
        duration = (_first(self._texts["duration"]) or "").strip()
        fields: dict[str, object] = {}
        if MILLISECONDS.fullmatch(duration):
            fields["duration"] = int(duration) / 1000
        if own := _first(self._texts[APPLICATION]):
            known = json_text.object_in(own)
            if known is None:
                self._gathering.note(place, "what I once wrote of that track is damaged; it is left out")
            fields |= known or {}
        return fields


def _first(texts: list[str]) -> str | None:
    return texts[0] if texts else None
