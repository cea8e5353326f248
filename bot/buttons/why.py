"""The button that gives reasons, to the one who asks for them alone."""

from __future__ import annotations

from typing import Any

import discord

from bot.buttons.answer_button import ANSWER, AnswerButton, heard_in
from bot.cards.why import why_card
from bot.store.answers import PostedAnswer
from bot.texts.catalogue import texts_for


class WhyButton(AnswerButton, template=rf"genre-bot:why:{ANSWER}"):
    """Shows the evidence for an answer."""

    action = "why"
    label = "button-why"

    async def clicked(self, interaction: discord.Interaction[Any], posted: PostedAnswer) -> None:
        """Answer the one who clicked."""
        analysis = await heard_in(interaction, posted)
        if analysis is not None:
            card = why_card(analysis, texts_for(interaction.locale))
            await interaction.response.send_message(embed=card, ephemeral=True)
