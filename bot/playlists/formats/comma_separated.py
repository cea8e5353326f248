"""CSV: for spreadsheets, and from the programs that take lists out of Spotify and others."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.playlists.formats import json_text
from bot.playlists.formats.decoding import LONGEST_LINE, MOST_LINES, decoded
from bot.playlists.formats.errors import Broken, NoTitleColumn, PlaylistFileError, TooMuchInside
from bot.playlists.formats.own_fields import fields_of, one_line, several_lines, written_title
from bot.playlists.formats.reading import Gathering, ReadResult
from bot.playlists.portable import DESCRIPTION_LIMIT, TITLE_LIMIT, PortableList, PortableTrack

KIND: Final = "CSV"

MARK: Final = "\ufeff"
"""Without it, Excel takes UTF-8 for something else."""

LIST_NAME: Final = "playlist"
LIST_DESCRIPTION: Final = "playlist_description"

OWN_NUMBERS: Final = ("duration", "probability", "tempo", "energy")
OWN_MAPPINGS: Final = ("tags", "votes")
OWN_TEXTS: Final = ("added_at", "adder", "genre", "verdict", "digest")

COLUMNS: Final = (
    *("title", "link", "duration", "genre", "probability", "verdict", "tempo", "energy", "tags", "votes"),
    *("added_at", "adder", "digest", LIST_NAME, LIST_DESCRIPTION),
)
"""Of the tables that are written. The list's own stand on the first line only, a line without a title if need be."""

COLUMNS_BY_NAME: Final[Mapping[str, str]] = {column.replace("_", ""): column for column in COLUMNS}

TELL_TALES: Final = frozenset({"verdict", "digest"})
"""Columns of which at least these two are in each of our own tables: a genre in another one is no word of the bot's."""

OTHERS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("title", "trackname", "tracktitle", "track", "songname", "songtitle", "song", "name"), "title"),
    **dict.fromkeys(("artist", "artists", "artistname", "artistnames", "trackartist", "creator"), "artist"),
    **dict.fromkeys(("link", "url", "uri", "trackurl", "trackuri", "spotifyurl", "spotifyuri", "location"), "link"),
    **dict.fromkeys(("durationms", "trackdurationms"), "milliseconds"),
    **dict.fromkeys(("duration", "durations", "durationseconds", "trackduration", "length", "time"), "length"),
    **dict.fromkeys(("addedat", "dateadded", "addeddate"), "added_at"),
    "playlistname": LIST_NAME,
}
"""What columns of other programs are called, without spaces and signs, and what they hold."""

DELIMITERS: Final = ",;\t"

DANGEROUS: Final = re.compile(r"'*[=+\-@\uff0b\uff0d\uff1d\uff20]")
"""A cell that spreadsheets take for a formula, or that was kept from it."""

DEFUSED: Final = re.compile(r"'+[=+\-@\uff0b\uff0d\uff1d\uff20]")

MEMBER: Final = re.compile(r"<@([0-9]{1,19})>")
"""Keeps an id from becoming a number, which spreadsheets round to fifteen digits."""

CLOCK: Final = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{2}(?:\.[0-9]{1,9})?)")


def write(playlist: PortableList) -> bytes:
    """Write a list.

    Parameters
    ----------
    playlist
        Any.

    Returns
    -------
    bytes
        UTF-8 with its mark. No cell is a formula to a spreadsheet: an apostrophe stands before what could be one.
    """
    described = {
        LIST_NAME: one_line(playlist.name, TITLE_LIMIT),
        LIST_DESCRIPTION: several_lines(playlist.description, DESCRIPTION_LIMIT),
    }
    rows = [_written(track) for track in playlist.tracks]
    if any(described.values()):
        rows[:1] = [{**row, **described} for row in rows[:1] or [{}]]
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    writer.writerows([_defused(row.get(column, "")) for column in COLUMNS] for row in rows)
    return (MARK + table.getvalue()).encode()


def _written(track: PortableTrack) -> dict[str, str]:
    fields = fields_of(track)
    if track.adder is not None:
        fields["adder"] = f"<@{track.adder}>"
    cells = {name: value if isinstance(value, str) else json_text.dumps(value) for name, value in fields.items()}
    return {"title": written_title(track), "link": track.link or "", **cells}


def _defused(cell: str) -> str:
    return f"'{cell}" if DANGEROUS.match(cell) else cell


def read(data: bytes, *, most_tracks: int) -> ReadResult:
    """Read a list.

    Parameters
    ----------
    data
        The file; its first line names the columns, which may stand between commas, semicolons or tabs.
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
    rows = _rows(decoded(data, gathering))
    header = [cell.strip().lower() for cell in next(rows, ("", []))[1]]
    take, meanings = (_take_own, COLUMNS_BY_NAME) if set(header) >= TELL_TALES else (_take_foreign, OTHERS)
    columns = [meanings.get(_squeezed(name)) for name in header]
    if "title" not in columns and "link" not in columns:
        raise NoTitleColumn
    for place, cells in rows:
        if gathering.full:
            break
        row: dict[str, str] = {}
        for name, cell in zip(columns, cells, strict=False):
            # Of several columns with the same meaning, the first that says something counts.
            if name and name not in row and (text := cell.strip()):
                row[name] = text[1:] if text[0] == "'" and DEFUSED.match(text) else text
        gathering.call(row.pop(LIST_NAME, None), row.pop(LIST_DESCRIPTION, None))
        if row:
            take(gathering, place, row)
    return gathering.result()


def names_columns(text: str) -> bool:
    """Tell whether the first line of a text names the columns of a table of tracks.

    Parameters
    ----------
    text
        Of a file.

    Returns
    -------
    bool
    """
    try:
        _, header = next(_rows(text), ("", []))
    except PlaylistFileError:
        return False
    return any(OTHERS.get(_squeezed(name)) in {"title", "link"} for name in header)


def _squeezed(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))


def _rows(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each row with the place where it begins."""
    first = text[:LONGEST_LINE].lstrip().partition("\n")[0]
    rows = csv.reader(_short_lines(text), delimiter=max(DELIMITERS, key=first.count))
    begins = 1
    try:
        for row in rows:
            if row:
                yield f"line {begins}", row
            begins = rows.line_num + 1
    except csv.Error as error:
        # Mostly a quotation mark that is never closed.
        raise Broken(KIND, f"line {begins}") from error


def _short_lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if number > MOST_LINES or len(line) > LONGEST_LINE:
            raise TooMuchInside
        yield line


def _take_own(gathering: Gathering, place: str, row: Mapping[str, str]) -> None:
    fields: dict[str, object] = {name: row.get(name) for name in OWN_TEXTS}
    fields |= {name: _number(row[name]) for name in OWN_NUMBERS if name in row}
    # What is damaged stays text, and is found to be odd as such.
    fields |= {name: json_text.object_in(row[name]) or row[name] for name in OWN_MAPPINGS if name in row}
    if member := MEMBER.fullmatch(row.get("adder", "")):
        fields["adder"] = member[1]
    gathering.add(place, title=row.get("title"), locations=(row.get("link"),), fields=fields)


def _take_foreign(gathering: Gathering, place: str, row: Mapping[str, str]) -> None:
    fields: dict[str, object] = {"added_at": row.get("added_at")}
    if "milliseconds" in row:
        milliseconds = _number(row["milliseconds"])
        fields["duration"] = milliseconds / 1000 if isinstance(milliseconds, float) else milliseconds
    elif length := CLOCK.fullmatch(row.get("length", "")):
        hours, minutes, seconds = length.groups("0")
        fields["duration"] = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    elif "length" in row:
        fields["duration"] = _number(row["length"])
    gathering.add(place, title=row.get("title"), artist=row.get("artist"), locations=(row.get("link"),), fields=fields)


def _number(cell: str) -> float | str:
    try:
        # Spreadsheets of half of the world write a comma.
        return float(cell if "." in cell else cell.replace(",", "."))
    except ValueError:
        return cell
