"""A track of a playlist on the page, and what can be done with it there."""

from __future__ import annotations

from typing import Final

from aiohttp import web
from yarl import URL

from bot.buttons.ballot import Ballot
from bot.cards.html.card import card_html
from bot.cards.html.context import PageContext
from bot.cards.html.modal import modal_html
from bot.cards.picture import Picture
from bot.cards.track import track_card
from bot.playlists.errors import NoSuchTrack, NotHeardYet
from bot.playlists.track import Track
from bot.store.votes import GenreVotes
from bot.web.clicks import WebClick
from bot.web.forms import filled_form_of, form_of, number_in
from bot.web.here import MEMBER
from bot.web.keys import SITE
from bot.web.language import texts_of
from bot.web.names import naming
from bot.web.shelf import Shelf, own_shelf_of, query_of, shelf_of
from bot.web.wanting import page_in, wanted_in

VOTE: Final = "vote"
"""Custom id of the form in which a genre is chosen."""


async def show_track(request: web.Request) -> web.Response:
    """Show a track."""
    site = request.app[SITE]
    store = site.services.store
    texts = texts_of(request)
    shelf = await shelf_of(request)
    track = await _track(request, shelf)
    votes: tuple[GenreVotes, ...] = ()
    form = None
    if track.digest is not None:
        votes = await store.votes.tally(track.digest, shelf.playlist.guild)
        if shelf.may_change:
            click = WebClick(site.channel, None, texts, site.services)
            await _ballot(request, track, shelf).ask(click, VOTE)
            assert click.said.form is not None
            form = modal_html(click.said.form, _context(request, shelf, track))
    needed = await store.servers.votes_needed(shelf.playlist.guild)
    card = track_card(shelf.shown(track), shelf.playlist, votes=votes, needed=needed, texts=texts)
    if shelf.is_public and track.link is None:
        # A message on Discord is for its server alone.
        card.url = None
    return site.pages.response(
        "track.html",
        texts,
        shelf=shelf,
        track=track,
        card=card_html(card, name_of=naming(texts), heading_level=1),
        form=form,
        query=_query(request, shelf),
        back=shelf.base + _query(request, shelf),
    )


async def vote_on_track(request: web.Request) -> web.Response:
    """Count a vote."""
    site = request.app[SITE]
    shelf = await own_shelf_of(request)
    track = await _track(request, shelf)
    fields = await form_of(request)
    filled = filled_form_of(fields)
    click = WebClick(site.channel, None, texts_of(request), site.services)
    if await _ballot(request, track, shelf).take(click, filled.values) is None:
        raise web.HTTPBadRequest
    raise web.HTTPSeeOther(shelf.track_address(track.id) + _query(request, shelf))


async def remove_track(request: web.Request) -> web.Response:
    """Take a track out of its playlist."""
    shelf = await own_shelf_of(request)
    track = await _track(request, shelf)
    await request.app[SITE].services.store.tracks.remove(track.id, MEMBER)
    shown = URL(shelf.base + _query(request, shelf))
    raise web.HTTPSeeOther(shown.update_query(removed=str(track.id)))


async def bring_track_back(request: web.Request) -> web.Response:
    """Bring back a track that was removed."""
    store = request.app[SITE].services.store
    shelf = await own_shelf_of(request)
    track_id = number_in((await form_of(request)).get("track"))
    if track_id is None:
        raise web.HTTPBadRequest
    removed = await store.removed_tracks.get(track_id, shelf.playlist.guild)
    if removed.playlist_id != shelf.playlist.id:
        raise NoSuchTrack
    await store.removed_tracks.bring_back(removed)
    raise web.HTTPSeeOther(shelf.base + _query(request, shelf))


async def _track(request: web.Request, shelf: Shelf) -> Track:
    store = request.app[SITE].services.store
    track = await store.track_pages.get(int(request.match_info["track"]), shelf.playlist.guild)
    if track.playlist_id != shelf.playlist.id:
        raise NoSuchTrack
    return track


def _query(request: web.Request, shelf: Shelf) -> str:
    """Return which tracks were shown where this one was chosen."""
    return query_of(wanted_in(request, is_public=shelf.is_public), page=page_in(request))


def _ballot(request: web.Request, track: Track, shelf: Shelf) -> Ballot:
    if track.digest is None:
        raise NotHeardYet
    return Ballot(track.digest, shelf.playlist.guild, request.app[SITE].services.facts.genres)


def _context(request: web.Request, shelf: Shelf, track: Track) -> PageContext:
    def address_of(picture: Picture) -> str:
        raise LookupError(picture.name)

    return PageContext(
        action=f"{shelf.track_address(track.id)}/vote{_query(request, shelf)}",
        submit=texts_of(request)("web-submit"),
        address_of=address_of,
        heading_level=2,
    )
