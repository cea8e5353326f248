"""A round of the game, its result, and the scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

import discord

from bot.cards.emoji import GENRE_EMOJI, OTHER_GENRE
from bot.cards.track_words import linked, safe_genre, track_address
from bot.cards.votes import votes_words
from bot.game.round import Guess, Round, Score, ranked
from bot.playlists.track import Track
from bot.store.votes import GenreVotes
from bot.text import sentence_case
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import listing, percent, series

EXCERPT_NAME: Final = "guess.wav"
"""What the excerpt is called: nothing that tells what it is."""

MOST_NAMED: Final = 20
"""Winners that are named; of more, their number is told."""

SCORES_SHOWN: Final = 15
"""Members on the board: as many as a phone shows without much scrolling."""


def round_card(played: Round, texts: Texts = ENGLISH) -> discord.Embed:
    """Show a round that members guess in.

    Parameters
    ----------
    played
        The round.
    texts
        The readers' language.

    Returns
    -------
    discord.Embed
    """
    end = discord.utils.format_dt(played.ends_at, "R")
    lines = (texts("round-question", file=EXCERPT_NAME, end=end), texts("round-guesses", count=played.guesses))
    return discord.Embed(title=texts("round-title"), description="\n\n".join(lines), colour=discord.Colour.blurple())


def result_card(
    ended: Round,
    guesses: Sequence[Guess],
    *,
    track: Track | None,
    votes: Sequence[GenreVotes],
    hidden: Collection[int],
    texts: Texts = ENGLISH,
) -> discord.Embed:
    """Show what was played, who was right, and who has beaten the bot.

    Parameters
    ----------
    ended
        The round, which was judged.
    guesses
        The members', the first one first.
    track
        What was played; None where it is not in its playlist any more.
    votes
        What the community says of it, most first.
    hidden
        Members who do not want to be named.
    texts
        The readers' language.

    Returns
    -------
    discord.Embed
    """
    assert ended.answer is not None
    answer = safe_genre(ended.answer, texts)
    bot = {"genre": safe_genre(ended.bot_genre, texts), "share": percent(ended.probability, texts)}
    embed = discord.Embed(
        title=f"{GENRE_EMOJI.get(ended.answer, OTHER_GENRE)} "
        + texts("round-result-title", genre=sentence_case(answer)),
        description="\n".join(
            (
                texts("round-track-gone")
                if track is None
                else f"**{linked(track.title, track_address(track, ended.guild))}**",
                texts("round-bot-right" if ended.bot_is_right else "round-bot-wrong", **bot),
                _community(track, votes, texts),
            )
        ),
        colour=discord.Colour.green(),
    )
    winners = [guess.member for guess in guesses if guess.genre == ended.answer]
    if winners:
        title = texts("round-right-title" if ended.bot_is_right else "round-beat-title")
        words = texts("round-winners", members=_named(winners, hidden, texts), points=ended.points)
        embed.add_field(name=title, value=words, inline=False)
    if guesses:
        counts = Counter(guess.genre for guess in guesses).most_common()
        words = series(
            (texts("round-guess-count", genre=safe_genre(name, texts), count=count) for name, count in counts), texts
        )
        embed.add_field(
            name=texts("round-guessed-title"),
            value=words if winners else f"{texts('round-nobody-right')} {words}",
            inline=False,
        )
    else:
        embed.add_field(name=texts("round-guessed-title"), value=texts("round-nobody-guessed"), inline=False)
    return embed


def _community(track: Track | None, votes: Sequence[GenreVotes], texts: Texts) -> str:
    if track is not None and track.settled is not None:
        return texts("round-settled", genre=safe_genre(track.settled, texts))
    return texts("round-votes", votes=votes_words(votes, texts)) if votes else texts("round-no-votes")


def _named(members: Sequence[int], hidden: Collection[int], texts: Texts) -> str:
    named = [f"<@{member}>" for member in members if member not in hidden][:MOST_NAMED]
    others = len(members) - len(named)
    if not others:
        return listing(named, texts)
    return listing([*named, texts("round-others" if named else "round-hidden", count=others)], texts)


def scores_card(scores: Sequence[Score], texts: Texts = ENGLISH) -> discord.Embed:
    """Show who has won how much in a server.

    Parameters
    ----------
    scores
        Of all who may be named, most points first.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    embed = discord.Embed(title=texts("scores-title"), colour=discord.Colour.blurple())
    if not scores:
        embed.description = texts("scores-none")
        return embed
    lines = [
        texts(
            "scores-line",
            number=rank,
            who=f"<@{score.member}>",
            points=score.points,
            rounds=texts("scores-rounds", count=score.rounds),
            share=percent(score.right / score.rounds, texts),
        )
        for rank, score in ranked(scores)[:SCORES_SHOWN]
    ]
    if len(scores) > SCORES_SHOWN:
        lines.append(texts("scores-more", count=len(scores) - SCORES_SHOWN))
    embed.description = "\n".join(lines)
    embed.set_footer(text=texts("scores-rules"))
    return embed
