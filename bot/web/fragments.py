"""Parts of pages, which a script puts into the page that is there."""

from __future__ import annotations

from typing import Final

from aiohttp import web

FRAGMENT: Final = "Fragment"
"""Header of requests by a script."""


def wants_fragment(request: web.Request) -> bool:
    """Tell whether a script asks, and not a browser by itself."""
    return FRAGMENT in request.headers
