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
    weighed = []
    for part in header[:500].split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1.0), name.strip()))
        except ValueError:
            continue
    # Of equal weight, the first comes first.
    yield from (name for _, name in sorted(weighed, key=lambda item: item[0]))
