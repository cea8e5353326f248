"""Turns what goes wrong with a page into a page that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.cards.failure import UNEXPECTED, is_for_members
from bot.cards.html.inline import inline_html
from bot.drawing.errors import LookingUnderWay, TooManyLooking
from bot.errors import StoreFailed
from bot.failing import log_failure
from bot.playlists.errors import NoSuchPlaylist, NoSuchTrack
from bot.web.errors import PageBusy
from bot.web.fragments import wants_fragment
from bot.web.here import PUBLISHED
from bot.web.keys import SITE
from bot.web.language import texts_of

GUARDED: Final = (web.HTTPMisdirectedRequest, web.HTTPForbidden, web.HTTPUnauthorized, web.HTTPTooManyRequests)
"""With which `bot.web.guard` and `bot.web.crowding` refuse a request."""

NOT_FOUND: Final = web.HTTPNotFound.status_code

NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


@web.middleware
async def telling_failures(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a request, in words where it fails.

    Parameters
    ----------
    request
        Any.
    handler
        Answers it.

    Returns
    -------
    aiohttp.web.StreamResponse
    """
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        if refusal.status < 400 or isinstance(refusal, GUARDED):
            # It is none, or has words for whoever came the wrong way.
            raise
        words = texts_of(request)("web-not-found" if refusal.status == NOT_FOUND else "web-refused")
        # Such as which methods would be allowed.
        allowed = {name: value for name, value in refusal.headers.items() if name == "Allow"}
        return _page(request, refusal.status, words, allowed)
    except ConnectionError:
        # The browser went away in the middle.
        raise
    except Exception as error:  # noqa: BLE001 - it is logged in full, and told without a stack trace
        log_failure(error)
        return _page(request, _status(error), _words(request, error))


def _status(error: Exception) -> int:
    match error:
        case NoSuchPlaylist() | NoSuchTrack():
            return NOT_FOUND
        case StoreFailed() | PageBusy() | TooManyLooking() | LookingUnderWay():
            return 503
        case _:
            return 400 if is_for_members(error) else 500


def _words(request: web.Request, error: Exception) -> str:
    if _status(error) == NOT_FOUND:
        # Its own words name the commands that look for it on Discord.
        return texts_of(request)("web-not-found")
    return str(error) if is_for_members(error) else UNEXPECTED


def _page(request: web.Request, status: int, words: str, headers: Mapping[str, str] = NO_HEADERS) -> web.Response:
    # They are Discord's, with its marks for commands.
    written = inline_html(words)
    if wants_fragment(request):
        return web.Response(text=written.striptags(), status=status, headers=headers)
    response = request.app[SITE].pages.response(
        "failure.html",
        texts_of(request),
        status=status,
        words=written,
        is_public=request.path.startswith(PUBLISHED),
    )
    response.headers.update(headers)
    return response
