"""Lets in only requests of this page: not those of other pages that the browser shows, nor of others on the network."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from itertools import count
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.address import Address
from bot.web.fragments import wants_fragment
from bot.web.here import FIRST_VISITOR, MEMBER, PUBLISHED

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})

COOKIE: Final = "genre-bot-session"

OPEN_PATHS: Final = ("/static/", "/login", PUBLISHED)
"""What is served without the password: what the login needs, and lists that their server has published."""

MOST_SESSIONS: Final = 100
"""Browsers that are logged in; of more, the oldest have to log in again."""

SECONDS_BETWEEN_ATTEMPTS: Final = 1.0
"""How long after a wrong password no other of the same source is looked at, in seconds."""

MOST_SOURCES: Final = 1000
"""Addresses and networks that have to wait at the same time."""


class Guard:
    """Decides who is let in.

    Parameters
    ----------
    address
        Where the page is found.
    password
        What everybody has to know; None where nobody but this machine gets here.
    clock
        Tells the time in seconds; never goes back.
    """

    def __init__(self, address: Address, password: str | None, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._address = address
        self._password = password
        self._clock = clock
        # In the order in which they began; each with the number of its visitor.
        self._sessions: dict[str, int] = {}
        self._visitors = count(FIRST_VISITOR)
        self._next_attempts: dict[str, float] = {}

    @property
    def asks(self) -> bool:
        """Whether there is a password."""
        return self._password is not None

    def refusal(self, request: web.Request) -> web.HTTPException | None:
        """Return why a request is not answered.

        Parameters
        ----------
        request
            Any.

        Returns
        -------
        aiohttp.web.HTTPException or None
            None where it is.
        """
        host = request.headers.get("Host", "")
        if not self._address.is_called(host):
            return web.HTTPMisdirectedRequest(
                text="This page is not called that. Open the address that genre-bot printed when it started, "
                "or set GENREBOT_WEB_URL to the one that you use.\n"
            )
        if request.method not in SAFE_METHODS and not self._address.is_origin(request.headers.get("Origin"), host):
            return web.HTTPForbidden(text="Another page has sent this, so nothing was done. Use this page itself.\n")
        if not self.asks or request.path.startswith(OPEN_PATHS) or self._is_known(request):
            return None
        if request.method in SAFE_METHODS and not wants_fragment(request):
            return web.HTTPSeeOther("/login")
        return web.HTTPUnauthorized(text="Log in.\n")

    def visitor(self, request: web.Request) -> int:
        """Return who asks: limits on what one person may ask for count for each.

        Parameters
        ----------
        request
            One that is let in.

        Returns
        -------
        int
            `bot.web.here.MEMBER` where there is no password, and so only whoever sits before this machine.
        """
        return self._sessions.get(request.cookies.get(COOKIE, ""), MEMBER)

    def has_to_wait(self, source: str) -> bool:
        """Tell whether a wrong password came from somewhere a moment ago.

        Parameters
        ----------
        source
            Of `bot.web.sources.Sources.of`.

        Returns
        -------
        bool
        """
        return self._clock() < self._next_attempts.get(source, 0.0)

    def log_in(self, password: str, source: str) -> str | None:
        """Let a browser in that knows the password.

        Parameters
        ----------
        password
            What was typed.
        source
            Of `bot.web.sources.Sources.of`.

        Returns
        -------
        str or None
            What the browser shows from now on; None where it is wrong.
        """
        if self._password is None:
            return None
        if not hmac.compare_digest(password.encode("utf-8", "replace"), self._password.encode()):
            now = self._clock()
            self._next_attempts = {known: ends for known, ends in self._next_attempts.items() if ends > now}
            self._next_attempts.pop(source, None)
            while len(self._next_attempts) >= MOST_SOURCES:
                del self._next_attempts[next(iter(self._next_attempts))]
            self._next_attempts[source] = now + SECONDS_BETWEEN_ATTEMPTS
            return None
        session = secrets.token_urlsafe(32)
        self._sessions[session] = next(self._visitors)
        while len(self._sessions) > MOST_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        return session

    def log_out(self, request: web.Request) -> None:
        """Forget a browser that was let in."""
        self._sessions.pop(request.cookies.get(COOKIE, ""), None)

    def _is_known(self, request: web.Request) -> bool:
        return request.cookies.get(COOKIE, "") in self._sessions


def guarding(guard: Guard) -> Middleware:
    """Return the middleware that asks a guard about every request.

    Parameters
    ----------
    guard
        Decides.

    Returns
    -------
    aiohttp.typedefs.Middleware
    """

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        refusal = guard.refusal(request)
        if refusal is not None:
            raise refusal
        return await handler(request)

    return guarded
