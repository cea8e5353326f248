"""Playlists as large pictures on the page: pointing at something names it, and a click opens it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from aiohttp import web

from bot.cards.map_svg import map_svg
from bot.cards.mix_svg import mix_svg
from bot.looking import FEWEST, heard_of, mix_of, require_tracks
from bot.web.keys import SITE
from bot.web.language import texts_of
from bot.web.names import name_of
from bot.web.shelf import Shelf, shelf_of


async def show_map(request: web.Request) -> web.Response:
    """Show the tracks of a playlist, laid out by how they sound."""
    site = request.app[SITE]
    texts = texts_of(request)
    shelf = await shelf_of(request)
    require_tracks(shelf.playlist, needed=FEWEST)
    with site.services.requests.one():
        async with site.turn(is_public=shelf.is_public):
            tracks = await site.services.store.track_pages.sounds(shelf.playlist.id)
            heard = heard_of(tracks)
            picture = await asyncio.to_thread(
                map_svg,
                await site.layouts.of(shelf.playlist.id, heard, is_public=shelf.is_public),
                heard,
                lambda track: shelf.track_address(track.id),
                playlist_name=shelf.playlist.name,
                unheard=len(tracks) - len(heard),
                texts=texts,
            )
    return _response(request, shelf, "web-map", picture)


async def show_fingerprint(request: web.Request) -> web.Response:
    """Show the genres of a playlist over time and, where it is not published, by member."""
    site = request.app[SITE]
    texts = texts_of(request)
    shelf = await shelf_of(request)
    require_tracks(shelf.playlist, needed=FEWEST)
    with site.services.requests.one():
        async with site.turn(is_public=shelf.is_public):
            tracks = await site.services.store.track_pages.sounds(shelf.playlist.id)
            mix = await mix_of(tracks, shelf.playlist.guild, site.services)
            if shelf.is_public:
                # Who added what is for the server alone.
                mix = replace(mix, members=())
            names = {member: name_of(member, texts) for member in mix.named}
            picture = await asyncio.to_thread(
                mix_svg, mix, names, shelf.genre_address, playlist_name=shelf.playlist.name, texts=texts
            )
    return _response(request, shelf, "web-fingerprint", picture)


def _response(request: web.Request, shelf: Shelf, title: str, picture: object) -> web.Response:
    return request.app[SITE].pages.part(
        "picture",
        request,
        texts_of(request),
        title=title,
        picture=picture,
        back=shelf.base,
        is_public=shelf.is_public,
    )
