"""The genres of a playlist for a web page: every part says what it is when pointed at, and may lead to its genre."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from bot.cards.fingerprint import (
    fingerprint_about,
    fingerprint_alt_text,
    fingerprint_words,
    members_in_words,
    part_in_words,
    share_in_words,
)
from bot.cards.genre_signs import SQUARE, sign_of
from bot.cards.look_words import TITLE_SHOWN
from bot.cards.mix_measures import (
    AMOUNTS_APART,
    AMOUNTS_HEIGHT,
    BAR_HEIGHT,
    COLUMNS_HEIGHT,
    GAP,
    LEAST_AMOUNT,
    LINE,
    TEXT,
    TIMES_APART,
    TIMES_HEIGHT,
    WIDTH,
)
from bot.cards.svg_parts import DIGIT_WIDTH, OUTLINE, genre_class, legend_list, part, picture, role_of, short
from bot.playlists.genre_mix import GenreMix
from bot.text import printable
from bot.texts.catalogue import ENGLISH, Texts

AMOUNTS_TOP: Final = COLUMNS_HEIGHT + AMOUNTS_APART
TIMES_TOP: Final = AMOUNTS_TOP + AMOUNTS_HEIGHT
HEIGHT: Final = TIMES_TOP + TIMES_HEIGHT

AMOUNT: Final = Markup('class="amount" fill="currentColor" fill-opacity="0.6"')
"""Of an amount: it is of no genre, and has the colour of the text."""


def mix_svg(
    mix: GenreMix,
    names: Mapping[int, str],
    address_of: Callable[[str], str | None] | None = None,
    *,
    playlist_name: str,
    texts: Texts = ENGLISH,
) -> Markup:
    """Return the genres of a playlist over time and by member, with their legend.

    Parameters
    ----------
    mix
        What they are.
    names
        Of the members that are told of one by one, by Discord's ids.
    address_of
        Returns where a genre leads; None for nowhere.
    playlist_name
        What the playlist is called.
    texts
        The reader's language.

    Returns
    -------
    Markup
        A ``figure`` element.
    """
    words = fingerprint_words(mix, names, texts)
    addresses = (*(None if address_of is None else address_of(genre) for genre in mix.genres), None)
    drawing = _Drawing(mix, addresses, texts)
    columns = picture(
        (*drawing.columns(), *_times([one.name for one in mix.parts])),
        name="playlist-mix",
        title=texts("fingerprint-title", name=printable(playlist_name, limit=TITLE_SHOWN)),
        description=fingerprint_alt_text(mix, names, texts),
        size=(WIDTH, HEIGHT),
        role=role_of(addresses),
    )
    rows = [
        drawing.row(name.text, member.counts, said)
        for member, name, said in zip(mix.members, words.members, members_in_words(mix, names, texts), strict=True)
    ]
    return Markup(
        "<figure><figcaption>{about}</figcaption>{columns}{legend}"
        '<ul class="members" aria-label="{by_member}">{rows}</ul></figure>'
    ).format(
        about=fingerprint_about(mix, texts),
        columns=columns,
        legend=legend_list(words.legend, addresses, marker=SQUARE),
        by_member=texts("fingerprint-by-member"),
        rows=Markup("").join(rows),
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What is drawn of the genres.

    Parameters
    ----------
    mix
        What they are.
    addresses
        Where those that are told apart lead, and last of all the others: nowhere.
    texts
        The reader's language.
    """

    mix: GenreMix
    addresses: tuple[str | None, ...]
    texts: Texts

    def columns(self) -> Iterator[Markup]:
        """Yield the parts of each column, the first genre at the bottom, and below it how much was added then."""
        step = WIDTH / len(self.mix.parts)
        wide = step * (1 - GAP)
        most = max(sum(one.counts) for one in self.mix.parts)
        for number, one in enumerate(self.mix.parts):
            total = sum(one.counts)
            if not total:
                continue
            left = step * (number + GAP / 2)
            for kind, start, length in _blocks(one.counts, COLUMNS_HEIGHT):
                drawn = _box(left, COLUMNS_HEIGHT - start - length, wide, length)
                yield self._block(drawn, one.name, one.counts, kind)
            amount = _box(left, AMOUNTS_TOP, wide, max(LEAST_AMOUNT, AMOUNTS_HEIGHT * total / most))
            yield part(amount, part_in_words(one, self.mix, self.texts), None, AMOUNT)

    def row(self, name: str, counts: Sequence[int], said: str) -> Markup:
        """Return the bar of a member, between the name and the number of tracks in letters of the page's size."""
        blocks = (
            self._block(_box(start, 0, length, BAR_HEIGHT), name, counts, kind)
            for kind, start, length in _blocks(counts, WIDTH)
        )
        return Markup(
            '<li><bdi>{name}</bdi> <svg viewBox="0 0 {width} {height}" width="100%" height="{height}"'
            ' preserveAspectRatio="none" overflow="visible" role="{role}" aria-label="{said}">{blocks}</svg>'
            " <b>{count}</b></li>"
        ).format(
            name=name,
            width=WIDTH,
            height=BAR_HEIGHT,
            role=role_of(self.addresses),
            said=said,
            blocks=Markup("").join(blocks),
            count=sum(counts),
        )

    def _block(self, drawn: Markup, name: str, counts: Sequence[int], kind: int) -> Markup:
        # Whoever goes from link to link finds each genre once, in the legend.
        passed_over = Markup("") if self.addresses[kind] is None else Markup(' tabindex="-1"')
        attributes = Markup('class="{}" fill="{}"') + passed_over
        return part(
            drawn,
            share_in_words(name, counts, kind, self.mix, self.texts),
            self.addresses[kind],
            attributes.format(genre_class(kind), sign_of(kind).colour),
        )


def _times(names: Sequence[str]) -> Iterator[Markup]:
    """Yield what the columns are called: as many as there is room for, at equal distances from the first on."""
    step = WIDTH / len(names)
    width = max(map(len, names)) * DIGIT_WIDTH * TEXT
    for place in range(0, len(names), math.ceil((width + TIMES_APART) / step)):
        middle = min(max(step * (place + 0.5), width / 2), WIDTH - width / 2)
        yield Markup(
            '<text x="{}" y="{}" dy=".36em" text-anchor="middle" font-size="{}" fill="currentColor"'
            ' aria-hidden="true">{}</text>'
        ).format(short(middle), short(TIMES_TOP + TIMES_HEIGHT / 2), TEXT, names[place])


def _blocks(counts: Sequence[int], length: float) -> Iterator[tuple[int, float, float]]:
    """Yield which genre begins where and is how long, with a space behind it where that leaves something of it."""
    total, start = sum(counts), 0.0
    for kind, count in zip((*range(len(counts) - 1), -1), counts, strict=True):
        share = length * count / total
        if count:
            yield kind, start, share - LINE if share > 2 * LINE else share
        start += share


def _box(left: float, top: float, width: float, height: float) -> Markup:
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" {}/>').format(
        short(left), short(top), short(width), short(height), OUTLINE
    )
