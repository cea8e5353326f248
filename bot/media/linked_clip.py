"""From a link to a private temporary file that is gone when its job is."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.media.guarded_http import GuardedHttp
from bot.media.link_errors import SiteNotListed
from bot.media.links import Link
from bot.media.sites import Sites


@dataclass(frozen=True, slots=True)
class LinkReader:
    """Everything that links are read with.

    Parameters
    ----------
    http
        For links that lead to a file.
    sites
        For links that lead to a page.
    folder
        Private folder for clips that are being analysed.
    max_bytes
        Most bytes of a clip.
    """

    http: GuardedHttp
    sites: Sites
    folder: Path
    max_bytes: int


class LinkedClip:
    """The clip that a link leads to.

    Parameters
    ----------
    link
        What a member sent.
    reader
        What it is read with.
    site_only
        Whether it is left alone where it belongs to none of the sites: then no server but theirs is called.
    background
        Whether nobody waits for this one clip, so that those that members wait for go first.

    Attributes
    ----------
    name : str
        What to call the clip: the server's name, and the title as soon as a site told it.
    """

    def __init__(self, link: Link, reader: LinkReader, *, site_only: bool = False, background: bool = False) -> None:
        self._link = link
        self._reader = reader
        self._site_only = site_only
        self._background = background
        self.name = link.host

    @property
    def link(self) -> str:
        """What the member sent."""
        return self._link.url

    @asynccontextmanager
    async def on_disk(self) -> AsyncIterator[Path]:
        """Hold the clip in a file for as long as the context lasts.

        Yields
        ------
        Path
            In the reader's folder, readable by nobody else.

        Raises
        ------
        LinkError, FileTooLarge
            If it cannot be had; the sentence says why.
        """
        async with AsyncExitStack() as resources:
            yield await self._fetch(resources)

    async def _fetch(self, resources: AsyncExitStack) -> Path:
        reader = self._reader
        if self._site_only or not self._link.names_a_file:
            try:
                track = await resources.enter_async_context(
                    reader.sites.on_disk(self._link, folder=reader.folder, background=self._background)
                )
            except SiteNotListed:
                # Not every address of a file ends like one.
                if self._site_only:
                    raise
            else:
                if track.title:
                    self.name = _without_links(track.title)
                return track.path
        return await resources.enter_async_context(
            reader.http.on_disk(self._link, folder=reader.folder, max_bytes=reader.max_bytes)
        )


def _without_links(title: str) -> str:
    """Take the links out of a title: whoever uploads a track may write what they like into it."""
    return re.sub(r"://", ": ", title)
