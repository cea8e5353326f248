"""Takes the forms that members send: they work after a restart, which discord.py's own do not."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import discord

from bot.buttons.adding import ADD_FORM, take_addition
from bot.buttons.clicking import failures_told
from bot.buttons.filled_form import FilledForm
from bot.buttons.playlists.pages import FILTER_FORM, take_filter
from bot.buttons.playlists.track_card import TRACK_VOTE_FORM, take_track_vote
from bot.buttons.playlists.track_changes import TITLE_FORM, take_title
from bot.buttons.voting import VOTE_FORM, take_vote

Take = Callable[[discord.Interaction[Any], re.Match[str], FilledForm], Awaitable[None]]

FORMS: Final[Mapping[re.Pattern[str], Take]] = {
    VOTE_FORM: take_vote,
    FILTER_FORM: take_filter,
    TRACK_VOTE_FORM: take_track_vote,
    TITLE_FORM: take_title,
    ADD_FORM: take_addition,
}
"""What is done with a form, by its custom id."""


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
    for pattern, take in FORMS.items():
        match = pattern.fullmatch(str(data.get("custom_id", "")))
        if match is not None:
            async with failures_told(interaction):
                await take(interaction, match, FilledForm.of(data))
            return
