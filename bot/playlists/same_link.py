"""Tells links to the same track from links to others, as far as their text tells."""

from __future__ import annotations

import hashlib
from typing import Final

from yarl import URL

IRRELEVANT: Final = frozenset(
    {"fbclid", "feature", "gclid", "in", "index", "list", "pp", "ref", "si", "start_radio", "t"}
    | {"utm_campaign", "utm_content", "utm_medium", "utm_source", "utm_term"}
)
"""Parameters that say how somebody came to a track, not which track it is.

Sites add them to the links that members copy: who shared it, the playlist that it was played in, where to begin.
"""

SHORT_YOUTUBE: Final = "youtu.be"


def link_key(link: str) -> str:
    """Return a key that is equal for links to the same track.

    Parameters
    ----------
    link
        As `bot.media.links.parse_link` returns it.

    Returns
    -------
    str
        SHA-256, hexadecimal.
    """
    url = URL(link)
    host = (url.host or "").removeprefix("www.").removeprefix("m.").removeprefix("music.")
    path = url.path.rstrip("/")
    query = sorted((name, value) for name, value in url.query.items() if name not in IRRELEVANT)
    if host == SHORT_YOUTUBE:
        host, path, query = "youtube.com", "/watch", [("v", path.removeprefix("/"))]
    return hashlib.sha256(repr((host, path, query)).encode()).hexdigest()
