"""Options in which a genre or a tag of the chosen playlist is chosen, in the words of whoever reads them."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import discord
from discord import app_commands

from bot.commands.playlists.options import CHOICE_LIMIT, Choices, store_of, typed_playlist
from bot.errors import StoreFailed
from bot.failing import log_failure
from bot.playlists.wanted import TEXT_LIMIT, wanted_text
from bot.store.track_pages import SUGGESTED, TrackPages
from bot.text import printable, search_key
from bot.texts.catalogue import Texts, texts_for
from bot.texts.phrases import genre_name
from bot.wording import tag_name


class _WordOfPlaylist(app_commands.Transformer):
    """A word that tracks of the playlist have; shown in the reader's language, and sent as the bot itself calls it."""

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> str | None:
        """Return what the bot calls it; what it does not know, it will find in no track.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        typed = wanted_text(str(value))
        if typed is None:
            return None
        same = [word for word, *names in await self._found(interaction, typed) if _key(typed) in map(_key, names)]
        return same[0] if same else typed

    async def autocomplete(  # type: ignore[override] # discord.py's own type is narrower than what it calls with
        self, interaction: discord.Interaction[Any], value: str, /
    ) -> Choices:
        """Suggest those that the playlist has, the most frequent first."""
        try:
            found = await self._found(interaction, value)
        except StoreFailed as error:
            log_failure(error)
            return []
        return [app_commands.Choice(name=printable(name, limit=CHOICE_LIMIT), value=word) for word, _, name in found]

    async def _found(self, interaction: discord.Interaction[Any], typed: str) -> list[tuple[str, str, str]]:
        """Return words, each followed by the names that it goes by, of which one holds what is typed."""
        playlist = await typed_playlist(interaction)
        if playlist is None:
            return []
        texts = texts_for(interaction.locale)
        pages = store_of(interaction).track_pages
        # Of the most frequent ones, those whose name in the reader's language fits; of all, those whose own name does.
        frequent = await self._suggest(pages, playlist.id, "")
        fitting = [word for word in frequent if _key(typed) in _key(self._name(word, texts))] if typed else frequent
        others = await self._suggest(pages, playlist.id, typed) if typed else ()
        words = tuple(dict.fromkeys((*fitting, *others)))[:SUGGESTED]
        return [(word, word, self._name(word, texts)) for word in words]

    @abstractmethod
    async def _suggest(self, pages: TrackPages, playlist_id: int, typed: str) -> tuple[str, ...]:
        """Return what the playlist has."""

    @abstractmethod
    def _name(self, word: str, texts: Texts) -> str:
        """Return a word as people write it."""


class ChosenGenre(_WordOfPlaylist):
    """A genre that is shown in the playlist."""

    async def _suggest(self, pages: TrackPages, playlist_id: int, typed: str) -> tuple[str, ...]:
        return await pages.suggest_genres(playlist_id, typed)

    def _name(self, word: str, texts: Texts) -> str:
        return genre_name(word, texts)


class ChosenTag(_WordOfPlaylist):
    """A tag of tracks of the playlist."""

    async def _suggest(self, pages: TrackPages, playlist_id: int, typed: str) -> tuple[str, ...]:
        return await pages.suggest_tags(playlist_id, typed)

    def _name(self, word: str, texts: Texts) -> str:
        return tag_name(word, texts)


def _key(text: str) -> str:
    return search_key(printable(text, limit=TEXT_LIMIT), limit=3 * TEXT_LIMIT)


GenreOption = app_commands.Transform[str | None, ChosenGenre]
"""Type of an option in which a genre of the playlist is chosen; the command is given what the model calls it."""

TagOption = app_commands.Transform[str | None, ChosenTag]
"""Type of an option in which a tag of the playlist is chosen; the command is given what the model calls it."""
