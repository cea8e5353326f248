"""Whole answers as HTML."""

from __future__ import annotations

from markupsafe import Markup

from bot.cards.html.card import card_html, shows
from bot.cards.html.context import PageContext
from bot.cards.html.element import element
from bot.cards.html.markdown import markdown_html
from bot.cards.html.view import view_html
from bot.cards.picture import Picture
from bot.surfaces.surface import Reply


def reply_html(reply: Reply, context: PageContext) -> Markup:
    """Return an answer.

    Parameters
    ----------
    reply
        What Discord is sent otherwise.
    context
        What the page knows.

    Returns
    -------
    Markup
        The text, the card, links to the files that the card does not show, and the buttons.
    """
    parts = []
    embed, picture = reply.embed, reply.picture
    if reply.content:
        text = markdown_html(reply.content, name_of=context.name_of, heading_level=context.heading_level)
        parts.append(element("div", text, class_="reply-text"))
    shown = picture if embed is not None and picture is not None and shows(embed, picture) else None
    if embed is not None:
        card = card_html(
            embed,
            picture=shown,
            picture_address=None if shown is None else context.address_of(shown),
            name_of=context.name_of,
            heading_level=context.heading_level,
        )
        parts.append(card)
    files = [file for file in (picture, *reply.files) if file is not None and file is not shown]
    if files:
        parts.append(element("ul", *(_file(file, context) for file in files), class_="files"))
    if reply.view is not None:
        parts.append(view_html(reply.view, context))
    return element("div", *parts, class_="reply")


def _file(file: Picture, context: PageContext) -> Markup:
    link = element("a", file.name, href=context.address_of(file), download=file.name)
    return element("li", link, " ", element("span", file.description, class_="file-description"))
