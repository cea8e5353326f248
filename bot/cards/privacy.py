"""What is kept about a member."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from typing import Any

import discord

from bot.texts.catalogue import ENGLISH, Texts


def kept_card(kept: Mapping[str, Any], *, keep_days: int, texts: Texts = ENGLISH) -> discord.Embed:
    """Say how much is kept, and for how long.

    Parameters
    ----------
    kept
        Holds ``answers`` and ``votes``.
    keep_days
        After how many days without use answers are forgotten.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    lines = (
        texts("privacy-kept", **_counts(kept)),
        texts("privacy-policy", days=keep_days),
        texts("privacy-ways"),
    )
    return _card("\n\n".join(lines), texts)


def sure_card(kept: Mapping[str, Any], texts: Texts = ENGLISH) -> discord.Embed:
    """Say what would be deleted.

    Parameters
    ----------
    kept
        Holds ``answers`` and ``votes``.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    if not kept["answers"] and not kept["votes"]:
        return _card(texts("privacy-nothing"), texts)
    return _card(texts("privacy-sure", **_counts(kept)), texts)


def _counts(kept: Mapping[str, Sized]) -> dict[str, int]:
    return {name: len(kept[name]) for name in ("answers", "votes")}


def _card(text: str, texts: Texts) -> discord.Embed:
    return discord.Embed(title=texts("privacy-title"), description=text, colour=discord.Colour.blurple())
