"""A site in memory that lists albums and hands out tracks, in the place of the processes that read real ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.media.link_errors import PrivateOrRemoved
from bot.media.linked_clip import LinkReader
from bot.media.links import Link
from bot.media.listing import ListedTrack, Listing
from bot.media.site_job import LeftOut
from bot.media.sites import SiteTrack

ALBUM = "https://soundcloud.com/ann/sets/album"


async def at_once(_: str) -> None:
    """Wait for nothing."""


def track_link(name: str) -> str:
    return f"https://soundcloud.com/ann/{name}"


@dataclass
class ListedSite:
    """Tracks by their names; what is no track is private, and what is an error is raised.

    Errors of a list are raised one after the other, until the last one is left.
    """

    tracks: dict[str, bytes | Exception | list[Exception | bytes]] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    title: str | None = "Best of Ann"
    tells_titles: bool = True
    left_out: dict[LeftOut, int] = field(default_factory=dict)
    list_trouble: list[Exception] = field(default_factory=list)
    before: Callable[[str], Awaitable[None]] = at_once
    fetched: Counter[str] = field(default_factory=Counter)

    def album(self, **tracks: bytes | Exception | list[Exception | bytes]) -> str:
        """Have an album of these tracks and return its address."""
        self.tracks |= tracks
        self.listed = tuple(tracks)
        return ALBUM

    async def listing(self, link: Link, *, most: int, folder: Path) -> Listing:
        assert link.url == ALBUM
        assert folder.is_dir()
        await self.before("the album")
        if self.list_trouble:
            raise self.list_trouble.pop(0)
        tracks = tuple(
            ListedTrack(Link(track_link(name)), f"Song {name}" if self.tells_titles else None, 30.0)
            for name in self.listed
        )
        return Listing(self.title, tracks[:most], more=len(tracks) > most, left_out=self.left_out)

    @asynccontextmanager
    async def on_disk(self, link: Link, *, folder: Path, background: bool = False) -> AsyncIterator[SiteTrack]:
        name = link.url.rpartition("/")[2]
        assert background
        await self.before(name)
        self.fetched[name] += 1
        data = self.tracks.get(name, PrivateOrRemoved())
        if isinstance(data, list):
            data = data.pop(0) if len(data) > 1 else data[0]
        if isinstance(data, Exception):
            raise data
        path = folder / f"site-{name}"
        path.write_bytes(data)
        try:
            yield SiteTrack(path, f"Song {name}")
        finally:
            path.unlink()

    def reader(self, _: Any, *, folder: Path) -> LinkReader:
        """Read links from here alone."""
        unused: Any = None
        site: Any = self
        return LinkReader(unused, site, folder=folder, max_bytes=1_000_000)
