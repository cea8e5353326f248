"""Writes HTML elements: the only place in which tags are put together, where all that is not markup is escaped."""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup, escape

VOID: Final = frozenset({"br", "img", "input"})
"""Elements that hold nothing and have no end tag."""

WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>]+")


def element(tag: str, *content: str, **attributes: str | float | bool | None) -> Markup:
    """Return an element.

    Parameters
    ----------
    tag
        Its name.
    *content
        What it holds: text, which is escaped, and markup.
    **attributes
        As in `opening`.

    Returns
    -------
    Markup
    """
    start = opening(tag, **attributes)
    return start if tag in VOID else start + Markup().join(map(safe, content)) + closing(tag)


def opening(tag: str, **attributes: str | float | bool | None) -> Markup:
    """Return a start tag.

    Parameters
    ----------
    tag
        Its name.
    **attributes
        Their names may end in an underscore (``class_``), and have others in the place of hyphens. True stands for
        an attribute without a value; those that are False or None are left out.

    Returns
    -------
    Markup
    """
    written = Markup()
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        plain = name.rstrip("_").replace("_", "-")
        written += Markup(" {}").format(plain) if value is True else Markup(' {}="{}"').format(plain, safe(str(value)))
    return Markup("<{}{}>").format(tag, written)


def closing(tag: str) -> Markup:
    """Return an end tag."""
    return Markup("</{}>").format(tag)


def safe(text: str) -> Markup:
    """Return a text as HTML shows it.

    Parameters
    ----------
    text
        Anything; markup is left as it is.

    Returns
    -------
    Markup
    """
    return text if isinstance(text, Markup) else escape(encodable(text))


def encodable(text: str) -> str:
    """Return a text that a page can hold: surrogates have no place in UTF-8, nor has the null character in HTML."""
    return text.encode(errors="replace").decode().replace("\0", "?")


def web_address(address: str | None) -> str | None:
    """Return an address if it leads into the web.

    Parameters
    ----------
    address
        Anything.

    Returns
    -------
    str or None
        None for other schemes, such as ``javascript:``, and for what holds characters that could make it read as
        another address.
    """
    usable = address is not None and WEB_ADDRESS.fullmatch(address) and address.isprintable()
    return address if usable else None


def link(address: str | None, *content: str, class_: str | None = None, label: str | None = None) -> Markup:
    """Return a link to somebody else's page, which learns nothing of this one.

    Parameters
    ----------
    address
        Where to; what `web_address` refuses leads nowhere.
    *content
        What it holds.
    class_
        Of the element.
    label
        What is read out of it, where what it holds is only a sign.

    Returns
    -------
    Markup
    """
    return link_opening(address, class_=class_, label=label) + Markup().join(map(safe, content)) + closing("a")


def link_opening(address: str | None, *, class_: str | None = None, label: str | None = None) -> Markup:
    """Return the start tag of `link`."""
    return opening(
        "a",
        class_=class_,
        href=web_address(address),
        rel="noopener noreferrer nofollow",
        target="_blank",
        aria_label=label,
    )
