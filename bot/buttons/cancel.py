"""The button that ends a request before its answer."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import ui

from bot.buttons.click import Click
from bot.buttons.clicking import telling_failures
from bot.buttons.discord_click import DiscordClick
from bot.texts.catalogue import ENGLISH, Texts


class CancelButton(ui.DynamicItem[ui.Button[Any]], template="genre-bot:cancel"):
    """Ends the request under whose progress it stands.

    It carries no state, and works on a message of before a restart too, where it says that there is nothing to cancel.

    Parameters
    ----------
    texts
        The readers' language.
    """

    def __init__(self, texts: Texts = ENGLISH) -> None:
        super().__init__(
            ui.Button(
                label=texts("button-cancel"),
                style=discord.ButtonStyle.secondary,
                custom_id=self.template.pattern,
            )
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

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is there for."""
        await self.press(DiscordClick(interaction))

    async def press(self, click: Click) -> None:
        """Cancel for those who may, and tell the others.

        Parameters
        ----------
        click
            Not answered yet.
        """
        request = click.services.under_way.shown_in(click.message) if click.message is not None else None
        if request is None:
            await click.tell(click.texts("cancel-over"))
        elif click.asker.id != request.member and not click.may_moderate:
            await click.tell(click.texts("cancel-not-yours"))
        else:
            # The request itself replaces the progress by a word, after the last edit that is on its way.
            request.cancel()
            await click.accept()


def cancel_view(texts: Texts) -> ui.View:
    """Return the button, to stand under a message.

    Parameters
    ----------
    texts
        The readers' language.

    Returns
    -------
    discord.ui.View
    """
    view = ui.View(timeout=None)
    view.add_item(CancelButton(texts))
    return view
