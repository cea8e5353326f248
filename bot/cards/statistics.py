"""What a server collects, and who shares what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import discord

from bot.cards.emoji import GENRE_EMOJI, OTHER_GENRE
from bot.cards.fields import FIELD_LIMIT, lines_that_fit
from bot.cards.picture import Picture
from bot.cards.track_words import linked, safe_genre, track_address
from bot.playlists.statistics import Dispute, GenreTracks, ServerStatistics, Share
from bot.playlists.track import Track
from bot.text import printable
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import series

PICTURE_NAME: Final = "statistics.png"

GENRES_NAMED: Final = 3
"""Genres that are named of what a member shares."""

TITLE_SHOWN: Final = 60
"""Characters of a track's title in a field, which holds three of them."""

WEEK_GENRES: Final = 10
"""Genres of the week that are named: a file may have told any number of them."""

ALT_LIMIT: Final = 1024
"""Characters that Discord takes for the description of a file."""


def statistics_card(counted: ServerStatistics, *, guild: int, texts: Texts = ENGLISH) -> discord.Embed:
    """Show what a server collects.

    Parameters
    ----------
    counted
        What was counted.
    guild
        Discord's id of the server.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    embed = discord.Embed(title=texts("statistics-title"), colour=discord.Colour.blurple())
    if not counted.tracks:
        embed.description = texts("statistics-empty")
        return embed
    embed.description = texts(
        "statistics-numbers",
        playlists=texts("statistics-playlists", count=counted.playlists),
        tracks=texts("statistics-tracks", count=counted.tracks),
        votes=texts("statistics-votes", count=counted.votes),
    )
    shares = (f"{number}. {_share(share, texts)}" for number, share in enumerate(counted.shares, 1))
    for title, words in (
        (texts("statistics-week-title"), _week(counted, texts)),
        (texts("statistics-agreed-title"), _agreed(counted.agreed, guild, texts)),
        (texts("statistics-disputed-title"), _disputed(counted.disputed, guild, texts)),
        (texts("statistics-shares-title"), lines_that_fit(shares)),
    ):
        embed.add_field(name=title, value=words, inline=False)
    embed.set_footer(text=texts("statistics-footer"))
    return embed


def statistics_picture(data: bytes, counted: ServerStatistics, texts: Texts = ENGLISH) -> Picture:
    """Return the picture of `bot.cards.statistics_picture`, described in words.

    Parameters
    ----------
    data
        A PNG file.
    counted
        What it shows.
    texts
        The reader's language.

    Returns
    -------
    Picture
    """
    shares = "; ".join(
        f"{number}. {_genres(share.genres, texts, at_most=GENRES_NAMED)}"
        for number, share in enumerate(counted.shares, 1)
        if share.genres
    )
    words = texts("statistics-picture", week=_week(counted, texts), shares=shares)
    return Picture(PICTURE_NAME, data, printable(words, limit=ALT_LIMIT))


def has_picture(counted: ServerStatistics) -> bool:
    """Tell whether there is something to draw.

    Parameters
    ----------
    counted
        What was counted.

    Returns
    -------
    bool
        False where no track has a genre.
    """
    return any(share.genres for share in counted.shares)


def _week(counted: ServerStatistics, texts: Texts) -> str:
    if not counted.week_tracks:
        return texts("statistics-week-none")
    if not counted.week:
        return texts("statistics-week-no-genre")
    named = _genres(counted.week, texts, at_most=WEEK_GENRES)
    rest = sum(entry.tracks for entry in counted.week[WEEK_GENRES:])
    if not rest:
        return named
    return series((named, texts("statistics-genre", genre=texts("look-other"), count=rest)), texts)


def _genres(genres: Sequence[GenreTracks], texts: Texts, *, at_most: int) -> str:
    return series(
        (
            texts("statistics-genre", genre=safe_genre(entry.genre, texts), count=entry.tracks)
            for entry in genres[:at_most]
        ),
        texts,
    )


def _agreed(tracks: Sequence[Track], guild: int, texts: Texts) -> str:
    def words(track: Track, title: str) -> str:
        genre = safe_genre(track.top_genre or "", texts)
        return texts("statistics-agreed", track=title, genre=genre, count=track.top_votes, all=track.votes)

    return _lines([(track, partial(words, track)) for track in tracks], guild) or texts("statistics-agreed-none")


def _disputed(disputes: Sequence[Dispute], guild: int, texts: Texts) -> str:
    def words(dispute: Dispute, title: str) -> str:
        track = dispute.track
        said = {"track": title, "count": dispute.against, "all": track.votes}
        top, heard = safe_genre(track.top_genre or "", texts), safe_genre(track.genre or "", texts)
        if track.genre is None:
            return texts("statistics-disputed", genre=top, **said)
        if track.genre == track.top_genre:
            return texts("statistics-disputed-few", heard=heard, **said)
        return texts("statistics-disputed-most", heard=heard, genre=top, **said)

    lines = [(dispute.track, partial(words, dispute)) for dispute in disputes]
    return _lines(lines, guild) or texts("statistics-disputed-none")


def _lines(tracks: Sequence[tuple[Track, Callable[[str], str]]], guild: int) -> str:
    """Say something of each track, by its title, which leads to it where the addresses fit."""
    for with_links in (True, False):
        lines = []
        for track, words in tracks:
            address = track_address(track, guild) if with_links else None
            title = linked(printable(track.title, limit=TITLE_SHOWN), address)
            lines.append(f"{GENRE_EMOJI.get(track.top_genre or '', OTHER_GENRE)} {words(title)}")
        text = "\n".join(lines)
        if len(text) <= FIELD_LIMIT:
            break
    return text


def _share(share: Share, texts: Texts) -> str:
    who = texts("statistics-others") if share.member is None else f"<@{share.member}>"
    tracks = texts("statistics-tracks", count=share.tracks)
    if not share.genres:
        return texts("statistics-share-no-genre", who=who, tracks=tracks)
    genres = _genres(share.genres, texts, at_most=GENRES_NAMED)
    return texts("statistics-share", who=who, tracks=tracks, genres=genres)
