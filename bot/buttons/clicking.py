"""What all buttons share: a click that fails is answered like any other request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, TypeVar

import discord

Button = TypeVar("Button")
Callback = Callable[[Button, discord.Interaction[Any]], Coroutine[Any, Any, None]]


@asynccontextmanager
async def failures_told(interaction: discord.Interaction[Any]) -> AsyncIterator[None]:
    """Have whatever is raised in the context told to the one who clicked; discord.py would only log it.

    Parameters
    ----------
    interaction
        The click.
    """
    # Imported here: what tells failures shows progress, and under that stands a button.
    from bot.failing import tell_failure  # noqa: PLC0415

    with interaction.client.services.requests.one():
        try:
            yield
        except Exception as error:  # noqa: BLE001 - `tell_failure` logs what nobody expected
            await tell_failure(error, interaction)


def telling_failures(callback: Callback[Button]) -> Callback[Button]:
    """Have a button's callback run inside `failures_told`.

    Parameters
    ----------
    callback
        Of a button.

    Returns
    -------
    Callable
        The callback to use in its place.
    """

    @wraps(callback)
    async def answered(self: Button, interaction: discord.Interaction[Any]) -> None:
        async with failures_told(interaction):
            await callback(self, interaction)

    return answered
