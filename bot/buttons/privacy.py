"""The button that deletes what is kept about the one who presses it."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import ui

from bot.buttons.clicking import telling_failures
from bot.cards.privacy import gone_card
from bot.store.database import Store
from bot.texts.catalogue import ENGLISH, Texts, texts_for


class ForgetButton(ui.DynamicItem[ui.Button[Any]], template="genre-bot:forget-me"):
    """Carries no state: whoever presses it is the one who is forgotten, and nobody else.

    Parameters
    ----------
    texts
        The reader's language.
    """

    def __init__(self, texts: Texts = ENGLISH) -> None:
        super().__init__(
            ui.Button(
                label=texts("privacy-delete-button"),
                style=discord.ButtonStyle.danger,
                custom_id=self.template.pattern,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], _match: re.Match[str], /
    ) -> ForgetButton:
        """Make the button of a click."""
        return cls()

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Delete everything, and say how much it was."""
        store: Store = interaction.client.services.store
        await interaction.response.defer()
        gone = await store.privacy.forget(interaction.user.id)
        card = gone_card(gone, texts_for(interaction.locale))
        await interaction.edit_original_response(embed=card, view=None)


def forget_view(texts: Texts) -> ui.View:
    """Return the button, to stand under the question whether the member is sure.

    Parameters
    ----------
    texts
        The reader's language.

    Returns
    -------
    discord.ui.View
    """
    view = ui.View(timeout=None)
    view.add_item(ForgetButton(texts))
    return view
