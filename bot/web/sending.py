"""Sends what was published, to whoever has the link: only so much of it waits to be taken at the same time."""

from __future__ import annotations

import asyncio
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.connections import drop
from bot.web.errors import PageBusy
from bot.web.here import PUBLISHED
from bot.web.shares import Shares
from bot.web.sources import Sources

MOST_UNTAKEN: Final = 64 << 20
"""Bytes of answers to strangers that are being sent."""

MOST_UNTAKEN_OF_ONE_SOURCE: Final = 16 << 20
"""Of those, to one address or IPv6 network: nobody alone keeps the others waiting."""

MOST_REQUESTS: Final = 6
"""Under way for one source: as many as a browser has."""

SMALL: Final = 64 << 10
"""Bytes of an answer that is not counted, such as a page of a list."""

SENDING_SECONDS: Final = 120.0
"""How long one answer may take, in seconds, besides its bytes at `LEAST_BYTES_PER_SECOND`."""

LEAST_BYTES_PER_SECOND: Final = 30_000
"""That a stranger has to take."""


class Outgoing:
    """Sends answers to strangers, and counts them until they are taken.

    Parameters
    ----------
    sources
        Tells where requests come from.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._untaken = Shares()
        self._requests = Shares()

    async def send(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Have a request answered, and send the answer.

        Parameters
        ----------
        request
            For something that was published.
        handler
            Makes the answer.

        Returns
        -------
        aiohttp.web.StreamResponse
            It was sent.

        Raises
        ------
        PageBusy
            If too much is made or sent for them already; before it is made, where that is certain.
        ConnectionError
            If the other side does not take it.
        """
        source = self._sources.of(request)
        if self._requests.of(source) >= MOST_REQUESTS:
            raise PageBusy
        with self._requests.taken(source):
            return await self._send(source, request, handler)

    async def _send(self, source: str, request: web.Request, handler: Handler) -> web.StreamResponse:
        self._require_room(source, 1)
        response = await handler(request)
        size = response.content_length or 0
        if size <= SMALL:
            return response
        self._require_room(source, size)
        with self._untaken.taken(source, size):
            try:
                async with asyncio.timeout(SENDING_SECONDS + size / LEAST_BYTES_PER_SECOND):
                    await response.prepare(request)
                    await response.write_eof()
            except TimeoutError as error:
                if request.transport is not None:
                    drop(request.transport)
                raise ConnectionResetError from error
        return response

    def _require_room(self, source: str, size: int) -> None:
        # What is larger than a share goes where the source has nothing else.
        for untaken, most in (
            (self._untaken.total, MOST_UNTAKEN),
            (self._untaken.of(source), MOST_UNTAKEN_OF_ONE_SOURCE),
        ):
            if untaken and untaken + size > most:
                raise PageBusy


def sending_published(sources: Sources) -> Middleware:
    """Return the middleware that sends what was published by `Outgoing`.

    Parameters
    ----------
    sources
        Tells where requests come from.

    Returns
    -------
    aiohttp.typedefs.Middleware
    """
    outgoing = Outgoing(sources)

    @web.middleware
    async def sent(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith(PUBLISHED):
            return await outgoing.send(request, handler)
        return await handler(request)

    return sent
