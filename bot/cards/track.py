"""The card of one track of a playlist: what the bot heard in it, and what its community says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import discord

from bot.cards.analysis import COLOURS, safe_name
from bot.cards.bars import BAR_WIDTH, Bar, draw_bars, genre_bars
from bot.cards.card import Card
from bot.cards.track_words import WORD_LIMIT, safe_genre, track_address
from bot.cards.votes import MARK, votes_words
from bot.playlists.playlist import NAME_LIMIT, Playlist
from bot.playlists.settling import votes_missing
from bot.playlists.track import Track
from bot.store.votes import GenreVotes
from bot.text import bar, printable
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import duration, percent, series
from bot.wording import tag_name
from classifier.result import GenreProbability, Verdict

TITLE_SHOWN: Final = 120
"""Characters of a title: escaped, they are as many as Discord takes for the title of a card."""

TAGS_SHOWN: Final = 8
"""Tags that are named: a file may have told many."""

VERDICTS: Final = {
    Verdict.CLEAR: "track-verdict-clear",
    Verdict.CLOSE_CALL: "track-verdict-close-call",
    Verdict.UNSURE: "track-verdict-unsure",
    Verdict.NOT_MUSIC: "track-verdict-not-music",
}
"""Messages that say how far to trust the genre."""


def track_card(
    track: Track, playlist: Playlist, *, votes: Sequence[GenreVotes], needed: int, texts: Texts = ENGLISH
) -> Card:
    """Show a track.

    Parameters
    ----------
    track
        The track.
    playlist
        What it belongs to.
    votes
        What the community says of it, most first.
    needed
        Members who have to agree before that counts.
    texts
        The readers' language.

    Returns
    -------
    Card
    """
    bars = _bars(track, texts)
    embed = Card(
        title=safe_name(track.title, limit=TITLE_SHOWN),
        url=track_address(track, playlist.guild),
        description=_heard(track, bars, texts),
        colour=discord.Colour.light_grey() if track.verdict is None else COLOURS[track.verdict],
        bars=bars,
    )
    if track.digest is not None:
        words = _community_words(track, votes, needed, texts)
        embed.add_field(name=f"{MARK} {texts('card-votes')}", value=words, inline=False)
    if track.told_votes:
        embed.add_field(
            name=texts("track-told-votes"), value=votes_words(_safe_votes(track.told_votes), texts), inline=False
        )
    if track.tags:
        tags = (safe_name(tag_name(tag.name, texts), limit=WORD_LIMIT) for tag in track.tags[:TAGS_SHOWN])
        embed.add_field(name=texts("card-sounds-like"), value=series(tags, texts), inline=False)
    _show_figures(embed, track, texts)
    embed.set_footer(text=printable(playlist.name, limit=NAME_LIMIT))
    return embed


def _bars(track: Track, texts: Texts) -> tuple[Bar, ...]:
    if track.genre is None or track.probability is None:
        return ()
    # A file may have told any genre, and the bars stand in a block that a backtick could end.
    name = printable(track.genre.replace("`", "'"), limit=WORD_LIMIT)
    return genre_bars((GenreProbability(name, track.probability),), texts)


def _heard(track: Track, bars: tuple[Bar, ...], texts: Texts) -> str:
    lines = []
    if track.model_key is None:
        told_something = track.genre is not None or track.verdict is not None
        lines.append(texts("track-card-told" if told_something else "track-card-unheard"))
    if bars:
        lines.append(draw_bars(bars))
    if track.verdict is not None:
        lines.append(texts(VERDICTS[track.verdict]))
    return "\n".join(lines)


def _community_words(track: Track, votes: Sequence[GenreVotes], needed: int, texts: Texts) -> str:
    if not votes:
        return texts("track-nobody-voted", count=needed)
    genre = safe_genre(votes[0].genre, texts)
    missing = votes_missing(votes, needed)
    if missing:
        outcome = texts("track-votes-missing", count=missing, genre=genre)
    else:
        outcome = texts("track-agreed" if votes[0].genre == track.genre else "track-overruled", genre=genre)
    return f"{votes_words(votes, texts)}\n{outcome}"


def _show_figures(embed: discord.Embed, track: Track, texts: Texts) -> None:
    if track.tempo is not None:
        embed.add_field(name=texts("track-tempo"), value=texts("track-bpm", number=round(track.tempo)))
    if track.energy is not None:
        value = f"{bar(track.energy, width=BAR_WIDTH)} {percent(track.energy, texts)}"
        embed.add_field(name=texts("track-energy"), value=value)
    if track.duration is not None:
        embed.add_field(name=texts("track-length"), value=duration(track.duration, texts))
    added = discord.utils.format_dt(track.added_at, "D")
    if track.adder is not None:
        added = texts("track-added-by", who=f"<@{track.adder}>", date=added)
    embed.add_field(name=texts("track-added"), value=added, inline=False)


def _safe_votes(votes: Sequence[GenreVotes]) -> tuple[GenreVotes, ...]:
    """Return votes whose genres mention and link nothing; whoever counts them escapes the rest."""
    names = (printable(entry.genre, limit=WORD_LIMIT).replace("://", ": ") for entry in votes)
    return tuple(
        GenreVotes(discord.utils.escape_mentions(name), entry.votes) for name, entry in zip(names, votes, strict=True)
    )
