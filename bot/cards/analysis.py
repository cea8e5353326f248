"""The reply to a clip."""

from __future__ import annotations

from typing import Final

import discord

from bot.text import bar, duration, printable
from classifier.result import Analysis, GenreProbability, Verdict

BAR_WIDTH: Final = 10
"""Blocks in a bar: with the longest genre and the percentage, 25 columns, which a phone shows in one line."""

FILE_NAME_LIMIT: Final = 60
"""Characters of a file name that are shown."""

EVIDENCE_SHOWN: Final = 3
"""Reasons that the card gives: as many as fit a phone."""

COLOURS: Final = {
    Verdict.CLEAR: discord.Colour.green(),
    Verdict.CLOSE_CALL: discord.Colour.gold(),
    Verdict.UNSURE: discord.Colour.light_grey(),
    Verdict.NOT_MUSIC: discord.Colour.light_grey(),
}

DISPLAY_NAMES: Final = {"hiphop": "hip-hop"}
"""Genres that people write otherwise than the training table."""


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
        Title, bars, the clip, what else it sounds like and why, how it was heard, time and model.
    """
    embed = discord.Embed(
        title=headline(analysis),
        description=description(analysis, genres=genres),
        colour=COLOURS[analysis.verdict],
    )
    audio = analysis.audio
    embed.add_field(
        name="Clip",
        value=f"{safe_name(file_name)}\n{duration(audio.duration)}{'' if audio.complete else ' or more'}, "
        f"{audio.codec}, {audio.sample_rate / 1000:g} kHz {audio.channels}",
        inline=False,
    )
    if analysis.verdict is not Verdict.NOT_MUSIC:
        embed.add_field(name="Sounds like", value=sounds_like(analysis), inline=False)
        embed.add_field(name="Why", value=why(analysis), inline=False)
    embed.add_field(name="Heard", value=heard(analysis), inline=True)
    embed.add_field(name="Took", value=f"{analysis.elapsed.total:.1f} s", inline=True)
    embed.set_footer(
        text=f"Model {analysis.model.name} {analysis.model.version} · {analysis.model.digest[:8]} · "
        f"knows {len(analysis.genres)} genres"
    )
    return embed


def headline(analysis: Analysis) -> str:
    """Say the answer in the words that its verdict allows.

    Parameters
    ----------
    analysis
        What the classifier says.

    Returns
    -------
    str
        Such as ``Reggae`` or ``Rock or country: too close to call``.
    """
    first, second = (display_name(genre.name) for genre in analysis.genres[:2])
    match analysis.verdict:
        case Verdict.CLEAR:
            return first.capitalize()
        case Verdict.CLOSE_CALL:
            return f"{first.capitalize()} or {second}: too close to call"
        case Verdict.UNSURE:
            return "I can't tell"
        case Verdict.NOT_MUSIC:
            return "This does not sound like music"


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


def heard(analysis: Analysis) -> str:
    """Say which seconds the answer rests on.

    Parameters
    ----------
    analysis
        What the classifier says.

    Returns
    -------
    str
        Such as ``all of it`` or ``0:10–0:40, 1:00–1:30``.
    """
    spans = analysis.audio.heard
    if len(spans) == 1 and spans[0].end - spans[0].start >= analysis.audio.duration - 1.0:
        return "all of it"
    return ", ".join(f"{clock(span.start)}–{clock(span.end)}" for span in spans)


def sounds_like(analysis: Analysis) -> str:
    """Name what else the music sounds like.

    Parameters
    ----------
    analysis
        What the classifier says.

    Returns
    -------
    str
        Such as ``guitar, 1970s, mellow``.
    """
    return ", ".join(tag.name for tag in analysis.tags)


def why(analysis: Analysis) -> str:
    """Give the evidence for the first genre, and what it may be mistaken for.

    Parameters
    ----------
    analysis
        What the classifier says.

    Returns
    -------
    str
        One or two sentences in plain words.
    """
    texts = [evidence.text for evidence in analysis.why.evidence[:EVIDENCE_SHOWN]]
    evidence = f"What speaks for {display_name(analysis.genres[0].name)}: {'; '.join(texts) or 'no single thing'}."
    if not analysis.why.mistaken_for:
        return evidence
    others = ", ".join(
        f"{display_name(confusion.name)} ({confusion.share:.0%})" for confusion in analysis.why.mistaken_for
    )
    return f"{evidence} Of clips called {display_name(analysis.genres[0].name)}, some were really {others}."


def clock(seconds: float) -> str:
    """Return a position in a clip, such as ``1:07``.

    Parameters
    ----------
    seconds
        From the beginning.

    Returns
    -------
    str
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def display_name(genre: str) -> str:
    """Return a genre as people write it.

    Parameters
    ----------
    genre
        As the training table spells it.

    Returns
    -------
    str
    """
    return DISPLAY_NAMES.get(genre, genre)


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
