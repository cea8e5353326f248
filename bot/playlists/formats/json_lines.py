"""JSON Lines: the list's own line, and then a track a line; for programs and for `jq`."""

from __future__ import annotations

from typing import Any, Final

from bot.playlists.formats import json_text
from bot.playlists.formats.decoding import decoded, lines_of
from bot.playlists.formats.errors import NoListInside
from bot.playlists.formats.own_fields import fields_of, one_line, several_lines, written_title
from bot.playlists.formats.reading import Gathering, ReadResult
from bot.playlists.portable import DESCRIPTION_LIMIT, TITLE_LIMIT, PortableList

KIND: Final = "JSON Lines"

LIST: Final = "playlist"
"""The only key of the line that describes the list."""

TELL_TALE: Final = "digest"
"""Is known of each track that the bot heard. Where a file has no line of the list's own, a genre without it is no word
of the bot's."""

OF_OTHERS: Final = ("duration", "added_at")


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
    described = {
        "name": one_line(playlist.name, TITLE_LIMIT),
        "description": several_lines(playlist.description, DESCRIPTION_LIMIT),
    }
    values: list[dict[str, Any]] = [{LIST: described}]
    for track in playlist.tracks:
        link = {} if track.link is None else {"link": track.link}
        values.append({"title": written_title(track), **link, **fields_of(track)})
    return ("\n".join(map(json_text.dumps, values)) + "\n").encode()


def read(data: bytes, *, most_tracks: int) -> ReadResult:
    """Read a list.

    Parameters
    ----------
    data
        The file. Of another program's, titles, artists and links are taken too where they are called so.
    most_tracks
        How many tracks are taken.

    Returns
    -------
    ReadResult

    Raises
    ------
    PlaylistFileError
        If no line of it can be used.
    """
    gathering = Gathering(most_tracks)
    usable = is_own = False
    for number, line in lines_of(decoded(data, gathering), gathering):
        if gathering.full:
            break
        place = f"line {number}"
        value = json_text.object_in(line)
        if value is None:
            gathering.note(place, "it is no object in JSON; it is left out")
            continue
        usable = True
        described = value.get(LIST)
        if isinstance(described, dict):
            is_own = True
            gathering.call(described.get("name"), described.get("description"))
        else:
            gathering.add(
                place,
                title=value.get("title"),
                artist=value.get("artist"),
                locations=(value.get("link"), value.get("url")),
                fields=value if is_own or TELL_TALE in value else {name: value.get(name) for name in OF_OTHERS},
            )
    if not usable:
        raise NoListInside(KIND)
    return gathering.result()
