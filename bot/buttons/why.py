"""The button that gives reasons, to the one who asks for them alone."""

from __future__ import annotations

from bot.buttons.answer_button import AnswerButton, heard_in
from bot.buttons.click import Click
from bot.cards.why import why_card
from bot.store.answers import PostedAnswer


class WhyButton(AnswerButton, action="why"):
    """Shows the evidence for an answer."""

    label = "button-why"

    async def clicked(self, click: Click, posted: PostedAnswer) -> None:
        """Answer the one who clicked."""
        analysis = await heard_in(click, posted)
        if analysis is not None:
            await click.show(why_card(analysis, click.texts))
