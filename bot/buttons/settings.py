"""The menus and the button of the admins' panel."""

from __future__ import annotations

import re
from typing import Any, Final

import discord
from discord import ui

from bot.buttons.clicking import telling_failures
from bot.cards.settings import settings_card
from bot.errors import NotAnAdmin
from bot.services import Services
from bot.settings_panel import Panel, read_panel
from bot.store.channels import ListeningMode
from bot.store.servers import VOTES_NEEDED
from bot.texts.catalogue import ENGLISH, Texts, texts_for

CHANNEL: Final = r"(?P<channel>[0-9]{1,20})"
OFF: Final = "off"
"""What the menu sends for a channel that is to be left alone."""

VOTES_OFFERED: Final = (1, 2, 3, 5, 10, 20)
"""Numbers of members who have to agree on a genre that can be chosen."""


class ModeMenu(ui.DynamicItem[ui.Select[Any]], template=rf"genre-bot:settings-mode:{CHANNEL}"):
    """Chooses how audio that is dropped into a channel is answered.

    Parameters
    ----------
    channel_id
        Discord's id of the channel.
    mode
        What is chosen now.
    texts
        The reader's language.
    """

    def __init__(self, channel_id: int, mode: ListeningMode | None = None, texts: Texts = ENGLISH) -> None:
        self._channel_id = channel_id
        now = OFF if mode is None else mode.value
        options = [
            discord.SelectOption(label=texts(f"settings-option-{value}"), value=value, default=value == now)
            for value in (OFF, *(mode.value for mode in ListeningMode))
        ]
        super().__init__(
            ui.Select(
                custom_id=f"genre-bot:settings-mode:{channel_id}",
                placeholder=texts("settings-choose"),
                options=options,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> ModeMenu:
        """Make the menu of a choice."""
        menu = cls(int(match["channel"]))
        assert isinstance(item, ui.Select)
        menu.item = item
        return menu

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Set what was chosen, and show the panel anew."""
        services, panel = await _panel(interaction, self._channel_id)
        channels = services.store.channels
        assert interaction.guild_id is not None
        (chosen,) = self.item.values
        if chosen == OFF:
            await channels.remove(panel.channel_id)
        elif chosen in set(ListeningMode):
            links = panel.setting is not None and panel.setting.links
            await channels.set(panel.channel_id, interaction.guild_id, ListeningMode(chosen), links=links)
        await _show(interaction, self._channel_id)


class LinksButton(ui.DynamicItem[ui.Button[Any]], template=rf"genre-bot:settings-links:{CHANNEL}"):
    """Switches whether links count where audio is dropped.

    Parameters
    ----------
    channel_id
        Discord's id of the channel.
    links
        Whether they count now.
    texts
        The reader's language.
    """

    def __init__(self, channel_id: int, *, links: bool = False, texts: Texts = ENGLISH) -> None:
        self._channel_id = channel_id
        label = texts("settings-links-button-off" if links else "settings-links-button-on")
        super().__init__(ui.Button(label=label, custom_id=f"genre-bot:settings-links:{channel_id}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> LinksButton:
        """Make the button of a click."""
        return cls(int(match["channel"]))

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Switch it, and show the panel anew."""
        services, panel = await _panel(interaction, self._channel_id)
        setting = panel.setting
        if setting is not None:
            await services.store.channels.set(setting.channel, setting.guild, setting.mode, links=not setting.links)
        await _show(interaction, self._channel_id)


class VotesMenu(ui.DynamicItem[ui.Select[Any]], template=rf"genre-bot:settings-votes:{CHANNEL}"):
    """Chooses how many members of the server have to agree on a genre before it counts.

    Parameters
    ----------
    channel_id
        Discord's id of the channel whose panel this is.
    needed
        How many it is now.
    texts
        The reader's language.
    """

    def __init__(self, channel_id: int, needed: int = VOTES_NEEDED, texts: Texts = ENGLISH) -> None:
        self._channel_id = channel_id
        options = [
            discord.SelectOption(
                label=texts("settings-option-votes", votes=votes), value=str(votes), default=votes == needed
            )
            for votes in VOTES_OFFERED
        ]
        super().__init__(
            ui.Select(
                custom_id=f"genre-bot:settings-votes:{channel_id}",
                placeholder=texts("settings-choose-votes"),
                options=options,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> VotesMenu:
        """Make the menu of a choice."""
        menu = cls(int(match["channel"]))
        assert isinstance(item, ui.Select)
        menu.item = item
        return menu

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Set what was chosen, and show the panel anew."""
        services, _ = await _panel(interaction, self._channel_id)
        assert interaction.guild_id is not None
        (chosen,) = self.item.values
        if chosen in {str(votes) for votes in VOTES_OFFERED}:
            await services.store.servers.need_votes(interaction.guild_id, int(chosen))
        await _show(interaction, self._channel_id)


SETTINGS_PARTS: Final = (ModeMenu, LinksButton, VotesMenu)
"""All that can stand under the panel."""


def require_admin(interaction: discord.Interaction[Any]) -> None:
    """Let only those through who may manage the server, whatever Discord's own lists of commands allow.

    Parameters
    ----------
    interaction
        What somebody did.

    Raises
    ------
    NotAnAdmin
        If they may not.
    """
    if not interaction.permissions.manage_guild:
        raise NotAnAdmin


def settings_view(panel: Panel, texts: Texts) -> ui.View:
    """Return the menus and the button.

    Parameters
    ----------
    panel
        The channel.
    texts
        The reader's language.

    Returns
    -------
    discord.ui.View
        Without the button where the channel is left alone.
    """
    setting = panel.setting
    view = ui.View(timeout=None)
    view.add_item(ModeMenu(panel.channel_id, setting.mode if setting is not None else None, texts))
    if setting is not None:
        view.add_item(LinksButton(panel.channel_id, links=setting.links, texts=texts))
    view.add_item(VotesMenu(panel.channel_id, panel.votes_needed, texts))
    return view


async def _panel(interaction: discord.Interaction[Any], channel_id: int) -> tuple[Services, Panel]:
    require_admin(interaction)
    services: Services = interaction.client.services
    panel = await read_panel(interaction.guild, channel_id, services, reads_messages=interaction.client.reads_messages)
    return services, panel


async def _show(interaction: discord.Interaction[Any], channel_id: int) -> None:
    _, panel = await _panel(interaction, channel_id)
    texts = texts_for(interaction.locale)
    await interaction.response.edit_message(embed=settings_card(panel, texts), view=settings_view(panel, texts))
