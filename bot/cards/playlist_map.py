"""The map of a playlist, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import discord

from bot.cards.analysis import safe_name
from bot.cards.fields import lines_that_fit
from bot.cards.look_words import (
    ALT_LIMIT,
    TITLE_SHOWN,
    GenreWriter,
    counts_in_words,
    genre_or_none,
    legend,
    missing_words,
)
from bot.cards.track_words import plain_genre, safe_genre
from bot.drawing.findings import Outlier, PlaylistMap
from bot.drawing.pictured import MapWords
from bot.playlists.genre_mix import named_genres
from bot.text import printable
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import listing, paragraph, series

MAP_NAME: Final = "playlist-map.png"
"""Of the picture's file."""

TOGETHER: Final = 0.8
"""Share of the tracks around one of a genre that are of the same, from which on they lie together."""

MIXED: Final = 0.6
"""Share below which they lie among others."""

GATHERINGS_TOLD: Final = 3
"""Genres that are named as lying together, and as many as lying among others."""


class MappedTrack(Protocol):
    """What is told of a track on a map."""

    @property
    def title(self) -> str:
        """As a stranger wrote it."""
        ...

    @property
    def genre(self) -> str | None:
        """The one that is shown."""
        ...


def map_words(tracks: Sequence[MappedTrack], texts: Texts = ENGLISH) -> MapWords:
    """Return what is written on the map.

    Parameters
    ----------
    tracks
        Those that are on it.
    texts
        The reader's language.

    Returns
    -------
    MapWords
    """
    genres = named_genres(track.genre for track in tracks)
    counts = [sum(track.genre == genre for track in tracks) for genre in genres]
    entries = legend(genres, (*counts, len(tracks) - sum(counts)), texts)
    return MapWords(entries, tuple(track.title for track in tracks))


def map_card(
    laid_out: PlaylistMap, tracks: Sequence[MappedTrack], *, playlist_name: str, unheard: int, texts: Texts = ENGLISH
) -> discord.Embed:
    """Show what a map shows.

    Parameters
    ----------
    laid_out
        The map.
    tracks
        Those that are on it.
    playlist_name
        What the playlist is called.
    unheard
        Tracks that are not on it.
    texts
        The readers' language.

    Returns
    -------
    discord.Embed
    """
    embed = discord.Embed(
        title=texts("map-title", name=safe_name(playlist_name)),
        description=map_about(laid_out, unheard=unheard, texts=texts),
        colour=discord.Colour.blurple(),
    )
    outliers = [
        texts("map-outlier", number=number, title=_title(tracks[outlier.place]), **_of(outlier, tracks, texts))
        for number, outlier in enumerate(laid_out.outliers, 1)
    ]
    embed.add_field(name=texts("map-outliers"), value=lines_that_fit(outliers) or texts("map-no-outlier"), inline=False)
    typical = [
        texts(
            "map-typical-track",
            number=number,
            title=_title(tracks[place]),
            genre=genre_or_none(tracks[place].genre, texts),
        )
        for number, place in enumerate(laid_out.typical, len(outliers) + 1)
    ]
    if typical:
        embed.add_field(name=texts("map-typical"), value=lines_that_fit(typical), inline=False)
    return embed


def map_about(laid_out: PlaylistMap, *, unheard: int, texts: Texts = ENGLISH, write: GenreWriter = safe_genre) -> str:
    """Say what a map is, and which genres gather on it.

    Parameters
    ----------
    laid_out
        The map.
    unheard
        Tracks that are not on it.
    texts
        The reader's language.
    write
        Writes a genre.

    Returns
    -------
    str
    """
    count = len(laid_out.points)
    about = [texts("map-about", count=count), *_gatherings(laid_out, texts, write), *missing_words(unheard, texts)]
    return paragraph(about, texts)


def outliers_in_words(laid_out: PlaylistMap, tracks: Sequence[MappedTrack], texts: Texts = ENGLISH) -> list[str]:
    """Tell of the tracks that stand out, for what knows no markup.

    Parameters
    ----------
    laid_out
        The map.
    tracks
        Those that are on it.
    texts
        The reader's language.

    Returns
    -------
    list of str
        A sentence each, in the order of their numbers.
    """
    return [
        texts(
            "map-outlier-alt",
            title=printable(tracks[outlier.place].title, limit=TITLE_SHOWN),
            **_of(outlier, tracks, texts, plain_genre),
        )
        for outlier in laid_out.outliers
    ]


def mapped_in_words(track: MappedTrack, texts: Texts = ENGLISH) -> str:
    """Name a track and its genre, for what knows no markup.

    Parameters
    ----------
    track
        The track.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``Blue Train (jazz)``.
    """
    title = printable(track.title, limit=TITLE_SHOWN)
    return texts("map-typical-track-alt", title=title, genre=genre_or_none(track.genre, texts, plain_genre))


def map_alt_text(laid_out: PlaylistMap, tracks: Sequence[MappedTrack], texts: Texts = ENGLISH) -> str:
    """Say what a map shows, for those who do not see it.

    Parameters
    ----------
    laid_out
        The map.
    tracks
        Those that are on it.
    texts
        The reader's language.

    Returns
    -------
    str
    """
    sentences = [
        texts("map-about", count=len(tracks)),
        texts("map-genres", genres=counts_in_words((track.genre for track in tracks), texts)),
        *_gatherings(laid_out, texts, plain_genre),
        *outliers_in_words(laid_out, tracks, texts),
    ]
    typical = [mapped_in_words(tracks[place], texts) for place in laid_out.typical]
    if typical:
        sentences.append(texts("map-typical-alt", tracks=series(typical, texts)))
    return paragraph(sentences, texts)[:ALT_LIMIT]


def _of(
    outlier: Outlier, tracks: Sequence[MappedTrack], texts: Texts, write: GenreWriter = safe_genre
) -> dict[str, str]:
    return {
        "genre": genre_or_none(tracks[outlier.place].genre, texts, write),
        "genres": genres_around(outlier, texts, write),
    }


def genres_around(outlier: Outlier, texts: Texts, write: GenreWriter = safe_genre) -> str:
    """Name the genres of the tracks that sound most like an outlier.

    Parameters
    ----------
    outlier
        Which track.
    texts
        The readers' language.
    write
        Writes a genre.

    Returns
    -------
    str
        Such as ``metal and rock``.
    """
    genres = [write(genre, texts) for genre in outlier.genres]
    return listing(genres, texts) if genres else texts("look-no-genre")


def _gatherings(laid_out: PlaylistMap, texts: Texts, write: GenreWriter) -> Iterator[str]:
    together = [one.genre for one in laid_out.gatherings if one.share >= TOGETHER]
    mixed = [one.genre for one in reversed(laid_out.gatherings) if one.share < MIXED]
    if together:
        yield texts("map-together", genres=_some(together, texts, write))
    if mixed:
        yield texts("map-mixed", genres=_some(mixed, texts, write))


def _some(genres: Sequence[str], texts: Texts, write: GenreWriter) -> str:
    return listing([write(genre, texts) for genre in genres[:GATHERINGS_TOLD]], texts)


def _title(track: MappedTrack) -> str:
    return safe_name(track.title, limit=TITLE_SHOWN)
