"""The button that deletes an answer."""

from __future__ import annotations

from bot.buttons.answer_button import AnswerButton
from bot.buttons.click import Click
from bot.store.answers import PostedAnswer


class DeleteButton(AnswerButton, action="delete"):
    """Deletes the answer, for the one who asked and for moderators."""

    label = "button-delete"

    async def clicked(self, click: Click, posted: PostedAnswer) -> None:
        """Delete for those who may, and tell the others."""
        if click.asker.id != posted.asker and not click.may_moderate:
            await click.tell(click.texts("click-not-yours"))
            return
        await click.delete()
        await click.services.store.answers.remove(posted.id)
