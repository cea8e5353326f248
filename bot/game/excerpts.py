"""Gets a few seconds of a track again, under no name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from bot.found_again import ReadMessage, clips_of
from bot.heard import digest_of
from bot.jobs.errors import FileGone
from bot.media.clip import Clip
from bot.playlists.track import Track
from bot.services import Services

EXCERPT_SECONDS: Final = 15.0
"""Length of what is played, in seconds: short enough to be heard twice in a round (0.7 MB as a WAV file)."""


class Excerpts:
    """Cuts excerpts out of tracks.

    Parameters
    ----------
    services
        What it takes.
    read_message
        Where files of messages are found again.
    """

    def __init__(self, services: Services, read_message: ReadMessage) -> None:
        self._services = services
        self._read_message = read_message

    async def cut(self, track: Track) -> bytes:
        """Fetch a track and cut an excerpt out of it.

        Parameters
        ----------
        track
            With a link, or a message that its file came from.

        Returns
        -------
        bytes
            A WAV file that does not tell what it is.

        Raises
        ------
        FileGone
            If nothing leads to it any more.
        BotError, ClassifierError
            If it cannot be fetched or decoded.
        """
        for clip in await clips_of(track, self._services, self._read_message):
            try:
                return await self._services.analyzer.excerpt_in_background(
                    partial(_same, clip, track), seconds=EXCERPT_SECONDS
                )
            except FileGone:
                continue
        raise FileGone


@asynccontextmanager
async def _same(clip: Clip, track: Track) -> AsyncIterator[Path]:
    """Hold a clip on the disk if it is the track and no other file of the same message."""
    async with clip.on_disk() as path:
        # What a site sends may change; a file does not.
        if track.link is None and track.digest not in {None, await asyncio.to_thread(digest_of, path)}:
            raise FileGone
        yield path
