"""The language that a browser asks for."""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web

from bot.texts.catalogue import LANGUAGES, Texts, texts_in


def texts_of(request: web.Request) -> Texts:
    """Return the sentences that a browser would like to show.

    Parameters
    ----------
    request
        Its ``Accept-Language`` may hold anything.

    Returns
    -------
    Texts
        English where it names no language that there is.
    """
    by_start = {language.partition("-")[0]: language for language in LANGUAGES}
    for wanted in _by_weight(request.headers.get("Accept-Language", "")):
        if (language := by_start.get(wanted.partition("-")[0].lower())) is not None:
            return texts_in(language)
    return texts_in(LANGUAGES[0])


def _by_weight(header: str) -> Iterator[str]:
    """Yield the languages of a header, the most wanted first (RFC 9110, section 12.5.4)."""
    weighed = []
    for part in header[:500].split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        weights = [
            value.strip() for key, _, value in (word.partition("=") for word in parameters) if key.strip() == "q"
        ]
        try:
            weight = float(weights[0]) if weights else 1.0
        except ValueError:
            continue
        # None of it is wanted where it weighs nothing.
        if weight > 0.0:
            weighed.append((-weight, name))
    # Of equal weight, the first comes first.
    yield from (name for _, name in sorted(weighed, key=lambda item: item[0]))
