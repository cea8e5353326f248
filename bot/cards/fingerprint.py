"""The genres of a playlist over time and by member, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import discord

from bot.cards.analysis import safe_name
from bot.cards.fields import lines_that_fit
from bot.cards.look_words import ALT_LIMIT, GenreWriter, legend, shares_in_words
from bot.cards.track_words import plain_genre, safe_genre
from bot.drawing.pictured import MixWords, Wording
from bot.playlists.genre_mix import GenreMix, MemberPart, Part, Unit
from bot.text import printable
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import paragraph, percent

FINGERPRINT_NAME: Final = "playlist-fingerprint.png"
"""Of the picture's file."""

GENRES_TOLD: Final = 11
"""Of the whole playlist: all that are told apart, and the others."""

NAME_SHOWN: Final = 40
"""Characters of a member's name."""

UNITS: Final = {
    Unit.WEEK: "fingerprint-by-week",
    Unit.MONTH: "fingerprint-by-month",
    Unit.YEAR: "fingerprint-by-year",
    Unit.ORDER: "fingerprint-by-order",
}
"""Messages that say what time is divided by."""


def fingerprint_card(mix: GenreMix, *, playlist_name: str, uncounted: int, texts: Texts = ENGLISH) -> discord.Embed:
    """Show what a playlist is made of.

    Parameters
    ----------
    mix
        What it is made of.
    playlist_name
        What it is called.
    uncounted
        Tracks without a genre.
    texts
        The readers' language.

    Returns
    -------
    discord.Embed
    """
    embed = discord.Embed(
        title=texts("fingerprint-title", name=safe_name(playlist_name)),
        description=_whole(mix, texts, safe_genre),
        colour=discord.Colour.blurple(),
    )
    embed.add_field(
        name=texts("fingerprint-over-time"), value=paragraph(_course(mix, texts, safe_genre), texts), inline=False
    )
    lines = (_member_words(part, f"<@{part.member}>", mix, texts, safe_genre) for part in mix.members)
    embed.add_field(name=texts("fingerprint-by-member"), value=lines_that_fit(lines), inline=False)
    if uncounted:
        embed.set_footer(text=texts("fingerprint-uncounted", count=uncounted))
    return embed


def fingerprint_alt_text(mix: GenreMix, names: Mapping[int, str], texts: Texts = ENGLISH) -> str:
    """Say what the picture shows, for those who do not see it.

    Parameters
    ----------
    mix
        What it shows.
    names
        Of the members that are told of one by one, by Discord's ids.
    texts
        The reader's language.

    Returns
    -------
    str
    """
    sentences = [texts("fingerprint-alt"), fingerprint_about(mix, texts)]
    sentences += [f"{member}." for member in members_in_words(mix, names, texts)]
    return paragraph(sentences, texts)[:ALT_LIMIT]


def fingerprint_about(mix: GenreMix, texts: Texts = ENGLISH) -> str:
    """Say what a playlist is made of, as a whole and over time, for what knows no markup.

    Parameters
    ----------
    mix
        What it is made of.
    texts
        The reader's language.

    Returns
    -------
    str
    """
    return paragraph([_whole(mix, texts, plain_genre), *_course(mix, texts, plain_genre)], texts)


def members_in_words(mix: GenreMix, names: Mapping[int, str], texts: Texts = ENGLISH) -> list[str]:
    """Say what each member added, for what knows no markup.

    Parameters
    ----------
    mix
        What they added.
    names
        Of the members that are told of one by one, by Discord's ids.
    texts
        The reader's language.

    Returns
    -------
    list of str
        As many as `mix` has members; without full stops.
    """
    return [
        _member_words(part, "" if part.member is None else _name(part.member, names), mix, texts, plain_genre)
        for part in mix.members
    ]


def part_in_words(part: Part, mix: GenreMix, texts: Texts = ENGLISH) -> str:
    """Say what was added at a time, for what knows no markup.

    Parameters
    ----------
    part
        The time; something was added then.
    mix
        What it is a part of.
    texts
        The reader's language.

    Returns
    -------
    str
    """
    return _counted(part.name, part.counts, shares_in_words(mix.genres, part.counts, texts, write=plain_genre), texts)


def share_in_words(name: str, counts: Sequence[int], kind: int, mix: GenreMix, texts: Texts = ENGLISH) -> str:
    """Say how much of a part is of one genre, for what knows no markup.

    Parameters
    ----------
    name
        Of the time, or of the member.
    counts
        As in `Part`; not all 0.
    kind
        The number of the genre among those that are told apart; negative for all others.
    mix
        What it is a part of.
    texts
        The reader's language.

    Returns
    -------
    str
        Such as ``2026-03: 40 tracks, rock 50%``.
    """
    genre = plain_genre(mix.genres[kind], texts) if kind >= 0 else texts("look-other")
    share = texts("look-share", genre=genre, share=percent(counts[kind] / sum(counts), texts))
    return _counted(name, counts, share, texts)


def fingerprint_words(mix: GenreMix, names: Mapping[int, str], texts: Texts = ENGLISH) -> MixWords:
    """Return what is written on the picture.

    Parameters
    ----------
    mix
        What it shows.
    names
        Of the members that are told of one by one, by Discord's ids.
    texts
        The reader's language.

    Returns
    -------
    MixWords
    """
    members = tuple(
        Wording(texts("fingerprint-others"), ENGLISH("fingerprint-others"))
        if part.member is None
        else Wording(_name(part.member, names), id_in_short(part.member))
        for part in mix.members
    )
    return MixWords(legend(mix.genres, mix.counts, texts), members)


def id_in_short(member: int) -> str:
    """Return what a member is called who has no name that could be written: the last digits of Discord's id."""
    return f"…{member % 10_000:04}"


def _name(member: int, names: Mapping[int, str]) -> str:
    return printable(names[member], limit=NAME_SHOWN)


def _whole(mix: GenreMix, texts: Texts, write: GenreWriter) -> str:
    shares = shares_in_words(mix.genres, mix.counts, texts, most=GENRES_TOLD, write=write)
    return texts("fingerprint-all", count=mix.tracks, shares=shares)


def _course(mix: GenreMix, texts: Texts, write: GenreWriter) -> Iterator[str]:
    """Tell what the first and the last third are made of."""
    yield texts(UNITS[mix.unit])
    third = max(1, len(mix.parts) // 3)
    first, last = _sum(mix.parts[:third]), _sum(mix.parts[-third:])
    yield texts("fingerprint-first", shares=shares_in_words(mix.genres, first, texts, write=write))
    yield texts("fingerprint-lately", shares=shares_in_words(mix.genres, last, texts, write=write))


def _sum(parts: Sequence[Part]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*(part.counts for part in parts), strict=True)))


def _member_words(part: MemberPart, who: str, mix: GenreMix, texts: Texts, write: GenreWriter) -> str:
    name = texts("fingerprint-others") if part.member is None else who
    return _counted(name, part.counts, shares_in_words(mix.genres, part.counts, texts, write=write), texts)


def _counted(who: str, counts: Sequence[int], shares: str, texts: Texts) -> str:
    return texts("fingerprint-member", who=who, count=sum(counts), shares=shares)
