"""What a long job is, what it consists of, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

MOST_BEGUN: Final = 3
"""How often a track is begun without an end, because the bot died each time, before it is left alone.

The first time others may have been under way, too; all others, it was alone."""

MOST_UNFINISHED: Final = 3
"""Jobs of one server that may be under way at the same time, those that are paused among them."""


class JobKind(StrEnum):
    """What a job is for."""

    LINK = "link"
    """Importing what a link to many tracks leads to."""
    FILE = "file"
    """Importing a playlist's file."""
    RETAG = "retag"
    """Hearing the tracks of a playlist anew."""


class JobState(StrEnum):
    """How far a job is."""

    LISTING = "listing"
    """It is not known yet which tracks there are."""
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"
    FAILED = "failed"
    """It cannot go on, whatever the track."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self in {JobState.CANCELLED, JobState.DONE, JobState.FAILED}


class ItemState(StrEnum):
    """How far one track of a job is."""

    WAITING = "waiting"
    DONE = "done"
    KNOWN = "known"
    """It was in the playlist already."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job was asked for.

    Parameters
    ----------
    asker
        Discord's id of the member.
    channel
        Discord's id of the channel that its progress is shown in.
    language
        What it is shown in.
    """

    asker: int
    channel: int
    language: str


@dataclass(frozen=True, slots=True)
class Job:
    """A long job.

    Parameters
    ----------
    id
        Its own; never used again.
    kind, state
        What it is for, and how far it is.
    name
        What is imported, as people call it.
    link
        Where the tracks are listed; only of `JobKind.LINK`.
    reason
        Why it failed; None where it did not.
    pause_reason
        Why it rests; None where it does not, or somebody asked for that.
    left_out
        Tracks that were never begun, because they were there twice or nothing could be heard.
    cut_off
        Whether there are more tracks than were looked at.
    asker
        Discord's id of the member; None where that is forgotten.
    channel
        Discord's id of the channel that its progress is shown in.
    message
        Discord's id of the message with it; None where there is none.
    language
        What it is shown in.
    begun_at, ended_at
        In UTC; no end where it is not over.
    playlist_id, playlist, guild, owner
        The playlist: its id and name, Discord's ids of its server and of its owner.
    """

    id: int
    kind: JobKind
    state: JobState
    name: str
    link: str | None
    reason: str | None
    pause_reason: str | None
    left_out: int
    cut_off: bool
    asker: int | None
    channel: int
    message: int | None
    language: str
    begun_at: datetime
    ended_at: datetime | None
    playlist_id: int
    playlist: str
    guild: int
    owner: int | None


@dataclass(frozen=True, slots=True)
class NewItem:
    """A track that a job is to add once it was heard.

    Parameters
    ----------
    title
        By `bot.playlists.track.track_title`.
    link
        Where it can be heard.
    duration
        In seconds; None where nobody said.
    """

    title: str
    link: str
    duration: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A track of a job that was begun.

    Parameters
    ----------
    job_id, position
        Which it is.
    guild, playlist_id
        Where its track is, or goes.
    title
        What to call it.
    link
        Where it can be heard; None where there is another way.
    track_id
        The track that is heard anew; None where it is still to be added.
    is_listed
        Whether a site listed it, and no other server is to be called for it.
    attempts
        How often it was begun, this time included, without an end.
    """

    job_id: int
    position: int
    guild: int
    playlist_id: int
    title: str
    link: str | None
    track_id: int | None
    is_listed: bool
    attempts: int

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from all others."""
        return self.job_id, self.position

    @property
    def is_suspect(self) -> bool:
        """Whether the bot may have died of it before."""
        return self.attempts > 1


@dataclass(frozen=True, slots=True)
class Counts:
    """How many tracks of a job are how far.

    Parameters
    ----------
    waiting, done, known, failed
        As in `ItemState`.
    """

    waiting: int = 0
    done: int = 0
    known: int = 0
    failed: int = 0

    @property
    def ended(self) -> int:
        """Those that need nothing more."""
        return self.done + self.known + self.failed

    @property
    def total(self) -> int:
        """All of them."""
        return self.ended + self.waiting


@dataclass(frozen=True, slots=True)
class Failure:
    """A track of a job that could not be had.

    Parameters
    ----------
    title
        What to call it.
    reason
        A sentence for members.
    """

    title: str
    reason: str
