"""What a report is made of, before anyone decides how it looks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

NAME_LIMIT: Final = 40
"""Most characters of a name from the table; a longer one is cut, so that it cannot push a picture aside."""

Alignment = Literal["text", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """Head of a table's column.

    Parameters
    ----------
    heading
        Plain text.
    align
        Numbers stand at the right, under each other.
    """

    heading: str
    align: Alignment = "number"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Parameters
    ----------
    text
        Plain text.
    shade
        Colour behind the text, from -1 (strongest of the one) over 0 (none) to 1 (strongest of the other).
    strong
        Whether it should stand out.
    """

    text: str
    shade: float = 0.0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in rows; the first of each row is its head.

    Parameters
    ----------
    caption
        What it shows, in words.
    columns
        Heads of the columns, the first of them above the row heads.
    rows
        As many cells each as there are columns.
    spans
        Headings above the columns, each with the number of columns that it spans; none by default.
    folded
        Whether it is shown only when asked for.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    spans: tuple[tuple[str, int], ...] = ()
    folded: bool = False
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing.

    Parameters
    ----------
    svg
        With escaped texts, and in its ``aria-label`` the words for those who do not see it.
    caption
        Plain text under it.
    wide
        Whether it stays at its size and is scrolled where it does not fit, as it could not be read when smaller.
    """

    svg: Markup
    caption: str
    wide: bool = False
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True, slots=True)
class Pictures:
    """Drawings that stand beside each other where there is room."""

    pictures: tuple[Picture, ...]
    kind: Literal["pictures"] = "pictures"


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    text: str
    kind: Literal["prose"] = "prose"


Block = Table | Picture | Pictures | Prose


@dataclass(frozen=True, slots=True)
class Section:
    """One idea of the report.

    Parameters
    ----------
    intro
        What was done, in a few sentences.
    conclusions
        What follows from the figures of this run; the first is the one that matters most.
    blocks
        Tables and pictures in order.
    """

    intro: str
    conclusions: tuple[str, ...]
    blocks: tuple[Block, ...]


def shown(name: str, limit: int = NAME_LIMIT) -> str:
    """Return a name from the table as it can be shown.

    Parameters
    ----------
    name
        A genre, a file or a column, of whatever length and characters.
    limit
        Most characters of the result.

    Returns
    -------
    str
        One line without control or bidirectional characters, of at most `limit` characters.
    """
    line = " ".join("".join(character if character.isprintable() else " " for character in name).split()) or "?"
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def number(value: float, digits: int = 4) -> str:
    """Return a measured value.

    Parameters
    ----------
    value
        Finite.
    digits
        That are significant, at least; the whole part is never rounded.

    Returns
    -------
    str
        Without an exponent from a thousandth up to a hundred million.
    """
    size = abs(value)
    if value == 0.0:
        return "0"
    if not 1e-3 <= size < 1e8:
        return f"{value:.{digits - 1}e}"
    return f"{value:,.{max(0, digits - 1 - math.floor(math.log10(size)))}f}"


def share(value: float) -> str:
    """Return an accuracy, an F1 score or another share with three decimals."""
    return f"{value:.3f}"


def percent(value: float) -> str:
    """Return a share as whole percents."""
    return f"{value:.0%}".replace("%", "\N{NO-BREAK SPACE}%")


def listing(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    Parameters
    ----------
    words
        At least one.

    Returns
    -------
    str
        Such as ``a, b and c``.
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def count(amount: int, one: str, many: str | None = None) -> str:
    """Return an amount with its noun.

    Parameters
    ----------
    amount
        How many.
    one, many
        The noun; its plural adds an s by default.

    Returns
    -------
    str
        Such as ``1 clip`` or ``12 clips``.
    """
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def cells(*texts: str) -> tuple[Cell, ...]:
    """Return plain cells, one for each text."""
    return tuple(Cell(text) for text in texts)
