"""The buttons by which members agree with an answer, or say what it really is."""

from __future__ import annotations

import re
from typing import Final

import discord

from bot.buttons.answer_button import ANSWER, AnswerButton, clicked_answer, custom_id, heard_in
from bot.buttons.ballot import Ballot, Vote
from bot.buttons.click import Click
from bot.buttons.filled_form import FilledForm
from bot.cards.votes import show_votes
from bot.store.answers import PostedAnswer
from bot.texts.catalogue import texts_in
from classifier.result import Analysis

VOTE_FORM: Final = re.compile(rf"genre-bot:vote:{ANSWER}")
"""Custom id of the form in which a genre is chosen."""


class AgreeButton(AnswerButton, action="agree"):
    """Votes for the genre that the answer names."""

    label = "button-agree"
    style = discord.ButtonStyle.success

    async def clicked(self, click: Click, posted: PostedAnswer) -> None:
        """Count the vote and show it."""
        analysis = await heard_in(click, posted)
        if analysis is not None:
            vote = Vote(analysis.genres[0].name)
            await _ballot(posted, analysis).count(click, vote)
            await _show(click, posted, vote, self.language)


class WrongButton(AnswerButton, action="wrong"):
    """Opens a form in which another genre is chosen."""

    label = "button-wrong"

    async def clicked(self, click: Click, posted: PostedAnswer) -> None:
        """Show the form."""
        analysis = await heard_in(click, posted)
        if analysis is not None:
            await _ballot(posted, analysis).ask(click, custom_id("vote", posted.id, self.language))


class KnowButton(WrongButton, action="know"):
    """Opens the same form under an answer that names no genre, and so none that could be wrong."""

    label = "button-know"


async def take_vote(click: Click, match: re.Match[str], form: FilledForm) -> None:
    """Count the vote of a form.

    Parameters
    ----------
    click
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
    posted = await clicked_answer(click, int(match["answer"]))
    analysis = None if posted is None else await heard_in(click, posted)
    if posted is None or analysis is None:
        return
    vote = await _ballot(posted, analysis).take(click, form.values)
    if vote is not None:
        await _show(click, posted, vote, match["language"])


def _ballot(posted: PostedAnswer, analysis: Analysis) -> Ballot:
    return Ballot(posted.digest, posted.community, tuple(genre.name for genre in analysis.genres))


async def _show(click: Click, posted: PostedAnswer, vote: Vote, language: str) -> None:
    """Show all votes on the card, where it is still there."""
    votes = await click.services.store.votes.tally(posted.digest, posted.community)
    card = click.card
    if card is None:
        # Somebody took the card out of the message; the vote counts all the same.
        await click.tell(click.texts("vote-gone" if vote.genre is None else "vote-taken"))
        return
    card = card.copy()
    show_votes(card, votes, texts_in(language))
    await click.change(card)
