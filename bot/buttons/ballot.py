"""What a community votes on, by buttons and by a form in which a genre is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord
from discord import ui

from bot.buttons.click import Click
from bot.text import sentence_case
from bot.texts.phrases import genre_name

MOST_CHOICES: Final = 24
"""Genres that can be chosen: Discord takes 25 choices, and one is for no vote at all."""

NO_VOTE_VALUE: Final = "genre-bot:none"
"""What the menu sends for no vote; no genre can be called that, since its names hold no colon."""

FORM_SECONDS: Final = 900.0
"""How long discord.py keeps an open form in memory, in seconds; `bot.buttons.forms` takes it at any time."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What a member chose in a form.

    Parameters
    ----------
    genre
        The genre; None for no vote.
    """

    genre: str | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """A clip that a community votes on.

    Parameters
    ----------
    digest, community
        As in `bot.store.votes.Votes`.
    genres
        Those that can be voted for; the first `MOST_CHOICES` stand in the form.
    """

    digest: str
    community: int
    genres: tuple[str, ...]

    async def own(self, click: Click) -> str | None:
        """Return what the one who clicked votes for; None where that is nothing.

        Parameters
        ----------
        click
            The click.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        return await click.services.store.votes.of(self.digest, self.community, click.asker.id)

    async def ask(self, click: Click, form_id: str) -> None:
        """Answer a click with the form in which a genre is chosen.

        Parameters
        ----------
        click
            The click.
        form_id
            Custom id of the form.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        own = await self.own(click)
        texts = click.texts
        names = {genre: sentence_case(genre_name(genre, texts)) for genre in self._choices}
        options = [
            discord.SelectOption(label=name[:100], value=genre, default=genre == own)
            for genre, name in sorted(names.items(), key=lambda item: item[1])
        ]
        if own is not None:
            options.append(discord.SelectOption(label=texts("vote-none"), value=NO_VOTE_VALUE))
        form = ui.Modal(title=texts("vote-title"), custom_id=form_id, timeout=FORM_SECONDS)
        menu: ui.Select[Any] = ui.Select(placeholder=texts("vote-placeholder"), options=options)
        form.add_item(ui.Label(text=texts("vote-label"), component=menu))
        await click.ask(form)

    async def take(self, click: Click, chosen: Sequence[str]) -> Vote | None:
        """Count the vote of a form that was sent.

        Parameters
        ----------
        click
            The form; answered where it names no genre that can be chosen.
        chosen
            The values that it holds.

        Returns
        -------
        Vote or None
            What was counted; None where nothing was.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        if tuple(chosen) == (NO_VOTE_VALUE,):
            vote = Vote(None)
        elif len(chosen) == 1 and chosen[0] in self._choices:
            vote = Vote(chosen[0])
        else:
            await click.tell(click.texts("vote-unknown"))
            return None
        await self.count(click, vote)
        return vote

    async def count(self, click: Click, vote: Vote) -> None:
        """Count the vote of the one who clicked, in the place of an earlier one.

        Parameters
        ----------
        click
            The click.
        vote
            What is voted for.

        Raises
        ------
        StoreFailed
            If the database fails.
        """
        votes = click.services.store.votes
        if vote.genre is None:
            await votes.withdraw(self.digest, self.community, click.asker.id)
        else:
            await votes.cast(self.digest, self.community, click.asker.id, vote.genre)

    @property
    def _choices(self) -> tuple[str, ...]:
        return self.genres[:MOST_CHOICES]
