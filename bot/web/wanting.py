"""Which tracks of a playlist an address asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from aiohttp import web

from bot.buttons.playlists.filter_form import filters_of
from bot.playlists.wanted import Sort, Wanted
from bot.web.forms import filled_form_of, number_in

MOST_PAGES: Final = 100_000


def wanted_in(request: web.Request, *, is_public: bool) -> Wanted:
    """Read the filters and the order of an address.

    Parameters
    ----------
    request
        Its address may hold anything.
    is_public
        Whether anybody with the link may see the playlist: then nobody is looked for by who they are.

    Returns
    -------
    Wanted
    """
    sorts = {sort.value: sort for sort in Sort}
    return replace(
        filters_of(filled_form_of(request.query), Wanted()),
        sort=sorts.get(request.query.get("sort", ""), Wanted().sort),
        adder=None if is_public else number_in(request.query.get("adder")),
    )


def page_in(request: web.Request) -> int:
    """Return which page of them is asked for; the first is 0."""
    return min(max(number_in(request.query.get("page")) or 1, 1), MOST_PAGES) - 1
