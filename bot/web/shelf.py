"""A playlist as somebody may see it: their own, one of a server on Discord, or one that was published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from aiohttp import web

from bot.playlists.errors import NoSuchPlaylist
from bot.playlists.playlist import Playlist
from bot.playlists.track import Track
from bot.playlists.wanted import Wanted
from bot.web.here import SERVER, own_address, published_address
from bot.web.keys import SITE


@dataclass(frozen=True, slots=True)
class Shelf:
    """A playlist and where its pages lie.

    Parameters
    ----------
    playlist
        The playlist.
    base
        The address that those of all its pages begin with.
    is_public
        Whether anybody with the link may see it: then it does not tell who added or voted.
    """

    playlist: Playlist
    base: str
    is_public: bool = False

    @property
    def may_change(self) -> bool:
        """Whether it belongs to the page, and not to a server on Discord."""
        return not self.is_public and self.playlist.guild == SERVER

    def shown(self, track: Track) -> Track:
        """Return a track as it may be shown: where anybody may read it, without who added it."""
        return replace(track, adder=None) if self.is_public else track

    def track_address(self, track_id: int) -> str:
        """Return where a track of it is shown."""
        return f"{self.base}/tracks/{track_id}"

    def genre_address(self, genre: str) -> str:
        """Return where its tracks of a genre are shown."""
        return self.address(Wanted(genre=genre))

    def address(self, wanted: Wanted, *, page: int = 0) -> str:
        """Return where some of its tracks are shown; see `query_of`."""
        return self.base + query_of(wanted, page=page)


def query_of(wanted: Wanted, *, page: int = 0) -> str:
    """Return how an address asks for some tracks of a playlist.

    Parameters
    ----------
    wanted
        Which, and in which order.
    page
        The first is 0.

    Returns
    -------
    str
        As `bot.web.wanting` reads it, with its question mark; empty for the first page of all.
    """
    values = {
        "text": wanted.text,
        "genre": wanted.genre,
        "tag": wanted.tag,
        "adder": wanted.adder,
        "confidence": None if wanted.verdict is None else wanted.verdict.value,
        "disputed": str(True) if wanted.disputed else None,
        "sort": wanted.sort.value if wanted.sort is not Wanted().sort else None,
        "page": page + 1 if page else None,
    }
    query = urlencode({name: value for name, value in values.items() if value is not None})
    return f"?{query}" if query else ""


async def shelf_of(request: web.Request) -> Shelf:
    """Return the playlist that a request is about.

    Parameters
    ----------
    request
        Names it by its number or, where it was published, by its token.

    Returns
    -------
    Shelf

    Raises
    ------
    NoSuchPlaylist
        If there is none, or not any more.
    StoreFailed
        If the database fails.
    """
    store = request.app[SITE].services.store
    token = request.match_info.get("token")
    if token is not None:
        playlist = await store.playlists.get(await store.publications.playlist_of(token))
        return Shelf(playlist, published_address(token), is_public=True)
    playlist = await store.playlists.readable(int(request.match_info["playlist"]))
    return Shelf(playlist, own_address(playlist.id))


async def own_shelf_of(request: web.Request) -> Shelf:
    """Return the playlist that a request wants to change.

    Parameters
    ----------
    request
        Names it.

    Returns
    -------
    Shelf

    Raises
    ------
    NoSuchPlaylist
        If there is none, or it is one of a server on Discord, where rights depend on who asks.
    StoreFailed
        If the database fails.
    """
    shelf = await shelf_of(request)
    if not shelf.may_change:
        raise NoSuchPlaylist
    return shelf
