"""What the bot is, how good it is and what it takes."""

from __future__ import annotations

import discord

from bot.facts import Facts
from bot.media.site_names import site_title
from bot.settings import Settings
from bot.text import sentence_case
from bot.texts.catalogue import ENGLISH, Texts
from bot.texts.phrases import genre_name, listing, percent

SITES_NAMED = 6
"""Sites that are named, so that the card stays short."""


def about_card(facts: Facts, settings: Settings, texts: Texts = ENGLISH) -> discord.Embed:
    """Describe the bot.

    Parameters
    ----------
    facts
        The model that answers.
    settings
        The limits.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    genres = listing([genre_name(genre, texts) for genre in facts.genres], texts)
    embed = discord.Embed(
        title=texts("about-title", version=facts.version),
        description=texts("about-what", count=len(facts.genres), genres=genres),
        colour=discord.Colour.blurple(),
    )
    good = _how_good(facts, texts)
    if good is not None:
        embed.add_field(name=texts("about-good"), value=good, inline=False)
    embed.add_field(name=texts("about-limits"), value=_limits(settings, texts), inline=False)
    if facts.headline is not None:
        embed.add_field(name=texts("about-faults"), value=texts("about-faults-text"), inline=False)
    embed.add_field(name=texts("about-data"), value=texts("about-data-text"), inline=False)
    model = facts.model
    return embed.set_footer(text=texts("about-model", name=model.name, version=model.version, digest=model.digest[:8]))


def _how_good(facts: Facts, texts: Texts) -> str | None:
    card, own = facts.headline, facts.held_out
    if card is not None:
        shares = {
            "accuracy": card.accuracy,
            "low": card.low,
            "high": card.high,
            "top3": card.top3,
            "clear": card.clear,
            "clear-right": card.clear_right,
        }
        written = {name: percent(share, texts) for name, share in shares.items()}
        return texts("about-good-card", clips=card.clips, points=_points(card.ece), **written)
    if own is None:
        return None
    return texts(
        "about-good-own",
        clips=own.clips,
        accuracy=percent(own.accuracy, texts),
        top3=percent(own.top3, texts),
        points=_points(own.ece),
    )


def _points(ece: float) -> int:
    """Return a calibration error in percentage points: in percent, it would read as a share of the percentages."""
    return round(100 * ece)


def _limits(settings: Settings, texts: Texts) -> str:
    if settings.sites:
        names = list(dict.fromkeys(site_title(name) for name in settings.sites))
        named = names if len(names) <= SITES_NAMED else [*names[:SITES_NAMED], texts("picture-others")]
        links = texts("about-limits-links", sites=listing(named, texts))
    else:
        links = texts("about-limits-no-sites")
    lines = [
        texts("about-limits-files", megabytes=settings.max_upload_mb),
        links,
        texts("about-limits-length", minutes=round(settings.max_seconds / 60)),
        texts("about-limits-queue", member=settings.jobs_per_member, all=settings.queue_limit),
    ]
    if settings.member_cooldown:
        lines.append(texts("about-limits-cooldown-member", seconds=round(settings.member_cooldown)))
    if settings.server_cooldown:
        lines.append(texts("about-limits-cooldown-server", seconds=round(settings.server_cooldown)))
    return "\n".join(f"• {sentence_case(line)}" for line in lines)
