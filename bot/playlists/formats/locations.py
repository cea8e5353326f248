"""What a file says of where a track lies: an address that may be opened, or something that is no use to others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from bot.media.link_errors import NotALink
from bot.media.links import parse_link

PLAIN_LINK: Final = re.compile(r"https://(?:[a-z0-9]{1,60}\.){1,3}[a-z]{2,20}/[A-Za-z0-9._~/?&=-]{0,1000}")
"""An address with nothing in it that `parse_link` could object to. It is told so much sooner that a whole list is read
in four fifths of the time."""

SPOTIFY_TRACK: Final = re.compile(r"spotify:track:([A-Za-z0-9]{1,50})")
"""Spotify's own name for a track, which tables of its lists have in the place of an address."""

SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+):", re.IGNORECASE)
"""At least two letters: one is a drive of Windows."""

FILE_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{2,5}")

MOST_OF_A_LOCATION: Final = 4000
"""Characters that are looked at for a title."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a track lies.

    Parameters
    ----------
    link
        An address that may be opened; None where it is none.
    reason
        Why it is none, in words; empty where it is one.
    """

    link: str | None
    reason: str = ""


def locate(text: str) -> Location:
    """Tell whether others can open what a file has for a track's place.

    Parameters
    ----------
    text
        An address or the name of a file.

    Returns
    -------
    Location
    """
    stripped = text.strip()
    if PLAIN_LINK.fullmatch(stripped):
        return Location(stripped)
    if track := SPOTIFY_TRACK.fullmatch(stripped):
        return Location(f"https://open.spotify.com/track/{track[1]}")
    scheme = SCHEME.match(stripped)
    if scheme is None or scheme[1].lower() == "file":
        return Location(None, "it is a file on somebody's disk; only its title is taken")
    if scheme[1].lower() != "https":
        return Location(None, "the link is not https; only the title is taken")
    try:
        parse_link(stripped)
    except NotALink:
        return Location(None, "the link has a port, a password or odd characters in it; only the title is taken")
    # As it was written, so that what was taken away comes back the same.
    return Location(stripped)


def title_from(location: str) -> str:
    """Return what a track without a title may be called.

    Parameters
    ----------
    location
        An address or the name of a file.

    Returns
    -------
    str
        The name of the file without its ending where there is one, else the address without what all begin with.
        Not yet made printable.
    """
    text = location.strip()[:MOST_OF_A_LOCATION]
    scheme = SCHEME.match(text)
    path = re.split(r"[?#]", text, maxsplit=1)[0] if scheme else text
    name = PurePosixPath(path.replace("\\", "/"))
    is_file = FILE_ENDING.fullmatch(name.suffix) is not None
    if scheme is None:
        return name.stem if is_file else name.name
    # The host of an address looks like a file with an ending, too.
    if is_file and len(name.parts) > 2:
        return unquote(name.stem)
    return text[scheme.end() :].lstrip("/")
