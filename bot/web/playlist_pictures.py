"""Playlists as large pictures on the page: pointing at something names it, and a click opens it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from aiohttp import web

from bot.cards.map_svg import map_svg
from bot.cards.mix_svg import mix_svg
from bot.drawing.errors import TooFewTracks
from bot.looking import FEWEST, mix_of
from bot.web.keys import SITE
from bot.web.language import texts_of
from bot.web.names import name_of
from bot.web.pages import wants_fragment
from bot.web.shelf import shelf_of


async def show_map(request: web.Request) -> web.Response:
    """Show the tracks of a playlist, laid out by how they sound."""
    site = request.app[SITE]
    texts = texts_of(request)
    shelf = await shelf_of(request)
    if shelf.playlist.tracks < FEWEST:
        raise TooFewTracks(FEWEST)
    with site.services.requests.one():
        async with site.large.turn():
            tracks = await site.services.store.track_pages.sounds(shelf.playlist.id)
            heard = tuple(track for track in tracks if track.embedding is not None)
            picture = await asyncio.to_thread(
                map_svg,
                await site.layouts.of(shelf.playlist.id, heard),
                heard,
                lambda track: shelf.track_address(track.id),
                playlist_name=shelf.playlist.name,
                unheard=len(tracks) - len(heard),
                texts=texts,
            )
    return _response(request, "web-map", picture)


async def show_fingerprint(request: web.Request) -> web.Response:
    """Show the genres of a playlist over time and, where it is not published, by member."""
    site = request.app[SITE]
    texts = texts_of(request)
    shelf = await shelf_of(request)
    if shelf.playlist.tracks < FEWEST:
        raise TooFewTracks(FEWEST)
    tracks = await site.services.store.track_pages.sounds(shelf.playlist.id)
    mix = await mix_of(tracks, shelf.playlist.guild, site.services)
    if shelf.is_public:
        # Who added what is for the server alone.
        mix = replace(mix, members=())
    names = {member: name_of(member, texts) for member in mix.named}
    picture = mix_svg(mix, names, shelf.genre_address, playlist_name=shelf.playlist.name, texts=texts)
    return _response(request, "web-fingerprint", picture)


def _response(request: web.Request, title: str, picture: object) -> web.Response:
    site = request.app[SITE]
    template = "picture_fragment.html" if wants_fragment(request) else "picture.html"
    return site.pages.response(
        template,
        texts_of(request),
        title=title,
        picture=picture,
        back=request.path.rpartition("/")[0],
        is_public="token" in request.match_info,
    )
