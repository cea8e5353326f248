"""A click as Discord tells of it."""

from __future__ import annotations

from typing import Any, Final

import discord
from discord import ui

from bot.asker import asker_of
from bot.cards.analysis import PICTURE_NAME
from bot.media.in_message import files_in
from bot.playlists.rights import Asker
from bot.playlists.track import Source
from bot.services import Services
from bot.store.answers import PostedAnswer
from bot.texts.catalogue import Texts, texts_for

MOST_OPTIONS: Final = 25
"""Choices that Discord takes in a menu."""


class DiscordClick:
    """A click on a button in Discord, or a form that was sent there.

    Parameters
    ----------
    interaction
        Not answered yet.
    """

    most_choices = MOST_OPTIONS

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self._interaction = interaction

    @property
    def services(self) -> Services:
        """Everything that it may call."""
        services: Services = self._interaction.client.services
        return services

    @property
    def asker(self) -> Asker:
        """Who clicked, as far as rights to playlists depend on it."""
        return asker_of(self._interaction)

    @property
    def guild(self) -> int | None:
        """Discord's id of the server; None where there is none."""
        return self._interaction.guild_id

    @property
    def channel(self) -> int | None:
        """Discord's id of the channel; None where it is not known."""
        return self._interaction.channel_id

    @property
    def message(self) -> int | None:
        """Discord's id of the message that the button stands under."""
        message = self._interaction.message
        return None if message is None else message.id

    @property
    def card(self) -> discord.Embed | None:
        """The card of that message; None where somebody took it out."""
        message = self._interaction.message
        return message.embeds[0] if message is not None and message.embeds else None

    @property
    def texts(self) -> Texts:
        """The language of the one who clicked."""
        return texts_for(self._interaction.locale)

    @property
    def may_moderate(self) -> bool:
        """Whether the one who clicked may delete what others asked for."""
        return self._interaction.permissions.manage_messages

    def source_of(self, posted: PostedAnswer) -> Source | None:
        """Return the message whose file was answered.

        Parameters
        ----------
        posted
            The answer.

        Returns
        -------
        Source or None
            None where that is not certain.
        """
        if posted.source is not None:
            return Source(posted.channel, posted.source, posted.position or 0)
        message = self._interaction.message
        replied_to = message.reference.resolved if message is not None and message.reference is not None else None
        if isinstance(replied_to, discord.Message) and len(files_in(replied_to)) == 1:
            return Source(replied_to.channel.id, replied_to.id, 0)
        return None

    async def tell(self, text: str) -> None:
        """Say something to the one who clicked alone.

        Parameters
        ----------
        text
            Short.
        """
        await self._interaction.response.send_message(text, ephemeral=True)

    async def show(self, card: discord.Embed) -> None:
        """Show a card to the one who clicked alone.

        Parameters
        ----------
        card
            The card.
        """
        await self._interaction.response.send_message(embed=card, ephemeral=True)

    async def ask(self, form: ui.Modal) -> None:
        """Open a form.

        Parameters
        ----------
        form
            The form; `bot.buttons.forms` takes what is filled in.
        """
        await self._interaction.response.send_modal(form)

    async def change(self, card: discord.Embed) -> None:
        """Show another card in the message, with the same picture.

        Parameters
        ----------
        card
            The card; changed.
        """
        message = self._interaction.message
        attachments = () if message is None else message.attachments
        if any(attachment.filename == PICTURE_NAME for attachment in attachments):
            # By its name again: by its address, Discord would show it twice.
            card.set_image(url=f"attachment://{PICTURE_NAME}")
        await self._interaction.response.edit_message(embed=card)

    async def accept(self) -> None:
        """Say nothing: what was clicked for shows by itself."""
        await self._interaction.response.defer()

    async def delete(self) -> None:
        """Delete the message."""
        # By the click's own token: it works where the bot is no member of the server, too.
        await self._interaction.response.defer()
        await self._interaction.delete_original_response()
