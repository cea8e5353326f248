"""What the parts of the running bot share."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.analyzer import Analyzer
from bot.drawing.process import DrawingProcess
from bot.facts import Facts, model_key
from bot.media.attachments import Fetch
from bot.media.linked_clip import LinkReader
from bot.settings import Settings
from bot.store.database import Store
from bot.under_way import UnderWay


class RequestCounter:
    """Counts the requests that still owe a reply."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def __len__(self) -> int:
        return self._count

    @contextmanager
    def one(self) -> Iterator[None]:
        """Count a request for as long as the context lasts."""
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def wait_for_none(self) -> None:
        """Wait until every request has its reply."""
        # The failure reply follows the failed request: it may have begun by the time this wakes up.
        while self._count:
            await self._idle.wait()


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that a command may call.

    Parameters
    ----------
    settings
        What the operator chose.
    analyzer
        Tells the genre of clips.
    store
        What outlives a restart.
    fetch
        Where attachments are read from.
    links
        What links are read with.
    clip_folder
        Private folder for clips that are being analysed.
    facts
        The model that answers.
    drawing
        Where whole playlists are compared and drawn; it starts no process before it is used.
    requests
        The requests that still owe a reply.
    under_way
        The requests that can be cancelled.
    """

    settings: Settings
    analyzer: Analyzer
    store: Store
    fetch: Fetch
    links: LinkReader
    clip_folder: Path
    facts: Facts
    drawing: DrawingProcess = field(default_factory=DrawingProcess)
    requests: RequestCounter = field(default_factory=RequestCounter)
    under_way: UnderWay = field(default_factory=UnderWay)

    @property
    def model_key(self) -> str:
        """The key under which what the present model hears is remembered."""
        return model_key(self.facts, self.settings)
