"""Names, times, shares and lists as the readers of a language write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.text import clock
from bot.texts.catalogue import ENGLISH, Texts


def genre_name(genre: str, texts: Texts = ENGLISH) -> str:
    """Return a genre as people write it in the middle of a sentence.

    Parameters
    ----------
    genre
        As the training table spells it.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``hip-hop``; the genre itself where nobody writes it otherwise.
    """
    return texts.find(f"genre-{genre}") or genre


def duration(seconds: float, texts: Texts = ENGLISH) -> str:
    """Return a length of time.

    Parameters
    ----------
    seconds
        Not negative.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``4.2 s``, ``42 s`` or ``3:07``.
    """
    if seconds < 9.95:
        return texts("tenths-of-seconds", seconds=seconds)
    whole = round(seconds)
    return texts("whole-seconds", seconds=whole) if whole < 60 else clock(whole)


def percent(share: float, texts: Texts = ENGLISH) -> str:
    """Return a share in percent, without decimals.

    Parameters
    ----------
    share
        Between 0 and 1.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``87%``, or ``87 %`` where that is how it is written.
    """
    return texts("percent", share=share)


def listing(items: Sequence[str], texts: Texts = ENGLISH) -> str:
    """Join words as in a sentence.

    Parameters
    ----------
    items
        At least one.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``jazz``, ``jazz and rock`` or ``jazz, pop and rock``.
    """
    *most, last = items
    return texts("list-and", most=series(most, texts), last=last) if most else last


def series(items: Iterable[str], texts: Texts = ENGLISH) -> str:
    """Put words one after the other, without an "and".

    Parameters
    ----------
    items
        May be none.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``jazz, pop, rock``.
    """
    return texts("list-comma").join(items)


def paragraph(sentences: Iterable[str], texts: Texts = ENGLISH) -> str:
    """Put sentences one after the other.

    Parameters
    ----------
    sentences
        May be none.
    texts
        The reader's language: not every one has a space between sentences.

    Returns
    -------
    str
    """
    return texts("between-sentences").join(sentences)
