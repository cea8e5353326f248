"""The map of a playlist for a web page: every track says what it is when it is pointed at, and leads to its address.

It is laid out in the drawing process, and written without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from markupsafe import Markup

from bot.cards.genre_signs import sign_of
from bot.cards.look_words import TITLE_SHOWN, genre_or_none
from bot.cards.map_measures import (
    EDGE,
    PLATE,
    PLATE_EDGE,
    PLATE_HEIGHT,
    PLATE_PADDING,
    PLATE_ROUND,
    PLATE_TEXT,
    RING,
    RING_LINE,
    SIDE,
    WIDTH,
    dot_size,
)
from bot.cards.map_room import Place, Plate, Room
from bot.cards.playlist_map import (
    MappedTrack,
    map_about,
    map_alt_text,
    map_words,
    mapped_in_words,
    outliers_in_words,
)
from bot.cards.svg_parts import DIGIT_WIDTH, dot, genre_class, legend_list, part, picture, role_of, short, text_link
from bot.cards.track_words import plain_genre
from bot.drawing.findings import PlaylistMap
from bot.text import printable
from bot.texts.catalogue import ENGLISH, Texts

BASE: Final = (WIDTH - SIDE) / 2
"""Around the square that the dots lie in, in pixels."""

NUMBER_TEXT: Final = 28
"""Size of the letters of a number, in pixels of the picture: eleven and more on the narrowest phone."""

Track = TypeVar("Track", bound=MappedTrack)


def map_svg(
    laid_out: PlaylistMap,
    tracks: Sequence[Track],
    address_of: Callable[[Track], str | None],
    *,
    playlist_name: str,
    unheard: int,
    texts: Texts = ENGLISH,
) -> Markup:
    """Return the map of a playlist, with its legend and the tracks that are marked on it.

    Parameters
    ----------
    laid_out
        The map.
    tracks
        Those that are on it.
    address_of
        Returns where a track leads; None for nowhere.
    playlist_name
        What the playlist is called.
    unheard
        Tracks that are not on it.
    texts
        The reader's language.

    Returns
    -------
    Markup
        A ``figure`` element. That of 10,000 tracks takes a second or more to write, which is for a thread.
    """
    addresses = [address_of(track) for track in tracks]
    places = [(BASE + SIDE * across, BASE + SIDE * up) for across, up in laid_out.points]
    size = dot_size(len(places))
    genres = {track.genre: genre_or_none(track.genre, texts, plain_genre) for track in tracks}
    attributes = Markup('data-title="{}" data-genre="{}"')
    dots = (
        (
            kind,
            part(
                dot(sign_of(kind), x, WIDTH - y, size),
                mapped_in_words(track, texts),
                address,
                attributes.format(printable(track.title, limit=TITLE_SHOWN), genres[track.genre]),
            ),
        )
        for track, address, kind, (x, y) in zip(tracks, addresses, laid_out.kinds, places, strict=True)
    )
    drawn = picture(
        (_groups(dots, size), *_marks(laid_out.marked, places, size)),
        name="playlist-map",
        title=texts("map-title", name=printable(playlist_name, limit=TITLE_SHOWN)),
        description=map_alt_text(laid_out, tracks, texts),
        size=(WIDTH, WIDTH),
        role=role_of(addresses),
    )
    return Markup("<figure><figcaption>{}</figcaption>{}{}{}</figure>").format(
        map_about(laid_out, unheard=unheard, texts=texts, write=plain_genre),
        drawn,
        legend_list(map_words(tracks, texts).legend, [None] * (laid_out.told_apart + 1)),
        _marked_list(laid_out, tracks, addresses, texts),
    )


def _groups(dots: Iterable[tuple[int, Markup]], size: float) -> Markup:
    """Put dots together by genre: the page finds them by it, and its colour is written once."""
    by_kind: dict[int, list[Markup]] = {}
    for kind, drawn in dots:
        by_kind.setdefault(kind, []).append(drawn)
    groups = (
        Markup('<g class="{}" fill="{}">{}</g>').format(genre_class(kind), sign_of(kind).colour, Markup("").join(drawn))
        # The most frequent first: where many lie, the rare ones are on top.
        for kind, drawn in sorted(by_kind.items())
    )
    return Markup('<g stroke="currentColor" stroke-width="{}">{}</g>').format(
        short(size * EDGE), Markup("").join(groups)
    )


def _marks(marked: Iterable[int], places: Sequence[Place], size: float) -> Iterator[Markup]:
    """Yield a ring around each marked dot, and its number where there is room for it."""
    radius = (size + RING) / 2
    around = [places[place] for place in marked]
    room = Room(places, around, BASE)
    for number, place in enumerate(around, 1):
        plate = room.take(place, len(str(number)) * DIGIT_WIDTH * NUMBER_TEXT + 2 * PLATE_PADDING)
        drawn = Markup("") if plate is None else _plate(number, plate)
        # What points at it is not pointed at itself: the dots below it are.
        yield Markup('<g class="mark" pointer-events="none" aria-hidden="true">{}{}</g>').format(
            _ring(place, radius, plate), drawn
        )


def _ring(place: Place, radius: float, plate: Plate | None) -> Markup:
    """Return a ring and the line to its number: light on dark, so that they stand out from any dot and any ground."""
    x, y = place
    lines = [Markup('<circle cx="{}" cy="{}" r="{}"/>').format(short(x), short(WIDTH - y), short(radius))]
    if plate is not None:
        (x1, y1), (x2, y2) = plate.line(place, radius)
        line = Markup('<path d="M{} {}L{} {}"/>')
        lines.append(line.format(short(x1), short(WIDTH - y1), short(x2), short(WIDTH - y2)))
    return Markup("").join(
        Markup('<g fill="none" stroke="{}" stroke-width="{}">{}</g>').format(colour, width, Markup("").join(lines))
        for colour, width in ((PLATE, 2 * RING_LINE), (PLATE_TEXT, RING_LINE))
    )


def _plate(number: int, plate: Plate) -> Markup:
    x, y = plate.middle
    return Markup(
        '<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="{round}" fill="{fill}" stroke="{edge}"/>'
        '<text x="{x}" y="{y}" dy=".36em" text-anchor="middle" font-size="{size}" fill="{colour}">{number}</text>'
    ).format(
        left=short(plate.left),
        top=short(WIDTH - plate.top),
        width=short(plate.width),
        height=PLATE_HEIGHT,
        round=PLATE_ROUND,
        fill=PLATE,
        edge=PLATE_EDGE,
        x=short(x),
        y=short(WIDTH - y),
        size=NUMBER_TEXT,
        colour=PLATE_TEXT,
        number=number,
    )


def _marked_list(
    laid_out: PlaylistMap, tracks: Sequence[Track], addresses: Sequence[str | None], texts: Texts
) -> Markup:
    """Name the marked tracks by their numbers."""
    words = [
        *outliers_in_words(laid_out, tracks, texts),
        *(mapped_in_words(tracks[place], texts) for place in laid_out.typical),
    ]
    entries = [
        Markup("<dd><b>{}</b> {}</dd>").format(number, text_link(said, addresses[place]))
        for number, (said, place) in enumerate(zip(words, laid_out.marked, strict=True), 1)
    ]
    outlying = len(laid_out.outliers)
    lists = {
        texts("map-outliers"): entries[:outlying] or [Markup("<dd>{}</dd>").format(texts("map-no-outlier"))],
        texts("map-typical"): entries[outlying:],
    }
    terms = (
        Markup("<dt>{}</dt>{}").format(heading, Markup("").join(listed)) for heading, listed in lists.items() if listed
    )
    return Markup('<dl class="marked">{}</dl>').format(Markup("").join(terms))
