"""JSPF, which is XSPF in JSON: what ListenBrainz and MusicBrainz give and take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.playlists.formats import json_text
from bot.playlists.formats.decoding import decoded
from bot.playlists.formats.errors import NoListInside
from bot.playlists.formats.own_fields import (
    APPLICATION,
    MOST_SECONDS,
    fields_of,
    one_line,
    several_lines,
    written_title,
)
from bot.playlists.formats.reading import Gathering, ReadResult
from bot.playlists.portable import DESCRIPTION_LIMIT, TITLE_LIMIT, PortableList, PortableTrack

KIND: Final = "JSPF"

LISTENBRAINZ: Final = "https://musicbrainz.org/doc/jspf#track"
"""Under which ListenBrainz says when a track was added."""


def write(playlist: PortableList) -> bytes:
    """Write a list.

    Parameters
    ----------
    playlist
        Any.

    Returns
    -------
    bytes
        UTF-8.
    """
    written: dict[str, Any] = {}
    if name := one_line(playlist.name, TITLE_LIMIT):
        written["title"] = name
    if description := several_lines(playlist.description, DESCRIPTION_LIMIT):
        written["annotation"] = description
    written["track"] = list(map(_written, playlist.tracks))
    return (json_text.dumps({"playlist": written}) + "\n").encode()


def _written(track: PortableTrack) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if track.link is not None:
        written["location"] = [track.link]
    written["title"] = written_title(track)
    if track.duration is not None:
        written["duration"] = round(track.duration * 1000)
    if fields := fields_of(track):
        written["extension"] = {APPLICATION: [fields]}
    return written


def read(data: bytes, *, most_tracks: int) -> ReadResult:
    """Read a list.

    Parameters
    ----------
    data
        The file.
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
    document = json_text.loads(decoded(data, gathering), KIND)
    playlist = document.get("playlist") if isinstance(document, dict) else None
    tracks = playlist.get("track", []) if isinstance(playlist, dict) else None
    if not isinstance(playlist, dict) or not isinstance(tracks, list):
        raise NoListInside(KIND)
    gathering.call(playlist.get("title"), playlist.get("annotation"))
    for number, track in enumerate(tracks, 1):
        if gathering.full:
            break
        place = f"track {number}"
        if not isinstance(track, dict):
            gathering.note(place, "it is no object with a title; it is left out")
            continue
        locations = track.get("location")
        gathering.add(
            place,
            title=track.get("title"),
            artist=track.get("creator"),
            locations=locations if isinstance(locations, list) else (locations,),
            fields=_fields(track),
        )
    return gathering.result()


def _fields(track: Mapping[str, Any]) -> Mapping[str, object]:
    fields: dict[str, object] = {}
    duration = track.get("duration")
    # Zero is what others write of a length that they do not know.
    if isinstance(duration, int | float) and not isinstance(duration, bool) and duration != 0:
        # A whole number may be too large for a fraction; whoever checks the range refuses it as it is.
        fields["duration"] = duration / 1000 if abs(duration) <= MOST_SECONDS * 1000 else duration
    fields["added_at"] = _extension(track, LISTENBRAINZ).get("added_at")
    return fields | _extension(track, APPLICATION)


def _extension(track: Mapping[str, Any], application: str) -> dict[str, object]:
    extensions = track.get("extension")
    bodies = extensions.get(application) if isinstance(extensions, dict) else None
    # The format says that there may be several; ListenBrainz writes the one that it has.
    body = bodies[0] if isinstance(bodies, list) and bodies else bodies
    return body if isinstance(body, dict) else {}
