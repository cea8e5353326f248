"""A click on a button under an answer, or a form that it opened, wherever that was: in Discord or on a page."""

from __future__ import annotations

from typing import Protocol

import discord
from discord import ui

from bot.playlists.rights import Asker
from bot.playlists.track import Source
from bot.services import Services
from bot.store.answers import PostedAnswer
from bot.texts.catalogue import Texts


class Click(Protocol):
    """What a button knows of a click, and how it answers it: once."""

    @property
    def services(self) -> Services:
        """Everything that it may call."""
        ...

    @property
    def asker(self) -> Asker:
        """Who clicked, as far as rights to playlists depend on it."""
        ...

    @property
    def guild(self) -> int | None:
        """Discord's id of the server; None where there is none."""
        ...

    @property
    def channel(self) -> int | None:
        """Discord's id of the channel; None where it is not known."""
        ...

    @property
    def message(self) -> int | None:
        """Discord's id of the message that the button stands under."""
        ...

    @property
    def card(self) -> discord.Embed | None:
        """The card of that message; None where somebody took it out."""
        ...

    @property
    def texts(self) -> Texts:
        """The language of the one who clicked."""
        ...

    @property
    def most_choices(self) -> int:
        """How many choices a menu may have."""
        ...

    @property
    def may_moderate(self) -> bool:
        """Whether the one who clicked may delete what others asked for."""
        ...

    def source_of(self, posted: PostedAnswer) -> Source | None:
        """Return the message whose file was answered; None where that is not certain, or there is none."""
        ...

    async def tell(self, text: str) -> None:
        """Say something to the one who clicked alone."""
        ...

    async def show(self, card: discord.Embed) -> None:
        """Show a card to the one who clicked alone."""
        ...

    async def ask(self, form: ui.Modal) -> None:
        """Open a form."""
        ...

    async def change(self, card: discord.Embed) -> None:
        """Show another card in the message, with the same picture."""
        ...

    async def accept(self) -> None:
        """Say nothing: what was clicked for shows by itself."""
        ...

    async def delete(self) -> None:
        """Delete the message."""
        ...
