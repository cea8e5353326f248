"""Turns the message files into sentences of a language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource

# The command line loads this, too, and does without structlog.
log = logging.getLogger(__name__)

LANGUAGES: Final = ("en", "de", "es", "fr", "pt-BR", "ja")
"""Languages that there is a folder of, English first: it has every message, and others fall back on it."""

DISCORD_LOCALES: Final[Mapping[str, str]] = MappingProxyType(
    {"de": "de", "es-ES": "es", "es-419": "es", "fr": "fr", "pt-BR": "pt-BR", "ja": "ja"}
)
"""Discord's locales that are written in a language other than English."""


class Texts:
    """The sentences of one language.

    Parameters
    ----------
    language
        One of `LANGUAGES`.
    bundles
        Where messages are looked up, the language's own first.
    """

    def __init__(self, language: str, bundles: tuple[FluentBundle, ...]) -> None:
        self.language = language
        self._bundles = bundles

    def __call__(self, key: str, **values: Any) -> str:
        """Return a sentence.

        Parameters
        ----------
        key
            Name of a message, or ``message.attribute``.
        **values
            What stands in it: strings and numbers.

        Returns
        -------
        str

        Raises
        ------
        KeyError
            If there is no such message, not even in English.
        """
        found = self.find(key, **values)
        if found is None:
            raise KeyError(key)
        return found

    def find(self, key: str, **values: Any) -> str | None:
        """Return a sentence, or None where no language has it.

        Parameters
        ----------
        key, **values
            As in a call.

        Returns
        -------
        str or None
        """
        message_id, _, attribute = key.partition(".")
        for bundle in self._bundles:
            if not bundle.has_message(message_id):
                continue
            message = bundle.get_message(message_id)
            pattern = message.attributes.get(attribute) if attribute else message.value
            if pattern is None:
                continue
            text, errors = bundle.format_pattern(pattern, values)
            if errors:
                # The sentence is shown with a gap: better than none, and the tests format every message.
                log.error("the message %s could not be filled in: %s", key, errors)
            return str(text)
        return None


def texts_for(locale: object) -> Texts:
    """Return the sentences for one of Discord's locales.

    Parameters
    ----------
    locale
        A ``discord.Locale`` or its value, such as ``es-419``; anything else, None too, is taken for English.

    Returns
    -------
    Texts
    """
    return _load(DISCORD_LOCALES.get(str(locale), LANGUAGES[0]))


def texts_in(language: str) -> Texts:
    """Return the sentences of a language.

    Parameters
    ----------
    language
        One of `LANGUAGES`; anything else is taken for English.

    Returns
    -------
    Texts
    """
    return _load(language if language in LANGUAGES else LANGUAGES[0])


@cache
def _load(language: str) -> Texts:
    languages = dict.fromkeys((language, LANGUAGES[0]))
    return Texts(language, tuple(_bundle(name) for name in languages))


@cache
def _bundle(language: str) -> FluentBundle:
    # Without marks of direction around what is filled in: they would end up in file names and bars, and none of the
    # languages is written from right to left.
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted(files(__package__).joinpath(language).iterdir(), key=lambda file: file.name):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


ENGLISH: Final = texts_for(None)
