"""Reads HTML as strictly as no browser does."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "img", "input"}

INLINE = {
    "a": {"class", "href", "rel", "target"},
    "br": set[str](),
    "code": {"aria-hidden"},
    "em": set[str](),
    "s": set[str](),
    "span": {"class", "aria-hidden"},
    "strong": set[str](),
    "time": {"datetime", "data-style"},
    "u": set[str](),
}
"""Tags and attributes that markdown may become within a paragraph."""

MARKDOWN = INLINE | {
    name: set[str]()
    for name in ("p", "ul", "li", "blockquote", "pre", "small", *(f"h{level}" for level in range(1, 7)))
}

CARD = MARKDOWN | {
    "article": {"class"},
    "div": {"class"},
    "dl": {"class"},
    "dt": set[str](),
    "dd": set[str](),
    "figure": {"class"},
    "footer": {"class"},
    "img": {"src", "alt"},
    "meter": {"min", "max", "value", "aria-hidden"},
    "ul": {"class"},
    **{f"h{level}": {"class"} for level in range(1, 7)},
}


@dataclass(frozen=True)
class Tag:
    name: str
    attributes: dict[str, str | None]
    within: tuple[str, ...]


@dataclass
class Page(HTMLParser):
    """What stands in a piece of HTML; refuses what does not nest or is not closed."""

    allowed: dict[str, set[str]] | None = None
    tags: list[Tag] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names)
        assert "style" not in names
        assert not any(name.startswith("on") for name in names)
        if self.allowed is not None:
            assert set(names) <= self.allowed[tag], (tag, names)
        self.tags.append(Tag(tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)
        # Text of different blocks is no one word.
        self.pieces.append("" if tag in {"a", "em", "s", "span", "strong", "u"} else " ")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def named(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]


def read(html: str, allowed: dict[str, set[str]] | None = None) -> Page:
    """Read HTML that holds only what is allowed; anything well-formed where that is None."""
    page = Page(allowed)
    # No sign of markup is left over beside the tags, such as in an attribute.
    assert "<" not in re.sub(r"</?[a-z0-9]+(?: [a-z-]+(?:=\"[^\"<>]*\")?)*>", "", html)
    page.feed(html)
    page.close()
    assert page.open == []
    links = page.named("a")
    assert not any("a" in tag.within for tag in links)
    if allowed is not None:
        for tag in links:
            assert re.match("https?://", tag.attributes["href"] or "")
            assert tag.attributes["rel"] == "noopener noreferrer nofollow"
    html.encode()
    return page


def words(text: str) -> Counter[str]:
    """Count the words and numbers of a text."""
    return Counter(re.findall(r"[^\W_]+", text))
