"""What the buttons under an answer share: they know its number, and believe nothing that a click says of itself."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final, Self

import discord
from discord import ui

from bot.buttons.click import Click
from bot.buttons.clicking import telling_failures
from bot.buttons.discord_click import DiscordClick
from bot.store.answers import PostedAnswer
from bot.texts.catalogue import texts_in
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
    """A button under an answer, which works after a restart; subclasses say what it does, as ``action``.

    Parameters
    ----------
    answer_id
        Number of the answer.
    language
        Of the card that it stands under.
    """

    action: ClassVar[str]
    """In the custom id."""

    pattern: ClassVar[re.Pattern[str]]
    """What the custom id matches."""

    label: ClassVar[str]
    """Message with the text on it."""

    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary

    def __init__(self, answer_id: int, language: str) -> None:
        self.answer_id = answer_id
        self.language = language
        identity = custom_id(self.action, answer_id, language)
        super().__init__(ui.Button(label=texts_in(language)(self.label), style=self.style, custom_id=identity))

    def __init_subclass__(cls, *, action: str) -> None:
        """Let a subclass be known by what it does."""
        cls.action = action
        cls.pattern = re.compile(rf"genre-bot:{action}:{ANSWER}")
        super().__init_subclass__(template=cls.pattern)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button of a click."""
        return cls(int(match["answer"]), match["language"])

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button is there for, if there is such an answer."""
        await self.press(DiscordClick(interaction))

    async def press(self, click: Click) -> None:
        """Do what the button is there for, if there is such an answer.

        Parameters
        ----------
        click
            Not answered yet.

        Raises
        ------
        BotError
            If that cannot be done.
        """
        posted = await clicked_answer(click, self.answer_id)
        if posted is not None:
            await self.clicked(click, posted)

    async def clicked(self, click: Click, posted: PostedAnswer) -> None:
        """Answer a click.

        Parameters
        ----------
        click
            Not answered yet.
        posted
            The answer that it belongs to.
        """
        raise NotImplementedError


async def clicked_answer(click: Click, answer_id: int) -> PostedAnswer | None:
    """Return the answer that a click belongs to, or tell the one who clicked that there is none.

    A custom id is only a text, which a modified client may send from wherever it likes: it has to come from the
    message and the channel that the answer was posted in.

    Parameters
    ----------
    click
        Answered where None is returned.
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
    posted = await click.services.store.answers.get(answer_id)
    if (
        posted is not None
        and click.message is not None
        and posted.channel == click.channel
        # Just after it was posted, its message may not be noted yet.
        and posted.message in {None, click.message}
    ):
        return posted
    await _forgotten(click)
    return None


async def _forgotten(click: Click) -> None:
    await click.tell(click.texts("click-forgotten"))


async def heard_in(click: Click, posted: PostedAnswer) -> Analysis | None:
    """Return what the bot heard, or tell the one who clicked that it is not known any more.

    Parameters
    ----------
    click
        Answered where None is returned.
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
    analysis = await click.services.store.analyses.get(posted.digest, posted.model_key)
    if analysis is None:
        await _forgotten(click)
    return analysis
