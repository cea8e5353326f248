"""Shows rounds: how many have guessed, and at the end who was right."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import discord

from bot.cards.game import result_card, round_card
from bot.errors import StoreFailed
from bot.failing import log_failure
from bot.game.errors import NoSuchRound
from bot.game.round import Round, RoundState
from bot.logs import get_logger
from bot.playlists.errors import NoSuchTrack
from bot.playlists.track import Track
from bot.store.database import Store
from bot.surfaces.surface import DELIVERY_ERRORS
from bot.texts.catalogue import texts_in

log = get_logger(__name__)

EDIT_EVERY_SECONDS: Final = 2.0
"""Least time from one count of guesses to the next, in seconds: Discord takes about one edit a second in a channel."""

Channel = Callable[[int, int], discord.PartialMessageable]
"""Returns the channel with an id, of the server with an id, whether it is there or not."""


@dataclass(slots=True)
class _Shown:
    """What is known of a round only while the bot runs."""

    is_stale: bool = False
    task: asyncio.Task[None] | None = None
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)


class RoundBoard:
    """Keeps the messages of rounds up to date.

    Parameters
    ----------
    store
        Tells how far they are.
    channel
        Where the messages are.
    """

    def __init__(self, store: Store, channel: Channel) -> None:
        self._store = store
        self._channel = channel
        self._rounds: defaultdict[int, _Shown] = defaultdict(_Shown)

    def guessed(self, round_id: int) -> None:
        """Show the number of guesses as soon as the pace allows.

        Parameters
        ----------
        round_id
            Of the round.
        """
        shown = self._rounds[round_id]
        shown.is_stale = True
        if shown.task is None or shown.task.done():
            shown.task = asyncio.create_task(self._keep_counting(round_id, shown))

    async def tell(self, ended: Round) -> bool:
        """Show the result of a round that was judged, in the place of its buttons.

        Parameters
        ----------
        ended
            The round.

        Returns
        -------
        bool
            Whether that is done, or nobody can see it any more; otherwise Discord could not be reached.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        shown = self._rounds[ended.id]
        async with shown.drawing:
            if shown.task is not None:
                # Nobody counts any more; what is being shown has been, by this lock.
                shown.task.cancel()
            track = await self._track(ended)
            votes = (
                ()
                if track is None or track.digest is None
                else await self._store.votes.tally(track.digest, ended.guild)
            )
            card = result_card(
                ended,
                await self._store.rounds.guesses(ended.id),
                track=track,
                votes=votes,
                hidden=await self._store.statistics.hidden(ended.guild),
                texts=texts_in(ended.language),
            )
            is_told = await self._edit(ended, card, is_over=True)
        self._rounds.pop(ended.id, None)
        return is_told

    async def stop(self) -> None:
        """Count no further."""
        tasks = [shown.task for shown in self._rounds.values() if shown.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _track(self, ended: Round) -> Track | None:
        if ended.track_id is None:
            return None
        try:
            return await self._store.track_pages.get(ended.track_id, ended.guild)
        except NoSuchTrack:
            return None

    async def _keep_counting(self, round_id: int, shown: _Shown) -> None:
        while shown.is_stale:
            shown.is_stale = False
            try:
                async with shown.drawing:
                    played = await self._store.rounds.get(round_id)
                    if played.state is not RoundState.OPEN:
                        return
                    await self._edit(played, round_card(played, texts_in(played.language)))
            except NoSuchRound:
                return
            except StoreFailed as error:
                log_failure(error)
            await asyncio.sleep(EDIT_EVERY_SECONDS)

    async def _edit(self, played: Round, card: discord.Embed, *, is_over: bool = False) -> bool:
        """Change the message of a round; tell whether there is no use in trying again."""
        if played.message is None:
            return True
        message = self._channel(played.channel, played.guild).get_partial_message(played.message)
        try:
            if is_over:
                await message.edit(embed=card, view=None)
            else:
                await message.edit(embed=card)
        except (discord.NotFound, discord.Forbidden) as error:
            log.info("the message of a round cannot be changed any more", error=str(error))
        except DELIVERY_ERRORS as error:
            log.warning("a round could not be shown", error=str(error))
            return False
        return True
