"""Connections to the page: how many there may be, and how long one may keep what it was given without taking more."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from typing import Any, Final

from aiohttp import web

from bot.logs import get_logger
from bot.web.address import is_loopback
from bot.web.headers import put_headers
from bot.web.shares import Shares
from bot.web.sources import Sources, network_of

log = get_logger(__name__)

MOST_CONNECTIONS: Final = 500
"""At the same time: about half of the files that a process may have open on Linux, unless it was told otherwise."""

KEPT: Final = 50
"""Of those, for whoever sits before this machine, and for proxies: strangers do not take them."""

MOST_OF_ONE_SOURCE: Final = 100
"""From one address or IPv6 network of strangers. A browser opens six, and one for events."""

IDLE_SECONDS: Final = 75.0
"""How long a connection may bring no request, or only a part of one's head, in seconds: as nginx has it."""

LOOK_SECONDS: Final = 30.0
"""How often whoever does not take all at once is looked at, in seconds."""

GRACE_SECONDS: Final = 120.0
"""How long they may take nothing, in seconds: systems and proxies take a lot at once, and then nothing for a while."""

LEAST_BYTES_PER_SECOND: Final = 10_000
"""That have to be taken on average, but for that; a slow phone takes ten times as many."""

UNSENT_BYTES: Final = 32 << 10
"""That this system takes without having sent them. It would take megabytes, and hide for minutes what is sent."""


def drop(transport: asyncio.WriteTransport) -> None:
    """End a connection with all that was not taken, also what the system keeps of it.

    Parameters
    ----------
    transport
        Of a socket.
    """
    with contextlib.suppress(OSError):
        # Not on every system where the other side has ended already.
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


class Connection(web.RequestHandler):
    """A connection that is closed where it does not go on.

    Parameters
    ----------
    doors
        Let it in or not.
    server
        Answers its requests.
    **options
        Of `aiohttp.web.RequestHandler`.
    """

    def __init__(self, doors: Doors, server: web.Server, **options: Any) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), keepalive_timeout=IDLE_SECONDS, **options)
        self._doors = doors
        self._source: str | None = None
        # aiohttp lets go of its own before all is sent.
        self._pipe: asyncio.Transport | None = None
        self._look: asyncio.TimerHandle | None = None
        self._waits_since = 0.0
        self._unsent = 0
        self._taken = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, or end at once where there are too many."""
        assert isinstance(transport, asyncio.Transport)
        peer = transport.get_extra_info("peername")
        source = self._doors.let_in(peer[0] if peer else "")
        if source is None:
            transport.abort()
            return
        self._source = source
        self._pipe = transport
        # Not on every system, nor where the other side has ended already.
        with contextlib.suppress(AttributeError, OSError):
            connection = transport.get_extra_info("socket")
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)
        # So that whoever leaves even a little is seen.
        transport.set_write_buffer_limits(0)
        super().connection_made(transport)

    def connection_lost(self, exc: BaseException | None) -> None:
        """End."""
        try:
            super().connection_lost(exc)
        finally:
            self._stop_looking()
            if self._source is not None:
                self._doors.let_out(self._source)

    def pause_writing(self) -> None:
        """Look after a while whether the other side takes what it asked for."""
        super().pause_writing()
        self._begin_to_wait()

    def resume_writing(self) -> None:
        """Stop looking: all was taken."""
        super().resume_writing()
        self._stop_looking()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what is no request that the application could be asked, with the headers of all answers.

        Parameters
        ----------
        request, status, exc, message
            As in `aiohttp.web.RequestHandler`.

        Returns
        -------
        aiohttp.web.StreamResponse
        """
        response = super().handle_error(request, status, exc, message)
        put_headers(response)
        # Else aiohttp would write its own name and version, once all headers are there.
        response.headers["Server"] = ""
        return response

    def _begin_to_wait(self) -> None:
        assert self._pipe is not None
        self._waits_since = asyncio.get_running_loop().time()
        self._unsent = self._pipe.get_write_buffer_size()
        self._taken = 0
        self._look_later()

    def _look_later(self) -> None:
        self._look = asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look_now)

    def _look_now(self) -> None:
        assert self._pipe is not None
        unsent = self._pipe.get_write_buffer_size()
        if unsent > self._unsent:
            # An answer in pieces has grown: how much was taken of it cannot be said.
            self._begin_to_wait()
            return
        self._taken += self._unsent - unsent
        self._unsent = unsent
        waited = asyncio.get_running_loop().time() - self._waits_since
        if self._taken < LEAST_BYTES_PER_SECOND * (waited - GRACE_SECONDS):
            drop(self._pipe)
        else:
            self._look_later()

    def _stop_looking(self) -> None:
        if self._look is not None:
            self._look.cancel()
            self._look = None


class Doors:
    """Makes the connections of a server, and counts them.

    Parameters
    ----------
    server
        Answers the requests.
    sources
        Which are proxies.
    **options
        Of `aiohttp.web.RequestHandler`.
    """

    def __init__(self, server: web.Server, sources: Sources, **options: Any) -> None:
        self._server = server
        self._sources = sources
        self._options = options
        self._connections = Shares()
        self._has_warned = False

    def __call__(self) -> Connection:
        """Return a connection that is about to begin."""
        return Connection(self, self._server, **self._options)

    def let_in(self, address: str) -> str | None:
        """Count a connection.

        Parameters
        ----------
        address
            Where it comes from.

        Returns
        -------
        str or None
            What it is counted as; None where there are too many.
        """
        source = network_of(address)
        count = self._connections.total
        is_stranger = not is_loopback(address) and not self._sources.is_proxy(address)
        is_full = count >= MOST_CONNECTIONS - (KEPT if is_stranger else 0)
        has_all = is_stranger and self._connections.of(source) >= MOST_OF_ONE_SOURCE
        if count < MOST_CONNECTIONS // 2 and not has_all:
            # Not at each one that ends and comes again.
            self._has_warned = False
        if not is_full and not has_all:
            self._connections.take(source)
            return source
        if not self._has_warned:
            log.warning(
                "the page refuses connections: there are too many, or too many from one address"
                " (if that is a proxy, GENREBOT_WEB_PROXIES has to name it)",
                connections=count,
            )
            self._has_warned = True
        return None

    def let_out(self, source: str) -> None:
        """Forget a connection.

        Parameters
        ----------
        source
            What it was counted as.
        """
        self._connections.give_back(source)
