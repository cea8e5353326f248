"""Who and where the page is, in numbers that are no ids of Discord's.

Discord's ids hold the time in their upper bits and are far larger.
"""

from __future__ import annotations

from typing import Final

from yarl import URL

MEMBER: Final = 1
"""Whoever sits before the page; there is no telling who that is."""

FIRST_VISITOR: Final = 1000
"""Whoever has logged in, by the order in which they did: what one of them sends takes no place of another's."""

STRANGERS: Final = 4
"""Whoever looks at what was published: what is made for them takes no turn of `MEMBER`."""

SERVER: Final = 2
"""What the page's playlists belong to, and whose votes count there."""

CHANNELS_END: Final = 2**40
"""The channels of pages have numbers below, each run another: two of them may share a database."""

PLAYLISTS: Final = "/playlists"
"""Where all playlists lie, for those who are let in."""

PUBLISHED: Final = "/p/"
"""What the addresses of playlists begin with that were published, on whichever page."""


def own_address(playlist_id: int) -> str:
    """Return where on the page a playlist lies for those who are let in."""
    return f"{PLAYLISTS}/{playlist_id}"


def published_address(token: str) -> str:
    """Return where on the page a playlist lies that was published."""
    return PUBLISHED + token


def published_link(token: str, page: URL) -> URL:
    """Return what leads whoever has it to a playlist that was published.

    Parameters
    ----------
    token
        Of the playlist.
    page
        Where everybody finds the page.

    Returns
    -------
    yarl.URL
    """
    return page / published_address(token).removeprefix("/")
