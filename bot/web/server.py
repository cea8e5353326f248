"""Puts the page together and serves it."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.errors import StoreFailed
from bot.failing import log_failure
from bot.services import Services
from bot.store.publications import TOKEN
from bot.web import about, asking, events, playlist_changes, playlist_pages, playlist_pictures, routes, track_pages
from bot.web.address import Address
from bot.web.assets import Assets
from bot.web.channel import Channel
from bot.web.connections import Doors
from bot.web.crowding import counting_requests
from bot.web.failures import telling_failures
from bot.web.forms import NUMBER
from bot.web.guard import Guard, guarding
from bot.web.headers import add_headers
from bot.web.here import CHANNELS_END, PLAYLISTS, PUBLISHED, SERVER
from bot.web.keys import SITE, Site
from bot.web.layouts import Layouts
from bot.web.pages import Pages
from bot.web.sending import sending_published
from bot.web.sources import Sources

OWN: Final = rf"{PLAYLISTS}/{{playlist:{NUMBER}}}"
SHOWN: Final = rf"{PUBLISHED}{{token:{TOKEN.pattern}}}"
"""Where a playlist is found, and one that was published."""

FORM_BYTES: Final = 64 << 10
"""Largest form that is read as a whole; files are read as they come, and counted."""

SHUTDOWN_SECONDS: Final = 2.0
"""How long requests may take once the page is closed, in seconds: those for answers have ended by then."""


@asynccontextmanager
async def serving(services: Services, listening: socket.socket, address: Address) -> AsyncIterator[None]:
    """Serve the page for as long as the context lasts.

    Parameters
    ----------
    services
        The same as the commands call in Discord.
    listening, address
        Of `bot.web.address.open_socket`; the socket stays the caller's to close.

    Yields
    ------
    None

    Raises
    ------
    StoreFailed
        If the database fails.
    """
    # What the page's playlists belong to.
    await services.store.servers.arrived(SERVER)
    # Those of runs that ended without a word. Younger ones may stand on another page; of older ones, few do.
    await services.store.answers.channels_gone(below=CHANNELS_END, age=services.settings.keep)
    channel = Channel()
    sources = Sources(services.settings.proxies)
    runner = web.AppRunner(application(services, channel, address, sources), shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    assert runner.server is not None
    # A line a request would tell who asked for what.
    doors = Doors(runner.server, sources, access_log=None, lingering_time=SHUTDOWN_SECONDS)
    try:
        server = await asyncio.get_running_loop().create_server(doors, sock=listening)
        try:
            yield
        finally:
            server.close()
    finally:
        channel.close()
        await runner.cleanup()
        await _forget(channel, services)


def application(services: Services, channel: Channel, address: Address, sources: Sources) -> web.Application:
    """Return the application.

    Parameters
    ----------
    services
        What it calls.
    channel
        The one channel.
    address
        Where it is found.
    sources
        Tells where requests come from.

    Returns
    -------
    aiohttp.web.Application
    """
    # What aiohttp itself logs of broken requests is everybody's noise.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    guard = Guard(address, services.settings.password)
    assets = Assets()
    pages = Pages(assets, asks_for_password=guard.asks)
    app = web.Application(
        middlewares=[telling_failures, guarding(guard), counting_requests(sources), sending_published(sources)],
        client_max_size=FORM_BYTES,
    )
    app[SITE] = Site(services, channel, pages, guard, sources, Layouts(services.drawing))
    app.on_response_prepare.append(add_headers)
    app.add_routes(
        [
            web.get("/", routes.show_channel),
            web.post("/ask", asking.ask),
            web.get("/events", events.tell_changes, allow_head=False),
            web.post(rf"/messages/{{message:{NUMBER}}}/press", routes.take_click),
            web.get(rf"/messages/{{message:{NUMBER}}}/files/{{name}}", routes.show_picture),
            web.get(rf"/answers/{{answer:{NUMBER}}}", routes.show_look),
            web.get(rf"/answers/{{answer:{NUMBER}}}/analysis.json", routes.send_analysis),
            web.get(PLAYLISTS, playlist_pages.show_playlists),
            web.post(PLAYLISTS, playlist_changes.create_playlist),
            *(route for base in (OWN, SHOWN) for route in _reading(base)),
            web.post(f"{OWN}/change", playlist_changes.change_playlist),
            web.post(f"{OWN}/delete", playlist_changes.delete_playlist),
            web.post(f"{OWN}/back", playlist_changes.bring_playlist_back),
            web.post(f"{OWN}/publish", playlist_changes.publish_playlist),
            web.post(f"{OWN}/withdraw", playlist_changes.withdraw_playlist),
            web.post(f"{OWN}/undo", track_pages.bring_track_back),
            web.post(rf"{OWN}/tracks/{{track:{NUMBER}}}/vote", track_pages.vote_on_track),
            web.post(rf"{OWN}/tracks/{{track:{NUMBER}}}/remove", track_pages.remove_track),
            web.get("/about", about.show_about),
            web.get("/about/{name}", about.show_figure),
            web.get("/login", routes.show_login),
            web.post("/login", routes.log_in),
            web.post("/logout", routes.log_out),
            web.get("/static/{digest}/{name}", assets.serve),
        ]
    )
    return app


def _reading(base: str) -> tuple[web.RouteDef, ...]:
    """Return what shows a playlist, its own or one that was published."""
    return (
        web.get(base, playlist_pages.show_playlist),
        web.get(rf"{base}/tracks/{{track:{NUMBER}}}", track_pages.show_track),
        web.get(f"{base}/map", playlist_pictures.show_map),
        web.get(f"{base}/fingerprint", playlist_pictures.show_fingerprint),
        web.get(f"{base}/export/{{format}}", playlist_pages.export_playlist),
    )


async def _forget(channel: Channel, services: Services) -> None:
    """Forget the answers of this run, which stand nowhere from now on."""
    try:
        await services.store.answers.channel_gone(channel.number)
    except StoreFailed as error:
        # By a later run, then.
        log_failure(error)
