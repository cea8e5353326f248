"""Reads the small forms of the page; files are read by `bot.web.asking`."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.buttons.filled_form import FilledForm
from bot.cards.html.element import encodable
from bot.cards.html.modal import FORM
from bot.web.uploads import BROKEN_OFF, PATIENCE_SECONDS

NUMBER: Final = "[0-9]{1,18}"
"""What the numbers of things look like, in forms and addresses: they fit into a database."""


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
        If it is no form, or takes longer than `PATIENCE_SECONDS`.
    """
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            fields = await request.post()
    except (*BROKEN_OFF, LookupError):
        # Nor is one whose letters are in no alphabet that there is.
        raise web.HTTPBadRequest from None
    # Some character sets lead to what cannot be written again.
    return {name: encodable(value) for name, value in fields.items() if isinstance(value, str)}


def number_in(text: str | None) -> int | None:
    """Return the number of something that a form or an address names; None where it names nothing.

    Parameters
    ----------
    text
        Anything may have been sent.

    Returns
    -------
    int or None
        At least 0, and small enough for a database.
    """
    return int(text) if text is not None and re.fullmatch(NUMBER, text) else None


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
