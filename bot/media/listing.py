"""Which tracks a playlist or an album of a site holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.media.link_errors import NotALink
from bot.media.links import Link, parse_link
from bot.media.site_job import LeftOut, SiteListing
from bot.text import printable

TITLE_LIMIT: Final = 200
"""Characters of a title."""


@dataclass(frozen=True, slots=True)
class ListedTrack:
    """A track of a playlist, which nobody has opened yet.

    Parameters
    ----------
    link
        Its page, on one of the sites that may be read: to be fetched as such, whatever it ends like.
    title
        As the playlist calls it, on one line; None where it does not.
    duration
        In seconds, as the playlist tells; None where it does not.
    """

    link: Link
    title: str | None
    duration: float | None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a playlist or an album holds.

    Parameters
    ----------
    title
        Its own, on one line; None where it has none, or where the link leads to a single track.
    tracks
        In the site's order, each once.
    more
        Whether there are more than were looked at.
    left_out
        How many of those that were looked at are not among the tracks, by the reason; no reason with none.
    """

    title: str | None
    tracks: tuple[ListedTrack, ...]
    more: bool
    left_out: Mapping[LeftOut, int]


def listing_of(told: SiteListing) -> Listing:
    """Return what a site tells of a playlist as it can be kept and shown.

    Parameters
    ----------
    told
        What the site tells.

    Returns
    -------
    Listing
    """
    tracks: dict[Link, ListedTrack] = {}
    left_out = Counter(told.left_out)
    for entry in told.entries:
        try:
            link = parse_link(entry.url)
        except NotALink:
            left_out[LeftOut.FOREIGN] += 1
            continue
        if link in tracks:
            left_out[LeftOut.REPEATED] += 1
        else:
            tracks[link] = ListedTrack(link, _readable(entry.title), entry.duration)
    return Listing(_readable(told.title), tuple(tracks.values()), more=told.more, left_out=dict(left_out))


def _readable(title: str | None) -> str | None:
    """Return a title on one line; None where nothing readable is in it."""
    line = printable(title or "", limit=TITLE_LIMIT)
    return None if line == "?" else line
