"""What the pictures of whole playlists on a web page are made of.

They are SVG beside lists in HTML, and follow the page: text and outlines have its colour, so that they stand out from a
light ground and from a dark one. Nothing moves, and there is neither style nor script in them, which the page's policy
may forbid. Strangers' words are printable before they come here, and are escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from bot.cards.genre_signs import POINTED, ROUND, SCALES, TRIANGULAR, Sign, sign_of
from bot.drawing.pictured import Wording

DIGIT_WIDTH: Final = 0.64
"""Of the size of the letters: the widest that a digit is in the usual sans-serif fonts."""

SIGN: Final = 16
"""Of the square that a sign in a legend stands in, in pixels of the page."""

OUTLINE: Final = Markup('stroke="currentColor" stroke-width="1" vector-effect="non-scaling-stroke"')
"""A pixel around a part, however large the picture is shown: no colour of a genre stands out from every ground."""


def short(value: float) -> str:
    """Return a length as a picture has it, to a tenth of a pixel: in full, lengths would be most of a long list's map.

    Parameters
    ----------
    value
        In pixels.

    Returns
    -------
    str
    """
    return f"{value:.1f}".removesuffix(".0")


def role_of(addresses: Iterable[str | None]) -> str:
    """Return what a picture is to a screen reader.

    Parameters
    ----------
    addresses
        Where its parts lead; None for nowhere.

    Returns
    -------
    str
        Not ``img`` where there is any: what is inside of one is hidden from whoever does not see it.
    """
    return "img" if all(address is None for address in addresses) else "group"


def genre_class(kind: int) -> str:
    """Return the class by which a page finds what belongs to a genre.

    Parameters
    ----------
    kind
        Its number among those that are told apart; negative for all others.

    Returns
    -------
    str
    """
    return f"genre-{kind}" if kind >= 0 else "genre-other"


def dot(sign: Sign, x: float, y: float, size: float) -> Markup:
    """Return a dot in the shape of a genre.

    Parameters
    ----------
    sign
        Of the genre.
    x, y
        Where its middle lies.
    size
        How wide it is.

    Returns
    -------
    Markup
        An element without a colour.
    """
    half = size * SCALES[sign.marker] / 2
    across, up, radius = short(x), short(y), short(half)
    match sign.marker:
        case marker if marker == ROUND:
            return Markup('<circle cx="{}" cy="{}" r="{}"/>').format(across, up, radius)
        case marker if marker == POINTED:
            top, side = short(y - half * math.sqrt(2)), short(half * math.sqrt(2))
            return Markup('<path d="M{} {}l{s} {s} -{s} {s} -{s} -{s}z"/>').format(across, top, s=side)
        case marker if marker == TRIANGULAR:
            return Markup('<path d="M{} {}l{r} {}h-{}z"/>').format(
                across, short(y - half), short(2 * half), short(2 * half), r=radius
            )
        case _:
            left, top, side = short(x - half), short(y - half), short(2 * half)
            return Markup('<rect x="{}" y="{}" width="{side}" height="{side}"/>').format(left, top, side=side)


def part(drawn: Markup, words: str, address: str | None, attributes: Markup) -> Markup:
    """Return a part of a picture that says what it is when it is pointed at.

    Parameters
    ----------
    drawn
        What it looks like.
    words
        What it is.
    address
        Where it leads; None for nowhere.
    attributes
        Of its element.

    Returns
    -------
    Markup
    """
    if address is None:
        return Markup("<g {}><title>{}</title>{}</g>").format(attributes, words, drawn)
    return Markup('<a href="{}" {}><title>{}</title>{}</a>').format(address, attributes, words, drawn)


def picture(
    drawn: Iterable[Markup], *, name: str, title: str, description: str, size: tuple[float, float], role: str
) -> Markup:
    """Return a picture.

    Parameters
    ----------
    drawn
        What is on it.
    name
        By which the page finds it, and its own words; one of a kind on a page.
    title, description
        What it is, and what it shows, for those who do not see it.
    size
        Width and height in its own pixels; it is shown as wide as there is room for.
    role
        Of `role_of`.

    Returns
    -------
    Markup
        An ``svg`` element.
    """
    width, height = map(short, size)
    return Markup(
        '<svg class="{name}" viewBox="0 0 {width} {height}" width="100%" overflow="visible" role="{role}"'
        ' aria-labelledby="{name}-title" aria-describedby="{name}-description">'
        '<title id="{name}-title">{title}</title><desc id="{name}-description">{description}</desc>{drawn}</svg>'
    ).format(
        name=name,
        width=width,
        height=height,
        role=role,
        title=title,
        description=description,
        drawn=Markup("").join(drawn),
    )


def legend_list(legend: Sequence[Wording], addresses: Sequence[str | None], *, marker: str | None = None) -> Markup:
    """Return a legend as a list beside a picture, in letters of the page's size.

    Parameters
    ----------
    legend
        What is written of each genre that is told apart, and last of all others where there are any.
    addresses
        Where each genre leads, and last the others, whether there are any or not.
    marker
        The shape that all have on the picture; None for their own.

    Returns
    -------
    Markup
        A ``ul`` element.
    """
    kinds = (*range(len(addresses) - 1), -1)
    # Where there are no others, the legend is shorter.
    entries = (_entry(*entry, marker) for entry in zip(legend, kinds, addresses, strict=False))
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(entries))


def _entry(wording: Wording, kind: int, address: str | None, marker: str | None) -> Markup:
    sign = sign_of(kind)
    drawn = Markup(
        '<svg width="{side}" height="{side}" overflow="visible" aria-hidden="true">'
        '<g fill="{colour}" stroke="currentColor">{drawn}</g></svg>'
    ).format(
        side=SIGN, colour=sign.colour, drawn=dot(Sign(sign.colour, marker or sign.marker), SIGN / 2, SIGN / 2, SIGN - 2)
    )
    return Markup('<li class="{}">{} {}</li>').format(genre_class(kind), drawn, text_link(wording.text, address))


def text_link(words: str, address: str | None) -> Markup:
    """Return words that lead somewhere.

    Parameters
    ----------
    words
        What is written.
    address
        Where they lead; None for nowhere.

    Returns
    -------
    Markup
    """
    return (
        Markup("<bdi>{}</bdi>").format(words)
        if address is None
        else Markup('<a href="{}"><bdi>{}</bdi></a>').format(address, words)
    )
