"""Turns the bytes of a file into text, whatever program wrote them, or refuses them."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import Final

from bot.playlists.formats.errors import Compressed, FileTooLarge, NotText, TooMuchInside
from bot.playlists.formats.reading import Gathering

MOST_BYTES: Final = 16_000_000
"""Of a file. Ten thousand tracks with everything that the bot knows of them take about half as much."""

MOST_LINES: Final = 200_000
"""That are read of a file; a track takes four at most, and a list is full long before."""

LONGEST_LINE: Final = 100_000
"""Characters of a line; everything that is known of a track takes a tenth of it."""

COMPRESSED: Final = (
    b"\x1f\x8b",
    b"PK\x03\x04",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"\x28\xb5\x2f\xfd",
)
"""How gzip, zip (with the spreadsheets that are zip inside), bzip2, xz, 7z, rar and zstd files begin."""

UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

ANSI: Final = "cp1252"
"""What old players for Windows wrote in the west: Latin-1, and a few characters more."""


def decoded(data: bytes, gathering: Gathering) -> str:
    """Return the text of a file.

    Parameters
    ----------
    data
        The file: UTF-8, or UTF-16 with its mark; anything else that could be text is taken for Latin-1.
    gathering
        Is told where the encoding had to be guessed.

    Returns
    -------
    str
        Without the mark.

    Raises
    ------
    FileTooLarge, Compressed, NotText
        If it is no text that a list could be in.
    """
    text, guessed = _text(data)
    if guessed:
        gathering.note("the file", "it is not UTF-8; I read it as Latin-1, so letters with accents may be wrong")
    return text


def peeked(data: bytes) -> str:
    """Return the text of a file that is looked at only to tell its format.

    Parameters
    ----------
    data
        The file.

    Returns
    -------
    str
        As `decoded` returns it.

    Raises
    ------
    FileTooLarge, Compressed, NotText
        If it is no text that a list could be in.
    """
    return _text(data)[0]


def lines_of(text: str, gathering: Gathering) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text that hold something.

    Parameters
    ----------
    text
        With any of the three ways to end a line.
    gathering
        Is told of lines that are too long to be read.

    Yields
    ------
    tuple of int and str
        The line's number, from 1, and the line without white space around it.

    Raises
    ------
    TooMuchInside
        If there are more than `MOST_LINES`.
    """
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        if number > MOST_LINES:
            raise TooMuchInside
        if len(line) > LONGEST_LINE:
            gathering.note(f"line {number}", "it is too long to be read, and left out")
        elif stripped := line.strip():
            yield number, stripped


def _text(data: bytes) -> tuple[str, bool]:
    if len(data) > MOST_BYTES:
        raise FileTooLarge(MOST_BYTES)
    if data.startswith(COMPRESSED):
        raise Compressed
    guessed = False
    if data.startswith(UTF_16):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise NotText from error
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode(ANSI, errors="replace")
            guessed = True
    if "\0" in text:
        raise NotText
    return text, guessed
