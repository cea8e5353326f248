"""``/playlist add``: a clip is listened to, answered, and put into a playlist."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.answering import post_answer
from bot.asker import asker_of
from bot.asking import asking
from bot.clips import asked_clip
from bot.collecting import collect, collected_words, title_of
from bot.commands.playlists.options import PlaylistOption
from bot.errors import RequestError
from bot.failing import log_failure
from bot.media.clip import Clip
from bot.playlists.errors import PlaylistFull
from bot.playlists.playlist import MOST_TRACKS, Playlist
from bot.playlists.rights import require_collaborator
from bot.playlists.track import TITLE_LIMIT, track_title
from bot.services import Services
from bot.surfaces.interaction import InteractionSurface
from bot.texts.command_names import told


class AddingCommands(commands.Cog):
    """``/playlist add``."""

    _services: Services

    @app_commands.command(name=told("command-playlist-add"), description=told("command-playlist-add.description"))
    @app_commands.rename(
        playlist=told("command-playlist.playlist"),
        file=told("command-genre.file"),
        link=told("command-genre.link"),
        title=told("command-playlist-add.title"),
    )
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"),
        file=told("command-genre.file-description"),
        link=told("command-playlist-add.link-description"),
        title=told("command-playlist-add.title-description"),
    )
    async def add(
        self,
        interaction: discord.Interaction[Any],
        playlist: PlaylistOption,
        file: discord.Attachment | None = None,
        link: str | None = None,
        title: app_commands.Range[str, 1, TITLE_LIMIT] | None = None,
    ) -> None:
        """Listen to a clip and add it."""
        require_collaborator(playlist, asker_of(interaction))
        clip = asked_clip(file, link, self._services)
        # What is wrong is said before anybody waits; a site may still tell a better name.
        track_title(title or title_of(clip.name))
        if playlist.tracks >= MOST_TRACKS:
            raise PlaylistFull(MOST_TRACKS)
        await _add(interaction, playlist, clip, title, self._services)


async def _add(
    interaction: discord.Interaction[Any], playlist: Playlist, clip: Clip, title: str | None, services: Services
) -> None:
    surface = InteractionSurface.of(interaction)
    async with asking(surface, services) as request:
        heard = await request.analyze(clip.on_disk)
        try:
            added = await collect(
                heard,
                playlist.id,
                services,
                title=title or title_of(clip.name),
                adder=interaction.user.id,
                link=clip.link,
            )
            note = collected_words(added, playlist, surface.texts)
        except RequestError as error:
            # What was heard is told all the same.
            log_failure(error)
            note = str(error)
        await post_answer(
            heard,
            surface,
            services,
            send=request.answer,
            clip_name=title or clip.name,
            link=clip.link,
            note=note,
        )
