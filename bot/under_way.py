"""The requests that are under way, for those who may end them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Protocol


class Cancellable(Protocol):
    """A request that somebody may end."""

    @property
    def member(self) -> int:
        """Discord's id of the member who asked."""
        ...

    @property
    def channel_id(self) -> int:
        """Discord's id of the channel that is answered in."""
        ...

    @property
    def message_ids(self) -> frozenset[int]:
        """Discord's ids of the messages whose deletion ends the request; the one with the progress among them."""
        ...

    def cancel(self) -> None:
        """End the request with a word."""
        ...

    def messages_gone(self, message_ids: Collection[int]) -> None:
        """End the request without a word: a message of it was deleted."""
        ...

    def channel_gone(self) -> None:
        """End the request without a word: there is no place for its answer any more."""
        ...


class UnderWay:
    """The requests that can be cancelled now."""

    def __init__(self) -> None:
        self._requests: list[Cancellable] = []

    @contextmanager
    def one(self, request: Cancellable) -> Iterator[None]:
        """Let a request be found for as long as the context lasts.

        Parameters
        ----------
        request
            The request.
        """
        self._requests.append(request)
        try:
            yield
        finally:
            self._requests.remove(request)

    def shown_in(self, message_id: int) -> Cancellable | None:
        """Find the request whose progress a message shows.

        Parameters
        ----------
        message_id
            Discord's id of the message.

        Returns
        -------
        Cancellable or None
            None where there is none any more.
        """
        return next((request for request in self._requests if message_id in request.message_ids), None)

    def messages_gone(self, message_ids: Collection[int]) -> None:
        """End the requests whose messages were deleted.

        Parameters
        ----------
        message_ids
            Discord's ids of any messages.
        """
        for request in [request for request in self._requests if not request.message_ids.isdisjoint(message_ids)]:
            request.messages_gone(message_ids)

    def channel_gone(self, channel_id: int) -> None:
        """End the requests whose channel or thread was deleted.

        Parameters
        ----------
        channel_id
            Discord's id of the channel.
        """
        for request in [request for request in self._requests if request.channel_id == channel_id]:
            request.channel_gone()
