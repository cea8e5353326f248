"""``/playlist``, put together."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.commands.playlists.adding import AddingCommands
from bot.commands.playlists.browsing import BrowsingCommands
from bot.commands.playlists.exporting import ExportingCommands
from bot.commands.playlists.importing import ImportingCommands
from bot.commands.playlists.looking import LookingCommands
from bot.commands.playlists.managing import ManagingCommands
from bot.commands.playlists.publishing import PublishingCommands
from bot.commands.playlists.sharing import SharingCommands
from bot.services import Services
from bot.texts.command_names import told


@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class PlaylistCommands(
    BrowsingCommands,
    ManagingCommands,
    SharingCommands,
    PublishingCommands,
    AddingCommands,
    ImportingCommands,
    ExportingCommands,
    LookingCommands,
    commands.GroupCog,
    group_name=told("command-playlist"),
    group_description=told("command-playlist.description"),
):
    """The commands of servers' playlists.

    Parameters
    ----------
    services
        What they call.
    reads_messages
        Whether Discord lets the bot read what is written without a mention of it.
    """

    def __init__(self, services: Services, *, reads_messages: bool) -> None:
        self._services = services
        self._reads_messages = reads_messages
