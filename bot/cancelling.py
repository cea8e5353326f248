"""Ending a request before its answer: by the button under its progress, or by deleting the message."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import discord
from discord import ui

NOT_YOURS = "Only the one who asked and the moderators can cancel this."
OVER = "This clip is not being listened to any more, so there is nothing to cancel."


class Cancellable(Protocol):
    """A request that somebody may end."""

    @property
    def member(self) -> int:
        """Discord's id of the member who asked."""
        ...

    @property
    def message_id(self) -> int | None:
        """Discord's id of the message that shows the progress; None until it is known."""
        ...

    def cancel(self) -> None:
        """End the request with a word."""
        ...

    def message_gone(self) -> None:
        """End the request without a word: its message was deleted."""
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
        return next((request for request in self._requests if request.message_id == message_id), None)

    def messages_gone(self, message_ids: Collection[int]) -> None:
        """End the requests whose messages were deleted.

        Parameters
        ----------
        message_ids
            Discord's ids of any messages.
        """
        for request in [request for request in self._requests if request.message_id in message_ids]:
            request.message_gone()


class CancelButton(ui.DynamicItem[ui.Button[Any]], template="genre-bot:cancel"):
    """Ends the request under whose progress it stands.

    It carries no state, and works on a message of before a restart too, where it says that there is nothing to cancel.
    """

    def __init__(self) -> None:
        super().__init__(
            ui.Button(label="Cancel", style=discord.ButtonStyle.secondary, custom_id=self.template.pattern)
        )

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: ui.Item[Any],
        _match: re.Match[str],
        /,
    ) -> CancelButton:
        """Make the button of a click."""
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Cancel for those who may, and tell the others."""
        under_way: UnderWay = interaction.client.services.under_way
        request = under_way.shown_in(interaction.message.id) if interaction.message is not None else None
        if request is None:
            await interaction.response.send_message(OVER, ephemeral=True)
        elif interaction.user.id != request.member and not interaction.permissions.manage_messages:
            await interaction.response.send_message(NOT_YOURS, ephemeral=True)
        else:
            # The request itself replaces the progress by a word, after the last edit that is on its way.
            request.cancel()
            await interaction.response.defer()


def cancel_view() -> ui.View:
    """Return the button, to stand under a message."""
    view = ui.View(timeout=None)
    view.add_item(CancelButton())
    return view
