"""How far a request is, and showing it no faster than Discord allows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol

from classifier.stage import Stage

log = logging.getLogger(__name__)

FIRST_AFTER_SECONDS: Final = 0.4
"""How long a request may take before any progress is shown, in seconds: what is answered at once needs none."""

EDIT_EVERY_SECONDS: Final = 1.5
"""Least time from one edit to the next, in seconds: Discord takes about five edits in five seconds."""

LAST_EDIT_SECONDS: Final = 5.0
"""How long the answer waits for an edit that is on its way, in seconds."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """The clip is being fetched."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The clip is here and waits for a worker.

    Parameters
    ----------
    position
        Place in the queue; 1 is next.
    seconds
        How long it may take until its turn, in seconds; None where no job has ended yet from which to tell.
    """

    position: int
    seconds: float | None


State = Fetching | Waiting | Stage
Report = Callable[[State], None]
"""Is told of each state as it begins, in the event loop."""


def unheard(_: State) -> None:
    """Report to nobody."""


class MessageGone(Exception):
    """The message that shows the progress was deleted."""


class ProgressSurface(Protocol):
    """Where progress is shown: the reply to an interaction, a message."""

    async def show(self, text: str) -> None:
        """Show a text in the place of the one before.

        Raises
        ------
        MessageGone
            If the message was deleted. What else prevents showing it is the surface's to log.
        """
        ...


class Progress:
    """Shows the last of many texts, at a steady pace, until it is stopped.

    Parameters
    ----------
    surface
        Where to.
    on_gone
        Called if the message was deleted; nothing is shown any more then.
    sleep
        Waits for a number of seconds.
    """

    def __init__(
        self,
        surface: ProgressSurface,
        *,
        on_gone: Callable[[], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._surface = surface
        self._on_gone = on_gone
        self._sleep = sleep
        self._wanted: str | None = None
        self._shown: str | None = None
        self._editing = False
        self._stopped = False
        # Only there while something is to be shown, or was shown a moment ago.
        self._task: asyncio.Task[None] | None = None

    def show(self, text: str) -> None:
        """Show a text as soon as the pace allows, unless another one has come by then.

        Parameters
        ----------
        text
            Short.
        """
        self._wanted = text
        if not self._stopped and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._edit())

    async def stop(self) -> None:
        """Show nothing any more; on return, no edit is on its way that could overtake the answer."""
        self._stopped = True
        task = self._task
        if task is None:
            return
        try:
            if self._editing:
                await asyncio.wait({task}, timeout=LAST_EDIT_SECONDS)
        finally:
            task.cancel()
        await asyncio.wait({task})
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("progress could not be shown", exc_info=error)

    async def _edit(self) -> None:
        if self._shown is None:
            await self._sleep(FIRST_AFTER_SECONDS)
        while self._wanted is not None and self._wanted != self._shown:
            text = self._wanted
            self._editing = True
            try:
                await self._surface.show(text)
            except MessageGone:
                self._stopped = True
                self._on_gone()
            finally:
                self._editing = False
            self._shown = text
            if self._stopped:
                return
            await self._sleep(EDIT_EVERY_SECONDS)
