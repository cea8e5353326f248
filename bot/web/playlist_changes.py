"""What can be done with the page's own playlists, and what their admin may do with those of a server."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from bot.failing import log_failure
from bot.playlists.errors import BadPlaylistName, PlaylistError, PlaylistExists
from bot.playlists.playlist import playlist_description, playlist_name
from bot.web.forms import form_of
from bot.web.here import MEMBER, PLAYLISTS, SERVER, own_address
from bot.web.keys import SITE
from bot.web.playlist_pages import Described, playlist_page, playlists_page
from bot.web.shelf import own_shelf_of, shelf_of


async def create_playlist(request: web.Request) -> web.Response:
    """Make a playlist."""
    typed = await _typed(request)
    try:
        playlist_id = await request.app[SITE].services.store.playlists.create(
            SERVER, playlist_name(typed.name), MEMBER, description=playlist_description(typed.description)
        )
    except PlaylistError as error:
        return await playlists_page(request, _refused(typed, error))
    raise web.HTTPSeeOther(own_address(playlist_id))


async def change_playlist(request: web.Request) -> web.Response:
    """Give a playlist another name and description."""
    playlists = request.app[SITE].services.store.playlists
    shelf = await own_shelf_of(request)
    typed = await _typed(request)
    try:
        await playlists.rename(shelf.playlist.id, playlist_name(typed.name))
    except (BadPlaylistName, PlaylistExists) as error:
        return await playlist_page(request, shelf, _refused(typed, error))
    await playlists.describe(shelf.playlist.id, playlist_description(typed.description))
    raise web.HTTPSeeOther(shelf.base)


async def delete_playlist(request: web.Request) -> web.Response:
    """Delete a playlist; it can be brought back."""
    shelf = await own_shelf_of(request)
    await request.app[SITE].services.store.playlists.delete(shelf.playlist.id)
    raise web.HTTPSeeOther(f"{PLAYLISTS}?deleted={shelf.playlist.id}")


async def bring_playlist_back(request: web.Request) -> web.Response:
    """Bring back a playlist that was deleted."""
    store = request.app[SITE].services.store
    playlist = await store.playlists.bring_back(int(request.match_info["playlist"]), SERVER)
    raise web.HTTPSeeOther(own_address(playlist.id))


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


async def _typed(request: web.Request) -> Described:
    fields = await form_of(request)
    return Described(fields.get("name", ""), fields.get("description", ""))


def _refused(typed: Described, error: PlaylistError) -> Described:
    """Return what was typed, for another try, with what is wrong with it."""
    log_failure(error)
    return replace(typed, problem=str(error))
