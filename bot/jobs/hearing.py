"""Hears one track of a job, and notes what came of it in the same transaction as that it has ended."""

from __future__ import annotations

from bot.found_again import ReadMessage, clips_of
from bot.heard import Heard
from bot.jobs.errors import FileGone
from bot.jobs.job import Item, ItemState
from bot.media.clip import Clip
from bot.media.linked_clip import LinkedClip
from bot.media.links import parse_link
from bot.playlists.errors import NoSuchTrack
from bot.playlists.hearing import hearing_of
from bot.playlists.track import TITLE_LIMIT, NewTrack, Track
from bot.services import Services
from bot.text import printable
from classifier.result import Analysis


class ItemHearing:
    """Hears tracks of jobs.

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

    async def hear(self, item: Item) -> ItemState | None:
        """Hear a track, and end its item.

        Parameters
        ----------
        item
            A track that was begun.

        Returns
        -------
        ItemState or None
            Done or known; None where its job is over or gone.

        Raises
        ------
        NoSuchPlaylist
            If the job cannot go on until its playlist is brought back.
        PlaylistFull
            If the job cannot go on.
        BotError, ClassifierError
            If the track cannot be had.
        """
        if item.track_id is None:
            return await self._add(item)
        store = self._services.store
        try:
            track = await store.track_pages.get(item.track_id, item.guild)
        except NoSuchTrack:
            # Those of a playlist that was deleted come back with it.
            await store.playlists.get(item.playlist_id)
            raise
        digest, analysis = await self._again(track)
        hearing = hearing_of(analysis, self._services.model_key)
        return await store.job_items.hear(item, track.id, digest, hearing, duration=analysis.audio.duration)

    async def _add(self, item: Item) -> ItemState | None:
        assert item.link is not None
        clip = self._linked(item.link, site_only=item.is_listed)
        # Where a list does not tell what a track is called, its page may.
        nameless = item.title == clip.name
        heard = await self._listen(clip)
        analysis = heard.answer.analysis
        track = NewTrack(
            title=printable(clip.name, limit=TITLE_LIMIT) if nameless else item.title,
            digest=heard.digest,
            link=item.link,
            duration=analysis.audio.duration,
            heard=hearing_of(analysis, self._services.model_key),
        )
        return await self._services.store.job_items.add(item, track)

    async def _again(self, track: Track) -> tuple[str, Analysis]:
        if track.digest is not None:
            known = await self._services.store.analyses.get(track.digest, self._services.model_key)
            if known is not None:
                return track.digest, known
        for clip in await clips_of(track, self._services, self._read_message):
            heard = await self._listen(clip)
            # What a site sends may change; a file does not.
            if track.link is not None or track.digest in {None, heard.digest}:
                return heard.digest, heard.answer.analysis
        raise FileGone

    async def _listen(self, clip: Clip) -> Heard:
        return await self._services.analyzer.analyze_in_background(clip.on_disk)

    def _linked(self, link: str, *, site_only: bool = False) -> Clip:
        return LinkedClip(parse_link(link), self._services.links, site_only=site_only, background=True)
