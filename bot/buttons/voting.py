"""The buttons by which members agree with an answer, or say what it really is."""

from __future__ import annotations

import re
from typing import Any, Final

import discord

from bot.buttons.answer_button import ANSWER, AnswerButton, clicked_answer, custom_id, heard_in
from bot.buttons.ballot import Ballot, Vote
from bot.buttons.filled_form import FilledForm
from bot.cards.analysis import PICTURE_NAME
from bot.cards.votes import show_votes
from bot.store.answers import PostedAnswer
from bot.store.database import Store
from bot.texts.catalogue import texts_for, texts_in
from classifier.result import Analysis

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
            vote = Vote(analysis.genres[0].name)
            await _ballot(posted, analysis).count(interaction, vote)
            await _show(interaction, posted, vote, self.language)


class WrongButton(AnswerButton, template=rf"genre-bot:wrong:{ANSWER}"):
    """Opens a form in which another genre is chosen."""

    action = "wrong"
    label = "button-wrong"

    async def clicked(self, interaction: discord.Interaction[Any], posted: PostedAnswer) -> None:
        """Show the form."""
        analysis = await heard_in(interaction, posted)
        if analysis is not None:
            await _ballot(posted, analysis).ask(interaction, custom_id("vote", posted.id, self.language))


class KnowButton(WrongButton, template=rf"genre-bot:know:{ANSWER}"):
    """Opens the same form under an answer that names no genre, and so none that could be wrong."""

    action = "know"
    label = "button-know"


async def take_vote(interaction: discord.Interaction[Any], match: re.Match[str], form: FilledForm) -> None:
    """Count the vote of a form.

    Parameters
    ----------
    interaction
        The form; not answered yet.
    match
        Of `VOTE_FORM`.
    form
        What stands in it.

    Raises
    ------
    StoreFailed
        If the database fails.
    """
    posted = await clicked_answer(interaction, int(match["answer"]))
    analysis = None if posted is None else await heard_in(interaction, posted)
    if posted is None or analysis is None:
        return
    vote = await _ballot(posted, analysis).take(interaction, form.values)
    if vote is not None:
        await _show(interaction, posted, vote, match["language"])


def _ballot(posted: PostedAnswer, analysis: Analysis) -> Ballot:
    return Ballot(posted.digest, posted.community, tuple(genre.name for genre in analysis.genres))


async def _show(interaction: discord.Interaction[Any], posted: PostedAnswer, vote: Vote, language: str) -> None:
    """Show all votes on the card, where it is still there."""
    store: Store = interaction.client.services.store
    votes = await store.votes.tally(posted.digest, posted.community)
    message = interaction.message
    if message is None or not message.embeds:
        # Somebody took the card out of the message; the vote counts all the same.
        text = texts_for(interaction.locale)("vote-gone" if vote.genre is None else "vote-taken")
        await interaction.response.send_message(text, ephemeral=True)
        return
    card = message.embeds[0].copy()
    show_votes(card, votes, texts_in(language))
    if any(attachment.filename == PICTURE_NAME for attachment in message.attachments):
        # By its name again: by its address, Discord would show it twice.
        card.set_image(url=f"attachment://{PICTURE_NAME}")
    await interaction.response.edit_message(embed=card)
