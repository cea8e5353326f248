"""What the buttons under an answer share: they know its number, and believe nothing that a click says of itself."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final, Self

import discord
from discord import ui

from bot.buttons.clicking import telling_failures
from bot.store.answers import PostedAnswer
from bot.store.database import Store
from bot.texts.catalogue import texts_for, texts_in
from classifier.result import Analysis

ANSWER: Final = r"(?P<answer>[0-9]{1,18}):(?P<language>[A-Za-z-]{2,5})"
"""What the custom ids of buttons carry: the number of the answer, and the language that its card is in."""


def custom_id(action: str, answer_id: int, language: str) -> str:
    """Return the custom id of a button.

    Parameters
    ----------
    action
        What the button does.
    answer_id
        Number of the answer.
    language
        Of the card.

    Returns
    -------
    str
        Matches ``genre-bot:action:`` and `ANSWER`.
    """
    return f"genre-bot:{action}:{answer_id}:{language}"


class AnswerButton(ui.DynamicItem[ui.Button[Any]], template="genre-bot:no-button"):
    """A button under an answer, which works after a restart; subclasses say what it does.

    Parameters
    ----------
    answer_id
        Number of the answer.
    language
        Of the card that it stands under.
    """

    action: ClassVar[str]
    """In the custom id."""

    label: ClassVar[str]
    """Message with the text on it."""

    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary

    def __init__(self, answer_id: int, language: str) -> None:
        self.answer_id = answer_id
        self.language = language
        identity = custom_id(self.action, answer_id, language)
        super().__init__(ui.Button(label=texts_in(language)(self.label), style=self.style, custom_id=identity))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button of a click."""
        return cls(int(match["answer"]), match["language"])

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is there for, if there is such an answer."""
        posted = await clicked_answer(interaction, self.answer_id)
        if posted is not None:
            await self.clicked(interaction, posted)

    async def clicked(self, interaction: discord.Interaction[Any], posted: PostedAnswer) -> None:
        """Answer a click.

        Parameters
        ----------
        interaction
            The click; not answered yet.
        posted
            The answer that it belongs to.
        """
        raise NotImplementedError


async def clicked_answer(interaction: discord.Interaction[Any], answer_id: int) -> PostedAnswer | None:
    """Return the answer that a click belongs to, or tell the one who clicked that there is none.

    A custom id is only a text, which a modified client may send from wherever it likes: it has to come from the
    message and the channel that the answer was posted in.

    Parameters
    ----------
    interaction
        The click; answered where None is returned.
    answer_id
        Number of the answer, from the custom id.

    Returns
    -------
    PostedAnswer or None

    Raises
    ------
    StoreFailed
        If the database fails.
    """
    store: Store = interaction.client.services.store
    posted = await store.answers.get(answer_id)
    message = interaction.message
    if (
        posted is not None
        and message is not None
        and posted.channel == interaction.channel_id
        # Just after it was posted, its message may not be noted yet.
        and posted.message in {None, message.id}
    ):
        return posted
    await _forgotten(interaction)
    return None


async def _forgotten(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_message(texts_for(interaction.locale)("click-forgotten"), ephemeral=True)


async def heard_in(interaction: discord.Interaction[Any], posted: PostedAnswer) -> Analysis | None:
    """Return what the bot heard, or tell the one who clicked that it is not known any more.

    Parameters
    ----------
    interaction
        The click; answered where None is returned.
    posted
        The answer.

    Returns
    -------
    Analysis or None

    Raises
    ------
    StoreFailed
        If the database fails.
    """
    store: Store = interaction.client.services.store
    analysis = await store.analyses.get(posted.digest, posted.model_key)
    if analysis is None:
        await _forgotten(interaction)
    return analysis
