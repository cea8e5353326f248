"""What can be wrong with a game, each with a sentence for the member."""

from __future__ import annotations

from datetime import datetime

from bot.errors import RequestError


class GameError(RequestError):
    """Something about a game cannot be done."""


class RoundIsOpen(GameError):
    """A round is being played in the channel.

    Parameters
    ----------
    ends_at
        When it ends; None where it only just begins.
    """

    def __init__(self, ends_at: datetime | None) -> None:
        super().__init__(ends_at)
        self.ends_at = ends_at

    def __str__(self) -> str:
        if self.ends_at is None:
            return "A round is about to begin in this channel. Wait for it, and guess along."
        return (
            "A round is being played in this channel. Guess along; the next one can begin "
            f"<t:{int(self.ends_at.timestamp()) + 1}:R>."
        )


class NoSuchRound(GameError):
    """There is no such round, or not any more."""

    def __str__(self) -> str:
        return "I do not know this round any more. `/beat-the-bot start` begins another one."


class RoundIsOver(GameError):
    """Somebody guesses too late."""

    def __str__(self) -> str:
        return "This round is over, so your guess does not count. `/beat-the-bot start` begins the next one."


class NothingToGuess(GameError):
    """The playlist has no track that could be played."""

    def __str__(self) -> str:
        return (
            "This playlist has no track to guess: I need one that I have heard, whose genre I could name, and that I "
            "can get again by its link or from the message that it was shared in. Add some with `/playlist add`."
        )


class NothingToPlay(GameError):
    """None of the tracks that were tried can be had now.

    Parameters
    ----------
    tried
        How many that were, at least 1.
    """

    def __init__(self, tried: int) -> None:
        super().__init__(tried)
        self.tried = tried

    def __str__(self) -> str:
        tracks = "the track" if self.tried == 1 else f"any of {self.tried} tracks"
        return f"I could not get {tracks} of this playlist just now. Try again in a few minutes, or another playlist."


class CannotPlayHere(GameError):
    """The bot could not show the result where it is asked for a round."""

    def __str__(self) -> str:
        return (
            "I may not write in this channel, so I could not show who was right. Play in another channel, or have an "
            "admin allow me View Channel, Send Messages, Embed Links and Attach Files here."
        )
