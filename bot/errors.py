"""Everything that can go wrong around an analysis, and the sentence that tells it.

As in `classifier.errors`, ``str(error)`` is written for the person who reads it.
"""

from __future__ import annotations

import math


class BotError(Exception):
    """Root of every error that this package raises on purpose."""


class BadSettings(BotError):
    """At least one setting cannot be used.

    Parameters
    ----------
    problems
        A sentence for each.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(
            (
                "Some settings cannot be used:",
                *(f"  {problem}" for problem in self.problems),
                "Correct them in .env or in the environment; .env.example says what each means.",
            )
        )


class RequestError(BotError):
    """A request cannot be answered; the sentence is for the member who asked."""


class FileOrLink(RequestError):
    """There is no clip in the request, or more than one."""

    def __str__(self) -> str:
        return "Give me one clip: either a file or a link."


class NothingToHear(RequestError):
    """There is no clip in the message that was asked about."""

    def __str__(self) -> str:
        return (
            "I found nothing to listen to there. Give me a message with an audio or video file, or with a link "
            "that begins with https://. `/help` shows every way to ask."
        )


class CannotRead(RequestError):
    """The message that was asked about is not shown to the bot."""

    def __str__(self) -> str:
        return (
            "Discord does not show me the message that you replied to. Right-click it (on a phone: hold it) and choose "
            "Apps > Classify genre instead; then I may see it."
        )


class NotAnAdmin(RequestError):
    """Somebody wants to change what only admins may change."""

    def __str__(self) -> str:
        return "Only members with the permission Manage Server can change this. Ask one of them."


class WrongChannel(RequestError):
    """The channel is none in which the bot could answer."""

    def __str__(self) -> str:
        return "I cannot answer in that channel. Choose one of this server in which messages are written."


class NotAdmitted(RequestError):
    """The clip is not taken now, and neither would be the next one of the same member."""


class QueueFull(NotAdmitted):
    """Too many clips wait already."""

    def __str__(self) -> str:
        return "I have more clips waiting than I can take. Please try again in a minute."


class TooManyForMember(NotAdmitted):
    """This member's clips already fill their share of the queue.

    Parameters
    ----------
    limit
        Clips that one member may have under way.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        clips = "clip" if self.limit == 1 else "clips"
        return f"You already have {self.limit} {clips} under way. Send the next one when an answer is there."


class TooManyForServer(NotAdmitted):
    """This server's clips already fill its share of the queue.

    Parameters
    ----------
    limit
        Clips that one server may have under way.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        clips = "clip" if self.limit == 1 else "clips"
        return f"This server already has {self.limit} {clips} under way. Please try again in a minute."


class CoolingDown(NotAdmitted):
    """The member or the server sent a clip a moment ago.

    Parameters
    ----------
    seconds
        How long it is until the next one is taken, in seconds.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"That was quick! I take the next clip in {math.ceil(self.seconds)} s. Please send it again then."


class WaitedTooLong(RequestError):
    """The clip was not answered while there was still a way to answer, or anybody who waited."""

    def __str__(self) -> str:
        return "I did not finish in time, because too much else came first. Please send it again later."


class Cancelled(BotError):
    """Someone who may do so ended the request; whoever holds it says so, in the member's language."""


class ShuttingDown(NotAdmitted):
    """The bot is about to stop and takes no more work."""

    def __str__(self) -> str:
        return "I am being restarted. Please send the clip again in a minute."


class DownloadFailed(RequestError):
    """The attachment could not be fetched from Discord."""

    def __str__(self) -> str:
        return "I could not fetch the file from Discord. Please upload it again."


class UploadFailed(RequestError):
    """A file did not come whole from the browser."""

    def __str__(self) -> str:
        return "The file did not arrive whole. Please send it again."


class StoreFailed(RequestError):
    """The database did not do what it was asked; why is the cause of this error, for the log."""

    def __str__(self) -> str:
        return "I cannot reach my memory right now. Please try again in a minute."


class AlreadyAnswered(RequestError):
    """Somebody's message is asked about again, and its clip has an answer."""

    def __str__(self) -> str:
        return "I have answered this clip already."


class StoreUnavailable(BotError):
    """The database cannot be opened or migrated.

    Parameters
    ----------
    url
        Address of the database, without a password.
    detail
        What is wrong with it, as a clause without a password.
    what_to_do
        Sentence for the operator.
    """

    def __init__(self, url: str, detail: str, what_to_do: str = "Check DATABASE_URL.") -> None:
        super().__init__(url, detail, what_to_do)
        self.url = url
        self.detail = detail
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        return f"The database {self.url} cannot be used: {self.detail}. {self.what_to_do}"


class BadToken(BotError):
    """Discord refuses the token."""

    def __str__(self) -> str:
        return (
            "Discord refuses this token. Copy it anew: https://discord.com/developers/applications, "
            "your application, Bot, Reset Token; then put it into DISCORD_TOKEN."
        )


class DiscordRefused(BotError):
    """Discord answers, but refuses what the bot asks at its start.

    Parameters
    ----------
    detail
        What Discord says.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"Discord refuses to let the bot start: {self.detail}. Check the application's settings at Discord."


class DiscordUnreachable(BotError):
    """There is no connection to Discord.

    Parameters
    ----------
    detail
        What the network says.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"Discord cannot be reached: {self.detail}. Check the network and Discord's status, then start again."
