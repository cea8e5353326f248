"""A click on a button of the page: the bot's own buttons, answered there."""

from __future__ import annotations

from dataclasses import dataclass

import discord
from discord import ui

from bot.playlists.playlist import MOST_PLAYLISTS
from bot.playlists.rights import Asker
from bot.playlists.track import Source
from bot.services import Services
from bot.store.answers import PostedAnswer
from bot.surfaces.surface import Reply
from bot.texts.catalogue import Texts
from bot.web.channel import Channel, Message
from bot.web.here import MEMBER, SERVER


@dataclass(slots=True)
class Said:
    """What a click was answered with, for the one who clicked.

    Parameters
    ----------
    reply
        A text or a card; None for none.
    form
        To be filled in; None for none.
    """

    reply: Reply | None = None
    form: ui.Modal | None = None


class WebClick:
    """A click under a message of the channel, or a form that it opened.

    Parameters
    ----------
    channel
        The channel.
    message
        What the button stands under; None where it stands on another page.
    texts
        The language of the one who clicked.
    services
        Everything that it may call.

    Attributes
    ----------
    said : Said
        What to show to the one who clicked.
    """

    guild = SERVER
    asker = Asker(MEMBER, is_admin=True)
    may_moderate = True
    most_choices = MOST_PLAYLISTS

    def __init__(self, channel: Channel, message: Message | None, texts: Texts, services: Services) -> None:
        self._channel = channel
        self._message = message
        self.texts = texts
        self.services = services
        self.said = Said()

    @property
    def channel(self) -> int:
        """The channel's number."""
        return self._channel.number

    @property
    def message(self) -> int | None:
        """The id of the message."""
        return None if self._message is None else self._message.id

    @property
    def card(self) -> discord.Embed | None:
        """The card of the message."""
        return None if self._message is None else self._message.reply.embed

    def source_of(self, _: PostedAnswer) -> Source | None:
        """Return nothing: the file was not kept."""
        return None

    async def tell(self, text: str) -> None:
        """Say something.

        Parameters
        ----------
        text
            Short.
        """
        self.said = Said(Reply(content=text))

    async def show(self, card: discord.Embed) -> None:
        """Show a card.

        Parameters
        ----------
        card
            The card.
        """
        self.said = Said(Reply(card))

    async def ask(self, form: ui.Modal) -> None:
        """Open a form.

        Parameters
        ----------
        form
            The form.
        """
        self.said = Said(form=form)

    async def change(self, card: discord.Embed) -> None:
        """Show another card in the message, with the same picture and buttons.

        Parameters
        ----------
        card
            The card.
        """
        assert self._message is not None
        reply = self._message.reply
        self._channel.change(self._message.id, Reply(card, reply.picture, reply.view))

    async def accept(self) -> None:
        """Say nothing: what was clicked for shows by itself."""

    async def delete(self) -> None:
        """Delete the message."""
        assert self._message is not None
        self._channel.remove(self._message.id)
