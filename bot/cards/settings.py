"""The panel of a server's admins."""

from __future__ import annotations

from typing import Final

import discord

from bot.settings_panel import Panel
from bot.text import printable, sentence_case
from bot.texts.catalogue import ENGLISH, Texts

NAME_LIMIT: Final = 100
MOST_ELSEWHERE: Final = 20
"""Other channels that are named."""


def settings_card(panel: Panel, texts: Texts = ENGLISH) -> discord.Embed:
    """Show what the bot does in a channel, and what it may do there.

    Parameters
    ----------
    panel
        The channel.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    name = discord.utils.escape_markdown(printable(panel.channel_name, limit=NAME_LIMIT))
    embed = discord.Embed(title=texts("settings-title", channel=name), colour=discord.Colour.blurple())
    embed.add_field(name=texts("settings-dropped"), value=_dropped(panel, texts), inline=False)
    embed.add_field(
        name=texts("settings-votes"), value=texts("settings-votes-needed", votes=panel.votes_needed), inline=False
    )
    embed.add_field(name=texts("settings-may"), value=_may(panel, texts), inline=False)
    # Discord writes the channels' names, and only for those who may see them.
    others = " ".join(f"<#{channel}>" for channel in panel.elsewhere[:MOST_ELSEWHERE])
    embed.add_field(name=texts("settings-elsewhere"), value=others or texts("settings-nowhere"), inline=False)
    return embed


def _dropped(panel: Panel, texts: Texts) -> str:
    setting = panel.setting
    if setting is None:
        lines = [texts("settings-off")]
    else:
        lines = [
            texts(f"settings-{setting.mode.value}"),
            texts("settings-links-on" if setting.links else "settings-links-off"),
        ]
    if not panel.reads_messages:
        lines.append(texts("settings-blind"))
    return "\n".join(lines)


def _may(panel: Panel, texts: Texts) -> str:
    lines = []
    for feature, needs in panel.missing.items():
        what = sentence_case(feature.value)
        if needs:
            lines.append(texts("settings-may-no", what=what, permissions=", ".join(need.name for need in needs)))
        else:
            lines.append(texts("settings-may-yes", what=what))
    return "\n".join(lines)
