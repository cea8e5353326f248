"""Reads the small forms of the page; files are read by `bot.web.asking`."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.buttons.filled_form import FilledForm
from bot.cards.html.modal import FORM
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


def filled_form_of(fields: Mapping[str, str]) -> FilledForm:
    """Return what a form of the page says, as one of Discord's would.

    Parameters
    ----------
    fields
        Of the form, or of an address.

    Returns
    -------
    FilledForm
        Without the form's own id.
    """
    return FilledForm(tuple((name, (value,)) for name, value in fields.items() if name != FORM))
