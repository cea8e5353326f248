"""The one place where what went wrong becomes a reply."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot.cards.failure import failure_card, is_for_members
from bot.errors import StoreFailed
from bot.logs import get_logger
from bot.surfaces.interaction import InteractionSurface
from bot.surfaces.surface import DELIVERY_ERRORS, Reply, Surface
from classifier.errors import WorkerDied

log = get_logger(__name__)


async def tell_failure(error: BaseException, place: discord.Interaction[Any] | Surface) -> None:
    """Log why there is no answer as it deserves, and tell the one who asked.

    Parameters
    ----------
    error
        Whatever ended the request.
    place
        Where the answer would have been.
    """
    cause = _cause(error)
    log_failure(cause)
    surface = InteractionSurface.of(place) if isinstance(place, discord.Interaction) else place
    card = failure_card(cause, surface.texts)
    try:
        await surface.answer(Reply(card))
    except discord.Forbidden:
        log.warning("a failed request could not be answered with a card: that is not allowed here")
    except DELIVERY_ERRORS:
        log.exception("a failed request could not be answered with a card")
    else:
        return
    try:
        # Where cards are not allowed, a sentence in the place of the progress may be.
        await surface.end_with(card.description or "")
    except DELIVERY_ERRORS as refusal:
        log.warning("a failed request could not be answered at all", error=str(refusal))


def _cause(error: BaseException) -> BaseException:
    """Return what went wrong without discord.py's words around it."""
    match error:
        case app_commands.CommandInvokeError():
            return error.original
        case app_commands.TransformerError() if error.__cause__ is not None:
            return error.__cause__
        case _:
            return error


def log_failure(cause: BaseException) -> None:
    """Log a failure: in full where somebody has to look into it.

    Parameters
    ----------
    cause
        Whatever ended the request.
    """
    if not is_for_members(cause):
        log.error("a request failed", exc_info=cause)
    elif isinstance(cause, WorkerDied):
        log.warning("a worker died under a job", exc_info=cause)
    elif isinstance(cause, StoreFailed):
        log.error("the database failed", exc_info=cause)
    else:
        log.info("no answer", reason=type(cause).__name__)
