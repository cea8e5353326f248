"""What is kept about a member."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import discord

from bot.texts.catalogue import ENGLISH, Texts


@dataclass(frozen=True, slots=True)
class Periods:
    """For how long things are kept, in days.

    Parameters
    ----------
    unused
        Answers after anybody last sent the clip, and jobs after their end.
    pages
        Pages of playlists after they were last turned.
    undo
        What was removed or deleted.
    leave_grace
        Everything of a server that the bot left.
    """

    unused: int
    pages: int
    undo: int
    leave_grace: int


def kept_card(counts: Mapping[str, int], periods: Periods, texts: Texts = ENGLISH) -> discord.Embed:
    """Say how much is kept, and for how long.

    Parameters
    ----------
    counts
        How much there is of each kind, by the names of `bot.store.member_data.MEMBER_DATA`.
    periods
        How long it is kept.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    how_long = texts(
        "privacy-how-long",
        days=periods.unused,
        pages=periods.pages,
        undo=periods.undo,
        grace=periods.leave_grace,
    )
    return _card((_lines(counts, texts) or texts("privacy-none"), how_long, texts("privacy-ways")), texts)


def sure_card(counts: Mapping[str, int], texts: Texts = ENGLISH) -> discord.Embed:
    """Say what would be deleted.

    Parameters
    ----------
    counts
        As in `kept_card`.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    lines = _lines(counts, texts)
    return _card((texts("privacy-asks-sure"), lines) if lines else (texts("privacy-nothing"),), texts)


def gone_card(counts: Mapping[str, int], texts: Texts = ENGLISH) -> discord.Embed:
    """Say what was deleted.

    Parameters
    ----------
    counts
        As in `kept_card`.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    return _card((texts("privacy-is-gone"), _lines(counts, texts)), texts)


def _lines(counts: Mapping[str, int], texts: Texts) -> str:
    there = ((kind, count) for kind, count in counts.items() if count)
    return "\n".join(f"• {texts(f'privacy-has-{kind}', count=count)}" for kind, count in there)


def _card(paragraphs: tuple[str, ...], texts: Texts) -> discord.Embed:
    text = "\n\n".join(filter(None, paragraphs))
    return discord.Embed(title=texts("privacy-title"), description=text, colour=discord.Colour.blurple())
