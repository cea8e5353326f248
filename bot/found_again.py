"""Finds the sound of a track again: no audio is kept, only where it came from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord

from bot.clips import clips_in
from bot.media.clip import Clip
from bot.media.linked_clip import LinkedClip
from bot.media.links import parse_link
from bot.playlists.track import Track
from bot.services import Services

ReadMessage = Callable[[int, int], Awaitable[discord.Message | None]]
"""Reads the message of a channel; None where it is gone, or the bot may not read it."""


async def clips_of(track: Track, services: Services, read_message: ReadMessage) -> tuple[Clip, ...]:
    """Return the clips of which one may be a track, for work that nobody waits for.

    Parameters
    ----------
    track
        Of a playlist.
    services
        What the clips are fetched with.
    read_message
        Where files of messages are found again.

    Returns
    -------
    tuple of Clip
        The likeliest first: of a message that was edited, the place of a file may have changed. Empty where nothing
        leads to the track any more.

    Raises
    ------
    NotALink
        If its link is none that is opened.
    DownloadFailed
        If Discord cannot be reached.
    """
    if track.link is not None:
        return (LinkedClip(parse_link(track.link), services.links, background=True),)
    source = track.source
    message = None if source is None else await read_message(source.channel, source.message)
    if source is None or message is None:
        return ()
    clips = clips_in(message, services, links=False)
    places = sorted(range(len(clips)), key=lambda place: (abs(place - source.position), place))
    return tuple(clips[place] for place in places)
