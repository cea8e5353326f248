"""What can be done with the page's own playlists, and what their admin may do with those of a server."""

from __future__ import annotations

from aiohttp import web

from bot.playlists.playlist import playlist_description, playlist_name
from bot.web.forms import form_of
from bot.web.here import MEMBER, SERVER
from bot.web.keys import SITE
from bot.web.shelf import own_shelf_of, shelf_of


async def create_playlist(request: web.Request) -> web.Response:
    """Make a playlist."""
    name, description = await _described(request)
    playlist_id = await request.app[SITE].services.store.playlists.create(SERVER, name, MEMBER, description=description)
    raise web.HTTPSeeOther(f"/playlists/{playlist_id}")


async def change_playlist(request: web.Request) -> web.Response:
    """Give a playlist another name and description."""
    playlists = request.app[SITE].services.store.playlists
    shelf = await own_shelf_of(request)
    name, description = await _described(request)
    await playlists.rename(shelf.playlist.id, name)
    await playlists.describe(shelf.playlist.id, description)
    raise web.HTTPSeeOther(shelf.base)


async def delete_playlist(request: web.Request) -> web.Response:
    """Delete a playlist; it can be brought back."""
    shelf = await own_shelf_of(request)
    await request.app[SITE].services.store.playlists.delete(shelf.playlist.id)
    raise web.HTTPSeeOther(f"/playlists?deleted={shelf.playlist.id}")


async def bring_playlist_back(request: web.Request) -> web.Response:
    """Bring back a playlist that was deleted."""
    store = request.app[SITE].services.store
    playlist = await store.playlists.bring_back(int(request.match_info["playlist"]), SERVER)
    raise web.HTTPSeeOther(f"/playlists/{playlist.id}")


async def publish_playlist(request: web.Request) -> web.Response:
    """Let whoever has a link that nobody guesses read a playlist: whoever runs the bot may, for every server."""
    shelf = await shelf_of(request)
    await request.app[SITE].services.store.publications.publish(shelf.playlist.id)
    raise web.HTTPSeeOther(f"{shelf.base}#published")


async def withdraw_playlist(request: web.Request) -> web.Response:
    """Let nobody read it any more by that link."""
    shelf = await shelf_of(request)
    await request.app[SITE].services.store.publications.withdraw(shelf.playlist.id)
    raise web.HTTPSeeOther(f"{shelf.base}#published")


async def _described(request: web.Request) -> tuple[str, str]:
    """Return the name and the description that a form gives a playlist."""
    fields = await form_of(request)
    return playlist_name(fields.get("name", "")), playlist_description(fields.get("description", ""))
