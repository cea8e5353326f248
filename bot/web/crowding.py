"""Lets nobody have too many requests under way: behind a proxy, their connections are the proxy's."""

from __future__ import annotations

from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.shares import Shares
from bot.web.sources import Sources

MOST_REQUESTS: Final = 50
"""Under way for one source: a tenth of all connections."""


def counting_requests(sources: Sources) -> Middleware:
    """Return the middleware that refuses requests of a source that has `MOST_REQUESTS` under way.

    Parameters
    ----------
    sources
        Tells where requests come from.

    Returns
    -------
    aiohttp.typedefs.Middleware
        It raises `aiohttp.web.HTTPTooManyRequests`.
    """
    under_way = Shares()

    @web.middleware
    async def counted(request: web.Request, handler: Handler) -> web.StreamResponse:
        source = sources.of(request)
        if under_way.of(source) >= MOST_REQUESTS:
            raise web.HTTPTooManyRequests(text="You ask for too much at once. Wait a moment, and try again.\n")
        with under_way.taken(source):
            return await handler(request)

    return counted
