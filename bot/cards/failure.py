"""The reply when there is no answer."""

from __future__ import annotations

from typing import Final

import discord

from bot.errors import (
    CannotRead,
    CoolingDown,
    DownloadFailed,
    FileOrLink,
    NothingToHear,
    QueueFull,
    RequestError,
    ShuttingDown,
    TooManyForMember,
    TooManyForServer,
    UploadFailed,
    WaitedTooLong,
)
from bot.media.link_errors import LinkError
from bot.texts.catalogue import ENGLISH, Texts
from classifier.errors import ClipError

UNEXPECTED: Final = (
    "Something went wrong on my side, and it has been noted for the people who run me. Please try again."
)

NOT_HEARD: Final = (
    *(ClipError, LinkError, DownloadFailed, UploadFailed),
    *(FileOrLink, NothingToHear, CannotRead),
    *(QueueFull, TooManyForMember, TooManyForServer, CoolingDown, WaitedTooLong, ShuttingDown),
)
"""Errors that keep a clip from being listened to. Others may end anything, such as a vote or a setting."""


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


def failure_card(error: BaseException, texts: Texts = ENGLISH) -> discord.Embed:
    """Show why there is no answer.

    Parameters
    ----------
    error
        Whatever ended the request.
    texts
        The reader's language; the sentence itself is English.

    Returns
    -------
    discord.Embed
        The error's own sentence where it was written for members, a general one otherwise.
    """
    expected = is_for_members(error)
    return discord.Embed(
        title=texts("failure-title" if isinstance(error, NOT_HEARD) else "failure-title-other"),
        description=str(error) if expected else UNEXPECTED,
        colour=discord.Colour.orange() if expected else discord.Colour.red(),
    )
