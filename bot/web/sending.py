"""Sends what was published, to whoever has the link: only so much of it waits to be taken at the same time."""

from __future__ import annotations

from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.errors import PageBusy
from bot.web.here import PUBLISHED

MOST_BYTES: Final = 32 << 20
"""Of answers that are being sent to strangers; one that is larger goes alone."""


def sending_published() -> Middleware:
    """Return the middleware that sends what was published, and counts it until it is taken.

    Returns
    -------
    aiohttp.typedefs.Middleware
        It raises `PageBusy` where too much is under way already. How long one of them may take is for
        `bot.web.connections` to say.
    """
    under_way = 0

    @web.middleware
    async def sent(request: web.Request, handler: Handler) -> web.StreamResponse:
        nonlocal under_way
        response = await handler(request)
        if not request.path.startswith(PUBLISHED):
            return response
        size = response.content_length or 0
        if under_way and under_way + size > MOST_BYTES:
            raise PageBusy
        under_way += size
        try:
            await response.prepare(request)
            await response.write_eof()
        finally:
            under_way -= size
        return response

    return sent
