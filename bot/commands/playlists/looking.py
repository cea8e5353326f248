"""Looking at a playlist as a whole: its genres, its map, and which of its tracks go together."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.alike import neighbours_card, odd_card
from bot.cards.fingerprint import FINGERPRINT_NAME, fingerprint_alt_text, fingerprint_card, fingerprint_words
from bot.cards.picture import Picture
from bot.cards.playlist_map import MAP_NAME, map_alt_text, map_card, map_words
from bot.cards.running_order import order_card, order_text
from bot.cards.track_words import track_address
from bot.commands.playlists.options import PlaylistOption, TrackOption
from bot.drawing.errors import NotHeardYet, TooFewTracks, TooManyTracks
from bot.drawing.looks import draw_mix, find_neighbours, find_oddest, map_playlist, put_in_order
from bot.drawing.sounds import Sounds
from bot.looking import FEWEST, look_at, mix_of, names_of, sounds_of
from bot.playlists.errors import NoSuchTrack
from bot.playlists.exporting import exported, portable_list
from bot.playlists.formats.formats import M3U8
from bot.services import Services
from bot.surfaces.surface import Reply
from bot.texts.command_names import told

FEWEST_FOR_ODD: Final = 4
"""Tracks of which one can be the odd one: of three, each may be."""

FEWEST_FOR_NEIGHBOURS: Final = 2
"""The track itself and one more."""

NEIGHBOURS: Final = 10
"""Tracks that are told to sound like one."""

LONGEST_ORDER: Final = 2_000
"""Tracks that are put in order: that takes a second, and ten thousand would take twelve."""


class LookingCommands(commands.Cog):
    """``/playlist fingerprint`` and the others that look at all tracks of a playlist at once."""

    _services: Services

    @app_commands.command(
        name=told("command-playlist-fingerprint"), description=told("command-playlist-fingerprint.description")
    )
    @app_commands.rename(playlist=told("command-playlist.playlist"))
    @app_commands.describe(playlist=told("command-playlist.playlist-description"))
    async def fingerprint(self, interaction: discord.Interaction[Any], playlist: PlaylistOption) -> None:
        """Show the genres of a playlist over time and by member."""
        assert interaction.guild is not None
        with self._services.requests.one():
            look = await look_at(playlist, interaction, self._services, needed=FEWEST)
            mix = await mix_of(look.tracks, playlist.guild, self._services)
            names = await names_of(mix.named, interaction.guild)
            texts = look.texts
            picture = Picture(
                FINGERPRINT_NAME,
                await look.run(draw_mix, mix, fingerprint_words(mix, names, texts)),
                fingerprint_alt_text(mix, names, texts),
            )
            uncounted = len(look.tracks) - mix.tracks
            card = fingerprint_card(mix, playlist_name=playlist.name, uncounted=uncounted, texts=texts)
            await look.surface.answer(Reply(card.set_image(url=picture.url), picture))

    @app_commands.command(name=told("command-playlist-map"), description=told("command-playlist-map.description"))
    @app_commands.rename(playlist=told("command-playlist.playlist"))
    @app_commands.describe(playlist=told("command-playlist.playlist-description"))
    async def map(self, interaction: discord.Interaction[Any], playlist: PlaylistOption) -> None:
        """Show the tracks of a playlist, laid out by how they sound."""
        with self._services.requests.one():
            look = await look_at(playlist, interaction, self._services, needed=FEWEST)
            tracks, texts = look.heard, look.texts
            drawn = await look.run(
                map_playlist, sounds_of(tracks, needed=FEWEST), map_words(tracks, texts), playlist.id
            )
            picture = Picture(MAP_NAME, drawn.picture, map_alt_text(drawn.laid_out, tracks, texts))
            card = map_card(drawn.laid_out, tracks, playlist_name=playlist.name, unheard=look.unheard, texts=texts)
            await look.surface.answer(Reply(card.set_image(url=picture.url), picture))

    @app_commands.command(
        name=told("command-playlist-odd-one-out"), description=told("command-playlist-odd-one-out.description")
    )
    @app_commands.rename(playlist=told("command-playlist.playlist"))
    @app_commands.describe(playlist=told("command-playlist.playlist-description"))
    async def odd_one_out(self, interaction: discord.Interaction[Any], playlist: PlaylistOption) -> None:
        """Show the track that sounds least like the others."""
        with self._services.requests.one():
            look = await look_at(playlist, interaction, self._services, needed=FEWEST_FOR_ODD)
            tracks = look.heard
            oddest = await look.run(find_oddest, Sounds.of(tracks))
            if oddest is None:
                raise TooFewTracks(FEWEST_FOR_ODD)
            odd = tracks[oddest.outlier.place]
            try:
                address = track_address(
                    await self._services.store.track_pages.get(odd.id, playlist.guild), playlist.guild
                )
            except NoSuchTrack:
                # Removed meanwhile, and still what was asked about.
                address = None
            card = odd_card(oddest, odd, address, playlist_name=playlist.name, unheard=look.unheard, texts=look.texts)
            await look.surface.answer(Reply(card))

    @app_commands.command(
        name=told("command-playlist-smooth-order"), description=told("command-playlist-smooth-order.description")
    )
    @app_commands.rename(playlist=told("command-playlist.playlist"))
    @app_commands.describe(playlist=told("command-playlist.playlist-description"))
    async def smooth_order(self, interaction: discord.Interaction[Any], playlist: PlaylistOption) -> None:
        """Put the tracks of a playlist in an order without large jumps, and hand it over as files."""
        if playlist.tracks > LONGEST_ORDER:
            raise TooManyTracks(LONGEST_ORDER)
        with self._services.requests.one():
            look = await look_at(playlist, interaction, self._services, needed=FEWEST)
            order = await look.run(put_in_order, Sounds.of(look.tracks))
            pages, texts = self._services.store.track_pages, look.texts
            known = {track.id: track for track in await pages.all_of(playlist.id)}
            # Without those that were removed meanwhile.
            ids = (look.tracks[place].id for place in order.places)
            tracks = [known[track_id] for track_id in ids if track_id in known]
            listed = portable_list(playlist, tracks, await pages.votes_of(playlist.id))
            file = await asyncio.to_thread(exported, listed, M3U8, most_bytes=interaction.filesize_limit)
            words = order_text(order, tracks, playlist_name=playlist.name, texts=texts)
            title = texts("order-title", name=playlist.name)
            files = (
                Picture(file.name, file.data, title),
                Picture(f"{file.name.removesuffix(M3U8.endings[0])}.txt", words, title),
            )
            card = order_card(order, tracks, playlist_name=playlist.name, texts=texts)
            await look.surface.answer(Reply(card, files=files))

    @app_commands.command(
        name=told("command-playlist-neighbours"), description=told("command-playlist-neighbours.description")
    )
    @app_commands.rename(playlist=told("command-playlist.playlist"), track=told("command-playlist.track"))
    @app_commands.describe(
        playlist=told("command-playlist.playlist-description"), track=told("command-playlist.track-description")
    )
    async def neighbours(
        self, interaction: discord.Interaction[Any], playlist: PlaylistOption, track: TrackOption
    ) -> None:
        """Show the tracks that sound most like one."""
        with self._services.requests.one():
            look = await look_at(playlist, interaction, self._services, needed=FEWEST_FOR_NEIGHBOURS)
            if all(known.id != track for known in look.tracks):
                raise NoSuchTrack
            tracks = look.heard
            place = next((place for place, known in enumerate(tracks) if known.id == track), None)
            if place is None:
                raise NotHeardYet
            sounds = sounds_of(tracks, needed=FEWEST_FOR_NEIGHBOURS)
            found = await look.run(find_neighbours, sounds, place, NEIGHBOURS)
            card = neighbours_card(found, tracks, tracks[place], unheard=look.unheard, texts=look.texts)
            await look.surface.answer(Reply(card))
