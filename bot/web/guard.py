"""Lets in only requests of this page: not those of other pages that the browser shows, nor of others on the network."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.address import Address
from bot.web.here import PUBLISHED

SAFE_METHODS: Final = frozenset({"GET", "HEAD"})

COOKIE: Final = "genre-bot-session"

OPEN_PATHS: Final = ("/static/", "/login", PUBLISHED)
"""What is served without the password: what the login needs, and lists that their server has published."""

MOST_SESSIONS: Final = 100
"""Browsers that are logged in; of more, the oldest have to log in again."""

SECONDS_BETWEEN_ATTEMPTS: Final = 1.0
"""How long after a wrong password no other of the same address is looked at, in seconds."""

MOST_ADDRESSES: Final = 1000
"""Addresses whose last wrong password is remembered."""

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        # The browser plays its own file, and asks for no other.
        "media-src blob:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Nothing for other sites; without any, browsers would send forms as if they came from nowhere (`Origin: null`).
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""Of every answer."""


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
        self._sessions: dict[str, None] = {}
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
        return web.HTTPSeeOther("/login") if request.method in SAFE_METHODS else web.HTTPUnauthorized(text="Log in.\n")

    def has_to_wait(self, address: str) -> bool:
        """Tell whether a wrong password came from an address a moment ago.

        Parameters
        ----------
        address
            Of whoever wants to log in; all who come through one proxy share it.

        Returns
        -------
        bool
        """
        return self._clock() < self._next_attempts.get(address, 0.0)

    def log_in(self, password: str, address: str) -> str | None:
        """Let a browser in that knows the password.

        Parameters
        ----------
        password
            What was typed.
        address
            As for `has_to_wait`.

        Returns
        -------
        str or None
            What the browser shows from now on; None where it is wrong.
        """
        if self._password is None:
            return None
        if not hmac.compare_digest(password.encode("utf-8", "replace"), self._password.encode()):
            self._next_attempts.pop(address, None)
            self._next_attempts[address] = self._clock() + SECONDS_BETWEEN_ATTEMPTS
            while len(self._next_attempts) > MOST_ADDRESSES:
                del self._next_attempts[next(iter(self._next_attempts))]
            return None
        session = secrets.token_urlsafe(32)
        self._sessions[session] = None
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


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on an answer that is about to be sent, whatever it is."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.pop("Server", None)
