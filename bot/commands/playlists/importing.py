"""Filling playlists with many tracks at once, and hearing all of one anew."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.asker import asker_of
from bot.cards.analysis import safe_name
from bot.cards.import_notes import NOTES_NAME, notes_text, notes_words
from bot.cards.jobs import jobs_card
from bot.commands.playlists.options import PlaylistOption
from bot.jobs.beginning import place_of, show_begun
from bot.jobs.errors import NothingToRetag
from bot.jobs.rights import may_change_job
from bot.media.links import Link, parse_link
from bot.media.list_file import read_list_file
from bot.playlists.errors import FileOrLinkToImport, NoTracksInFile
from bot.playlists.formats.formats import read_playlist
from bot.playlists.importing import tracks_of_file
from bot.playlists.playlist import MOST_TRACKS, Playlist
from bot.playlists.rights import require_collaborator, require_owner
from bot.playlists.track import TITLE_LIMIT
from bot.services import Services
from bot.store.utc import utc_now
from bot.surfaces.interaction import may_write_in
from bot.text import printable
from bot.texts.catalogue import texts_for
from bot.texts.command_names import told


class ImportingCommands(commands.Cog):
    """``/playlist import`` and other long jobs."""

    _services: Services

    @app_commands.command(name=told("command-playlist-import"), description=told("command-playlist-import.description"))
    @app_commands.rename(
        playlist=told("command-playlist.playlist"),
        link=told("command-playlist-import.link"),
        file=told("command-playlist-import.file"),
    )
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"),
        link=told("command-playlist-import.link-description"),
        file=told("command-playlist-import.file-description"),
    )
    async def import_many(
        self,
        interaction: discord.Interaction[Any],
        playlist: PlaylistOption,
        link: str | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Add what a link to many tracks leads to, or what is listed in a file."""
        require_collaborator(playlist, asker_of(interaction))
        if file is not None and link is None:
            await _import_file(interaction, playlist, file, self._services)
        elif link is not None and file is None:
            await _import_link(interaction, playlist, parse_link(link), self._services)
        else:
            raise FileOrLinkToImport

    @app_commands.command(name=told("command-playlist-retag"), description=told("command-playlist-retag.description"))
    @app_commands.rename(playlist=told("command-playlist.playlist"))
    @app_commands.describe(playlist=told("command-playlist.playlist-description"))
    async def retag(self, interaction: discord.Interaction[Any], playlist: PlaylistOption) -> None:
        """Listen to the tracks again that the present model has not heard."""
        require_owner(playlist, asker_of(interaction))
        place = place_of(interaction)
        with self._services.requests.one():
            await interaction.response.defer()
            try:
                job_id = await self._services.store.job_starts.begin_retag(
                    playlist.id, playlist.name, place, model_key=self._services.model_key
                )
            except NothingToRetag:
                text = texts_for(interaction.locale)("retag-nothing", playlist=safe_name(playlist.name))
                await interaction.edit_original_response(content=text)
                return
            await show_begun(interaction, job_id)

    @app_commands.command(
        name=told("command-playlist-imports"), description=told("command-playlist-imports.description")
    )
    async def imports(self, interaction: discord.Interaction[Any]) -> None:
        """List what was imported of late, and show in a new message what is under way and the member may move."""
        store, board = self._services.store, interaction.client.jobs.board
        assert interaction.guild_id is not None
        with self._services.requests.one():
            await interaction.response.defer()
            jobs = await store.jobs.of_guild(interaction.guild_id)
            counts = await store.jobs.counts([job.id for job in jobs])
            await interaction.edit_original_response(embed=jobs_card(jobs, counts, texts_for(interaction.locale)))
            for job in reversed(jobs):
                if job.state.is_over or not may_write_in(interaction):
                    continue
                # Others only see the list, unless nobody sees how far it is: its message may have been deleted.
                if may_change_job(job, asker_of(interaction)) or not await board.draw(job.id):
                    reply = await board.reply(job)
                    await board.move(job, await interaction.followup.send(**reply.as_new(), wait=True))


async def _import_link(
    interaction: discord.Interaction[Any], playlist: Playlist, link: Link, services: Services
) -> None:
    place = place_of(interaction)
    with services.requests.one():
        await interaction.response.defer()
        job_id = await services.store.job_starts.begin_link(playlist.id, link.url, link.host, place)
        await show_begun(interaction, job_id)


async def _import_file(
    interaction: discord.Interaction[Any], playlist: Playlist, file: discord.Attachment, services: Services
) -> None:
    place = place_of(interaction)
    with services.requests.one():
        await interaction.response.defer()
        data = await read_list_file(file, fetch=services.fetch)
        # Reading a large file takes seconds, in which others are answered.
        _, read = await asyncio.to_thread(
            read_playlist,
            data,
            most_tracks=MOST_TRACKS,
            file_name=file.filename,
            content_type=file.content_type,
        )
        tracks = tracks_of_file(read.playlist, importer=interaction.user.id, now=utc_now())
        if not tracks:
            raise NoTracksInFile
        name = printable(file.filename, limit=TITLE_LIMIT)
        job_id = await services.store.job_starts.begin_file(playlist.id, name, place, tracks=tracks)
        await show_begun(interaction, job_id)
        if read.notes:
            notes = notes_text(read)
            await interaction.followup.send(
                notes_words(read, texts_for(interaction.locale)),
                file=discord.File(io.BytesIO(notes.encode()), NOTES_NAME),
            )
