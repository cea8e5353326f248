"""Discord's markdown within a paragraph, as HTML.

It is read once from left to right, and nothing is tried a second time: whatever begins something is noted on a stack,
and stays the text that it is unless its end is found. Python's maintained libraries read CommonMark, which is another
language: there, ``は**AC/DC (live)**を`` is not bold, ``__`` does not underline, and ``&lt;`` is a character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from markupsafe import Markup

from bot.cards.fingerprint import id_in_short
from bot.cards.html.element import closing, element, encodable, link, link_opening, opening, web_address
from bot.text import FULL_BLOCK, LIGHT_BLOCK

NameOf = Callable[[str], str | None]
"""Returns what a member, a role or a channel is called, by Discord's id; None where that is not known."""

LONGEST_ADDRESS: Final = 2000
"""Characters of a link. A bound keeps the time linear where many links begin and none ends."""

BLOCKS: Final = rf"[{FULL_BLOCK}{LIGHT_BLOCK}]{{2,}}"
"""A bar in a line of text."""

TOKEN: Final = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])"
    r"|(?P<ticks>`+)"
    r"|(?P<marks>\*+|_+|~~+)"
    r"|(?P<bracket>\[)"
    r"|(?P<bracket_end>\])"
    r"|<(?P<mention>@[!&]?[0-9]{1,20}|\#[0-9]{1,20})>"
    r"|<t:(?P<time>-?[0-9]{1,13}(?::[tTdDfFR])?)>"
    r"|</(?P<command>[^:<>\n]{1,100}):[0-9]{1,20}>"
    rf"|<(?P<address>https?://[^\s<>]{{1,{LONGEST_ADDRESS}}})>"
    rf"|(?P<bare_address>https?://[^\s<>\[\]]{{1,{LONGEST_ADDRESS}}})"
    rf"|(?P<blocks>{BLOCKS})"
    r"|(?P<line_end>\n)"
)
"""All that means something in a paragraph; each alternative holds one named group."""

LINK_TARGET: Final = re.compile(rf"\((https?://[^\s<>()]{{1,{LONGEST_ADDRESS}}})\)")

TAGS: Final[Mapping[str, tuple[Markup, Markup]]] = {
    mark: (opening(tag), closing(tag))
    for mark, tag in {"**": "strong", "*": "em", "__": "u", "_": "em", "~~": "s"}.items()
}
LINK_END: Final = closing("a")
LINE_BREAK: Final = element("br")

LONGEST_MARKS: Final = {"*": 3, "_": 3, "~": 2}
"""How many of a character can mean something; more are a line that somebody drew."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

TIME_FORMATS: Final = {"t": "%H:%M UTC", "T": "%H:%M:%S UTC", "d": "%Y-%m-%d", "D": "%Y-%m-%d"}
"""By Discord's styles of timestamps; others tell day and time."""

DAY_AND_TIME: Final = "%Y-%m-%d %H:%M UTC"
DEFAULT_STYLE: Final = "f"


def nobody(_id: str) -> str | None:
    """Know no names."""
    return None


def inline_html(text: str, *, name_of: NameOf = nobody, links: bool = True) -> Markup:
    """Return a paragraph, a title or another text without blocks.

    Parameters
    ----------
    text
        In Discord's markdown; any string is.
    name_of
        Knows names.
    links
        Whether links lead anywhere; not within another link.

    Returns
    -------
    Markup
    """
    return _Reader(encodable(text), name_of, links=links).read()


class _Reader:
    """Reads one text.

    Parameters
    ----------
    text
        The text.
    name_of, links
        As in `inline_html`.
    """

    def __init__(self, text: str, name_of: NameOf, *, links: bool) -> None:
        self._text = text
        self._name_of = name_of
        self._links = links
        self._pieces: list[str] = []
        # Marks whose end was not found yet, each with the place of its piece, and how many there are of each kind.
        self._open: list[tuple[str, int]] = []
        self._count: Counter[str] = Counter()
        # Likewise, brackets: how many marks were open before each, and the place of its piece.
        self._brackets: list[tuple[int, int]] = []
        self._code_ends = _code_ends(text)

    def read(self) -> Markup:
        """Return the HTML."""
        position = 0
        while match := TOKEN.search(self._text, position):
            self._pieces.append(self._text[position : match.start()])
            position = self._take(match)
        self._pieces.append(self._text[position:])
        return Markup().join(self._pieces)

    def _take(self, match: re.Match[str]) -> int:
        """Write what was found, and return where to read on."""
        kind = match.lastgroup
        assert kind is not None
        found = match[kind]
        match kind:
            case "escaped":
                self._pieces.append(found)
            case "ticks":
                return self._code(match)
            case "marks":
                self._marks(match)
            case "bracket":
                self._brackets.append((len(self._open), len(self._pieces)))
                self._pieces.append(found)
            case "bracket_end":
                return self._bracket_end(match)
            case "mention":
                self._pieces.append(self._mention(found))
            case "time":
                self._pieces.append(_time(found) or match[0])
            case "command":
                self._pieces.append(element("code", f"/{found}"))
            case "address":
                self._address(found, match[0])
            case "bare_address":
                address = _without_what_follows(found)
                self._address(address, address)
                return match.start() + len(address)
            case "blocks":
                # The number that it stands for is written beside it.
                self._pieces.append(element("span", found, class_="blocks", aria_hidden="true"))
            case _:
                self._pieces.append(LINE_BREAK)
        return match.end()

    def _code(self, match: re.Match[str]) -> int:
        end = self._code_ends.get(match.start())
        if end is None:
            self._pieces.append(match[0])
            return match.end()
        code = self._text[match.end() : end]
        drawn = re.fullmatch(BLOCKS, code) is not None
        self._pieces.append(element("code", code.strip() or code, aria_hidden="true" if drawn else None))
        return end + len(match[0])

    def _marks(self, match: re.Match[str]) -> None:
        """Open and close what a run of equal characters stands for."""
        run = match[0]
        character = run[0]
        if len(run) > LONGEST_MARKS[character]:
            self._pieces.append(run)
            return
        before, after = self._text[match.start() - 1 : match.start()], self._text[match.end() : match.end() + 1]
        opens, closes = after.strip() != "", before.strip() != ""
        if run == "_":
            # As in file_names.
            opens, closes = opens and not _in_word(before), closes and not _in_word(after)
        left = len(run)
        while left:
            mark = self._closed_by(character, left, opens=opens) if closes else None
            if mark is not None:
                self._close(mark)
            else:
                mark = character * min(left, 2)
                if opens:
                    self._open.append((mark, len(self._pieces)))
                    self._count[mark] += 1
                self._pieces.append(mark)
            left -= len(mark)

    def _closed_by(self, character: str, left: int, *, opens: bool) -> str | None:
        """Return the mark that the rest of a run ends; None for none."""
        double = 2 * character
        inner_single = bool(self._open) and self._open[-1][0] == character
        if left >= 2 and self._count[double] and not (left == 3 and inner_single):
            return double
        # Two of them rather begin something within what one has begun.
        if self._count[character] and (left != 2 or not opens):
            return character
        return None

    def _close(self, mark: str) -> None:
        while True:
            opened, piece = self._open.pop()
            self._count[opened] -= 1
            if opened == mark:
                break
        while self._brackets and self._brackets[-1][0] > len(self._open):
            self._brackets.pop()
        start, end = TAGS[mark]
        self._pieces[piece] = start
        self._pieces.append(end)

    def _bracket_end(self, match: re.Match[str]) -> int:
        depth, piece = self._brackets.pop() if self._brackets else (0, len(self._pieces))
        is_empty = not any(self._pieces[piece + 1 : piece + 3])
        target = None if is_empty or not self._links else LINK_TARGET.match(self._text, match.end())
        address = None if target is None else web_address(target[1])
        if target is None or address is None:
            self._pieces.append(match[0])
            return match.end()
        for mark, _ in self._open[depth:]:
            self._count[mark] -= 1
        del self._open[depth:]
        self._pieces[piece] = link_opening(address)
        self._pieces.append(LINK_END)
        self._brackets.clear()
        return target.end()

    def _address(self, address: str, otherwise: str) -> None:
        if not self._links or web_address(address) is None:
            self._pieces.append(otherwise)
            return
        self._pieces.append(link(address, address))
        # A link within a link is none, and one that shows an address leads there and nowhere else.
        self._brackets.clear()

    def _mention(self, found: str) -> Markup:
        number = found.lstrip("@!&#")
        return element("span", found[0], self._name_of(number) or id_in_short(int(number)), class_="mention")


def _code_ends(text: str) -> dict[int, int]:
    """Return where code ends that begins with a run of backticks: at the next one that is as long."""
    ends: dict[int, int] = {}
    last: dict[int, int] = {}
    for run in re.finditer("`+", text):
        length = run.end() - run.start()
        if length in last:
            ends[last[length]] = run.start()
        last[length] = run.start()
    return ends


def _time(found: str) -> Markup | None:
    seconds, _, style = found.partition(":")
    try:
        moment = EPOCH + timedelta(seconds=int(seconds))
    except OverflowError:
        return None
    text = moment.strftime(TIME_FORMATS.get(style, DAY_AND_TIME))
    # A script of the page may write it as Discord would.
    # Not by strftime, which writes years before 1000 with fewer than the four digits that browsers ask for.
    written = f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"
    return element("time", text, datetime=written, data_style=style or DEFAULT_STYLE)


def _without_what_follows(address: str) -> str:
    """Leave off what belongs to the sentence that an address stands in."""
    address = address.rstrip(".,:;\"'!?]*~")
    unopened = max(0, address.count(")") - address.count("("))
    return address[: max(len(address) - unopened, len(address.rstrip(")")))]


def _in_word(character: str) -> bool:
    return character.isascii() and character.isalnum()
