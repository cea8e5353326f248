"""What a link is, as far as its text tells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from yarl import URL

from bot.media.link_errors import NotALink

MAX_LINK_LENGTH: Final = 2000
"""Characters of a link; servers and browsers rarely take more."""

HTTPS_PORT: Final = 443

FILE_SUFFIXES: Final = frozenset(
    {".aac", ".aif", ".aiff", ".flac", ".m4a", ".mka", ".mkv", ".mov", ".mp3", ".mp4", ".oga", ".ogg", ".opus", ".wav"}
    | {".webm"}
)
"""Endings of addresses that lead straight to a file, whosever they are."""

VIDEO_SUFFIXES: Final = frozenset({".mkv", ".mov", ".mp4", ".webm"})
"""Those of them that mostly have pictures."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that may be opened, as far as its text tells.

    Parameters
    ----------
    url
        Begins with ``https://``; holds no user name, no password, no port and no fragment.
    """

    url: str

    @property
    def host(self) -> str:
        """Name of the server."""
        return URL(self.url).host or ""

    @property
    def names_a_file(self) -> bool:
        """Whether it ends as the name of an audio or video file."""
        return self._suffix in FILE_SUFFIXES

    @property
    def names_audio(self) -> bool:
        """Whether it ends as the name of an audio file."""
        return self._suffix in FILE_SUFFIXES - VIDEO_SUFFIXES

    @property
    def _suffix(self) -> str:
        return PurePosixPath(URL(self.url).path).suffix.lower()


def parse_link(text: str) -> Link:
    """Read a link.

    Parameters
    ----------
    text
        What a member or a server sent; ``<`` and ``>`` around it, which keep Discord from showing a preview, are
        dropped.

    Returns
    -------
    Link

    Raises
    ------
    NotALink
        If it is not https, names a port, a user or a password, or is no address at all.
    """
    stripped = text.strip().removeprefix("<").removesuffix(">")
    # Of a backslash and of what does not print, every program thinks something else.
    if len(stripped) > MAX_LINK_LENGTH or "\\" in stripped or " " in stripped or not stripped.isprintable():
        raise NotALink
    try:
        url = URL(stripped)
        # A percent sign belongs into no name of a server; what it stands for, every program decides for itself.
        usable = url.scheme == "https" and url.host and "%" not in url.host and url.port == HTTPS_PORT
    except ValueError as error:
        raise NotALink from error
    if not usable or url.raw_user is not None or url.raw_password is not None:
        raise NotALink
    return Link(str(url.with_fragment(None)))
