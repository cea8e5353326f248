"""A running order in words, and as a text file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord

from bot.cards.analysis import safe_name
from bot.cards.look_words import TITLE_SHOWN, genre_or_none
from bot.drawing.findings import RunningOrder
from bot.playlists.track import TITLE_LIMIT, Track
from bot.text import printable
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import genre_name, percent

TRACKS_SHOWN: Final = 15
"""Tracks on the card: as many as a phone shows without much scrolling; the files have them all."""

LEAST_GAIN: Final = 0.005
"""Difference of two mean jumps below which an order is no smoother: it is none when written in percent."""


def order_card(
    order: RunningOrder, tracks: Sequence[Track], *, playlist_name: str, texts: Texts = ENGLISH
) -> discord.Embed:
    """Show a running order.

    Parameters
    ----------
    order
        How smooth it is.
    tracks
        In that order.
    playlist_name
        What the playlist is called.
    texts
        The readers' language.

    Returns
    -------
    discord.Embed
    """
    lines = [
        _line(number, safe_name(track.title, limit=TITLE_SHOWN), genre_or_none(track.shown_genre, texts), track, texts)
        for number, track in enumerate(tracks[:TRACKS_SHOWN], 1)
    ]
    if len(tracks) > TRACKS_SHOWN:
        lines.append(texts("order-more", count=len(tracks) - TRACKS_SHOWN))
    return discord.Embed(
        title=texts("order-title", name=safe_name(playlist_name)),
        description="\n".join((_gain(order, texts), "", *lines)),
        colour=discord.Colour.blurple(),
    )


def order_text(order: RunningOrder, tracks: Sequence[Track], *, playlist_name: str, texts: Texts = ENGLISH) -> bytes:
    """Write a running order into a text file.

    Parameters
    ----------
    order
        How smooth it is.
    tracks
        In that order.
    playlist_name
        What the playlist is called.
    texts
        The reader's language.

    Returns
    -------
    bytes
        UTF-8.
    """
    lines = [
        _line(number, printable(track.title, limit=TITLE_LIMIT), _plain_genre(track, texts), track, texts)
        for number, track in enumerate(tracks, 1)
    ]
    title = texts("order-title", name=printable(playlist_name, limit=TITLE_LIMIT))
    return "\n".join((title, "", *lines, "", _gain(order, texts), "")).encode()


def _line(number: int, title: str, genre: str, track: Track, texts: Texts) -> str:
    if track.tempo:
        return texts("order-line-tempo", number=number, title=title, genre=genre, tempo=round(track.tempo))
    return texts("order-line", number=number, title=title, genre=genre)


def _plain_genre(track: Track, texts: Texts) -> str:
    if track.shown_genre is None:
        return texts("look-no-genre")
    return printable(genre_name(track.shown_genre, texts), limit=TITLE_LIMIT)


def _gain(order: RunningOrder, texts: Texts) -> str:
    after = percent(order.after, texts)
    if order.before - order.after < LEAST_GAIN:
        return texts("order-as-good", after=after)
    return texts("order-gain", after=after, before=percent(order.before, texts))
