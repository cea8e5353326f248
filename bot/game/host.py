"""Begins rounds, ends them in time, and goes on with them after a restart.

Everything that has to last is in the database before the next thing begins. What is here may be lost at any moment.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, Final

from bot.errors import BotError, ShuttingDown, StoreFailed
from bot.failing import log_failure
from bot.game.board import RoundBoard
from bot.game.errors import NoSuchRound, NothingToGuess, NothingToPlay, RoundIsOpen
from bot.game.excerpts import Excerpts
from bot.game.round import NewRound, Round, RoundState, choices_of
from bot.playlists.playlist import Playlist
from bot.playlists.track import Track
from bot.services import Services
from classifier.errors import ClassifierError

ROUND_SECONDS: Final = 60.0
"""How long members may guess, in seconds."""

MOST_TRIED: Final = 4
"""Tracks that are tried before a round is given up: each may be a site's whole time-out."""

PICK_WITHIN_SECONDS: Final = 180.0
"""Most time in which a track has to be found and cut, in seconds: members stop waiting long before."""

STORE_PAUSE_SECONDS: Final = 10.0
"""How long to wait where the database fails at the end of a round, in seconds."""

Post = Callable[[Round, bytes], Awaitable[int]]
"""Shows a round with its excerpt, and returns Discord's id of the message."""


class GameHost:
    """Plays the rounds of all servers.

    Parameters
    ----------
    services
        What it takes.
    excerpts
        Where the sound comes from.
    board
        Shows rounds.
    sleep
        Waits for a number of seconds.
    """

    def __init__(
        self,
        services: Services,
        excerpts: Excerpts,
        board: RoundBoard,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._services = services
        self._excerpts = excerpts
        self._board = board
        self._sleep = sleep
        self._random = random.SystemRandom()
        self._beginning: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def board(self) -> RoundBoard:
        """What shows rounds."""
        return self._board

    def wake(self) -> None:
        """Go on with the rounds that were not ended when the bot was stopped."""
        self._start(self._go_on())

    async def stop(self) -> None:
        """End no round any more: the next start does."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._board.stop()

    async def require_free(self, channel: int) -> None:
        """Make sure that a round can begin in a channel.

        Parameters
        ----------
        channel
            Discord's id of the channel.

        Raises
        ------
        RoundIsOpen
            If one is played there, or about to begin.
        StoreFailed
            If the database fails.
        """
        if channel in self._beginning:
            raise RoundIsOpen(None)
        await self._services.store.rounds.require_none_open(channel)

    async def begin(self, playlist: Playlist, channel: int, language: str, post: Post) -> None:
        """Play a track of a playlist.

        Parameters
        ----------
        playlist
            What is played.
        channel
            Discord's id of the channel.
        language
            To show it in.
        post
            Shows it.

        Raises
        ------
        RoundIsOpen
            If a round is played there already.
        NothingToGuess, NothingToPlay
            If no track can be played.
        ShuttingDown
            If the bot stops.
        StoreFailed
            If the database fails.
        discord.HTTPException
            If Discord does not take the message.
        """
        rounds = self._services.store.rounds
        with self._begun_once(channel):
            track, excerpt = await self._pick(playlist)
            assert track.genre is not None
            assert track.probability is not None
            new = NewRound(
                guild=playlist.guild,
                playlist_id=playlist.id,
                track_id=track.id,
                channel=channel,
                bot_genre=track.genre,
                probability=track.probability,
                choices=choices_of(self._services.facts.genres, track.genre, track.settled, self._random),
                language=language,
            )
            played = await rounds.open(new, ROUND_SECONDS)
            try:
                message = await post(played, excerpt)
            except BaseException:
                # Nobody could guess, and the channel would wait for it.
                await rounds.drop(played.id)
                raise
            self._start(self._end_in_time(played))
            await rounds.place(played.id, message)

    @contextmanager
    def _begun_once(self, channel: int) -> Iterator[None]:
        if channel in self._beginning:
            raise RoundIsOpen(None)
        self._beginning.add(channel)
        try:
            yield
        finally:
            self._beginning.discard(channel)

    async def _pick(self, playlist: Playlist) -> tuple[Track, bytes]:
        """Choose a track at random, one that was not played yet where there is one, and get its sound."""
        playable_tracks = self._services.store.playable_tracks
        playable = await playable_tracks.of(playlist.id, self._services.facts.genres)
        if not playable:
            raise NothingToGuess
        shuffled = self._random.sample(playable, len(playable))
        # Sorting keeps the order of those that are alike.
        chosen = [track_id for track_id, _ in sorted(shuffled, key=itemgetter(1))][:MOST_TRIED]
        tracks = await playable_tracks.get(playlist.id, chosen)
        deadline = asyncio.timeout(PICK_WITHIN_SECONDS)
        try:
            async with deadline:
                for track in tracks:
                    try:
                        return track, await self._excerpts.cut(track)
                    except ShuttingDown:
                        raise
                    except (BotError, ClassifierError) as error:
                        log_failure(error)
        except TimeoutError:
            if not deadline.expired():
                raise
        raise NothingToPlay(len(chosen))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _go_on(self) -> None:
        while True:
            try:
                unfinished = await self._services.store.rounds.unfinished()
            except StoreFailed as error:
                log_failure(error)
                await self._sleep(STORE_PAUSE_SECONDS)
            else:
                break
        for played in unfinished:
            self._start(self._end_in_time(played))

    async def _end_in_time(self, played: Round) -> None:
        await self._sleep(self._services.store.rounds.seconds_left(played))
        while True:
            try:
                await self._end(played.id)
            except NoSuchRound:
                return
            except StoreFailed as error:
                log_failure(error)
                await self._sleep(STORE_PAUSE_SECONDS)
            else:
                return

    async def _end(self, round_id: int) -> None:
        rounds = self._services.store.rounds
        await rounds.close(round_id)
        ended = await rounds.get(round_id)
        if ended.message is None:
            await rounds.drop(round_id)
        elif ended.state is RoundState.CLOSED and await self._board.tell(ended):
            await rounds.note_told(round_id)
