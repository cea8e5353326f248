"""What the cards of whole playlists have in common: genres and their shares in words, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bot.cards.track_words import WORD_LIMIT, plain_genre, safe_genre
from bot.drawing.pictured import Wording
from bot.text import printable
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import percent, series

ALT_LIMIT: Final = 1024
"""Characters that Discord takes for the description of a file."""

TITLE_SHOWN: Final = 60
"""Characters of a title in a list of several."""

GENRES_LISTED: Final = 24
"""Genres whose tracks are counted in words; members may have voted for any."""

LEAST_SHARE: Final = 0.005
"""Share below which a genre is not told: it is none when written in percent."""

SHARES_TOLD: Final = 3
"""Genres of a part of a playlist whose share is told."""


GenreWriter = Callable[[str, Texts], str]
"""`safe_genre` for cards, `plain_genre` for what knows no markup."""


def genre_or_none(genre: str | None, texts: Texts, write: GenreWriter = safe_genre) -> str:
    """Return a genre that is safe to show, or the words for none.

    Parameters
    ----------
    genre
        As it is kept.
    texts
        The readers' language.
    write
        Writes a genre.

    Returns
    -------
    str
    """
    return texts("look-no-genre") if genre is None else write(genre, texts)


def legend(genres: Sequence[str], counts: Sequence[int], texts: Texts) -> tuple[Wording, ...]:
    """Return the legend of a picture.

    Parameters
    ----------
    genres
        Those that have a sign of their own.
    counts
        Tracks of each, and last of all others.
    texts
        The readers' language.

    Returns
    -------
    tuple of Wording
        Without the others where there are none.
    """
    entries = [
        Wording(
            texts("look-count", genre=plain_genre(genre, texts), count=count),
            f"{printable(genre, limit=WORD_LIMIT)} {count}",
        )
        for genre, count in zip(genres, counts, strict=False)
    ]
    if counts[-1]:
        other = Wording(
            texts("look-count", genre=texts("look-other"), count=counts[-1]),
            ENGLISH("look-count", genre=ENGLISH("look-other"), count=counts[-1]),
        )
        entries.append(other)
    return tuple(entries)


def counts_in_words(genres: Iterable[str | None], texts: Texts) -> str:
    """Count the tracks of each genre, for the description of a picture.

    Parameters
    ----------
    genres
        Of each track.
    texts
        The readers' language.

    Returns
    -------
    str
        Such as ``rock 40, jazz 30, no genre 2``.
    """
    counted = Counter(genres)
    ranked = sorted(counted, key=lambda genre: (genre is None, -counted[genre], genre))
    words = [
        texts("look-count", genre=genre_or_none(genre, texts, plain_genre), count=counted[genre])
        for genre in ranked[:GENRES_LISTED]
    ]
    rest = sum(counted[genre] for genre in ranked[GENRES_LISTED:])
    if rest:
        words.append(texts("look-count", genre=texts("look-other"), count=rest))
    return series(words, texts)


def shares_in_words(
    genres: Sequence[str],
    counts: Sequence[int],
    texts: Texts,
    *,
    most: int = SHARES_TOLD,
    write: GenreWriter = safe_genre,
) -> str:
    """Tell the largest shares of a part of a playlist.

    Parameters
    ----------
    genres
        Those that are told apart.
    counts
        Tracks of each, and last of all others; not all 0.
    texts
        The readers' language.
    most
        How many genres are told.
    write
        Writes a genre.

    Returns
    -------
    str
        Such as ``rock 50%, jazz 30%``.
    """
    total = sum(counts)
    names = (*(write(genre, texts) for genre in genres), texts("look-other"))
    ranked = sorted(zip(names, counts, strict=True), key=lambda entry: -entry[1])
    shares = ((name, count / total) for name, count in ranked[:most])
    return series(
        (
            texts("look-share", genre=name, share=percent(share, texts))
            for name, share in shares
            if share >= LEAST_SHARE
        ),
        texts,
    )


def missing_words(unheard: int, texts: Texts) -> list[str]:
    """Say how many tracks could not be compared.

    Parameters
    ----------
    unheard
        Tracks that the bot has not heard.
    texts
        The readers' language.

    Returns
    -------
    list of str
        A sentence, or none.
    """
    return [texts("look-unheard", count=unheard)] if unheard else []
