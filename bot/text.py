"""Makes text of strangers safe to show, and writes names, times and numbers as people do."""

from __future__ import annotations

import unicodedata
from typing import Final

UNSAFE_CATEGORIES: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
"""Unicode categories that are dropped: control, format (bidirectional overrides among them), private and unassigned
characters, surrogates, line and paragraph separators."""

DISPLAY_NAMES: Final = {"hiphop": "hip-hop"}
"""Genres that people write otherwise than the training table."""


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


def duration(seconds: float) -> str:
    """Return a length of time as people write it.

    Parameters
    ----------
    seconds
        Not negative.

    Returns
    -------
    str
        Such as ``4.2 s``, ``42 s`` or ``3:07``.
    """
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    return clock(whole)


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


def display_name(genre: str) -> str:
    """Return a genre as people write it.

    Parameters
    ----------
    genre
        As the training table spells it.

    Returns
    -------
    str
    """
    return DISPLAY_NAMES.get(genre, genre)


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
    return "█" * full + "░" * (width - full)
