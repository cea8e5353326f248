"""The reply to a clip."""

from __future__ import annotations

import io
from typing import Final

import discord

from bot.cards.timeline import alt_text
from bot.text import bar, display_name, printable
from bot.wording import headline, heard, length, sounds_like, why
from classifier.answer import Answer
from classifier.result import Analysis, GenreProbability, Verdict

BAR_WIDTH: Final = 10
"""Blocks in a bar: with the longest genre and the percentage, 25 columns, which a phone shows in one line."""

FILE_NAME_LIMIT: Final = 60
"""Characters of a file name that are shown."""

PICTURE_NAME: Final = "genre-timeline.png"
"""What the attached picture is called."""

COLOURS: Final = {
    Verdict.CLEAR: discord.Colour.green(),
    Verdict.CLOSE_CALL: discord.Colour.gold(),
    Verdict.UNSURE: discord.Colour.light_grey(),
    Verdict.NOT_MUSIC: discord.Colour.light_grey(),
}


def answer_card(answer: Answer, *, file_name: str, genres: int) -> tuple[discord.Embed, list[discord.File]]:
    """Show an answer, with its picture where it has one.

    Parameters
    ----------
    answer
        What a worker sent back.
    file_name
        As the member called it; made safe here.
    genres
        How many genres to show.

    Returns
    -------
    embed : discord.Embed
        Of `analysis_card`; the picture is under it.
    files : list of discord.File
        What to attach to the same message: the picture, described in words, or nothing.
    """
    embed = analysis_card(answer.analysis, file_name=file_name, genres=genres)
    if answer.picture is None:
        return embed, []
    embed.set_image(url=f"attachment://{PICTURE_NAME}")
    picture = discord.File(io.BytesIO(answer.picture), PICTURE_NAME, description=alt_text(answer.analysis))
    return embed, [picture]


def analysis_card(analysis: Analysis, *, file_name: str, genres: int) -> discord.Embed:
    """Show an analysis.

    Parameters
    ----------
    analysis
        What the classifier says.
    file_name
        As the member called it; made safe here.
    genres
        How many genres to show.

    Returns
    -------
    discord.Embed
        Title, bars, the clip, what else it sounds like and why (where there is something to say), how it was
        heard, time and model.
    """
    embed = discord.Embed(
        title=headline(analysis),
        description=description(analysis, genres=genres),
        colour=COLOURS[analysis.verdict],
    )
    audio = analysis.audio
    embed.add_field(
        name="Clip",
        value=f"{safe_name(file_name)}\n{length(audio)}, {audio.codec}, "
        f"{audio.sample_rate / 1000:g} kHz {audio.channels}",
        inline=False,
    )
    for name, words in (("Sounds like", sounds_like(analysis)), ("Why", why(analysis))):
        if words is not None:
            embed.add_field(name=name, value=words, inline=False)
    embed.add_field(name="Heard", value=heard(audio), inline=True)
    embed.add_field(name="Took", value=f"{analysis.elapsed.total:.1f} s", inline=True)
    embed.set_footer(
        text=f"Model {analysis.model.name} {analysis.model.version} · {analysis.model.digest[:8]} · "
        f"knows {len(analysis.genres)} genres"
    )
    return embed


def description(analysis: Analysis, *, genres: int) -> str:
    """Draw the bars and give the reason; of what is not music, there is no genre to show.

    Parameters
    ----------
    analysis
        What the classifier says.
    genres
        How many genres to show.

    Returns
    -------
    str
    """
    if analysis.verdict is Verdict.NOT_MUSIC:
        return analysis.reason
    return f"{bars(analysis.genres[:genres])}\n{analysis.reason}"


def bars(genres: tuple[GenreProbability, ...]) -> str:
    """Draw a bar for each genre, aligned on every screen.

    Parameters
    ----------
    genres
        In the order to show.

    Returns
    -------
    str
        A code block, because only there all characters are equally wide.
    """
    names = [display_name(genre.name) for genre in genres]
    width = max(len(name) for name in names)
    lines = (
        f"{name:<{width}} {bar(genre.probability, width=BAR_WIDTH)} {genre.probability:4.0%}"
        for name, genre in zip(names, genres, strict=True)
    )
    return "\n".join(("```", *lines, "```"))


def safe_name(file_name: str) -> str:
    """Return a file name that cannot format, mention or reorder anything.

    Parameters
    ----------
    file_name
        As a member called it.

    Returns
    -------
    str
    """
    return discord.utils.escape_mentions(discord.utils.escape_markdown(printable(file_name, limit=FILE_NAME_LIMIT)))
