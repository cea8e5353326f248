"""What can be wrong with a long job or one of its tracks, each with a sentence for the member."""

from __future__ import annotations

from bot.errors import RequestError


class JobError(RequestError):
    """A long job cannot be begun, or not go on."""


class NoSuchJob(JobError):
    """The server has no such job, or not any more."""

    def __str__(self) -> str:
        return "There is no such job any more. `/playlist imports` shows the ones there are."


class TooManyJobs(JobError):
    """The server has as many unfinished jobs as it may have.

    Parameters
    ----------
    limit
        How many that is.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit

    def __str__(self) -> str:
        return (
            f"This server has {self.limit} imports that are not finished, which is as many as I take at once. Wait for "
            "one of them, or cancel one: `/playlist imports` shows them."
        )


class CannotShowProgress(JobError):
    """The bot may not write in the channel in which a job was asked for."""

    def __str__(self) -> str:
        return (
            "This takes a while, and I may not write in this channel to show how far it is. Ask in another channel, "
            "or have an admin allow me View Channel, Send Messages, Embed Links and Attach Files here."
        )


class NothingToRetag(JobError):
    """The present model has heard every track of a playlist."""

    def __str__(self) -> str:
        return "I have heard every track of this playlist as well as I can by now, so there is nothing to do."


class NotYourJob(JobError):
    """Somebody wants to stop what somebody else began."""

    def __str__(self) -> str:
        return (
            "Only the one who began this, the owner of the playlist, or a member with the permission Manage Server can "
            "do that."
        )


class BegunTooOften(JobError):
    """The bot died each time it listened to a track."""

    def __str__(self) -> str:
        return "Each time I began with this track I was stopped, so I left it out. Try it alone with `/genre`."


class FileGone(JobError):
    """A track cannot be heard again, because nothing leads to its sound any more."""

    def __str__(self) -> str:
        return (
            "Its file is gone: it has no link, and I cannot find the message that it came from any more. "
            "Add the track again."
        )
