"""The button that deletes an answer."""

from __future__ import annotations

from typing import Any

import discord

from bot.buttons.answer_button import ANSWER, AnswerButton
from bot.store.answers import PostedAnswer
from bot.store.database import Store
from bot.texts.catalogue import texts_for


class DeleteButton(AnswerButton, template=rf"genre-bot:delete:{ANSWER}"):
    """Deletes the answer, for the one who asked and for moderators."""

    action = "delete"
    label = "button-delete"

    async def clicked(self, interaction: discord.Interaction[Any], posted: PostedAnswer) -> None:
        """Delete for those who may, and tell the others."""
        if interaction.user.id != posted.asker and not interaction.permissions.manage_messages:
            text = texts_for(interaction.locale)("click-not-yours")
            await interaction.response.send_message(text, ephemeral=True)
            return
        # By the click's own token: it works where the bot is no member of the server, too.
        await interaction.response.defer()
        await interaction.delete_original_response()
        store: Store = interaction.client.services.store
        await store.answers.remove(posted.id)
