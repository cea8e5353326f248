"""Removing a track, bringing it back, and giving it another title: by commands, and by buttons under its card."""

from __future__ import annotations

import re
from typing import Any, Final, Self

import discord
from discord import ui

from bot.asker import asker_of
from bot.buttons.ballot import FORM_SECONDS
from bot.buttons.clicking import telling_failures
from bot.buttons.filled_form import FilledForm
from bot.buttons.playlists.here import playlist_here, track_here
from bot.buttons.playlists.track_button import TRACK, TrackButton, track_item_id
from bot.cards.analysis import safe_name
from bot.cards.track import TITLE_SHOWN
from bot.playlists.errors import BadTrackTitle, NothingToUndo
from bot.playlists.playlist import Playlist
from bot.playlists.rights import require_adder, require_remover
from bot.playlists.track import TITLE_LIMIT, Track, track_title
from bot.services import Services
from bot.store.removed_tracks import RemovedTrack
from bot.texts.catalogue import ENGLISH, Texts, texts_for

TITLE_FORM: Final = re.compile(rf"genre-bot:track-title:{TRACK}")
"""Custom id of the form in which a title is edited."""


class RemoveButton(TrackButton, template=rf"genre-bot:track-remove:{TRACK}"):
    """Takes the track out of its playlist, for those who may."""

    action = "remove"
    label = "button-remove"
    style = discord.ButtonStyle.danger

    async def clicked(self, interaction: discord.Interaction[Any], track: Track, playlist: Playlist) -> None:
        """Remove it, and tell everybody: it is everybody's playlist."""
        text = await remove_track(interaction, track, playlist)
        await interaction.response.edit_message(content=text, embed=None, view=None)
        await interaction.followup.send(text, view=undo_view(track.id, texts_for(interaction.locale)))


class EditTitleButton(TrackButton, template=rf"genre-bot:track-edit:{TRACK}"):
    """Opens a form in which the title is edited, for those who may."""

    action = "edit"
    label = "button-edit-title"

    async def clicked(self, interaction: discord.Interaction[Any], track: Track, playlist: Playlist) -> None:
        """Show the form."""
        require_adder(track, playlist, asker_of(interaction))
        texts = texts_for(interaction.locale)
        form = ui.Modal(
            title=texts("track-form-title"),
            custom_id=track_item_id("title", track.id, self.language),
            timeout=FORM_SECONDS,
        )
        title: ui.TextInput[Any] = ui.TextInput(default=track.title, min_length=1, max_length=TITLE_LIMIT)
        form.add_item(ui.Label(text=texts("track-form-label"), component=title))
        await interaction.response.send_modal(form)


class UndoButton(ui.DynamicItem[ui.Button[Any]], template=r"genre-bot:undo:(?P<track>[0-9]{1,18})"):
    """Brings back the track under whose removal it stands, for those who may.

    Parameters
    ----------
    track_id
        Number of the track.
    texts
        The reader's language.
    """

    def __init__(self, track_id: int, texts: Texts = ENGLISH) -> None:
        self._track_id = track_id
        super().__init__(ui.Button(label=texts("button-undo"), custom_id=f"genre-bot:undo:{track_id}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button of a click."""
        return cls(int(match["track"]))

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Bring it back, and say so in the place of the removal."""
        services: Services = interaction.client.services
        if interaction.guild_id is None:
            raise NothingToUndo
        removed = await services.store.removed_tracks.get(self._track_id, interaction.guild_id)
        playlist = await playlist_here(interaction, removed.playlist_id)
        text = await bring_track_back(interaction, removed, playlist)
        await interaction.response.edit_message(content=text, view=None)


CHANGE_BUTTONS = (RemoveButton, EditTitleButton, UndoButton)
"""Every button here that has to work after a restart."""


def undo_view(track_id: int, texts: Texts) -> ui.View:
    """Return the button that brings a track back, to stand under the word that it was removed.

    Parameters
    ----------
    track_id
        Number of the track.
    texts
        The readers' language.

    Returns
    -------
    discord.ui.View
    """
    view = ui.View(timeout=None)
    view.add_item(UndoButton(track_id, texts))
    return view


async def remove_track(interaction: discord.Interaction[Any], track: Track, playlist: Playlist) -> str:
    """Take a track out of its playlist.

    Parameters
    ----------
    interaction
        What somebody did.
    track, playlist
        What it is about.

    Returns
    -------
    str
        The sentence that says so.

    Raises
    ------
    NotYourTrack
        If they may not.
    NoSuchTrack
        If somebody else was faster.
    StoreFailed
        If the database fails.
    """
    services: Services = interaction.client.services
    require_adder(track, playlist, asker_of(interaction))
    await services.store.tracks.remove(track.id, interaction.user.id)
    return texts_for(interaction.locale)(
        "track-removed", track=safe_name(track.title), playlist=safe_name(playlist.name)
    )


async def edit_track(interaction: discord.Interaction[Any], track: Track, playlist: Playlist, title: str) -> str:
    """Give a track another title.

    Parameters
    ----------
    interaction
        What somebody did.
    track, playlist
        What it is about.
    title
        By `bot.playlists.track.track_title`.

    Returns
    -------
    str
        The sentence that says so.

    Raises
    ------
    NotYourTrack
        If they may not.
    NoSuchTrack
        If it was removed meanwhile.
    StoreFailed
        If the database fails.
    """
    services: Services = interaction.client.services
    require_adder(track, playlist, asker_of(interaction))
    await services.store.tracks.edit(track.id, title)
    return texts_for(interaction.locale)(
        "track-edited", track=safe_name(track.title), playlist=safe_name(playlist.name), new=safe_name(title)
    )


async def bring_track_back(interaction: discord.Interaction[Any], removed: RemovedTrack, playlist: Playlist) -> str:
    """Undo a removal.

    Parameters
    ----------
    interaction
        What somebody did.
    removed, playlist
        What it is about.

    Returns
    -------
    str
        The sentence that says so.

    Raises
    ------
    NotYourRemoval
        If they may not.
    NothingToUndo, IsThereAgain, PlaylistFull
        If it is there again, or cannot be.
    StoreFailed
        If the database fails.
    """
    services: Services = interaction.client.services
    require_remover(removed.remover, playlist, asker_of(interaction))
    await services.store.removed_tracks.bring_back(removed)
    return texts_for(interaction.locale)(
        "track-brought-back", track=safe_name(removed.title), playlist=safe_name(playlist.name)
    )


async def take_title(interaction: discord.Interaction[Any], match: re.Match[str], form: FilledForm) -> None:
    """Give a track the title of a form.

    Parameters
    ----------
    interaction
        The form; not answered yet.
    match
        Of `TITLE_FORM`.
    form
        What stands in it.

    Raises
    ------
    BadTrackTitle, NoSuchTrack, NotYourTrack, StoreFailed
        As for `edit_track`.
    """
    track, playlist = await track_here(interaction, int(match["track"]))
    if len(form.values) != 1:
        raise BadTrackTitle
    title = track_title(form.values[0])
    text = await edit_track(interaction, track, playlist, title)
    message = interaction.message
    if message is None or not message.embeds:
        await interaction.response.send_message(text)
        return
    card = message.embeds[0].copy()
    card.title = safe_name(title, limit=TITLE_SHOWN)
    await interaction.response.edit_message(embed=card)
    await interaction.followup.send(text)
