"""The button that puts a clip into a playlist, and the form in which that is chosen."""

from __future__ import annotations

import re
from typing import Any, Final

import discord
from discord import ui

from bot.buttons.answer_button import ANSWER, AnswerButton, clicked_answer, custom_id, heard_in
from bot.buttons.ballot import FORM_SECONDS
from bot.buttons.click import Click
from bot.buttons.filled_form import FilledForm
from bot.cards.analysis import clip_name_on
from bot.collecting import collect, collected_words, title_of
from bot.heard import Heard
from bot.playlists.errors import NoSuchPlaylist, NothingToAddTo
from bot.playlists.playlist import Playlist
from bot.playlists.rights import may_add, require_collaborator
from bot.playlists.track import TITLE_LIMIT
from bot.store.answers import PostedAnswer
from bot.texts.catalogue import texts_in
from classifier.answer import Answer

ADD_FORM: Final = re.compile(rf"genre-bot:add-to:{ANSWER}")
"""Custom id of the form."""

PLAYLIST_FIELD: Final = "playlist"
TITLE_FIELD: Final = "title"


class AddButton(AnswerButton, action="add"):
    """Opens a form in which a playlist is chosen."""

    label = "button-add"

    async def clicked(self, click: Click, posted: PostedAnswer) -> None:
        """Show the form."""
        assert click.guild is not None
        every = await click.services.store.playlists.of_guild(click.guild)
        playlists = [playlist for playlist in every if may_add(playlist, click.asker)]
        if not playlists:
            raise NothingToAddTo
        await click.ask(_form(click, posted, playlists, self.language))


def _form(click: Click, posted: PostedAnswer, playlists: list[Playlist], language: str) -> ui.Modal:
    texts = click.texts
    name = None if click.card is None else clip_name_on(click.card, texts_in(language))
    options = [
        discord.SelectOption(label=playlist.name, value=str(playlist.id), default=len(playlists) == 1)
        for playlist in playlists[: click.most_choices]
    ]
    form = ui.Modal(title=texts("add-title"), custom_id=custom_id("add-to", posted.id, language), timeout=FORM_SECONDS)
    menu: ui.Select[Any] = ui.Select(custom_id=PLAYLIST_FIELD, placeholder=texts("add-placeholder"), options=options)
    title: ui.TextInput[Any] = ui.TextInput(
        custom_id=TITLE_FIELD, default=None if name is None else title_of(name), max_length=TITLE_LIMIT
    )
    # Others are reached by a command.
    more = len(playlists) > len(options)
    form.add_item(ui.Label(text=texts("add-to"), description=texts("add-more") if more else None, component=menu))
    return form.add_item(ui.Label(text=texts("add-called"), component=title))


async def take_addition(click: Click, match: re.Match[str], form: FilledForm) -> None:
    """Put a clip into the playlist that was chosen in a form.

    Parameters
    ----------
    click
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
    posted = await clicked_answer(click, int(match["answer"]))
    analysis = None if posted is None else await heard_in(click, posted)
    if posted is None or analysis is None:
        return
    playlist = await _chosen(click, form.value(PLAYLIST_FIELD))
    link = None if click.card is None else click.card.url
    added = await collect(
        Heard(posted.digest, Answer(analysis), recalled=True),
        playlist.id,
        click.services,
        title=form.value(TITLE_FIELD) or "",
        adder=click.asker.id,
        link=link,
        source=click.source_of(posted) if link is None else None,
    )
    await click.tell(collected_words(added, playlist, click.texts))


async def _chosen(click: Click, value: str | None) -> Playlist:
    """Return the playlist of a form, if it is one of the server and the member may add to it."""
    if value is None or not re.fullmatch(r"[0-9]{1,18}", value):
        raise NoSuchPlaylist
    playlist = await click.services.store.playlists.get(int(value))
    if playlist.guild != click.guild:
        raise NoSuchPlaylist
    require_collaborator(playlist, click.asker)
    return playlist
