"""What members say of a clip, beside the bot's own answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord

from bot.store.votes import GenreVotes
from bot.text import sentence_case
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import genre_name

MARK: Final = "🗳️"
"""Begins the name of the field with the votes, in every language: by it, the field of an older card is found again."""

MOST_NAMED: Final = 5
"""Genres whose votes are told."""

NAME_SHOWN: Final = 60
"""Characters of a genre's name: five of them fit into a field, even where each has to be escaped."""


def show_votes(embed: discord.Embed, votes: Sequence[GenreVotes], texts: Texts = ENGLISH) -> None:
    """Put the votes on a card, in the place of those that are on it.

    Parameters
    ----------
    embed
        The card; changed.
    votes
        Most first; empty where nobody votes.
    texts
        The readers' language.
    """
    places = [place for place, field in enumerate(embed.fields) if (field.name or "").startswith(MARK)]
    for place in reversed(places):
        embed.remove_field(place)
    if votes:
        embed.add_field(name=f"{MARK} {texts('card-votes')}", value=votes_words(votes, texts), inline=False)


def votes_words(votes: Sequence[GenreVotes], texts: Texts = ENGLISH) -> str:
    """Say how many members hear which genre.

    Parameters
    ----------
    votes
        Most first; at least one.
    texts
        The readers' language.

    Returns
    -------
    str
        Such as ``**Reggae (2 of 3)** · rock (1)``; no genre is set off where none has more votes than another.
    """
    all_votes = sum(entry.votes for entry in votes)
    first, *others = votes
    # Genres are the model's own words, but a model may be anybody's.
    names = [discord.utils.escape_markdown(_short(genre_name(entry.genre, texts))) for entry in votes[:MOST_NAMED]]
    head = texts("card-votes-first", genre=sentence_case(names[0]), votes=first.votes, all=all_votes)
    if not others or others[0].votes < first.votes:
        head = f"**{head}**"
    rest = (
        texts("card-votes-other", genre=name, votes=entry.votes) for name, entry in zip(names[1:], others, strict=False)
    )
    return " · ".join((head, *rest))


def _short(name: str) -> str:
    return name if len(name) <= NAME_SHOWN else f"{name[: NAME_SHOWN - 1]}…"
