"""The playlists of a server."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Final, Protocol

import discord

from bot.cards.analysis import safe_name
from bot.playlists.playlist import Collaborator, Playlist, SharedWith
from bot.text import printable
from bot.texts.catalogue import ENGLISH, Texts

PLAYLISTS_A_PAGE: Final = 10
"""Playlists that are shown at once: each may take three lines."""

SHOWN_DESCRIPTION: Final = 120
"""Characters of a description that are shown in the list."""

MOST_NAMED: Final = 5
"""Collaborators and channels that are named; of more, their number is told."""


DESCRIPTION_LIMIT: Final = 4096
"""Characters that Discord takes for the text of a card."""


class Detail(IntEnum):
    """How much is told of each playlist; the more it is, the longer."""

    CHANNELS = 0
    COLLABORATORS = 1
    DESCRIPTIONS = 2


class FedPlaylists(Protocol):
    """Knows which channels feed a playlist."""

    def channels(self, playlist_id: int) -> tuple[int, ...]:
        """Return Discord's ids of the channels."""
        ...


def playlists_card(
    playlists: Sequence[Playlist], fed: FedPlaylists, *, page: int, texts: Texts = ENGLISH
) -> discord.Embed:
    """Show the playlists of a server.

    Parameters
    ----------
    playlists
        All of them, by name.
    fed
        Which channels feed them.
    page
        Which page; the first is 0.
    texts
        The reader's language.

    Returns
    -------
    discord.Embed
    """
    embed = discord.Embed(title=texts("playlists-title"), colour=discord.Colour.blurple())
    if not playlists:
        embed.description = texts("playlists-none")
        return embed
    shown = playlists[page * PLAYLISTS_A_PAGE :][:PLAYLISTS_A_PAGE]
    for detail in sorted(Detail, reverse=True):
        embed.description = "\n\n".join(
            _lines(playlist, fed.channels(playlist.id), texts, detail=detail) for playlist in shown
        )
        if len(embed.description) <= DESCRIPTION_LIMIT:
            break
    pages = -(-len(playlists) // PLAYLISTS_A_PAGE)
    if pages > 1:
        embed.set_footer(text=texts("page-number", number=page + 1, all=pages))
    return embed


def _lines(playlist: Playlist, channels: Sequence[int], texts: Texts, *, detail: Detail) -> str:
    owner = texts("playlists-nobody") if playlist.owner is None else f"<@{playlist.owner}>"
    lines = [
        texts("playlists-line", name=safe_name(playlist.name), tracks=playlist.tracks, owner=owner),
    ]
    if playlist.description and detail >= Detail.DESCRIPTIONS:
        lines.append(discord.utils.escape_markdown(printable(playlist.description, limit=SHOWN_DESCRIPTION)))
    more = []
    if playlist.collaborators and detail >= Detail.COLLABORATORS:
        more.append(texts("playlists-shared", who=_named([_who(one, texts) for one in playlist.collaborators])))
    if channels:
        more.append(texts("playlists-fed", channels=_named([f"<#{channel}>" for channel in channels])))
    if more:
        lines.append(" · ".join(more))
    return "\n".join(lines)


def _who(collaborator: Collaborator, texts: Texts) -> str:
    match collaborator.kind:
        case SharedWith.EVERYONE:
            return texts("playlist-everyone")
        case SharedWith.ROLE:
            return f"<@&{collaborator.subject}>"
        case SharedWith.MEMBER:
            return f"<@{collaborator.subject}>"


def _named(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return " ".join((*names[:MOST_NAMED], *([f"+{more}"] if more > 0 else [])))
