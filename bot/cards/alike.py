"""Which tracks sound alike, and which does not, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import discord

from bot.cards.analysis import safe_name
from bot.cards.look_words import TITLE_SHOWN, genre_or_none, missing_words
from bot.cards.playlist_map import genres_around
from bot.cards.track_words import linked
from bot.drawing.findings import Neighbour, Oddest
from bot.texts.catalogue import ENGLISH, Texts

ALIKE: Final = (
    (0.3, "neighbours-same"),
    (0.5, "neighbours-very"),
    (0.75, "neighbours-somewhat"),
)
"""Up to which distance in the sound space two tracks are called how alike. Measured on GTZAN: two halves of one clip
are 0.21 apart (median; at most 0.39 in nine of ten), two clips 1.08. Of two clips that are 0.2 to 0.3 apart, 90% are of
one genre; of those at 0.4 to 0.5, 62%; of those at 0.7 to 0.8, 17%."""

HARDLY_ALIKE: Final = "neighbours-hardly"

ODD_COLOUR: Final = discord.Colour.orange()


class ComparedTrack(Protocol):
    """What is told of a track that is compared."""

    @property
    def title(self) -> str:
        """As a stranger wrote it."""
        ...

    @property
    def genre(self) -> str | None:
        """The one that is shown."""
        ...

    @property
    def tempo(self) -> float | None:
        """In beats per minute."""
        ...


def odd_card(
    oddest: Oddest,
    track: ComparedTrack,
    address: str | None,
    *,
    playlist_name: str,
    unheard: int,
    texts: Texts = ENGLISH,
) -> discord.Embed:
    """Show the track that sounds least like the others.

    Parameters
    ----------
    oddest
        What was found.
    track
        The track.
    address
        Where it can be heard; None where that is not known.
    playlist_name
        What the playlist is called.
    unheard
        Tracks that were not compared.
    texts
        The readers' language.

    Returns
    -------
    discord.Embed
    """
    told = {
        "title": f"**{linked(track.title, address)}**",
        "genre": genre_or_none(track.genre, texts),
        "times": round(oddest.outlier.times, 1),
    }
    if oddest.stands_out:
        words = texts("odd-found", genres=genres_around(oddest.outlier, texts), **told)
    else:
        words = texts("odd-none", **told)
    embed = discord.Embed(
        title=texts("odd-title", name=safe_name(playlist_name)),
        description=words,
        colour=ODD_COLOUR if oddest.stands_out else discord.Colour.blurple(),
    )
    return _with_missing(embed, unheard, texts)


def neighbours_card(
    neighbours: Sequence[Neighbour],
    tracks: Sequence[ComparedTrack],
    of: ComparedTrack,
    *,
    unheard: int,
    texts: Texts = ENGLISH,
) -> discord.Embed:
    """Show the tracks that sound most like one.

    Parameters
    ----------
    neighbours
        What was found.
    tracks
        Those that were compared.
    of
        The track itself.
    unheard
        Tracks that were not compared.
    texts
        The readers' language.

    Returns
    -------
    discord.Embed
    """
    lines = (
        _line(number, neighbour.distance, tracks[neighbour.place], texts)
        for number, neighbour in enumerate(neighbours, 1)
    )
    embed = discord.Embed(
        title=texts("neighbours-title", title=safe_name(of.title, limit=TITLE_SHOWN)),
        description="\n".join(("\n".join(lines), "", f"-# {texts('neighbours-meaning')}")),
        colour=discord.Colour.blurple(),
    )
    return _with_missing(embed, unheard, texts)


def _line(number: int, distance: float, track: ComparedTrack, texts: Texts) -> str:
    told = {
        "number": number,
        "title": f"**{safe_name(track.title, limit=TITLE_SHOWN)}**",
        "genre": genre_or_none(track.genre, texts),
        "alike": _alike(distance, texts),
    }
    if track.tempo:
        return texts("neighbours-line-tempo", tempo=round(track.tempo), **told)
    return texts("neighbours-line", **told)


def _alike(distance: float, texts: Texts) -> str:
    likeness = next((words for farthest, words in ALIKE if distance <= farthest), HARDLY_ALIKE)
    return texts(likeness)


def _with_missing(embed: discord.Embed, unheard: int, texts: Texts) -> discord.Embed:
    for sentence in missing_words(unheard, texts):
        embed.set_footer(text=sentence)
    return embed
