"""A card that knows what its drawing shows."""

from __future__ import annotations

from typing import Self

import discord

from bot.cards.bars import Bar


class Card(discord.Embed):
    """A card in whose description bars are drawn, which a surface other than Discord may show in its own way.

    Parameters
    ----------
    title, description, colour, url
        As Discord shows them.
    bars
        What `bot.cards.bars.draw_bars` drew in the description; empty where it drew nothing.
    """

    # A card that Discord sent back, or that was made from a dictionary, knows of none.
    bars: tuple[Bar, ...] = ()

    def __init__(
        self,
        *,
        title: str,
        description: str,
        colour: discord.Colour,
        url: str | None = None,
        bars: tuple[Bar, ...] = (),
    ) -> None:
        super().__init__(title=title, description=description, colour=colour, url=url)
        self.bars = bars

    def copy(self) -> Self:
        """Return a copy, which knows of the same bars."""
        copied = super().copy()
        copied.bars = self.bars
        return copied
