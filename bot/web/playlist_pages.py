"""Playlists on the page: which there are, page after page of their tracks, and the files they can be had as."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby
from typing import Final
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from bot.cards.fingerprint import id_in_short
from bot.cards.html.element import link
from bot.cards.html.inline import inline_html
from bot.cards.playlist_page import CONFIDENCES, filters_in_words, track_details
from bot.cards.track_words import track_address, track_emoji
from bot.looking import FEWEST
from bot.playlists.exporting import exported, portable_list
from bot.playlists.formats.formats import FORMATS, by_name
from bot.playlists.track import Track
from bot.playlists.wanted import Sort, Wanted
from bot.store.track_pages import PAGE_SIZE
from bot.text import sentence_case
from bot.texts.catalogue import Texts
from bot.texts.phrases import genre_name
from bot.web.address import is_loopback
from bot.web.forms import number_in
from bot.web.here import SERVER, own_address, published_link
from bot.web.keys import SITE
from bot.web.language import texts_of
from bot.web.names import naming
from bot.web.sending import MOST_UNTAKEN_OF_ONE_SOURCE
from bot.web.shelf import Shelf, query_of, shelf_of
from bot.web.wanting import page_in, wanted_in
from bot.wording import tag_name

EXPORT_BYTES: Final = 100_000_000
"""Largest file that a list is handed over as to whoever was let in."""


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
        A link to where it can be heard; None for nowhere.
    """

    number: int
    track: Track
    emoji: str
    details: Markup
    address: str
    heard_at: Markup | None


@dataclass(frozen=True, slots=True)
class Described:
    """What somebody calls a playlist.

    Parameters
    ----------
    name, description
        As they were typed, or as they are.
    problem
        Why they were not taken, in words; None where nothing is wrong.
    """

    name: str
    description: str
    problem: str | None = None

    @property
    def status(self) -> int:
        """Of the answer in which it stands."""
        return HTTPStatus.OK if self.problem is None else HTTPStatus.BAD_REQUEST


NOTHING_TYPED: Final = Described("", "")


async def show_playlists(request: web.Request) -> web.Response:
    """Show all playlists: those of the page first, then those of each server on Discord."""
    return await playlists_page(request)


async def playlists_page(request: web.Request, new: Described = NOTHING_TYPED) -> web.Response:
    """Return the page of all playlists.

    Parameters
    ----------
    request
        Whoever looks.
    new
        What was typed of a new one.

    Returns
    -------
    aiohttp.web.Response
    """
    site = request.app[SITE]
    texts = texts_of(request)
    every = sorted(await site.services.store.playlists.of_all(), key=lambda playlist: playlist.guild != SERVER)
    groups = [
        (_server_name(guild, texts), [Shelf(playlist, own_address(playlist.id)) for playlist in playlists])
        for guild, playlists in groupby(every, key=lambda playlist: playlist.guild)
    ]
    deleted = number_in(request.query.get("deleted"))
    return site.pages.response(
        "playlists.html",
        texts,
        status=new.status,
        groups=groups,
        deleted=deleted,
        new=new,
        problem=new.problem,
    )


async def show_playlist(request: web.Request) -> web.Response:
    """Show a page of the tracks that are wanted."""
    shelf = await shelf_of(request)
    return await playlist_page(request, shelf, Described(shelf.playlist.name, shelf.playlist.description))


async def playlist_page(request: web.Request, shelf: Shelf, new: Described) -> web.Response:
    """Return a page of the tracks that are wanted.

    Parameters
    ----------
    request
        Says which are wanted.
    shelf
        The playlist.
    new
        What is to be changed of it.

    Returns
    -------
    aiohttp.web.Response
    """
    site = request.app[SITE]
    texts = texts_of(request)
    playlist = shelf.playlist
    wanted = wanted_in(request, is_public=shelf.is_public)
    pages = site.services.store.track_pages
    page = await pages.page(playlist.id, wanted, page_in(request))
    query = query_of(wanted, page=page.number)
    lines = [
        _line(shelf, place, track, texts, sort=wanted.sort, query=query)
        for place, track in enumerate(page.tracks, page.number * PAGE_SIZE + 1)
    ]
    token = None if shelf.is_public else await site.services.store.publications.token_of(playlist.id)
    page_url = site.services.settings.public_url or request.url.origin()
    # Whoever is to have the link needs all of it.
    shared_link = None if token is None else published_link(token, page_url)
    return site.pages.response(
        "playlist.html",
        texts,
        status=new.status,
        shelf=shelf,
        page=page,
        lines=lines,
        wanted=wanted,
        standard=Wanted(),
        query=query,
        filters=[inline_html(words, name_of=naming(texts)) for words in filters_in_words(wanted, texts)],
        genres=[
            Choice(genre, sentence_case(genre_name(genre, texts)))
            for genre in await pages.suggest_genres(playlist.id, "")
        ],
        tags=[Choice(tag, tag_name(tag, texts)) for tag in await pages.suggest_tags(playlist.id, "")],
        confidences=[Choice(verdict.value, sentence_case(texts(key))) for verdict, key in CONFIDENCES.items()],
        sorts=[Choice(sort.value, sentence_case(texts(f"sort-{sort.value}"))) for sort in Sort],
        fewest=FEWEST,
        formats=FORMATS,
        link=shared_link,
        removed=number_in(request.query.get("removed")),
        is_local=page_url.host is not None and is_loopback(page_url.host),
        new=new,
        problem=new.problem,
    )


async def export_playlist(request: web.Request) -> web.Response:
    """Hand a playlist over as a file."""
    shelf = await shelf_of(request)
    kind = by_name(request.match_info["format"])
    if kind is None:
        raise web.HTTPNotFound
    site = request.app[SITE]
    pages = site.services.store.track_pages
    async with site.turn(is_public=shelf.is_public):
        tracks = await pages.all_of(shelf.playlist.id)
        listed = portable_list(shelf.playlist, map(shelf.shown, tracks), await pages.votes_of(shelf.playlist.id))
        file = await asyncio.to_thread(
            exported, listed, kind, most_bytes=MOST_UNTAKEN_OF_ONE_SOURCE if shelf.is_public else EXPORT_BYTES
        )
    return web.Response(
        body=file.data,
        content_type=kind.content_types[0],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"},
    )


def _line(shelf: Shelf, number: int, track: Track, texts: Texts, *, sort: Sort, query: str) -> Line:
    details = " · ".join(track_details(shelf.shown(track), sort, texts))
    # A message on Discord is for its server alone.
    heard_at = track_address(track, shelf.playlist.guild) if track.link else None
    return Line(
        number,
        track,
        track_emoji(track),
        inline_html(details, name_of=naming(texts)),
        shelf.track_address(track.id) + query,
        None if heard_at is None else link(heard_at, "↗", label=texts("web-hear", name=track.title)),
    )


def _server_name(guild: int, texts: Texts) -> str:
    return texts("web-this-machine") if guild == SERVER else texts("web-server", name=id_in_short(guild))
