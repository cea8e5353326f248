"""Which channel's setting counts for what is written somewhere."""

from __future__ import annotations

import discord


def listened_id(channel: object, channel_id: int) -> int:
    """Return the channel whose setting counts: a thread belongs to the channel around it.

    Parameters
    ----------
    channel
        Where something is written, as far as discord.py knows it.
    channel_id
        Discord's id of that.

    Returns
    -------
    int
        Discord's id of the channel.
    """
    return channel.parent_id if isinstance(channel, discord.Thread) else channel_id
