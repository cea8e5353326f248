"""Names and descriptions of commands in the languages of members."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import discord
from discord import app_commands

from bot.texts.catalogue import DISCORD_LOCALES, ENGLISH, texts_for

KEY: Final = "key"
"""Under which a text carries the name of its message."""


def told(key: str) -> app_commands.locale_str:
    """Return a text of a command that Discord shows in the language of whoever reads it.

    Parameters
    ----------
    key
        Name of the message.

    Returns
    -------
    discord.app_commands.locale_str
        English, with all that `CommandTranslator` needs.
    """
    return app_commands.locale_str(ENGLISH(key), **{KEY: key})


class CommandTranslator(app_commands.Translator):
    """Tells Discord the names and descriptions of commands in other languages."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContext[Any, Any],
    ) -> str | None:
        """Return a text in a language; None where English will do."""
        del context
        key = string.extras.get(KEY)
        if key is None or locale.value not in DISCORD_LOCALES:
            return None
        text = _text(key, locale.value)
        return None if text == string.message else text


@cache
def _text(key: str, locale: str) -> str:
    """Look up a text once: a tree of commands asks for all of them whenever it is compared with what Discord has."""
    return texts_for(locale)(key)
