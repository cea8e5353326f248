"""What a round of the game is, who guessed what in it, and who has how many points."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

POINTS_FOR_RIGHT: Final = 1
"""For a guess that is right, as the bot's answer is."""

POINTS_FOR_BEATING: Final = 2
"""For a guess that is right where the bot is wrong."""

MOST_CHOICES: Final = 10
"""Genres that can be guessed: two rows of buttons on a phone, and all genres of the model that ships."""


class RoundState(StrEnum):
    """How far a round is."""

    OPEN = "open"
    """Members guess."""
    CLOSED = "closed"
    """It was judged, and nobody has been told yet."""
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round that is to begin.

    Parameters
    ----------
    guild, playlist_id, track_id
        What is played, and in which server.
    channel
        Discord's id of the channel.
    bot_genre, probability
        The bot's answer.
    choices
        The genres on the buttons, in order; the bot's is one of them.
    language
        That it is shown in.
    """

    guild: int
    playlist_id: int
    track_id: int
    channel: int
    bot_genre: str
    probability: float
    choices: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round.

    Parameters
    ----------
    id
        Its own; never used again.
    guild, channel, bot_genre, probability, choices, language
        As in `NewRound`.
    track_id
        What is played; None where the track is gone.
    message
        Discord's id of its message; None until that was sent.
    state
        How far it is.
    answer
        The genre that is right; None while members guess.
    ends_at
        From when on no guess counts.
    guesses
        How many members have guessed.
    """

    id: int
    guild: int
    channel: int
    track_id: int | None
    message: int | None
    state: RoundState
    bot_genre: str
    probability: float
    choices: tuple[str, ...]
    answer: str | None
    language: str
    ends_at: datetime
    guesses: int

    @property
    def bot_is_right(self) -> bool:
        """Whether the bot's answer is right."""
        return self.bot_genre == self.answer

    @property
    def points(self) -> int:
        """How many points a right guess brings."""
        return POINTS_FOR_RIGHT if self.bot_is_right else POINTS_FOR_BEATING


@dataclass(frozen=True, slots=True)
class Guess:
    """What a member guesses.

    Parameters
    ----------
    member
        Discord's id of the user.
    genre
        One of the choices.
    """

    member: int
    genre: str


@dataclass(frozen=True, slots=True)
class Score:
    """What a member has won in a server.

    Parameters
    ----------
    member
        Discord's id of the user.
    points
        Over all rounds.
    rounds
        In how many the member guessed, at least 1.
    right
        In how many of them rightly.
    """

    member: int
    points: int
    rounds: int
    right: int


def choices_of(genres: Sequence[str], heard: str, settled: str | None, chance: random.Random) -> tuple[str, ...]:
    """Choose the genres that stand on the buttons.

    Parameters
    ----------
    genres
        Those that the model knows.
    heard, settled
        What the bot says, and what the community does; None where it has settled on nothing. These always stand there.
    chance
        Chooses the others where there are too many.

    Returns
    -------
    tuple of str
        At most `MOST_CHOICES`, in order of the alphabet, so that nothing tells which one is right.
    """
    needed = {genre for genre in (heard, settled) if genre is not None}
    others = [genre for genre in genres if genre not in needed]
    return tuple(sorted({*needed, *chance.sample(others, min(len(others), MOST_CHOICES - len(needed)))}))


def ranked(scores: Sequence[Score]) -> tuple[tuple[int, Score], ...]:
    """Give members their ranks.

    Parameters
    ----------
    scores
        Most points first.

    Returns
    -------
    tuple of (int, Score)
        Whoever has as many points has the same rank, and the next one that of the place in the row.
    """
    ranks: list[tuple[int, Score]] = []
    for place, score in enumerate(scores, 1):
        same = bool(ranks) and ranks[-1][1].points == score.points
        ranks.append((ranks[-1][0] if same else place, score))
    return tuple(ranks)
