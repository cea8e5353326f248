"""The channel: what was asked in it since the bot started, and what it says to that, for whoever looks."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Final

from bot.store.utc import utc_now
from bot.surfaces.surface import Reply
from bot.texts.catalogue import Texts
from bot.web.here import CHANNELS_END

MOST_MESSAGES: Final = 200
"""Messages that are kept: their pictures take up to 100 kB each."""


@dataclass(slots=True)
class Message:
    """What somebody asked for, and how far that is.

    Parameters
    ----------
    id
        Its own, also among the messages of earlier runs.
    asked
        What the clip is called; strangers may have written it.
    texts
        The language that it is answered in.
    at
        When it was asked, in UTC.
    reply
        What stands there now.
    is_under_way
        Whether that will change by itself.
    revision
        Grows with each change in the channel.
    written
        Its HTML and the revision that it is of; None until somebody has looked.
    """

    id: int
    asked: str
    texts: Texts
    at: datetime
    reply: Reply = field(default_factory=Reply)
    is_under_way: bool = True
    revision: int = 0
    written: tuple[int, str] | None = None


class Listener:
    """Somebody who looks, and is told of each message that has changed, however often meanwhile."""

    def __init__(self) -> None:
        self._changed: dict[int, None] = {}
        self._is_new = asyncio.Event()
        self._is_closed = False

    def tell(self, message_id: int) -> None:
        """Note a message that has changed, or is gone."""
        self._changed[message_id] = None
        self._is_new.set()

    def close(self) -> None:
        """Note that there will be nothing more."""
        self._is_closed = True
        self._is_new.set()

    async def changed(self) -> tuple[int, ...] | None:
        """Wait until something has changed, and return the ids of what has; None where nothing will any more."""
        await self._is_new.wait()
        changed, self._changed = tuple(self._changed), {}
        if not self._is_closed:
            self._is_new.clear()
        # The last words are told, too.
        return changed or None


class Channel:
    """The messages of this run, the oldest first.

    Attributes
    ----------
    number : int
        Differs from that of any other run; the database knows the channel by it.
    """

    def __init__(self) -> None:
        self.number = secrets.randbelow(CHANNELS_END)
        # In milliseconds: an answer in the database is never taken for one of an earlier run.
        self._ids = count(int(time.time() * 1000))
        self._revision = 0
        self._messages: dict[int, Message] = {}
        self._removed: dict[int, int] = {}
        # What went before is forgotten.
        self._known_since = 0
        self._listeners: set[Listener] = set()

    @property
    def revision(self) -> int:
        """Of the last change."""
        return self._revision

    @property
    def messages(self) -> tuple[Message, ...]:
        """What stands in the channel."""
        return tuple(self._messages.values())

    def get(self, message_id: int) -> Message | None:
        """Return a message; None where there is none, or not any more."""
        return self._messages.get(message_id)

    def post(self, asked: str, texts: Texts) -> Message:
        """Begin a message.

        Parameters
        ----------
        asked
            What the clip is called.
        texts
            The language to answer in.

        Returns
        -------
        Message
        """
        message = Message(next(self._ids), asked, texts, utc_now())
        self._messages[message.id] = message
        while len(self._messages) > MOST_MESSAGES:
            over = (message_id for message_id, old in self._messages.items() if not old.is_under_way)
            oldest = next(over, None)
            if oldest is None:
                break
            self.remove(oldest)
        self._changed(message)
        return message

    def change(self, message_id: int, reply: Reply, *, is_under_way: bool = False) -> bool:
        """Let a message say something else.

        Parameters
        ----------
        message_id
            Of the message.
        reply
            What it says.
        is_under_way
            Whether that will change by itself.

        Returns
        -------
        bool
            Whether it is still there.
        """
        message = self._messages.get(message_id)
        if message is None:
            return False
        message.reply = reply
        message.is_under_way = is_under_way
        self._changed(message)
        return True

    def remove(self, message_id: int) -> None:
        """Take a message away; nothing happens where it is gone."""
        if self._messages.pop(message_id, None) is None:
            return
        self._revision += 1
        self._removed[message_id] = self._revision
        while len(self._removed) > MOST_MESSAGES:
            self._known_since = self._removed.pop(next(iter(self._removed)))
        self._tell(message_id)

    def changed_since(self, revision: int) -> tuple[int, ...] | None:
        """Return the ids of the messages that have changed, or gone, since a revision.

        Parameters
        ----------
        revision
            Any number: it comes from outside.

        Returns
        -------
        tuple of int or None
            None where that is too long ago to be known.
        """
        if revision < self._known_since:
            return None
        return (
            *(message_id for message_id, gone in self._removed.items() if gone > revision),
            *(message.id for message in self._messages.values() if message.revision > revision),
        )

    @contextmanager
    def listening(self) -> Iterator[Listener]:
        """Have somebody told of changes for as long as the context lasts.

        Yields
        ------
        Listener
        """
        listener = Listener()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    @property
    def listeners(self) -> int:
        """How many listen."""
        return len(self._listeners)

    def close(self) -> None:
        """Let everybody who listens go."""
        for listener in self._listeners:
            listener.close()

    def _changed(self, message: Message) -> None:
        self._revision += 1
        message.revision = self._revision
        self._tell(message.id)

    def _tell(self, message_id: int) -> None:
        for listener in self._listeners:
            listener.tell(message_id)
