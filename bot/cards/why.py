"""The reasons for an answer, for whoever asks."""

from __future__ import annotations

import discord

from bot.cards.analysis import COLOURS, model_name
from bot.text import sentence_case
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import genre_name
from bot.wording import reason, why
from classifier.result import Analysis, Verdict

TITLES = {Verdict.UNSURE: "why-title-unsure", Verdict.NOT_MUSIC: "why-title-not-music"}


def why_card(analysis: Analysis, texts: Texts = ENGLISH) -> discord.Embed:
    """Give the evidence, the known confusions and what the percentages mean; or why it is not music.

    Parameters
    ----------
    analysis
        What the classifier says.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    genre = sentence_case(genre_name(analysis.genres[0].name, texts))
    title = texts(TITLES.get(analysis.verdict, "why-title"), genre=genre)
    if analysis.verdict is Verdict.NOT_MUSIC:
        lines = (reason(analysis, texts), texts("why-not-music"))
    else:
        lines = (why(analysis, texts) or texts("why-nothing"), reason(analysis, texts))
    embed = discord.Embed(title=title, description="\n\n".join(lines), colour=COLOURS[analysis.verdict])
    model = analysis.model
    return embed.set_footer(text=texts("why-footer", model=model_name(model), digest=model.digest[:8]))
