"""What messages show of playlists, so that their buttons turn pages after a restart, too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, update

from bot.playlists.errors import PageForgotten
from bot.playlists.place import Place
from bot.store.ids import is_id
from bot.store.models import PlaylistViewRow
from bot.store.playlists import hold_playlist
from bot.store.sessions import Sessions, delete_counted
from bot.store.upsert import insert_into
from bot.store.utc import Clock, utc_now

KEEP_VIEWS: Final = timedelta(days=30)
"""How long a page that nobody turns is remembered: its message is far up in the channel by then."""

PLACE: Final = TypeAdapter(Place)
"""Turns a place into JSON and back."""


@dataclass(frozen=True, slots=True)
class PlaylistView:
    """What a message shows of a playlist.

    Parameters
    ----------
    id
        Its own; never used again.
    playlist_id
        Of the playlist.
    opener
        Discord's id of the member who opened it: nobody else turns these pages.
    place
        What is shown.
    """

    id: int
    playlist_id: int
    opener: int
    place: Place


class PlaylistViews:
    """Remembers what messages show of playlists until nobody has turned their pages for a while.

    Parameters
    ----------
    sessions
        Of the database.
    clock
        Tells the time.
    """

    def __init__(self, sessions: Sessions, *, clock: Clock = utc_now) -> None:
        self._sessions = sessions
        self._clock = clock

    async def open(self, playlist_id: int, opener: int, place: Place) -> int:
        """Remember what a message is about to show.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        opener
            Discord's id of the member who opens it.
        place
            What is shown.

        Returns
        -------
        int
            Its id.

        Raises
        ------
        NoSuchPlaylist
            If there is none, or not any more.
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await hold_playlist(session, playlist_id)
            view_id: int | None = await session.scalar(
                insert_into(session, PlaylistViewRow)
                .values(playlist_id=playlist_id, opener=opener, wanted=_text(place), used_at=self._clock())
                .returning(PlaylistViewRow.id)
            )
        assert view_id is not None
        return view_id

    async def get(self, view_id: int) -> PlaylistView:
        """Return what a message shows.

        Parameters
        ----------
        view_id
            Any number: it may come from outside.

        Returns
        -------
        PlaylistView

        Raises
        ------
        PageForgotten
            If it was swept away, or was written by a bot that knew other filters.
        StoreFailed
            If the database fails.
        """
        if not is_id(view_id):
            raise PageForgotten
        async with self._sessions.reading() as session:
            row = await session.get(PlaylistViewRow, view_id)
        if row is None:
            raise PageForgotten
        try:
            place = PLACE.validate_json(row.wanted)
        except ValidationError as error:
            raise PageForgotten from error
        return PlaylistView(row.id, row.playlist_id, row.opener, place)

    async def change(self, view_id: int, place: Place) -> None:
        """Note that a message shows something else now; nothing happens where it was swept away.

        Parameters
        ----------
        view_id
            Of what `open` returned.
        place
            What is shown.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        async with self._sessions.writing() as session:
            await session.execute(
                update(PlaylistViewRow)
                .where(PlaylistViewRow.id == view_id)
                .values(wanted=_text(place), used_at=self._clock())
            )

    async def sweep(self, older_than: timedelta = KEEP_VIEWS) -> int:
        """Forget what nobody has looked at for a while.

        Parameters
        ----------
        older_than
            How long ago.

        Returns
        -------
        int
            How many went.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        oldest = self._clock() - older_than
        async with self._sessions.writing() as session:
            return await delete_counted(session, delete(PlaylistViewRow).where(PlaylistViewRow.used_at < oldest))


def _text(place: Place) -> str:
    return PLACE.dump_json(place, exclude_defaults=True).decode()
