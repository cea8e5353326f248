"""The card of a track with its buttons: members vote on it, and those who may change it."""

from __future__ import annotations

import re
from typing import Any, Final, TypedDict

import discord
from discord import ui

from bot.asker import asker_of
from bot.buttons.ballot import Ballot, Vote
from bot.buttons.discord_click import DiscordClick
from bot.buttons.filled_form import FilledForm
from bot.buttons.playlists.here import track_here
from bot.buttons.playlists.track_button import TRACK, TrackButton, track_item_id
from bot.buttons.playlists.track_changes import EditTitleButton, RemoveButton
from bot.cards.track import track_card
from bot.playlists.errors import NotHeardYet
from bot.playlists.playlist import Playlist
from bot.playlists.rights import may_change
from bot.playlists.track import Track
from bot.services import Services
from bot.texts.catalogue import Texts, texts_for, texts_in
from classifier.result import Verdict

TRACK_VOTE_FORM: Final = re.compile(rf"genre-bot:track-vote:{TRACK}")
"""Custom id of the form in which a genre is chosen."""

NAMES_A_GENRE: Final = frozenset({Verdict.CLEAR, Verdict.CLOSE_CALL})


class TrackAgreeButton(TrackButton, template=rf"genre-bot:track-agree:{TRACK}"):
    """Votes for the genre that the bot heard."""

    action = "agree"
    label = "button-agree"
    style = discord.ButtonStyle.success

    async def clicked(self, interaction: discord.Interaction[Any], track: Track, playlist: Playlist) -> None:
        """Count the vote and show it."""
        if not _names_a_genre(track):
            raise NotHeardYet
        await _ballot(interaction, track, playlist).count(DiscordClick(interaction), Vote(track.genre))
        await _show_again(interaction, track.id, self.language)


class TrackWrongButton(TrackButton, template=rf"genre-bot:track-wrong:{TRACK}"):
    """Opens a form in which another genre is chosen."""

    action = "wrong"
    label = "button-wrong"

    async def clicked(self, interaction: discord.Interaction[Any], track: Track, playlist: Playlist) -> None:
        """Show the form."""
        form_id = track_item_id("vote", track.id, self.language)
        await _ballot(interaction, track, playlist).ask(DiscordClick(interaction), form_id)


class TrackKnowButton(TrackWrongButton, template=rf"genre-bot:track-know:{TRACK}"):
    """Opens the same form where the bot named no genre, and so none that could be wrong."""

    action = "know"
    label = "button-know"


class TrackUnvoteButton(TrackButton, template=rf"genre-bot:track-unvote:{TRACK}"):
    """Takes the vote of the one who clicks back."""

    action = "unvote"
    label = "button-unvote"

    async def clicked(self, interaction: discord.Interaction[Any], track: Track, playlist: Playlist) -> None:
        """Count it no more, and show those that are left."""
        await _ballot(interaction, track, playlist).count(DiscordClick(interaction), Vote(None))
        await _show_again(interaction, track.id, self.language)


VOTE_BUTTONS = (TrackAgreeButton, TrackWrongButton, TrackKnowButton, TrackUnvoteButton)
"""Every button here that has to work after a restart."""


async def send_track(interaction: discord.Interaction[Any], track_id: int) -> None:
    """Show the card of a track to the one who asks, and to nobody else.

    Parameters
    ----------
    interaction
        The click; not answered yet.
    track_id
        Any number: it comes from outside.

    Raises
    ------
    NoSuchTrack
        If the server has none, or not any more.
    StoreFailed
        If the database fails.
    """
    track, playlist = await track_here(interaction, track_id)
    shown = await _shown(interaction, track, playlist, texts_for(interaction.locale))
    await interaction.response.send_message(**shown, ephemeral=True)


async def take_track_vote(interaction: discord.Interaction[Any], match: re.Match[str], form: FilledForm) -> None:
    """Count the vote of a form, and show all on the card.

    Parameters
    ----------
    interaction
        The form; not answered yet.
    match
        Of `TRACK_VOTE_FORM`.
    form
        What stands in it.

    Raises
    ------
    NoSuchTrack
        If the server has none, or not any more.
    NotHeardYet
        If nobody knows how it sounds.
    StoreFailed
        If the database fails.
    """
    track, playlist = await track_here(interaction, int(match["track"]))
    if await _ballot(interaction, track, playlist).take(DiscordClick(interaction), form.values) is not None:
        await _show_again(interaction, track.id, match["language"])


class _Shown(TypedDict):
    embed: discord.Embed
    view: ui.View


async def _show_again(interaction: discord.Interaction[Any], track_id: int, language: str) -> None:
    # What the community has agreed on may have changed.
    track, playlist = await track_here(interaction, track_id)
    await interaction.response.edit_message(**await _shown(interaction, track, playlist, texts_in(language)))


async def _shown(interaction: discord.Interaction[Any], track: Track, playlist: Playlist, texts: Texts) -> _Shown:
    services: Services = interaction.client.services
    store = services.store
    votes = () if track.digest is None else await store.votes.tally(track.digest, playlist.guild)
    needed = await store.servers.votes_needed(playlist.guild)
    own = None if track.digest is None else await _ballot(interaction, track, playlist).own(DiscordClick(interaction))
    view = ui.View(timeout=None)
    buttons: list[type[TrackButton]] = []
    if track.digest is not None:
        buttons += [TrackAgreeButton, TrackWrongButton] if _names_a_genre(track) else [TrackKnowButton]
    if own is not None:
        buttons.append(TrackUnvoteButton)
    if may_change(track, playlist, asker_of(interaction)):
        buttons += [EditTitleButton, RemoveButton]
    for button in buttons:
        view.add_item(button(track.id, texts.language))
    return {"embed": track_card(track, playlist, votes=votes, needed=needed, texts=texts), "view": view}


def _names_a_genre(track: Track) -> bool:
    """Tell whether the bot itself named a genre that members can agree with."""
    return track.model_key is not None and track.verdict in NAMES_A_GENRE


def _ballot(interaction: discord.Interaction[Any], track: Track, playlist: Playlist) -> Ballot:
    services: Services = interaction.client.services
    if track.digest is None:
        raise NotHeardYet
    return Ballot(track.digest, playlist.guild, services.facts.genres)
