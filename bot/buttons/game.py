"""The buttons by which members guess the genre of a round."""

from __future__ import annotations

import re
from typing import Any, Final, Self

import discord
from discord import ui

from bot.buttons.clicking import telling_failures
from bot.cards.track_words import safe_genre
from bot.game.errors import NoSuchRound, RoundIsOver
from bot.game.round import Round
from bot.store.database import Store
from bot.text import sentence_case
from bot.texts.catalogue import texts_for, texts_in
from bot.texts.phrases import genre_name

GUESS: Final = r"(?P<round>[0-9]{1,18}):(?P<index>[0-9]{1,2}):(?P<language>[A-Za-z-]{2,5})"
"""What the custom ids carry: the number of the round, which of its choices it is, and the language of the label."""

LABEL_LIMIT: Final = 80
"""Characters that Discord takes on a button."""


class GuessButton(ui.DynamicItem[ui.Button[Any]], template=rf"genre-bot:guess:{GUESS}"):
    """Guesses a genre.

    Parameters
    ----------
    round_id
        Number of the round.
    index
        Which of its choices it is.
    language
        That the round is shown in.
    label
        Text on it.
    """

    def __init__(self, round_id: int, index: int, language: str, label: str | None) -> None:
        self._round_id = round_id
        self._index = index
        super().__init__(ui.Button(label=label, custom_id=f"genre-bot:guess:{round_id}:{index}:{language}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button of a click."""
        return cls(int(match["round"]), int(match["index"]), match["language"], getattr(item, "label", None))

    @telling_failures
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Take the guess and tell only the one who guessed.

        A custom id is only a text, which a modified client may send from wherever it likes: it has to come from the
        message of the round.
        """
        store: Store = interaction.client.services.store
        played = await store.rounds.get(self._round_id)
        message = interaction.message
        if (
            played.guild != interaction.guild_id
            or played.channel != interaction.channel_id
            or message is None
            # Just after it was sent, its message may not be noted yet.
            or played.message not in {None, message.id}
            or self._index >= len(played.choices)
        ):
            raise NoSuchRound
        genre = played.choices[self._index]
        if not await store.rounds.guess(played.id, interaction.user.id, genre):
            raise RoundIsOver
        texts = texts_for(interaction.locale)
        words = texts(
            "round-you-guess", genre=safe_genre(genre, texts), end=discord.utils.format_dt(played.ends_at, "R")
        )
        await interaction.response.send_message(words, ephemeral=True)
        interaction.client.game.board.guessed(played.id)


def round_view(played: Round) -> ui.View:
    """Return the buttons of a round.

    Parameters
    ----------
    played
        The round.

    Returns
    -------
    discord.ui.View
        A button for each genre that can be guessed.
    """
    texts = texts_in(played.language)
    view = ui.View(timeout=None)
    for index, genre in enumerate(played.choices):
        label = sentence_case(genre_name(genre, texts))[:LABEL_LIMIT]
        view.add_item(GuessButton(played.id, index, played.language, label))
    return view
