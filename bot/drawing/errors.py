"""What can keep a playlist from being looked at, each with a sentence for the member."""

from __future__ import annotations

from bot.errors import RequestError


class LookingError(RequestError):
    """A playlist cannot be looked at."""


class TooFewTracks(LookingError):
    """There is not enough in the playlist to tell anything.

    Parameters
    ----------
    needed
        Tracks that it takes.
    """

    def __init__(self, needed: int) -> None:
        super().__init__(needed)
        self.needed = needed

    def __str__(self) -> str:
        return (
            f"For this, a playlist needs at least {self.needed} tracks that I have listened to. "
            "Add some with `/playlist add`, or with the button under an answer."
        )


class TooManyTracks(LookingError):
    """The playlist is too long for this.

    Parameters
    ----------
    limit
        Tracks that are taken.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return (
            f"I put at most {self.limit:,} tracks in order: each is compared with many others, and a longer list would "
            "keep everybody else waiting. A shorter playlist works."
        )


class NotHeardYet(LookingError):
    """The bot has not listened to the track that was asked about."""

    def __str__(self) -> str:
        return "I have not listened to that track yet, so I cannot tell what it sounds like. Choose another one."


class LookingUnderWay(LookingError):
    """The member has asked for another look, and it is not there yet."""

    def __str__(self) -> str:
        return "I am still at work on what you asked for last. Please wait until it is there."


class TooManyLooking(LookingError):
    """Too many look at playlists already."""

    def __str__(self) -> str:
        return "Too many people are looking at playlists right now. Please try again in a minute."


class LookingTookTooLong(LookingError):
    """The job was ended because it took too long.

    Parameters
    ----------
    seconds
        The limit.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return (
            f"I did not finish within {self.seconds:g} s, and gave up. Please try again later, when less is going on."
        )


class LookingStopped(LookingError):
    """The bot is about to stop."""

    def __str__(self) -> str:
        return "I am being restarted. Please ask again in a minute."


class LookingFailed(LookingError):
    """The process ended in the middle of the job."""

    def __str__(self) -> str:
        return "What I draw with broke off in the middle. Please try again: it is being started anew."
