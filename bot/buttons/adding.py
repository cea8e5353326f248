"""The button that puts a clip into a playlist, and the form in which that is chosen."""

from __future__ import annotations

import re
from typing import Any, Final

import discord
from discord import ui

from bot.asker import asker_of
from bot.buttons.answer_button import ANSWER, AnswerButton, clicked_answer, custom_id, heard_in
from bot.buttons.ballot import FORM_SECONDS
from bot.buttons.filled_form import FilledForm
from bot.cards.analysis import clip_name_on
from bot.collecting import collect, collected_words, title_of
from bot.heard import Heard
from bot.media.in_message import files_in
from bot.playlists.errors import NoSuchPlaylist, NothingToAddTo
from bot.playlists.playlist import Playlist
from bot.playlists.rights import may_add, require_collaborator
from bot.playlists.track import TITLE_LIMIT, Source
from bot.services import Services
from bot.store.answers import PostedAnswer
from bot.texts.catalogue import texts_for, texts_in
from classifier.answer import Answer

MOST_CHOICES: Final = 25
"""Playlists that can be chosen: as many as Discord takes. Others are reached by ``/playlist add``."""

ADD_FORM: Final = re.compile(rf"genre-bot:add-to:{ANSWER}")
"""Custom id of the form."""

PLAYLIST_FIELD: Final = "playlist"
TITLE_FIELD: Final = "title"


class AddButton(AnswerButton, template=rf"genre-bot:add:{ANSWER}"):
    """Opens a form in which a playlist is chosen."""

    action = "add"
    label = "button-add"

    async def clicked(self, interaction: discord.Interaction[Any], posted: PostedAnswer) -> None:
        """Show the form."""
        assert interaction.guild_id is not None
        services: Services = interaction.client.services
        asker = asker_of(interaction)
        every = await services.store.playlists.of_guild(interaction.guild_id)
        playlists = [playlist for playlist in every if may_add(playlist, asker)]
        if not playlists:
            raise NothingToAddTo
        await interaction.response.send_modal(_form(interaction, posted, playlists, self.language))


def _form(
    interaction: discord.Interaction[Any], posted: PostedAnswer, playlists: list[Playlist], language: str
) -> ui.Modal:
    texts = texts_for(interaction.locale)
    message = interaction.message
    name = clip_name_on(message.embeds[0], texts_in(language)) if message is not None and message.embeds else None
    options = [
        discord.SelectOption(label=playlist.name, value=str(playlist.id), default=len(playlists) == 1)
        for playlist in playlists[:MOST_CHOICES]
    ]
    form = ui.Modal(title=texts("add-title"), custom_id=custom_id("add-to", posted.id, language), timeout=FORM_SECONDS)
    menu: ui.Select[Any] = ui.Select(custom_id=PLAYLIST_FIELD, placeholder=texts("add-placeholder"), options=options)
    title: ui.TextInput[Any] = ui.TextInput(
        custom_id=TITLE_FIELD, default=None if name is None else title_of(name), max_length=TITLE_LIMIT
    )
    more = len(playlists) > MOST_CHOICES
    form.add_item(ui.Label(text=texts("add-to"), description=texts("add-more") if more else None, component=menu))
    return form.add_item(ui.Label(text=texts("add-called"), component=title))


async def take_addition(interaction: discord.Interaction[Any], match: re.Match[str], form: FilledForm) -> None:
    """Put a clip into the playlist that was chosen in a form.

    Parameters
    ----------
    interaction
        The form.
    match
        Of its custom id.
    form
        What was filled in.

    Raises
    ------
    PlaylistError, StoreFailed
        If it cannot be added.
    """
    posted = await clicked_answer(interaction, int(match["answer"]))
    analysis = None if posted is None else await heard_in(interaction, posted)
    if posted is None or analysis is None:
        return
    services: Services = interaction.client.services
    playlist = await _chosen(interaction, services, form.value(PLAYLIST_FIELD))
    message = interaction.message
    link = message.embeds[0].url if message is not None and message.embeds else None
    added = await collect(
        Heard(posted.digest, Answer(analysis), recalled=True),
        playlist.id,
        services,
        title=form.value(TITLE_FIELD) or "",
        adder=interaction.user.id,
        link=link,
        source=_source(posted, message) if link is None else None,
    )
    texts = texts_for(interaction.locale)
    await interaction.response.send_message(collected_words(added, playlist, texts), ephemeral=True)


def _source(posted: PostedAnswer, message: discord.Message | None) -> Source | None:
    """Return the message whose file was answered; None where that is not certain."""
    if posted.source is not None:
        return Source(posted.channel, posted.source, posted.position or 0)
    replied_to = message.reference.resolved if message is not None and message.reference is not None else None
    if isinstance(replied_to, discord.Message) and len(files_in(replied_to)) == 1:
        return Source(replied_to.channel.id, replied_to.id, 0)
    return None


async def _chosen(interaction: discord.Interaction[Any], services: Services, value: str | None) -> Playlist:
    """Return the playlist of a form, if it is one of the server and the member may add to it."""
    if value is None or not re.fullmatch(r"[0-9]{1,18}", value):
        raise NoSuchPlaylist
    playlist = await services.store.playlists.get(int(value))
    if playlist.guild != interaction.guild_id:
        raise NoSuchPlaylist
    require_collaborator(playlist, asker_of(interaction))
    return playlist
