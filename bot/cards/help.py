"""How to ask, on one screen of a phone."""

from __future__ import annotations

from enum import StrEnum

import discord

from bot.texts.catalogue import ENGLISH, Texts


class DropHelp(StrEnum):
    """What becomes of audio that is dropped where the question comes from."""

    ON = "on"
    OFF = "off"
    DIRECT = "direct"
    BLIND = "blind"


def help_card(dropping: DropHelp, texts: Texts = ENGLISH) -> discord.Embed:
    """Say how to ask.

    Parameters
    ----------
    dropping
        What becomes of audio that is dropped there.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    lines = (
        texts("help-command"),
        texts("help-menu", menu=texts("command-classify")),
        texts("help-mention"),
        texts("help-direct"),
        texts(f"help-drop-{dropping.value}"),
    )
    buttons = texts(
        "help-buttons",
        why=texts("button-why"),
        agree=texts("button-agree"),
        wrong=texts("button-wrong"),
        delete=texts("button-delete"),
    )
    text = "\n".join((*(f"• {line}" for line in lines), "", buttons, texts("help-more")))
    return discord.Embed(title=texts("help-title"), description=text, colour=discord.Colour.blurple())
