"""Answers what is asked on the page: in a message of the channel, which changes as the stages pass."""

from __future__ import annotations

from bot.buttons.cancel import cancel_view
from bot.fair_queue import Owner
from bot.progress import MessageGone
from bot.surfaces.surface import Reply
from bot.texts.catalogue import Texts
from bot.web.channel import Channel, Message
from bot.web.here import SERVER


class WebSurface:
    """A message in the channel.

    Parameters
    ----------
    channel
        Where it stands.
    asked
        What the clip is called.
    texts
        The language to answer in.
    visitor
        Who asks, as `bot.web.guard.Guard.visitor` knows them.
    """

    private = False
    seconds_left = None
    community = SERVER
    source_ids: frozenset[int] = frozenset()

    def __init__(self, channel: Channel, asked: str, texts: Texts, visitor: int) -> None:
        self._channel = channel
        self._asked = asked
        self._message: Message | None = None
        self.texts = texts
        self.owner = Owner(visitor, SERVER)

    @property
    def channel_id(self) -> int:
        """The number of the channel."""
        return self._channel.number

    @property
    def message_ids(self) -> frozenset[int]:
        """The message, as soon as there is one."""
        return frozenset() if self._message is None else frozenset({self._message.id})

    async def defer(self) -> None:
        """Put a message there that says that the clip is being fetched."""
        self._message = self._channel.post(self._asked, self.texts)
        self._say(self.texts("progress-fetching"))

    async def show(self, text: str) -> None:
        """Show how far the request is, with a button to cancel it.

        Parameters
        ----------
        text
            One short line.

        Raises
        ------
        MessageGone
            If the message was deleted.
        """
        if not self._say(text):
            raise MessageGone

    async def end_with(self, text: str) -> None:
        """Put a last word in the place of the progress.

        Parameters
        ----------
        text
            One short line.
        """
        self._put(Reply(content=text))

    async def withdraw(self) -> None:
        """Take the message away."""
        if self._message is not None:
            self._channel.remove(self._message.id)

    async def answer(self, reply: Reply) -> int | None:
        """Put the answer in the place of the progress.

        Parameters
        ----------
        reply
            The answer.

        Returns
        -------
        int or None
            The id of the message; None where it was deleted.
        """
        if self._message is None:
            # What ends a request before its first sign has to be told somewhere, too.
            self._message = self._channel.post(self._asked, self.texts)
        return self._message.id if self._put(reply) else None

    def _say(self, text: str) -> bool:
        return self._put(Reply(content=text, view=cancel_view(self.texts)), is_under_way=True)

    def _put(self, reply: Reply, *, is_under_way: bool = False) -> bool:
        assert self._message is not None
        return self._channel.change(self._message.id, reply, is_under_way=is_under_way)
