"""Lays playlists out by sound, and keeps what came of it: a published one may be looked at by many."""

from __future__ import annotations

import hashlib
from typing import Final

from bot.drawing.findings import PlaylistMap
from bot.drawing.looks import lay_out_playlist
from bot.drawing.process import DrawingProcess
from bot.looking import FEWEST, sounds_of
from bot.store.track_pages import TrackSound
from bot.web.here import MEMBER, STRANGERS

MOST_KEPT: Final = 20
"""Layouts that are kept; that of 10,000 tracks takes 0.2 MB, and of others less."""

Key = tuple[int, str]


class Layouts:
    """Knows how playlists are laid out; asked by one request at a time from either side.

    Parameters
    ----------
    drawing
        Lays them out.
    """

    def __init__(self, drawing: DrawingProcess) -> None:
        self._drawing = drawing
        self._kept: dict[Key, PlaylistMap] = {}

    async def of(self, playlist_id: int, heard: tuple[TrackSound, ...], *, is_public: bool) -> PlaylistMap:
        """Lay out the tracks of a playlist, or tell how that was the last time.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        heard
            Its tracks that the bot has heard.
        is_public
            Whether a stranger looks: they keep nobody waiting who was let in.

        Returns
        -------
        PlaylistMap

        Raises
        ------
        TooFewTracks
            If there are fewer than it takes.
        LookingError
            If it does not come to an end.
        """
        key = playlist_id, _digest(heard)
        known = self._kept.pop(key, None)
        if known is None:
            sounds = sounds_of(heard, needed=FEWEST)
            known = await self._drawing.run(
                lay_out_playlist, sounds, playlist_id, member=STRANGERS if is_public else MEMBER
            )
        # The one that was asked for last goes last.
        self._kept[key] = known
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        return known


def _digest(heard: tuple[TrackSound, ...]) -> str:
    """Return what differs where other tracks, other sounds or other genres are laid out."""
    digest = hashlib.sha256()
    for track in heard:
        digest.update(f"{track.id} {track.genre} ".encode())
        digest.update(track.embedding or b"")
    return digest.hexdigest()
