"""M3U8, and M3U as old players write it: lines of addresses, with comments that say what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.playlists.formats import json_text
from bot.playlists.formats.decoding import decoded, lines_of
from bot.playlists.formats.errors import StreamNotList
from bot.playlists.formats.own_fields import fields_of, one_line, several_lines, written_title
from bot.playlists.formats.reading import Gathering, ReadResult
from bot.playlists.portable import DESCRIPTION_LIMIT, TITLE_LIMIT, PortableList

KIND: Final = "M3U8"

HEADER: Final = "#EXTM3U"
NAME: Final = "#PLAYLIST:"
TRACK: Final = "#EXTINF:"
GENRE: Final = "#EXTGENRE:"
OWN: Final = "#GENREBOT:"
"""Before what only this bot knows of a track; a comment to all others."""

OWN_OF_LIST: Final = "#GENREBOT-LIST:"

LENGTH_AND_TITLE: Final = re.compile(r'\s*(-?[0-9]{1,12}(?:\.[0-9]{0,12})?)?(?:\s++[\w-]++="[^"]*+")*+\s*(?:,(.*))?')
"""Seconds, attributes that programs for television put behind them, and the title behind the first comma."""

OF_A_STREAM: Final = ("#EXT-X-TARGETDURATION", "#EXT-X-STREAM-INF")
"""Comments that only an index of a stream has (RFC 8216)."""


@dataclass(slots=True)
class _Announced:
    """What comments say of the track whose address follows."""

    line: int
    title: str | None = None
    fields: Mapping[str, object] | None = None
    duration: float | None = None
    is_own: bool = False


def write(playlist: PortableList) -> bytes:
    """Write a list.

    Parameters
    ----------
    playlist
        Any.

    Returns
    -------
    bytes
        UTF-8. A track without a link has its comments only, so that players pass over it.
    """
    lines = [HEADER, "#EXTENC:UTF-8"]
    if name := one_line(playlist.name, TITLE_LIMIT):
        lines.append(NAME + name)
    if description := several_lines(playlist.description, DESCRIPTION_LIMIT):
        lines.append(OWN_OF_LIST + json_text.dumps({"description": description}))
    for track in playlist.tracks:
        fields = fields_of(track)
        seconds = -1 if track.duration is None else round(track.duration)
        lines.append(f"{TRACK}{seconds},{written_title(track)}")
        if "genre" in fields:
            lines.append(f"{GENRE}{fields['genre']}")
        lines.append(OWN + json_text.dumps(fields))
        if track.link is not None:
            lines.append(track.link)
    return ("\n".join(lines) + "\n").encode()


def read(data: bytes, *, most_tracks: int) -> ReadResult:
    """Read a list.

    Parameters
    ----------
    data
        The file; with the extended comments or without.
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
    announced: _Announced | None = None
    for number, line in lines_of(decoded(data, gathering), gathering):
        if gathering.full:
            break
        if line.startswith(OF_A_STREAM):
            raise StreamNotList
        if not line.startswith("#"):
            _add(gathering, announced or _Announced(number), number, line)
            announced = None
        elif line.startswith(NAME):
            gathering.call(line.removeprefix(NAME))
        elif line.startswith(OWN_OF_LIST):
            gathering.call(None, _own(line.removeprefix(OWN_OF_LIST), number, gathering).get("description"))
        elif line.startswith(TRACK):
            # The one before has no address.
            if announced is not None:
                _add(gathering, announced)
            announced = _track(line.removeprefix(TRACK), number)
        elif line.startswith(OWN):
            announced = announced or _Announced(number)
            announced.fields = _own(line.removeprefix(OWN), number, gathering)
            announced.is_own = True
    if announced is not None:
        _add(gathering, announced)
    return gathering.result()


def _track(text: str, number: int) -> _Announced:
    match = LENGTH_AND_TITLE.match(text)
    seconds, title = match.groups() if match else (None, None)
    duration = float(seconds or 0)
    # Zero, and less, is what others write of a length that they do not know.
    return _Announced(number, title=title, duration=duration if duration > 0 else None)


def _own(text: str, number: int, gathering: Gathering) -> Mapping[str, object]:
    fields = json_text.object_in(text)
    if fields is None:
        gathering.note(f"line {number}", "what I once wrote there is damaged; it is left out")
    return fields or {}


def _add(gathering: Gathering, track: _Announced, number: int | None = None, location: str | None = None) -> None:
    place = f"line {number or track.line}"
    if location is None and not track.is_own:
        gathering.note(place, "no address follows; only the title is taken")
    fields = {"duration": track.duration, **(track.fields or {})}
    gathering.add(place, title=track.title, locations=() if location is None else (location,), fields=fields)
