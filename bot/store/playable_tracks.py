"""Finds tracks that can be played in a round of the game."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import exists, func

from bot.playlists.track import Track
from bot.store.models import RoundRow, TrackRow
from bot.store.sessions import Sessions
from bot.store.track_query import COLUMNS, SETTLED, track_of, tracks_where
from classifier.result import Verdict

NAMES_A_GENRE: Final = (Verdict.CLEAR.value, Verdict.CLOSE_CALL.value)
"""Verdicts of which the bot's answer can be guessed."""


class PlayableTracks:
    """Finds them; `bot.store.rounds.Rounds` knows the rounds.

    Parameters
    ----------
    sessions
        Of the database.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def of(self, playlist_id: int, genres: Sequence[str]) -> tuple[tuple[int, bool], ...]:
        """Find the tracks that can be played in a round.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        genres
            Those that members can guess.

        Returns
        -------
        tuple of (int, bool)
            The id of each track that was heard, whose genre can be guessed and whose sound may be had again, and
            whether a round was played with it already.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        played = exists().where(RoundRow.track_id == TrackRow.id)
        query = tracks_where(TrackRow.id, played, playlist_id=playlist_id).where(
            TrackRow.model_key.is_not(None),
            TrackRow.verdict.in_(NAMES_A_GENRE),
            TrackRow.genre.in_(genres),
            func.coalesce(SETTLED, TrackRow.genre).in_(genres),
            TrackRow.link.is_not(None) | TrackRow.source_message.is_not(None),
        )
        async with self._sessions.reading() as session:
            rows = await session.execute(query.order_by(TrackRow.id))
            return tuple((track_id, bool(was_played)) for track_id, was_played in rows)

    async def get(self, playlist_id: int, track_ids: Sequence[int]) -> tuple[Track, ...]:
        """Return tracks that were found by `of`, without their tags.

        Parameters
        ----------
        playlist_id
            Of the playlist.
        track_ids
            A few.

        Returns
        -------
        tuple of Track
            In that order; without those that were removed meanwhile.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        query = tracks_where(*COLUMNS, playlist_id=playlist_id).where(TrackRow.id.in_(track_ids))
        async with self._sessions.reading() as session:
            found = {row.id: track_of(row, ()) for row in await session.execute(query)}
        return tuple(found[track_id] for track_id in track_ids if track_id in found)
