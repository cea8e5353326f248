"""The buttons that stand under an answer."""

from __future__ import annotations

from discord import ui

from bot.buttons.adding import AddButton
from bot.buttons.cancel import CancelButton
from bot.buttons.deleting import DeleteButton
from bot.buttons.voting import AgreeButton, KnowButton, WrongButton
from bot.buttons.why import WhyButton
from bot.texts.catalogue import Texts
from classifier.result import Analysis, Verdict

ALL_BUTTONS = (CancelButton, WhyButton, AgreeButton, WrongButton, KnowButton, AddButton, DeleteButton)
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
