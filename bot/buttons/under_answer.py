"""The buttons that stand under an answer."""

from __future__ import annotations

from discord import ui

from bot.buttons.adding import AddButton
from bot.buttons.answer_button import AnswerButton
from bot.buttons.cancel import CancelButton
from bot.buttons.click import Click
from bot.buttons.deleting import DeleteButton
from bot.buttons.voting import AgreeButton, KnowButton, WrongButton
from bot.buttons.why import WhyButton
from bot.texts.catalogue import Texts
from classifier.result import Analysis, Verdict

ANSWER_BUTTONS = (WhyButton, AgreeButton, WrongButton, KnowButton, AddButton, DeleteButton)
"""Every button that may stand under an answer."""

ALL_BUTTONS = (CancelButton, *ANSWER_BUTTONS)
"""Every button that has to work after a restart."""

NAMES_A_GENRE = frozenset({Verdict.CLEAR, Verdict.CLOSE_CALL})


def answer_view(answer_id: int, analysis: Analysis, texts: Texts, *, private: bool, collects: bool) -> ui.View:
    """Return the buttons under an answer.

    Parameters
    ----------
    answer_id
        Number of the answer.
    analysis
        What the classifier says.
    texts
        The language of the card.
    private
        Whether nobody but the one who asked sees it, who can dismiss it without a button.
    collects
        Whether it is in a server that the bot is a member of, which has playlists.

    Returns
    -------
    discord.ui.View
    """
    language = texts.language
    names_a_genre = analysis.verdict in NAMES_A_GENRE
    buttons = [WhyButton, *((AgreeButton, WrongButton) if names_a_genre else (KnowButton,))]
    if collects and analysis.verdict is not Verdict.NOT_MUSIC:
        buttons.append(AddButton)
    if not private:
        buttons.append(DeleteButton)
    view = ui.View(timeout=None)
    for button in buttons:
        view.add_item(button(answer_id, language))
    return view


async def press(custom_id: str, click: Click) -> bool:
    """Do what a button under an answer, or under its progress, is there for.

    Parameters
    ----------
    custom_id
        Of the button; it comes from outside.
    click
        Not answered yet.

    Returns
    -------
    bool
        Whether there is such a button.

    Raises
    ------
    BotError
        If it cannot be done.
    """
    for kind in ANSWER_BUTTONS:
        match = kind.pattern.fullmatch(custom_id)
        if match is not None:
            await kind(int(match["answer"]), match["language"]).press(click)
            return True
    cancel = CancelButton(click.texts)
    if custom_id == cancel.item.custom_id:
        await cancel.press(click)
        return True
    return False


def answer_of(view: ui.View | None) -> int | None:
    """Return the number of the answer that buttons stand under; None where it is none."""
    items = () if view is None else view.children
    return next((item.answer_id for item in items if isinstance(item, AnswerButton)), None)
