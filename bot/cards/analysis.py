"""The reply to a clip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import discord

from bot.cards.bars import Bar, draw_bars, genre_bars
from bot.cards.card import Card
from bot.cards.picture import Picture
from bot.cards.timeline import alt_text
from bot.cards.votes import show_votes
from bot.heard import Heard
from bot.store.votes import GenreVotes
from bot.text import printable
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import duration
from bot.wording import headline, heard_words, length, reason, sounds_like
from classifier.answer import Answer
from classifier.result import Analysis, GenreProbability, ModelInfo, Verdict

FEWEST_BARS: Final = 3
MOST_BARS: Final = 5
WORTH_A_BAR: Final = 0.05
"""Probability from which on a genre has a bar though it is not among the first `FEWEST_BARS`."""

CLIP_NAME_LIMIT: Final = 60
"""Characters of a clip's name that are shown."""

PICTURE_NAME: Final = "genre-timeline.png"
"""What the attached picture is called."""

DESCRIPTION_LIMIT: Final = 1024
"""Characters that Discord takes for the description of a file."""

COLOURS: Final = {
    Verdict.CLEAR: discord.Colour.green(),
    Verdict.CLOSE_CALL: discord.Colour.gold(),
    Verdict.UNSURE: discord.Colour.light_grey(),
    Verdict.NOT_MUSIC: discord.Colour.light_grey(),
}


def answer_card(
    heard: Heard,
    *,
    clip_name: str | None,
    genres: int | None = None,
    votes: Sequence[GenreVotes] = (),
    link: str | None = None,
    note: str | None = None,
    texts: Texts = ENGLISH,
) -> tuple[Card, Picture | None]:
    """Show an answer, with its picture where it has one.

    Parameters
    ----------
    heard
        What was heard in the clip.
    clip_name
        As strangers called it; made safe here. None where it is not known any more.
    genres
        How many genres to show; as many as are worth it if None.
    votes
        What members say of the clip.
    link
        Where the clip can be heard: the title leads there. None for a file.
    note
        What else became of the clip; None for nothing.
    texts
        The readers' language.

    Returns
    -------
    embed : Card
        Of `analysis_card`, with the votes; the picture is under it.
    picture : Picture or None
        What to attach to the same message; None where there is nothing to see.
    """
    analysis = heard.answer.analysis
    embed = analysis_card(analysis, clip_name=clip_name, genres=genres, recalled=heard.recalled, texts=texts)
    embed.url = link
    if note is not None:
        embed.add_field(name=texts("card-playlist"), value=note, inline=False)
    show_votes(embed, votes, texts)
    picture = timeline_of(heard.answer, texts)
    if picture is not None:
        embed.set_image(url=f"attachment://{picture.name}")
    return embed, picture


def timeline_of(answer: Answer, texts: Texts = ENGLISH) -> Picture | None:
    """Return the picture of an answer, described in words.

    Parameters
    ----------
    answer
        What a worker sent back.
    texts
        The readers' language.

    Returns
    -------
    Picture or None
        None where there is no picture.
    """
    if answer.picture is None:
        return None
    return Picture(PICTURE_NAME, answer.picture, alt_text(answer.analysis, texts)[:DESCRIPTION_LIMIT])


def analysis_card(
    analysis: Analysis,
    *,
    clip_name: str | None,
    genres: int | None = None,
    recalled: bool = False,
    texts: Texts = ENGLISH,
) -> Card:
    """Show an analysis.

    Parameters
    ----------
    analysis
        What the classifier says.
    clip_name
        As strangers called it; made safe here. None where it is not known any more.
    genres
        How many genres to show; as many as are worth it if None.
    recalled
        Whether the answer is remembered. By whom the clip was sent before, or when, the card does not tell.
    texts
        The readers' language.

    Returns
    -------
    Card
        Title, bars with what they mean, what else it sounds like, the clip and how it was heard; the model and the
        time below.
    """
    bars = _bars(analysis, genres, texts)
    embed = Card(
        title=headline(analysis, texts),
        description=_description(analysis, bars, texts),
        colour=COLOURS[analysis.verdict],
        bars=bars,
    )
    tags = sounds_like(analysis, texts)
    if tags is not None:
        embed.add_field(name=texts("card-sounds-like"), value=tags, inline=False)
    audio = analysis.audio
    what = f"{length(audio, texts)} · {heard_words(audio, texts)}"
    name = what if clip_name is None else f"{safe_name(clip_name)}\n{what}"
    embed.add_field(name=texts("card-clip"), value=name, inline=False)
    model = model_name(analysis.model)
    if recalled:
        embed.set_footer(text=texts("card-recalled", model=model))
    else:
        embed.set_footer(text=texts("card-took", model=model, time=duration(analysis.elapsed.total, texts)))
    return embed


def clip_name_on(embed: discord.Embed, texts: Texts) -> str | None:
    """Read the clip's name from a card, so that nobody has to remember it.

    Parameters
    ----------
    embed
        A card.
    texts
        The language that it is in.

    Returns
    -------
    str or None
        As `safe_name` wrote it, without its escapes; None where the card does not tell.
    """
    for field in embed.fields:
        name, newline, _ = (field.value or "").partition("\n")
        if newline and field.name == texts("card-clip"):
            # Format characters, among them what keeps a mention from being one, go where the name is made safe again.
            return re.sub(r"\\(.)", r"\1", name)
    return None


def model_name(model: ModelInfo) -> str:
    """Return what a model is called, with its version."""
    return f"{model.name} {model.version}"


def _bars(analysis: Analysis, genres: int | None, texts: Texts) -> tuple[Bar, ...]:
    """Return a bar for each genre that is shown; what is not music has none."""
    if analysis.verdict is Verdict.NOT_MUSIC:
        return ()
    return genre_bars(analysis.genres[:genres] if genres is not None else _worth_showing(analysis.genres), texts)


def _description(analysis: Analysis, bars: tuple[Bar, ...], texts: Texts) -> str:
    """Draw the bars and give the reason."""
    if analysis.verdict is Verdict.NOT_MUSIC:
        return texts("card-not-music", button=texts("button-know"))
    return f"{draw_bars(bars)}\n{reason(analysis, texts)}"


def safe_name(name: str, *, limit: int = CLIP_NAME_LIMIT) -> str:
    """Return a clip's name that cannot format, mention, link or reorder anything.

    Parameters
    ----------
    name
        As a stranger called it.
    limit
        Characters of it that are shown; those that keep it from formatting come on top.

    Returns
    -------
    str
    """
    line = printable(name, limit=limit).replace("://", ": ")
    escaped = discord.utils.escape_mentions(discord.utils.escape_markdown(line))
    # Channels, times and commands, which Discord would show as such.
    return re.sub(r"<(?=[#/]|t:)", r"\\<", escaped)


def _worth_showing(genres: tuple[GenreProbability, ...]) -> tuple[GenreProbability, ...]:
    likely = sum(genre.probability >= WORTH_A_BAR for genre in genres[:MOST_BARS])
    return genres[: max(FEWEST_BARS, likely)]
