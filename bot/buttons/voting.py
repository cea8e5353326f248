"""The buttons by which members agree with an answer, or say what it really is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import discord
from discord import ui

from bot.buttons.answer_button import ANSWER, AnswerButton, clicked_answer, custom_id, heard_in
from bot.buttons.clicking import failures_told
from bot.cards.analysis import PICTURE_NAME
from bot.cards.votes import show_votes
from bot.store.answers import PostedAnswer
from bot.store.database import Store
from bot.text import sentence_case
from bot.texts.catalogue import texts_for, texts_in
from bot.texts.phrases import genre_name
from classifier.result import Analysis

MOST_CHOICES: Final = 24
"""Genres that can be chosen: Discord takes 25 choices, and one is for no vote at all."""

NO_VOTE_VALUE: Final = "genre-bot:none"
"""What the menu sends for no vote; no genre can be called that, since its names hold no colon."""

FORM_SECONDS: Final = 900.0
"""How long discord.py keeps an open form in memory, in seconds; `take_vote` takes it at any time."""

VOTE_FORM: Final = re.compile(rf"genre-bot:vote:{ANSWER}")
"""Custom id of the form in which a genre is chosen."""


class AgreeButton(AnswerButton, template=rf"genre-bot:agree:{ANSWER}"):
    """Votes for the genre that the answer names."""

    action = "agree"
    label = "button-agree"
    style = discord.ButtonStyle.success

    async def clicked(self, interaction: discord.Interaction[Any], posted: PostedAnswer) -> None:
        """Count the vote and show it."""
        analysis = await heard_in(interaction, posted)
        if analysis is not None:
            await _vote(interaction, posted, analysis.genres[0].name, self.language)


class WrongButton(AnswerButton, template=rf"genre-bot:wrong:{ANSWER}"):
    """Opens a form in which another genre is chosen."""

    action = "wrong"
    label = "button-wrong"

    async def clicked(self, interaction: discord.Interaction[Any], posted: PostedAnswer) -> None:
        """Show the form."""
        analysis = await heard_in(interaction, posted)
        if analysis is None:
            return
        store: Store = interaction.client.services.store
        own = await store.votes.of(posted.digest, posted.community, interaction.user.id)
        await interaction.response.send_modal(_form(interaction, posted, analysis, own, self.language))


class KnowButton(WrongButton, template=rf"genre-bot:know:{ANSWER}"):
    """Opens the same form under an answer that names no genre, and so none that could be wrong."""

    action = "know"
    label = "button-know"


def _form(
    interaction: discord.Interaction[Any], posted: PostedAnswer, analysis: Analysis, own: str | None, language: str
) -> ui.Modal:
    texts = texts_for(interaction.locale)
    names = {genre: sentence_case(genre_name(genre, texts)) for genre in _choices(analysis)}
    options = [
        discord.SelectOption(label=name[:100], value=genre, default=genre == own)
        for genre, name in sorted(names.items(), key=lambda item: item[1])
    ]
    if own is not None:
        options.append(discord.SelectOption(label=texts("vote-none"), value=NO_VOTE_VALUE))
    form = ui.Modal(title=texts("vote-title"), custom_id=custom_id("vote", posted.id, language), timeout=FORM_SECONDS)
    menu: ui.Select[Any] = ui.Select(placeholder=texts("vote-placeholder"), options=options)
    return form.add_item(ui.Label(text=texts("vote-label"), component=menu))


async def take_vote(interaction: discord.Interaction[Any]) -> None:
    """Count the vote of a form that was sent; forms work after a restart, which discord.py's own do not.

    Parameters
    ----------
    interaction
        Any: whatever is no such form is left alone.
    """
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    data: Mapping[str, Any] = interaction.data or {}
    match = VOTE_FORM.fullmatch(str(data.get("custom_id", "")))
    if match is None:
        return
    async with failures_told(interaction):
        await _take(interaction, int(match["answer"]), match["language"], list(_chosen(data)))


async def _take(interaction: discord.Interaction[Any], answer_id: int, language: str, chosen: list[str]) -> None:
    posted = await clicked_answer(interaction, answer_id)
    analysis = None if posted is None else await heard_in(interaction, posted)
    if posted is None or analysis is None:
        return
    if chosen == [NO_VOTE_VALUE]:
        await _vote(interaction, posted, None, language)
    elif len(chosen) == 1 and chosen[0] in _choices(analysis):
        await _vote(interaction, posted, chosen[0], language)
    else:
        text = texts_for(interaction.locale)("vote-unknown")
        await interaction.response.send_message(text, ephemeral=True)


def _chosen(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield the values that stand in a form, however deep its parts are nested."""
    yield from (str(value) for value in data.get("values") or ())
    parts = [*(data.get("components") or ()), *filter(None, [data.get("component")])]
    for part in parts:
        if isinstance(part, Mapping):
            yield from _chosen(part)


def _choices(analysis: Analysis) -> frozenset[str]:
    return frozenset(genre.name for genre in analysis.genres[:MOST_CHOICES])


async def _vote(interaction: discord.Interaction[Any], posted: PostedAnswer, genre: str | None, language: str) -> None:
    """Count a vote, or take it back, and show all of them on the card."""
    store: Store = interaction.client.services.store
    member = interaction.user.id
    if genre is None:
        await store.votes.withdraw(posted.digest, posted.community, member)
    else:
        await store.votes.cast(posted.digest, posted.community, member, genre)
    votes = await store.votes.tally(posted.digest, posted.community)
    message = interaction.message
    if message is None or not message.embeds:
        # Somebody took the card out of the message; the vote counts all the same.
        text = texts_for(interaction.locale)("vote-gone" if genre is None else "vote-taken")
        await interaction.response.send_message(text, ephemeral=True)
        return
    card = message.embeds[0].copy()
    show_votes(card, votes, texts_in(language))
    if any(attachment.filename == PICTURE_NAME for attachment in message.attachments):
        # By its name again: by its address, Discord would show it twice.
        card.set_image(url=f"attachment://{PICTURE_NAME}")
    await interaction.response.edit_message(embed=card)
