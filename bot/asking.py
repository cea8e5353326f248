"""A member's request from its deferral to its answer: with progress on the way, and a way to cancel it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import discord

from bot.analyzer import Source
from bot.cards.progress import progress_text
from bot.errors import Cancelled
from bot.fair_queue import Owner
from bot.heard import Heard
from bot.progress import Progress, State
from bot.replying import InteractionSurface
from bot.services import Services

log = logging.getLogger(__name__)


class Asking:
    """A member's request, deferred already.

    Parameters
    ----------
    interaction
        What the member did.
    surface
        Where it is answered.
    services
        What it calls.
    """

    def __init__(self, interaction: discord.Interaction[Any], surface: InteractionSurface, services: Services) -> None:
        server = interaction.guild_id
        if server is not None and interaction.client.get_guild(server) is None:
            # Only the member has installed the bot there.
            server = None
        self._owner = Owner(interaction.user.id, server)
        self._surface = surface
        self._services = services
        self._progress = Progress(surface, on_gone=self.message_gone)
        self._work: asyncio.Task[Heard] | None = None
        self._cancelled = False
        self.is_gone = False

    @property
    def member(self) -> int:
        """Discord's id of the member who asked."""
        return self._owner.member

    @property
    def message_id(self) -> int | None:
        """Discord's id of the message that shows the progress; None until it is known."""
        return self._surface.message_id

    async def analyze(self, source: Source) -> Heard:
        """Tell the genre of a clip, and show the progress meanwhile.

        Parameters
        ----------
        source
            Where the clip comes from.

        Returns
        -------
        Heard
            What the classifier says, with its picture.

        Raises
        ------
        Cancelled
            If somebody ended it.
        BotError, ClassifierError
            Whatever the analyzer raises.
        """
        self._work = asyncio.create_task(
            self._services.analyzer.analyze(
                source, owner=self._owner, report=self._report, within=self._surface.seconds_left
            )
        )
        if self._cancelled:
            self._work.cancel()
        try:
            return await self._work
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._cancelled and not (task is not None and task.cancelling()):
                raise Cancelled from None
            raise

    async def answer(self, *, embed: discord.Embed, files: Sequence[discord.File] = ()) -> None:
        """Answer; no progress is shown any more.

        Parameters
        ----------
        embed, files
            The answer.

        Raises
        ------
        discord.HTTPException
            If Discord does not take it.
        """
        await self._progress.stop()
        await self._surface.answer(embed=embed, files=files)

    def cancel(self) -> None:
        """End the request with a word."""
        self._cancelled = True
        if self._work is not None:
            self._work.cancel()

    def message_gone(self) -> None:
        """End the request without a word: its message was deleted."""
        self.is_gone = True
        self.cancel()

    async def end(self) -> None:
        """Show no progress any more."""
        await self._progress.stop()

    def _report(self, state: State) -> None:
        self._progress.show(progress_text(state))


@asynccontextmanager
async def asking(
    interaction: discord.Interaction[Any], services: Services, *, private: bool = False
) -> AsyncIterator[Asking]:
    """Defer an interaction and hold its request for as long as the context lasts.

    What is raised in the context is the caller's to answer, once no progress is shown any more; only that the request
    was cancelled is answered here.

    Parameters
    ----------
    interaction
        What the member did; not answered yet.
    services
        What the request calls.
    private
        Whether only the member may see the reply.

    Yields
    ------
    Asking
        The request.
    """
    with services.requests.one():
        surface = InteractionSurface.of(interaction, private=private)
        await surface.defer()
        request = Asking(interaction, surface, services)
        with services.under_way.one(request):
            try:
                yield request
            except Cancelled as reason:
                await request.end()
                log.info("a request was cancelled")
                if not request.is_gone:
                    await surface.end_with(str(reason))
            finally:
                await request.end()
