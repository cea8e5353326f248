"""Which sites links may lead to, by the names that yt-dlp gives its extractors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

DEFAULT_SITES: Final = (
    "soundcloud,bandcamp,youtube,youtubeytbe,vimeo,mixcloud,archive.org,audiomack,audius,hearthisat,jamendo"
)
"""Sites of music whose tracks anybody may play. ``youtubeytbe`` is what yt-dlp calls short links of YouTube."""

NO_SITES: Final = "none"

TITLES: Final = {
    "archive.org": "Internet Archive",
    "hearthisat": "hearthis.at",
    "soundcloud": "SoundCloud",
    "youtube": "YouTube",
    "youtubeytbe": "YouTube",
}
"""What people call sites whose names are not simply written with a capital letter."""


def site_title(name: str) -> str:
    """Return what people call a site.

    Parameters
    ----------
    name
        Such as ``soundcloud``.

    Returns
    -------
    str
        Such as ``SoundCloud``.
    """
    return TITLES.get(name, name[:1].upper() + name[1:])


def may_belong(host: str, names: Iterable[str]) -> bool:
    """Tell whether a server may be one of the sites, without loading yt-dlp to be sure of it.

    Parameters
    ----------
    host
        Name of the server.
    names
        Of the sites.

    Returns
    -------
    bool
        Whether a site's name is in the server's, both without their dots and the like: ``hearthisat`` is
        ``hearthis.at``, and ``youtube`` is ``youtu.be``, too. Anybody may have a server that is called so. Sites
        whose servers have other names, such as artists' own at Bandcamp, are not recognised.
    """
    squeezed = _squeezed(host)
    return any(_squeezed(name.partition(":")[0]) in squeezed for name in names)


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def site_pattern(name: str) -> str:
    """Return the pattern of a site's extractors, as yt-dlp's ``allowed_extractors`` takes it.

    Parameters
    ----------
    name
        Such as ``soundcloud``.

    Returns
    -------
    str
        Matches ``soundcloud`` and also ``soundcloud:set``, whose links are playlists.
    """
    return rf"{re.escape(name)}(:.*)?"


def unknown_sites(names: Iterable[str]) -> list[str]:
    """Find names that yt-dlp does not know.

    Parameters
    ----------
    names
        As an operator wrote them.

    Returns
    -------
    list of str
    """
    # Half a second, which only the operator who changes the list pays.
    from yt_dlp.extractor import gen_extractor_classes

    # The generic ones take any address, which is what the list is there to prevent.
    names_known = (extractor.IE_NAME for extractor in gen_extractor_classes())
    known = [name for name in names_known if name.partition(":")[0] != "generic"]
    return [
        name
        for name in names
        if not any(re.fullmatch(site_pattern(name), extractor, re.IGNORECASE) for extractor in known)
    ]
