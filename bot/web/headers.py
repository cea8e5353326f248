"""The headers of every answer: what a browser may do with it."""

from __future__ import annotations

from typing import Final

from aiohttp import web

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


def put_headers(response: web.StreamResponse) -> None:
    """Put the headers on an answer, but for those that it has already.

    Parameters
    ----------
    response
        Not sent yet.
    """
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on an answer of the application that is about to be sent, whatever it is."""
    put_headers(response)
    response.headers.pop("Server", None)
