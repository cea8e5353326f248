"""What a job does about troubles: which may be gone in a moment, and which concern all its tracks."""

from __future__ import annotations

from collections import Counter
from typing import Final

from yarl import URL

from bot.errors import DownloadFailed, StoreFailed
from bot.jobs.errors import FileGone
from bot.jobs.job import Item
from bot.media.link_errors import (
    AgeRestricted,
    BotCheck,
    CookiesUnreadable,
    CopyProtected,
    LinkTimeout,
    LinkUnreachable,
    LiveStream,
    NoAudioThere,
    PlaylistLink,
    PrivateOrRemoved,
    RegionLocked,
    RuntimeMissing,
    SiteChanged,
    SiteFailed,
    TrackTooLong,
)
from classifier.errors import ClipError, WorkerDied

TEMPORARY: Final = (DownloadFailed, LinkTimeout, LinkUnreachable, SiteFailed, StoreFailed, WorkerDied)
"""What may go well the next time; everything else would go wrong again."""

PAUSES_SECONDS: Final = (5.0, 30.0)
"""How long a job rests after the first trouble with a track, the second and so on, in seconds; then it is enough."""

OF_THE_SITE: Final = (BotCheck, CookiesUnreadable, RuntimeMissing)
"""What is nobody's fault but the site's, or this bot's."""

MAYBE_OF_THE_SITE: Final = (DownloadFailed, LinkTimeout, LinkUnreachable, SiteChanged, SiteFailed)
"""What may be the track's fault, that of the whole site, or that of this bot's network."""

ANSWERED: Final = (
    *(PrivateOrRemoved, AgeRestricted, RegionLocked, LiveStream, TrackTooLong),
    *(CopyProtected, NoAudioThere, PlaylistLink, FileGone, ClipError),
)
"""What is the track's own fault: its site has said so, or has sent the bytes."""

IN_A_ROW: Final = 5
"""Tracks of one site that fail with what may be its fault, one after the other, until it is taken for that."""

IN_A_ROW_ANYWHERE: Final = 15
"""The same of any sites, until it is taken for the fault of this bot's network: lists hold dead links."""

SHORT_YOUTUBE: Final = ("youtu", "be")
"""A domain that leads to another one."""


class Troubles:
    """Counts the troubles of one job while the bot runs."""

    def __init__(self) -> None:
        self._of: Counter[int | None] = Counter()
        self._in_a_row: Counter[tuple[str, ...]] = Counter()
        self._stopped_at: set[int] = set()

    def pause_after(self, error: BaseException, position: int | None) -> float | None:
        """Return how long to wait before something is tried again.

        Parameters
        ----------
        error
            What went wrong.
        position
            With which track; None for the job as a whole.

        Returns
        -------
        float or None
            In seconds; None where it would go wrong again, or did so too often.
        """
        before = self._of[position]
        if not isinstance(error, TEMPORARY) or before >= len(PAUSES_SECONDS):
            self.forget(position)
            return None
        self._of[position] = before + 1
        return PAUSES_SECONDS[before]

    def stops_all(self, error: BaseException, item: Item) -> bool:
        """Note a track that cannot be had, and tell whether others could not be had now, either.

        Parameters
        ----------
        error
            Why.
        item
            The track.

        Returns
        -------
        bool
            True for what is `OF_THE_SITE`, and after `IN_A_ROW` tracks of one site with a trouble that may be. False
            for a track that the job has `stopped` at before: somebody has tried it again, and it is left to fail.
        """
        site = _site_of(item)
        if isinstance(error, ANSWERED):
            self._answered(site)
        elif isinstance(error, MAYBE_OF_THE_SITE):
            self._in_a_row[site] += 1
        is_of_all = (
            isinstance(error, OF_THE_SITE)
            or self._in_a_row[site] >= IN_A_ROW
            or self._in_a_row.total() >= IN_A_ROW_ANYWHERE
        )
        return is_of_all and item.position not in self._stopped_at

    def stopped(self, item: Item) -> None:
        """Note at which track the job was paused.

        Parameters
        ----------
        item
            The track.
        """
        self._stopped_at.add(item.position)

    def worked(self, item: Item) -> None:
        """Note that a track could be had.

        Parameters
        ----------
        item
            The track.
        """
        self._answered(_site_of(item))

    def try_again(self) -> None:
        """Note that somebody wants to try again."""
        self._in_a_row.clear()

    def _answered(self, site: tuple[str, ...]) -> None:
        self._in_a_row.pop(site, None)

    def forget(self, position: int | None) -> None:
        """Begin to count the troubles with a track anew."""
        self._of.pop(position, None)


def _site_of(item: Item) -> tuple[str, ...]:
    """Return the domain that a track comes from; nothing for files of messages, which are all with Discord.

    Of a site whose members have hosts of their own, it is the same for all of them.
    """
    if item.link is None:
        return ()
    domain = tuple((URL(item.link).host or "").split(".")[-2:])
    return ("youtube", "com") if domain == SHORT_YOUTUBE else domain
