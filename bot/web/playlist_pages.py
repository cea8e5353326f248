"""Playlists on the page: which there are, page after page of their tracks, and the files they can be had as."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from bot.buttons.playlists.filter_form import filters_of
from bot.cards.fingerprint import id_in_short
from bot.cards.html.inline import inline_html
from bot.cards.playlist_page import CONFIDENCES, filters_in_words, track_details
from bot.cards.track_words import track_address, track_emoji
from bot.playlists.exporting import exported, portable_list
from bot.playlists.formats.formats import FORMATS, by_name
from bot.playlists.track import Track
from bot.playlists.wanted import Sort, Wanted
from bot.store.track_pages import PAGE_SIZE
from bot.text import sentence_case
from bot.texts.catalogue import Texts
from bot.texts.phrases import genre_name
from bot.web.address import is_loopback
from bot.web.forms import filled_form_of, number_in
from bot.web.here import SERVER, published_address, published_link
from bot.web.keys import SITE
from bot.web.language import texts_of
from bot.web.names import naming
from bot.web.shelf import Shelf, shelf_of
from bot.wording import tag_name

EXPORT_BYTES: Final = 100_000_000
"""Largest file that a list is handed over as."""

MOST_PAGES: Final = 100_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice in a menu.

    Parameters
    ----------
    value
        What is sent.
    text
        What is read.
    """

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A track in a list.

    Parameters
    ----------
    number
        Its place among those that are wanted.
    track
        The track.
    emoji
        Of the genre that is shown.
    details
        What is told of it.
    address
        Where it is shown.
    heard_at
        Where it can be heard; None for nowhere.
    """

    number: int
    track: Track
    emoji: str
    details: Markup
    address: str
    heard_at: str | None


async def show_playlists(request: web.Request) -> web.Response:
    """Show all playlists: those of the page first, then those of each server on Discord."""
    site = request.app[SITE]
    texts = texts_of(request)
    every = sorted(await site.services.store.playlists.of_all(), key=lambda playlist: playlist.guild != SERVER)
    groups = [
        (_server_name(guild, texts), [Shelf(playlist, f"/playlists/{playlist.id}") for playlist in playlists])
        for guild, playlists in groupby(every, key=lambda playlist: playlist.guild)
    ]
    deleted = number_in(request.query.get("deleted"))
    return site.pages.response("playlists.html", texts, groups=groups, deleted=deleted)


async def show_playlist(request: web.Request) -> web.Response:
    """Show a page of the tracks that are wanted."""
    site = request.app[SITE]
    texts = texts_of(request)
    shelf = await shelf_of(request)
    playlist = shelf.playlist
    wanted = _wanted(request, is_public=shelf.is_public)
    pages = site.services.store.track_pages
    number = number_in(request.query.get("page")) or 1
    page = await pages.page(playlist.id, wanted, min(number, MOST_PAGES) - 1)
    lines = [
        _line(shelf, place, track, wanted.sort, texts)
        for place, track in enumerate(page.tracks, page.number * PAGE_SIZE + 1)
    ]
    token = None if shelf.is_public else await site.services.store.publications.token_of(playlist.id)
    public_url = site.services.settings.public_url
    return site.pages.response(
        "playlist.html",
        texts,
        shelf=shelf,
        page=page,
        lines=lines,
        wanted=wanted,
        filters=[inline_html(words, name_of=naming(texts)) for words in filters_in_words(wanted, texts)],
        genres=[
            Choice(genre, sentence_case(genre_name(genre, texts)))
            for genre in await pages.suggest_genres(playlist.id, "")
        ],
        tags=[Choice(tag, tag_name(tag, texts)) for tag in await pages.suggest_tags(playlist.id, "")],
        confidences=[Choice(verdict.value, sentence_case(texts(key))) for verdict, key in CONFIDENCES.items()],
        sorts=[Choice(sort.value, sentence_case(texts(f"sort-{sort.value}"))) for sort in Sort],
        formats=FORMATS,
        published=None if token is None else published_address(token),
        link=None if token is None or public_url is None else published_link(token, public_url),
        removed=number_in(request.query.get("removed")),
        is_local=public_url is None and is_loopback(site.services.settings.web_host),
    )


async def export_playlist(request: web.Request) -> web.Response:
    """Hand a playlist over as a file."""
    shelf = await shelf_of(request)
    kind = by_name(request.match_info["format"])
    if kind is None:
        raise web.HTTPNotFound
    site = request.app[SITE]
    pages = site.services.store.track_pages
    async with site.large.turn():
        tracks = await pages.all_of(shelf.playlist.id)
        listed = portable_list(shelf.playlist, map(shelf.shown, tracks), await pages.votes_of(shelf.playlist.id))
        file = await asyncio.to_thread(exported, listed, kind, most_bytes=EXPORT_BYTES)
    return web.Response(
        body=file.data,
        content_type=kind.content_types[0],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"},
    )


def _line(shelf: Shelf, number: int, track: Track, sort: Sort, texts: Texts) -> Line:
    details = " · ".join(track_details(shelf.shown(track), sort, texts))
    # A message on Discord is for its server alone.
    heard_at = track.link and track_address(track, shelf.playlist.guild)
    return Line(
        number,
        track,
        track_emoji(track),
        inline_html(details, name_of=naming(texts)),
        shelf.track_address(track.id),
        heard_at or None,
    )


def _wanted(request: web.Request, *, is_public: bool) -> Wanted:
    """Read the filters of an address, which may hold anything."""
    query = request.query
    form = filled_form_of(query)
    sorts = {sort.value: sort for sort in Sort}
    return replace(
        filters_of(form, Wanted()),
        sort=sorts.get(query.get("sort", ""), Wanted().sort),
        adder=None if is_public else number_in(query.get("adder")),
    )


def _server_name(guild: int, texts: Texts) -> str:
    return texts("web-this-machine") if guild == SERVER else texts("web-server", name=id_in_short(guild))
