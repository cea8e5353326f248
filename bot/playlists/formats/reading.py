"""Gathers a list from a file of which not everything may be usable, and says what was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Final

from bot.playlists.formats.locations import locate, title_from
from bot.playlists.formats.own_fields import one_line, several_lines, track_from
from bot.playlists.portable import DESCRIPTION_LIMIT, TITLE_LIMIT, PortableList, PortableTrack

MOST_NOTES: Final = 1000
"""Notes that are kept of a file; the others are counted."""

MOST_LOCATIONS: Final = 8
"""Of a track that are looked at."""

JOINED_BY: Final = " – "
"""Stands between an artist and a title that a file keeps apart."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something in a file that could not be taken as it is.

    Parameters
    ----------
    place
        Such as ``line 7``, ``track 7`` or ``the file``.
    reason
        What is odd there and what became of it, in words.
    """

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What was read from a file.

    Parameters
    ----------
    playlist
        All that could be used.
    notes
        What could not, in order; at most `MOST_NOTES`, and one that tracks are left out.
    more_notes
        How many others there were.
    """

    playlist: PortableList
    notes: tuple[Note, ...] = ()
    more_notes: int = 0


class Gathering:
    """A list under way.

    Parameters
    ----------
    most_tracks
        How many tracks are taken; at least 1.
    """

    def __init__(self, most_tracks: int) -> None:
        self._most_tracks = most_tracks
        self._name = ""
        self._description = ""
        self._tracks: list[PortableTrack] = []
        self._notes: list[Note] = []
        self._more_notes = 0
        self._full = False

    @property
    def full(self) -> bool:
        """Whether a track had to be left out, so that there is no reason to read on."""
        return self._full

    def note(self, place: str, reason: str) -> None:
        """Remember that something could not be taken as it is.

        Parameters
        ----------
        place, reason
            See `Note`.
        """
        if len(self._notes) < MOST_NOTES:
            self._notes.append(Note(place, reason))
        else:
            self._more_notes += 1

    def call(self, name: object, description: object = None) -> None:
        """Take a list's name and description; what was taken first stays.

        Parameters
        ----------
        name, description
            As the file has them; anything but text counts as none.
        """
        if not self._name and isinstance(name, str):
            self._name = one_line(name, TITLE_LIMIT)
        if not self._description and isinstance(description, str):
            self._description = several_lines(description, DESCRIPTION_LIMIT)

    def add(
        self,
        place: str,
        *,
        title: object,
        artist: object = None,
        locations: Iterable[object] = (),
        fields: Mapping[str, object] | None = None,
    ) -> None:
        """Take a track, or say why not.

        Parameters
        ----------
        place
            Where it stands, for the notes.
        title, artist
            As the file has them; anything but text counts as none. A track without a title is called after its place.
        locations
            Where it lies, best first: addresses and names of files.
        fields
            What else is known, as `own_fields.fields_of` returns it.
        """
        if self._full:
            return
        texts = [text for text in islice(locations, MOST_LOCATIONS) if isinstance(text, str) and text.strip()]
        name = _title(artist, title, texts)
        if not name:
            self.note(place, "there is neither a title nor a link; it is left out")
            return
        if len(self._tracks) == self._most_tracks:
            self._full = True
            # However many notes there are: this one must not be among those that are only counted.
            self._notes.append(Note(place, f"tracks beyond the {_ordinal(self._most_tracks)} are left out"))
            return
        found = [locate(text) for text in texts]
        link = next((location.link for location in found if location.link), None)
        if found and link is None:
            self.note(place, found[0].reason)
        self._tracks.append(track_from(name, link, fields or {}, partial(self.note, place)))

    def result(self) -> ReadResult:
        """Return what was gathered.

        Returns
        -------
        ReadResult
        """
        playlist = PortableList(self._name, self._description, tuple(self._tracks))
        return ReadResult(playlist, tuple(self._notes), self._more_notes)


def _title(artist: object, title: object, locations: Iterable[str]) -> str:
    named = one_line(title, TITLE_LIMIT) if isinstance(title, str) else ""
    named = named or next((one_line(title_from(text), TITLE_LIMIT) for text in locations), "")
    performed = one_line(artist, TITLE_LIMIT) if isinstance(artist, str) else ""
    return one_line(JOINED_BY.join(filter(None, (performed, named))), TITLE_LIMIT)


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"
