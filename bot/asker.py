"""Who asks, as far as rights depend on it."""

from __future__ import annotations

from typing import Any

import discord

from bot.playlists.rights import Asker


def asker_of(interaction: discord.Interaction[Any]) -> Asker:
    """Return the member who asks.

    Parameters
    ----------
    interaction
        The request, in a server.

    Returns
    -------
    Asker
    """
    user = interaction.user
    roles = [role.id for role in user.roles] if isinstance(user, discord.Member) else []
    return Asker(user.id, frozenset(roles), interaction.permissions.manage_guild)
