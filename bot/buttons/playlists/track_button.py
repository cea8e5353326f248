"""What the buttons under the card of a track share: they know the track, and ask anew whether it is there."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final, Self

import discord
from discord import ui

from bot.buttons.clicking import telling_failures
from bot.buttons.playlists.here import track_here
from bot.playlists.playlist import Playlist
from bot.playlists.track import Track
from bot.texts.catalogue import texts_in

TRACK: Final = r"(?P<track>[0-9]{1,18}):(?P<language>[A-Za-z-]{2,5})"
"""What the custom ids carry: the number of the track, and the language that its card is in."""


def track_item_id(action: str, track_id: int, language: str) -> str:
    """Return the custom id of a button or form.

    Parameters
    ----------
    action
        What it does.
    track_id
        Number of the track.
    language
        Of the card.

    Returns
    -------
    str
        Matches ``genre-bot:track-action:`` and `TRACK`.
    """
    return f"genre-bot:track-{action}:{track_id}:{language}"


class TrackButton(ui.DynamicItem[ui.Button[Any]], template="genre-bot:no-button"):
    """A button under the card of a track, which works after a restart; subclasses say what it does.

    Parameters
    ----------
    track_id
        Number of the track.
    language
        Of the card that it stands under.
    """

    action: ClassVar[str]
    """In the custom id."""

    label: ClassVar[str]
    """Message with the text on it."""

    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary

    def __init__(self, track_id: int, language: str) -> None:
        self.track_id = track_id
        self.language = language
        identity = track_item_id(self.action, track_id, language)
        super().__init__(ui.Button(label=texts_in(language)(self.label), style=self.style, custom_id=identity))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button of a click."""
        return cls(int(match["track"]), match["language"])

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is there for, if there is such a track."""
        await self.clicked(interaction, *await track_here(interaction, self.track_id))

    async def clicked(self, interaction: discord.Interaction[Any], track: Track, playlist: Playlist) -> None:
        """Answer a click.

        Parameters
        ----------
        interaction
            The click; not answered yet.
        track
            The track.
        playlist
            What it belongs to.
        """
        raise NotImplementedError
