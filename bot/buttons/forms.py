"""Takes the forms that members send: they work after a restart, which discord.py's own do not."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import discord

from bot.buttons.adding import ADD_FORM, take_addition
from bot.buttons.click import Click
from bot.buttons.clicking import failures_told
from bot.buttons.discord_click import DiscordClick
from bot.buttons.filled_form import FilledForm
from bot.buttons.playlists.pages import FILTER_FORM, take_filter
from bot.buttons.playlists.track_card import TRACK_VOTE_FORM, take_track_vote
from bot.buttons.playlists.track_changes import TITLE_FORM, take_title
from bot.buttons.voting import VOTE_FORM, take_vote

Take = Callable[[discord.Interaction[Any], re.Match[str], FilledForm], Awaitable[None]]
TakeClick = Callable[[Click, re.Match[str], FilledForm], Awaitable[None]]

ANSWER_FORMS: Final[Mapping[re.Pattern[str], TakeClick]] = {VOTE_FORM: take_vote, ADD_FORM: take_addition}
"""What is done with a form that a button under an answer opened, by its custom id."""

DISCORD_FORMS: Final[Mapping[re.Pattern[str], Take]] = {
    FILTER_FORM: take_filter,
    TRACK_VOTE_FORM: take_track_vote,
    TITLE_FORM: take_title,
}
"""What is done with a form that there is in Discord alone, by its custom id."""


async def take_answer_form(custom_id: str, click: Click, form: FilledForm) -> bool:
    """Do what a form under an answer is there for.

    Parameters
    ----------
    custom_id
        Of the form.
    click
        Not answered yet.
    form
        What was filled in.

    Returns
    -------
    bool
        Whether it was such a form.

    Raises
    ------
    BotError
        If that cannot be done.
    """
    for pattern, take in ANSWER_FORMS.items():
        match = pattern.fullmatch(custom_id)
        if match is not None:
            await take(click, match, form)
            return True
    return False


async def take_form(interaction: discord.Interaction[Any]) -> None:
    """Do what a form that was sent is there for.

    Parameters
    ----------
    interaction
        Any: whatever is no such form is left alone.
    """
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    data: Mapping[str, Any] = interaction.data or {}
    custom_id, form = str(data.get("custom_id", "")), FilledForm.of(data)
    async with failures_told(interaction):
        if await take_answer_form(custom_id, DiscordClick(interaction), form):
            return
        for pattern, take in DISCORD_FORMS.items():
            match = pattern.fullmatch(custom_id)
            if match is not None:
                await take(interaction, match, form)
                return
