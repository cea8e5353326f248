"""Reads the small forms of the page; files are read by `bot.web.asking`."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.web.uploads import BROKEN_OFF


async def form_of(request: web.Request) -> Mapping[str, str]:
    """Return what stands in a form.

    Parameters
    ----------
    request
        Anything may have been sent.

    Returns
    -------
    Mapping of str to str
        The last value of each field.

    Raises
    ------
    aiohttp.web.HTTPBadRequest
        If it is no form.
    """
    try:
        fields = await request.post()
    except (*BROKEN_OFF, LookupError):
        # Nor is one whose letters are in no alphabet that there is.
        raise web.HTTPBadRequest from None
    return {name: value for name, value in fields.items() if isinstance(value, str)}
