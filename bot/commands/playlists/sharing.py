"""Who may add to a playlist, and which channels do by themselves."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.asker import asker_of
from bot.buttons.settings import require_admin
from bot.cards.analysis import safe_name
from bot.commands.playlists.options import PlaylistOption
from bot.errors import WrongChannel
from bot.playlists.errors import CannotListen
from bot.playlists.playlist import Collaborator, SharedWith
from bot.playlists.rights import require_owner
from bot.services import Services
from bot.settings_panel import WrittenChannel
from bot.texts.catalogue import texts_for
from bot.texts.command_names import told


class SharingCommands(commands.Cog):
    """``/playlist share`` and ``/playlist channel``."""

    _services: Services
    _reads_messages: bool

    @app_commands.command(name=told("command-playlist-share"), description=told("command-playlist-share.description"))
    @app_commands.rename(
        playlist=told("command-playlist.playlist"),
        who=told("command-playlist-share.who"),
        stop=told("command-playlist-share.stop"),
    )
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"),
        who=told("command-playlist-share.who-description"),
        stop=told("command-playlist-share.stop-description"),
    )
    async def share(
        self,
        interaction: discord.Interaction[Any],
        playlist: PlaylistOption,
        who: discord.Member | discord.Role,
        stop: bool = False,
    ) -> None:
        """Let others add tracks, or no more."""
        require_owner(playlist, asker_of(interaction))
        collaborator = _collaborator(who)
        playlists = self._services.store.playlists
        await (playlists.unshare if stop else playlists.share)(playlist.id, collaborator)
        texts = texts_for(interaction.locale)
        everyone = collaborator.kind is SharedWith.EVERYONE
        words = texts(
            "playlist-unshared" if stop else "playlist-shared",
            name=safe_name(playlist.name),
            who=texts("playlist-everyone") if everyone else who.mention,
        )
        # Named, and not called.
        await interaction.response.send_message(words, allowed_mentions=discord.AllowedMentions.none())

    @app_commands.command(
        name=told("command-playlist-channel"), description=told("command-playlist-channel.description")
    )
    @app_commands.rename(
        playlist=told("command-playlist.playlist"),
        channel=told("command-playlist-channel.channel"),
        stop=told("command-playlist-channel.stop"),
    )
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"),
        channel=told("command-playlist-channel.channel-description"),
        stop=told("command-playlist-channel.stop-description"),
    )
    async def channel(
        self,
        interaction: discord.Interaction[Any],
        playlist: PlaylistOption,
        channel: WrittenChannel | None = None,
        stop: bool = False,
    ) -> None:
        """Let every track that is shared in a channel go into a playlist, or no more."""
        require_admin(interaction)
        channels = self._services.store.playlist_channels
        where = channel.id if channel is not None else _here(interaction)
        texts = texts_for(interaction.locale)
        if stop:
            if channels.playlist(where) == playlist.id:
                await channels.remove(where)
        else:
            if not self._reads_messages:
                raise CannotListen
            await channels.set(where, playlist.id)
        words = texts(
            "playlist-channel-off" if stop else "playlist-channel-on",
            channel=f"<#{where}>",
            name=safe_name(playlist.name),
        )
        await interaction.response.send_message(words)


def _collaborator(who: discord.Member | discord.Role) -> Collaborator:
    if isinstance(who, discord.Role):
        # Discord's role of everybody.
        return Collaborator(SharedWith.EVERYONE) if who.is_default() else Collaborator(SharedWith.ROLE, who.id)
    return Collaborator(SharedWith.MEMBER, who.id)


def _here(interaction: discord.Interaction[Any]) -> int:
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        return channel.parent_id
    if not isinstance(channel, WrittenChannel):
        raise WrongChannel
    return channel.id
