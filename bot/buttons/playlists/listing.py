"""The buttons under the list of playlists, and under the message that one was deleted."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import ui

from bot.asker import asker_of
from bot.buttons.clicking import telling_failures
from bot.cards.analysis import safe_name
from bot.cards.playlists import PLAYLISTS_A_PAGE, playlists_card
from bot.playlists.errors import NoSuchPlaylist
from bot.playlists.rights import require_owner
from bot.store.database import Store
from bot.texts.catalogue import ENGLISH, Texts, texts_for


class BringBackButton(ui.DynamicItem[ui.Button[Any]], template=r"genre-bot:bring-back:(?P<playlist>[0-9]{1,18})"):
    """Brings back a playlist that was deleted.

    Parameters
    ----------
    playlist_id
        Of the playlist.
    texts
        The readers' language.
    """

    def __init__(self, playlist_id: int, texts: Texts = ENGLISH) -> None:
        self._playlist_id = playlist_id
        super().__init__(ui.Button(label=texts("button-bring-back"), custom_id=f"genre-bot:bring-back:{playlist_id}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> BringBackButton:
        """Make the button of a click."""
        return cls(int(match["playlist"]))

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Bring it back for those who could have deleted it."""
        store: Store = interaction.client.services.store
        if interaction.guild_id is None:
            raise NoSuchPlaylist
        deleted = await store.playlists.deleted(self._playlist_id, interaction.guild_id)
        require_owner(deleted, asker_of(interaction))
        playlist = await store.playlists.bring_back(deleted.id, interaction.guild_id)
        interaction.client.jobs.wake()
        words = texts_for(interaction.locale)("playlist-back", name=safe_name(playlist.name), tracks=playlist.tracks)
        await interaction.response.edit_message(content=words, view=None)


class ListingButton(
    ui.DynamicItem[ui.Button[Any]], template=r"genre-bot:playlists:(?P<page>[0-9]{1,3}):(?P<way>back|on)"
):
    """Turns the pages of the list of playlists.

    Parameters
    ----------
    page
        Which page it leads to; the first is 0.
    way
        Which way that is.
    disabled
        Whether there is no such page.
    """

    def __init__(self, page: int, way: str, *, disabled: bool = False) -> None:
        self._page = page
        super().__init__(
            ui.Button(
                emoji="◀️" if way == "back" else "▶️",
                custom_id=f"genre-bot:playlists:{max(page, 0)}:{way}",
                disabled=disabled,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> ListingButton:
        """Make the button of a click."""
        return cls(int(match["page"]), match["way"])

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page, or the last one there is."""
        store: Store = interaction.client.services.store
        assert interaction.guild_id is not None
        playlists = await store.playlists.of_guild(interaction.guild_id)
        texts = texts_for(interaction.locale)
        page = min(self._page, max(0, len(playlists) - 1) // PLAYLISTS_A_PAGE)
        card = playlists_card(playlists, store.playlist_channels, page=page, texts=texts)
        await interaction.response.edit_message(embed=card, view=listing_view(page, len(playlists)))


LISTING_BUTTONS = (BringBackButton, ListingButton)
"""Those that have to work after a restart."""


def bring_back_view(playlist_id: int, texts: Texts) -> ui.View:
    """Return the button, to stand under the message that a playlist was deleted.

    Parameters
    ----------
    playlist_id
        Of the playlist.
    texts
        The readers' language.

    Returns
    -------
    discord.ui.View
    """
    view = ui.View(timeout=None)
    view.add_item(BringBackButton(playlist_id, texts))
    return view


def listing_view(page: int, playlists: int) -> ui.View:
    """Return the buttons that turn the pages of the list of playlists.

    Parameters
    ----------
    page
        Which page is shown; the first is 0.
    playlists
        How many playlists there are.

    Returns
    -------
    discord.ui.View
    """
    view = ui.View(timeout=None)
    view.add_item(ListingButton(page - 1, "back", disabled=page == 0))
    view.add_item(ListingButton(page + 1, "on", disabled=(page + 1) * PLAYLISTS_A_PAGE >= playlists))
    return view
