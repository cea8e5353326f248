"""The reply when there is no answer."""

from __future__ import annotations

from typing import Final

import discord

from bot.errors import RequestError
from classifier.errors import ClipError

UNEXPECTED: Final = (
    "Something went wrong on my side, and it has been noted for the people who run me. Please try again."
)


def is_for_members(error: BaseException) -> bool:
    """Tell whether an error's own sentence was written for the member who asked.

    Parameters
    ----------
    error
        Whatever ended a request.

    Returns
    -------
    bool
        False for faults of the set-up and of the program, whose details belong into the log.
    """
    return isinstance(error, RequestError | ClipError)


def failure_card(error: BaseException) -> discord.Embed:
    """Show why there is no answer.

    Parameters
    ----------
    error
        Whatever ended the request.

    Returns
    -------
    discord.Embed
        The error's own sentence where it was written for members, a general one otherwise.
    """
    expected = is_for_members(error)
    return discord.Embed(
        title="I could not listen to that",
        description=str(error) if expected else UNEXPECTED,
        colour=discord.Colour.orange() if expected else discord.Colour.red(),
    )
