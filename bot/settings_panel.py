"""What the panel of a server's admins shows of a channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import discord

from bot.errors import WrongChannel
from bot.listening import listened_id
from bot.permissions import Feature, Need, missing
from bot.services import Services
from bot.store.channels import ChannelSetting

WrittenChannel = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.ForumChannel
"""Channels in which members write, or open threads to write in."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A channel as its admin sees it.

    Parameters
    ----------
    channel_id
        Discord's id of the channel.
    channel_name
        What the server calls it.
    setting
        What was set for it; None where the bot leaves it alone.
    missing
        For each feature, what the bot lacks in this channel.
    elsewhere
        Discord's ids of the other channels of the server that are switched on.
    reads_messages
        Whether Discord lets the bot read what is written without a mention of it.
    votes_needed
        How many members of the server have to agree on a genre before it counts.
    """

    channel_id: int
    channel_name: str
    setting: ChannelSetting | None
    missing: Mapping[Feature, tuple[Need, ...]]
    elsewhere: tuple[int, ...]
    reads_messages: bool
    votes_needed: int


async def read_panel(
    guild: discord.Guild | None, channel_id: int | None, services: Services, *, reads_messages: bool
) -> Panel:
    """Look at a channel.

    Parameters
    ----------
    guild
        The server that the question comes from.
    channel_id
        Discord's id of the channel, which may have been sent by anybody; of a thread for the channel around it.
    services
        Where settings are kept.
    reads_messages
        As in `Panel`.

    Returns
    -------
    Panel

    Raises
    ------
    WrongChannel
        If the server has no such channel in which members write.
    StoreFailed
        If the database fails.
    """
    if guild is None or channel_id is None:
        raise WrongChannel
    channel = guild.get_channel(listened_id(guild.get_thread(channel_id), channel_id))
    if not isinstance(channel, WrittenChannel):
        raise WrongChannel
    may = channel.permissions_for(guild.me)
    channels = services.store.channels
    return Panel(
        channel_id=channel.id,
        channel_name=channel.name,
        setting=channels.mode(channel.id),
        missing={feature: missing(may, feature) for feature in Feature},
        elsewhere=tuple(setting.channel for setting in channels.of_guild(guild.id) if setting.channel != channel.id),
        reads_messages=reads_messages,
        votes_needed=await services.store.servers.votes_needed(guild.id),
    )
