"""Discord's markdown as HTML: paragraphs, lists, quotes and blocks of code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from itertools import groupby
from typing import Final

from markupsafe import Markup

from bot.cards.html.element import element
from bot.cards.html.inline import NameOf, inline_html, nobody

FENCED: Final = re.compile(r"(?<!\\)```(?:[\w+.#-]{1,20}\n)?(.*?)```", re.DOTALL)
"""A block of code, with the name of its language."""

LARGEST_HEADING: Final = 3
DEEPEST_HEADING: Final = 6


class _Kind(Enum):
    """What a line is."""

    BLANK = auto()
    HEADING = auto()
    SMALL = auto()
    QUOTE = auto()
    BULLET = auto()
    TEXT = auto()


LINES: Final = (
    (_Kind.BLANK, re.compile(r"\s*()")),
    (_Kind.HEADING, re.compile(r"(#{1,3} +\S.*)")),
    (_Kind.SMALL, re.compile(r"-# +(\S.*)")),
    (_Kind.QUOTE, re.compile(r"> (.*)")),
    (_Kind.BULLET, re.compile(r"\s*[-*•] +(\S.*)")),
)
"""What is not text; the groups hold what is shown."""


def markdown_html(text: str, *, name_of: NameOf = nobody, heading_level: int = LARGEST_HEADING) -> Markup:
    """Return a text of Discord as HTML.

    Parameters
    ----------
    text
        In the part of Discord's markdown that cards use and members may see; any string is. What is not understood
        is shown as it stands.
    name_of
        Knows what members, roles and channels are called.
    heading_level
        Of the largest headings in it, 1 to 6.

    Returns
    -------
    Markup
        Blocks: paragraphs, lists and the like.
    """
    parts: list[Markup] = []
    position = 0
    for fenced in FENCED.finditer(text):
        code = fenced[1].strip("\n")
        if not code.strip():
            continue
        parts += _blocks(text[position : fenced.start()], name_of, heading_level)
        parts.append(element("pre", element("code", code)))
        position = fenced.end()
    parts += _blocks(text[position:], name_of, heading_level)
    return Markup().join(parts)


def _blocks(text: str, name_of: NameOf, heading_level: int) -> Iterator[Markup]:
    lines = map(_line, text.replace("\r\n", "\n").split("\n"))
    for kind, group in groupby(lines, key=lambda line: line[0]):
        shown = [line for _, line in group]
        match kind:
            case _Kind.BLANK:
                pass
            case _Kind.HEADING:
                for line in shown:
                    signs, _, words = line.partition(" ")
                    level = min(heading_level - 1 + len(signs), DEEPEST_HEADING)
                    yield element(f"h{level}", inline_html(words.strip(), name_of=name_of))
            case _Kind.SMALL:
                yield element("p", element("small", _paragraph(shown, name_of)))
            case _Kind.QUOTE:
                yield element("blockquote", element("p", _paragraph(shown, name_of)))
            case _Kind.BULLET:
                yield element("ul", *(element("li", inline_html(line, name_of=name_of)) for line in shown))
            case _Kind.TEXT:
                yield element("p", _paragraph(shown, name_of))


def _line(line: str) -> tuple[_Kind, str]:
    for kind, pattern in LINES:
        match = pattern.fullmatch(line)
        if match is not None:
            return kind, match[1]
    return _Kind.TEXT, line


def _paragraph(lines: Iterable[str], name_of: NameOf) -> Markup:
    return inline_html("\n".join(lines), name_of=name_of)
