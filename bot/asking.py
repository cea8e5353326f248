"""A member's request from its first sign to its answer: with progress on the way, and a way to cancel it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from bot.analyzer import Source
from bot.cards.progress import progress_text
from bot.errors import Cancelled
from bot.heard import Heard
from bot.logs import get_logger
from bot.progress import Progress, State
from bot.services import Services
from bot.surfaces.surface import Reply, Surface

log = get_logger(__name__)


class Asking:
    """A member's request, of which a sign was given already.

    Parameters
    ----------
    surface
        Where it is answered.
    services
        What it calls.
    counted
        Its number among the requests that belong together, and how many these are.

    Attributes
    ----------
    is_gone : bool
        Whether its answer has nowhere to go any more.
    is_all_gone : bool
        Whether that holds for all requests that belong together: what they are about was deleted.
    """

    def __init__(self, surface: Surface, services: Services, counted: tuple[int, int]) -> None:
        self.surface = surface
        self._services = services
        self._counted = counted
        self._progress = Progress(surface, on_gone=self._reply_gone)
        self._work: asyncio.Task[Heard] | None = None
        self._cancelled = False
        self.is_gone = False
        self.is_all_gone = False

    @property
    def member(self) -> int:
        """Discord's id of the member who asked."""
        return self.surface.owner.member

    @property
    def channel_id(self) -> int:
        """Discord's id of the channel that is answered in."""
        return self.surface.channel_id

    @property
    def message_ids(self) -> frozenset[int]:
        """Discord's ids of the messages whose deletion ends the request."""
        return self.surface.message_ids

    async def analyze(self, source: Source) -> Heard:
        """Tell the genre of a clip, and show the progress meanwhile.

        Parameters
        ----------
        source
            Where the clip comes from.

        Returns
        -------
        Heard
            What was heard in it.

        Raises
        ------
        Cancelled
            If somebody ended it.
        BotError, ClassifierError
            Whatever the analyzer raises.
        """
        surface = self.surface
        self._work = asyncio.create_task(
            self._services.analyzer.analyze(
                source,
                owner=surface.owner,
                report=self._report,
                within=surface.seconds_left,
                continues=self._counted[0] > 1,
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

    async def answer(self, reply: Reply) -> int | None:
        """Answer; no progress is shown any more.

        Parameters
        ----------
        reply
            The answer.

        Returns
        -------
        int or None
            Discord's id of the message; None where it was deleted before the answer was there.

        Raises
        ------
        discord.HTTPException
            If Discord does not take it.
        """
        await self._progress.stop()
        if self.is_gone:
            await self.surface.withdraw()
            return None
        return await self.surface.answer(reply)

    def cancel(self) -> None:
        """End the request with a word."""
        self._cancelled = True
        if self._work is not None:
            self._work.cancel()

    def messages_gone(self, message_ids: Collection[int]) -> None:
        """End the request without a word: its reply was deleted, or what it is about.

        Parameters
        ----------
        message_ids
            Discord's ids of what was deleted.
        """
        if not self.surface.source_ids.isdisjoint(message_ids):
            self.is_all_gone = True
        self._reply_gone()

    def channel_gone(self) -> None:
        """End the request without a word: there is no place for its answer any more."""
        self.is_all_gone = True
        self._reply_gone()

    async def end(self) -> None:
        """Show no progress any more."""
        await self._progress.stop()

    def _reply_gone(self) -> None:
        self.is_gone = True
        self.cancel()

    def _report(self, state: State) -> None:
        texts = self.surface.texts
        text = progress_text(state, texts)
        number, every = self._counted
        if every > 1:
            text = texts("progress-of", number=number, all=every, text=text)
        self._progress.show(text)


@asynccontextmanager
async def asking(surface: Surface, services: Services, *, counted: tuple[int, int] = (1, 1)) -> AsyncIterator[Asking]:
    """Give a sign that there will be an answer, and hold the request for as long as the context lasts.

    What is raised in the context is the caller's to answer, once no progress is shown any more; only that the request
    was cancelled is answered here.

    Parameters
    ----------
    surface
        Where it is answered; nothing was said there yet.
    services
        What the request calls.
    counted
        Its number among the requests that belong together, and how many these are.

    Yields
    ------
    Asking
        The request.
    """
    with services.requests.one():
        request = Asking(surface, services, counted)
        # Before the first sign: what is deleted while that is on its way has to be noticed.
        with services.under_way.one(request):
            try:
                await surface.defer()
                yield request
            except Cancelled:
                await request.end()
                log.info("a request was cancelled")
                if request.is_gone:
                    await surface.withdraw()
                else:
                    await surface.end_with(surface.texts("cancelled"))
            finally:
                await request.end()
