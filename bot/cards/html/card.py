"""Cards as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import discord
from markupsafe import Markup

from bot.cards.bars import Bar, draw_bars
from bot.cards.card import Card
from bot.cards.html.element import element, link, web_address
from bot.cards.html.inline import NameOf, inline_html, nobody
from bot.cards.html.markdown import markdown_html
from bot.cards.picture import Picture

COLOUR_NAMES: Final[Mapping[int, str]] = MappingProxyType(
    {
        discord.Colour.green().value: "green",
        discord.Colour.gold().value: "gold",
        discord.Colour.light_grey().value: "grey",
        discord.Colour.orange().value: "orange",
        discord.Colour.red().value: "red",
        discord.Colour.blurple().value: "blurple",
    }
)
"""Of the colours that cards have; a stylesheet says how they look on a page."""

OTHER_COLOUR: Final = "plain"


def card_html(
    embed: discord.Embed,
    *,
    picture: Picture | None = None,
    picture_address: str | None = None,
    name_of: NameOf = nobody,
    heading_level: int = 2,
) -> Markup:
    """Return a card.

    Parameters
    ----------
    embed
        The card.
    picture
        What goes with it; shown in it only where the card names it.
    picture_address
        Where a browser finds the picture.
    name_of
        Knows what members, roles and channels are called.
    heading_level
        Of the title, 1 to 5.

    Returns
    -------
    Markup
    """
    colour = COLOUR_NAMES.get(embed.colour.value, OTHER_COLOUR) if embed.colour is not None else OTHER_COLOUR
    below_title = heading_level + 1
    parts = []
    if embed.title:
        parts.append(_title(embed, embed.title, name_of, heading_level))
    if embed.description:
        drawn = embed.bars if isinstance(embed, Card) else ()
        text = _text(embed.description, drawn, name_of, below_title)
        parts.append(element("div", text, class_="card-text"))
    if embed.fields:
        fields = (_field(name, value, inline, name_of, below_title) for name, value, inline in _fields_of(embed))
        parts.append(element("dl", *fields, class_="card-fields"))
    if picture is not None and picture_address is not None and shows(embed, picture):
        image = element("img", src=picture_address, alt=picture.description)
        parts.append(element("figure", image, class_="card-picture"))
    if embed.footer.text:
        parts.append(element("footer", embed.footer.text, class_="card-footer"))
    return element("article", *parts, class_=f"card card-{colour}")


def shows(embed: discord.Embed, picture: Picture) -> bool:
    """Tell whether a card shows a picture, which is only a file beside it otherwise."""
    return embed.image.url == picture.url


def bars_html(bars: Sequence[Bar]) -> Markup:
    """Return genres with how likely they are.

    Parameters
    ----------
    bars
        In the order to show.

    Returns
    -------
    Markup
        A list; what is read out of it is the name and the percentage.
    """
    return element("ul", *map(_bar, bars), class_="bars")


def _bar(bar: Bar) -> Markup:
    return element(
        "li",
        element("span", bar.name, class_="bar-name"),
        " ",
        element("meter", min=0, max=1, value=round(bar.probability, 4), aria_hidden="true"),
        " ",
        element("span", bar.share, class_="bar-share"),
    )


def _title(embed: discord.Embed, title: str, name_of: NameOf, level: int) -> Markup:
    address = web_address(embed.url)
    words = inline_html(title, name_of=name_of, links=address is None)
    return element(f"h{level}", words if address is None else link(address, words), class_="card-title")


def _text(description: str, bars: Sequence[Bar], name_of: NameOf, level: int) -> Markup:
    """Put the bars in the place of what was drawn of them."""
    if not bars:
        return markdown_html(description, name_of=name_of, heading_level=level)
    before, drawn, after = description.partition(draw_bars(bars))
    texts = [markdown_html(text, name_of=name_of, heading_level=level) for text in (before, after)]
    return (bars_html(bars) if drawn else Markup()).join(texts)


def _fields_of(embed: discord.Embed) -> list[tuple[str, str, bool]]:
    return [(field.name or "", field.value or "", bool(field.inline)) for field in embed.fields]


def _field(name: str, value: str, inline: bool, name_of: NameOf, level: int) -> Markup:
    return element(
        "div",
        element("dt", inline_html(name, name_of=name_of)),
        element("dd", markdown_html(value, name_of=name_of, heading_level=level)),
        class_="card-field card-field-inline" if inline else "card-field",
    )
