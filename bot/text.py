"""Makes text of strangers safe to show, and draws what is the same in every language."""

from __future__ import annotations

import unicodedata
from typing import Final

UNSAFE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
"""Unicode categories that are dropped: control, format (bidirectional overrides among them), private and unassigned
characters, surrogates, line and paragraph separators."""


FULL_BLOCK: Final = "█"
LIGHT_BLOCK: Final = "░"
"""What bars are drawn with."""


def printable(text: str, *, limit: int) -> str:
    """Return text without characters that could move, hide or reverse what stands around it.

    Parameters
    ----------
    text
        Anything, such as a file name.
    limit
        Most characters of the result; a longer text loses its middle, so that a file name keeps
        its beginning and its suffix. At least 3.

    Returns
    -------
    str
        One line; ``?`` where nothing is left.
    """
    spaced = (" " if character in "\t\n\r" else character for character in text)
    kept = "".join(character for character in spaced if unicodedata.category(character) not in UNSAFE_CATEGORIES)
    line = " ".join(kept.split()) or "?"
    if len(line) <= limit:
        return line
    tail = (limit - 1) // 3
    return f"{line[: limit - 1 - tail]}…{line[len(line) - tail :]}"


def search_key(text: str, *, limit: int) -> str:
    """Return what a text is searched and compared by: without cases, accents, and widths of characters.

    Parameters
    ----------
    text
        Anything.
    limit
        Most characters of the result. At least 3.

    Returns
    -------
    str
        One line; ``?`` where nothing is left.
    """
    # Compatibility decomposition, Unicode Standard Annex 15: an accent is a character of its own there.
    plain = unicodedata.normalize("NFKD", text).casefold()
    return printable("".join(letter for letter in plain if not unicodedata.combining(letter)), limit=limit)


def clock(seconds: float) -> str:
    """Return a position in a clip as players show it.

    Parameters
    ----------
    seconds
        From the beginning.

    Returns
    -------
    str
        Such as ``0:07``, ``12:30`` or ``1:59:10``.
    """
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}:{rest:02}"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def clock_span(start: float, end: float) -> str:
    """Return a part of a clip as players show it.

    Parameters
    ----------
    start, end
        In seconds from the beginning.

    Returns
    -------
    str
        Such as ``0:10–0:40``.
    """
    return f"{clock(start)}–{clock(end)}"


def sentence_case(words: str) -> str:
    """Raise the first letter, as at the beginning of a sentence, and leave the others as they are.

    Parameters
    ----------
    words
        Such as ``hip-hop`` or ``UK garage``.

    Returns
    -------
    str
        Such as ``Hip-hop`` or ``UK garage``.
    """
    return words[:1].upper() + words[1:]


def has_wide_characters(text: str) -> bool:
    """Tell whether a text holds characters that stand out of line even where all are said to be equally wide.

    Parameters
    ----------
    text
        One line.

    Returns
    -------
    bool
        True for East Asian characters (Unicode Standard Annex 11): fonts draw them about twice as wide as others, but
        not exactly so.
    """
    return any(unicodedata.east_asian_width(character) in {"W", "F", "H"} for character in text)


def bar(probability: float, *, width: int) -> str:
    """Draw a confidence bar.

    Parameters
    ----------
    probability
        Between 0 and 1.
    width
        Characters of the whole bar.

    Returns
    -------
    str
        Full and light blocks, `width` of them.
    """
    full = round(probability * width)
    return FULL_BLOCK * full + LIGHT_BLOCK * (width - full)
